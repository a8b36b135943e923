"""The statements that land typed records: into their source's table, their words and links beside it."""

from etl.engines import Connection
from etl.load.held import make_room, table_of
from etl.load.layout import Stored, column_of, record_columns, target_columns
from etl.sources.base import Source, Target
from etl.sources.cast import identities, typed_name, verbatim_fields
from etl.sources.fields import compile_field
from etl.sources.texts import literal, quoted
from etl.sources.times import Zones

LANDED = "SELECT rowid AS row FROM typed WHERE rowid NOT IN (SELECT row FROM dismissed)"
WORKED_OUT = ("core_sentiments", "core_told_causes", "core_wordings")
"""What is known of a record's words goes with them."""
OF_DELIVERY = {
    "load_id": "$load_id",
    "record_number": "typed.rowid + 1",
    "delivered_to": "$end",
    "first_delivered_to": "$end",
}


def land(connection: Connection, source: Source, load_id: int, delivered_to: object) -> None:
    """Replace and add: the records that are not dismissed, with their words and links.

    `roots` (record_key, root) must hold the threads of a source with parents; identifiers and masked texts
    are read from their temporary tables.
    """
    make_room(connection, source)
    _remove_replaced(connection, source)
    where = landing_condition(connection)
    connection.execute(_insert(connection, source, where), {"load_id": load_id, "end": delivered_to})
    _keep_first_delivery(connection, source)
    for number, (place, name) in enumerate(verbatim_fields(source)):
        if name == "verbatim":
            connection.execute(_insert_verbatims(connection, source, place, number, where))
    for place, target in enumerate(source.targets):
        if "other_customer" in target.fields:
            _link(connection, source, place)


def landing_condition(connection: Connection) -> str:
    """SQL: a typed record is not dismissed; simply true when none is."""
    if connection.execute("SELECT 1 FROM dismissed LIMIT 1").fetchone() is None:
        return "TRUE"
    return "typed.rowid NOT IN (SELECT row FROM dismissed)"


def _remove_replaced(connection: Connection, source: Source) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE unlinked (identifier VARCHAR, other_identifier VARCHAR)")
    if not connection.execute("SELECT 1 FROM replaced LIMIT 1").fetchone():
        return
    held = "WHERE record_key IN (SELECT record_key FROM replaced)"
    connection.execute(
        f"INSERT INTO scope_contacts SELECT contact_key FROM core_interactions {held}; "
        "INSERT INTO scope_customers SELECT customer_id FROM core_contacts "
        "WHERE customer_id IS NOT NULL AND contact_key IN (SELECT contact_key FROM scope_contacts); "
        f"INSERT INTO scope_days SELECT DISTINCT business_day FROM core_records {held}; "
        f"INSERT INTO unlinked SELECT identifier, other_identifier FROM core_links "
        f"{held} AND reason = {literal(source.name)}"
    )
    for table in (table_of(source), "core_verbatims", "core_links", *WORKED_OUT):
        connection.execute(f"DELETE FROM {table} {held}")


def _keep_first_delivery(connection: Connection, source: Source) -> None:
    """A record that is corrected was first delivered when its earlier version was."""
    if connection.execute("SELECT 1 FROM replaced LIMIT 1").fetchone():
        connection.execute(
            f"UPDATE {table_of(source)} AS held SET first_delivered_to = least(held.first_delivered_to, "
            "replaced.first_delivered_to) FROM replaced WHERE replaced.record_key = held.record_key"
        )


def _insert(connection: Connection, source: Source, where: str) -> str:
    columns = [*record_columns(source), *target_columns(source)]
    values = ", ".join(_value(connection, source, column) for column in columns)
    names = ", ".join(quoted(column.name) for column in columns)
    joins = [*_identity_joins(source, columns), *_mask_joins(connection, source, columns)]
    if source.parent:
        joins.append("LEFT JOIN roots ON roots.record_key = typed.record_key")
    return f"INSERT INTO {table_of(source)} ({names}) SELECT {values} FROM typed {' '.join(joins)} WHERE {where}"


def _value(connection: Connection, source: Source, column: Stored) -> str:
    """The SQL over `typed` that fills a stored column."""
    if column.place is None:
        if column.field == "contact_key" and source.parent:
            return "coalesce(roots.root, typed.record_key)"
        return OF_DELIVERY.get(column.field, f"typed.{column.field}")
    typed = f"typed.{typed_name(column.place, column.field)}"
    if column.field == "where":
        return typed
    kind = source.targets[column.place].fields[column.field].kind
    if kind == "identity":
        return f"{_alias(column.place, column.field)}.identifier"
    if kind == "verbatim":
        number = verbatim_fields(source).index((column.place, column.field))
        return _masked(connection, number, typed)
    return typed


def _masked(connection: Connection, number: int, original: str) -> str:
    return f"coalesce(masked_{number}.text, {original})" if _has_masked(connection, number) else original


def _has_masked(connection: Connection, number: int) -> bool:
    return connection.execute(f"SELECT 1 FROM masked_{number} LIMIT 1").fetchone() is not None


def _mask_joins(connection: Connection, source: Source, columns: list[Stored]) -> list[str]:
    places = {(column.place, column.field) for column in columns}
    return [
        _mask_join(number)
        for number, found in enumerate(verbatim_fields(source))
        if found in places and _has_masked(connection, number)
    ]


def _mask_join(number: int) -> str:
    return f"LEFT JOIN masked_{number} ON masked_{number}.row = typed.rowid"


def _alias(place: int, name: str) -> str:
    """The join alias of an identity field: its table, told apart by target field."""
    return f"{name}_{place}"


def _identity_joins(source: Source, columns: list[Stored]) -> list[str]:
    tables = {name: identity.alias for identity in identities(source) for name in identity.names}
    return [
        f"LEFT JOIN {tables[typed_name(column.place, column.field)]} AS {_alias(column.place, column.field)} "
        f"ON {_alias(column.place, column.field)}.raw = typed.{typed_name(column.place, column.field)}"
        for column in columns
        if column.place is not None
        and column.field != "where"
        and source.targets[column.place].fields[column.field].kind == "identity"
    ]


def _insert_verbatims(connection: Connection, source: Source, place: int, number: int, where: str) -> str:
    """The customer's and our own words of a record, masked, one row a text, also where it gives the target no row."""
    target = source.targets[place]
    original = f"typed.{typed_name(place, 'verbatim')}"
    join = _mask_join(number) if _has_masked(connection, number) else ""
    return (
        f"INSERT INTO core_verbatims SELECT typed.record_key, {literal(source.name)}, "
        f"{_plain(target, place, 'question', 'message')}, {_plain(target, place, 'direction', 'inbound')} = 'inbound', "
        f"typed.business_day, {_masked(connection, number, original)} "
        f"FROM typed {join} WHERE {where} AND {original} IS NOT NULL"
    )


def _plain(target: Target, place: int, name: str, default: str) -> str:
    field = target.fields.get(name)
    if field is None:
        return literal(default)
    return (
        compile_field(field, Zones("UTC", "UTC")).value
        if field.kind == "constant"
        else f"typed.{typed_name(place, name)}"
    )


def _link(connection: Connection, source: Source, place: int) -> None:
    """Note each pair of identifiers that stood together, with the smallest record in which they did."""
    first, other = (quoted(column_of(source, place, name)) for name in ("customer_identifier", "other_customer"))
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE linked AS
        SELECT min(record_key) AS record_key, {first} AS identifier, {other} AS other_identifier
        FROM {table_of(source)}
        WHERE {first} <> {other} AND (
            record_key IN (SELECT record_key FROM typed WHERE {landing_condition(connection)})
            OR ({first}, {other}) IN (SELECT (identifier, other_identifier) FROM unlinked))
        GROUP BY {first}, {other}
        """
    )
    same = "held.identifier = linked.identifier AND held.other_identifier = linked.other_identifier"
    own = f"held.reason = {literal(source.name)}"
    connection.execute(
        f"UPDATE core_links AS held SET record_key = linked.record_key FROM linked "
        f"WHERE {same} AND {own} AND linked.record_key < held.record_key"
    )
    connection.execute(
        f"INSERT INTO core_links SELECT record_key, identifier, other_identifier, {literal(source.name)} FROM linked "
        f"WHERE NOT EXISTS (SELECT 1 FROM core_links AS held WHERE {same} AND {own})"
    )
