"""The INSERTs that land typed records: every canonical column from its field, its constant or its default."""

from collections.abc import Mapping

from etl.engines import Connection
from etl.references import CODE_FIELDS
from etl.schema import TABLES
from etl.sources.base import Field, Source, Target
from etl.sources.cast import identities, typed_name, verbatim_fields
from etl.sources.fields import Zones, compile_field, literal

LANDING = "typed.rowid NOT IN (SELECT row FROM dismissed)"
DEFAULTS: Mapping[str, str] = {
    "is_queued": "FALSE",
    "is_public": "FALSE",
    "is_automatic": "FALSE",
    "is_transferred": "FALSE",
    "is_own": "FALSE",
    "is_counted": "TRUE",
}
MOST_TELLING = ("wrap_up_code", "label", "category", "topic", "queue")
WHERE_IT_WAS = ("queue", "category", "topic", "label", "wrap_up_code")
HANDLED = "('answered', 'callback')"


def land(connection: Connection, source: Source, load_id: int, delivered_to: object) -> None:
    """Replace and add: the records that are not dismissed, in all their tables.

    `roots` (record_key, root) must hold the threads of a source with parents; identifiers and masked texts
    are read from their temporary tables.
    """
    _remove_replaced(connection)
    _land_records(connection, source, load_id, delivered_to)
    for place, target in enumerate(source.targets):
        connection.execute(_insert(source, place, target))
        if "other_customer" in target.fields:
            connection.execute(_insert_links(source, place, target))
    for number, (place, name) in enumerate(verbatim_fields(source)):
        if name == "verbatim":
            connection.execute(_insert_verbatims(source, place, number))


def _remove_replaced(connection: Connection) -> None:
    if not connection.execute("SELECT 1 FROM replaced LIMIT 1").fetchone():
        return
    held = "WHERE record_key IN (SELECT record_key FROM replaced)"
    connection.execute(f"INSERT INTO scope_contacts SELECT contact_key FROM core_interactions {held}")
    connection.execute(f"INSERT INTO scope_days SELECT DISTINCT business_day FROM core_records {held}")
    for table in ("core_records", "core_interactions", "core_mentions", "core_responses", "core_verbatims"):
        connection.execute(f"DELETE FROM {table} {held}")


def _land_records(connection: Connection, source: Source, load_id: int, delivered_to: object) -> None:
    connection.execute(
        f"""
        INSERT INTO core_records
        SELECT record_key, {literal(source.name)}, record_id, content_hash, version_at, event_at, business_day,
            $load_id, rowid + 1, $end, $end
        FROM typed WHERE {LANDING}
        """,
        {"load_id": load_id, "end": delivered_to},
    )


def _insert(source: Source, place: int, target: Target) -> str:
    """INSERT … SELECT for one target; what no field gives comes from the record, the map or the default."""
    codes = [field for field in CODE_FIELDS if field in target.fields]
    known = _record_values(source) | mapped({code: f"typed.{typed_name(place, code)}" for code in codes}) | _target_values(source, place, target)
    columns = [column.name for column in TABLES[f"core_{target.name}"]]
    values = ", ".join(f"{known.get(name, DEFAULTS.get(name, 'NULL'))} AS {name}" for name in columns)
    condition = f" AND typed.{typed_name(place, 'where')}" if target.where else ""
    if "score" in target.fields:
        condition += f" AND typed.{typed_name(place, 'score')} IS NOT NULL"
    joins = _identity_joins(source, place, target) + _mask_joins(source, place) + [
        f"LEFT JOIN core_map AS map_{code} ON map_{code}.source = {literal(source.name)} "
        f"AND map_{code}.field = {literal(code)} AND map_{code}.value = typed.{typed_name(place, code)}"
        for code in codes
    ]
    if source.parent and target.name == "interactions":
        joins.append("LEFT JOIN roots ON roots.record_key = typed.record_key")
    return f"INSERT INTO core_{target.name} SELECT {values} FROM typed {' '.join(joins)} WHERE {LANDING}{condition}"


def _record_values(source: Source) -> dict[str, str]:
    event = dict.fromkeys(("started_at", "posted_at", "responded_at"), "typed.event_at")
    contact = "coalesce(roots.root, typed.contact_key)" if source.parent else "typed.contact_key"
    return {
        **event,
        "record_key": "typed.record_key",
        "contact_key": contact,
        "parent_key": "typed.parent_key",
        "conversation_id": "typed.conversation_id",
        "source": literal(source.name),
        "business_day": "typed.business_day",
    }


def _target_values(source: Source, place: int, target: Target) -> dict[str, str]:
    values = {name: _value(source, place, name, field) for name, field in target.fields.items()}
    if "other_customer" in values:
        values["customer_identifier"] = f"coalesce({values['customer_identifier']}, {values['other_customer']})"
    if "is_transferred" in values:
        values["is_transferred"] = f"coalesce({values['is_transferred']}, FALSE)"
    if target.name == "interactions" and source.handle_parts:
        total = " + ".join(values[part] for part in source.handle_parts)
        values["handle_seconds"] = f"CASE WHEN {values['disposition']} IN {HANDLED} THEN {total} END"
    return values


def _value(source: Source, place: int, name: str, field: Field) -> str:
    if field.kind == "constant":
        return compile_field(field, Zones("UTC", "UTC")).value
    if field.kind == "identity":
        return f"{_alias(source, place, name)}.identifier"
    if field.kind == "verbatim":
        number = verbatim_fields(source).index((place, name))
        return f"coalesce(masked_{number}.text, typed.{typed_name(place, name)})"
    return f"typed.{typed_name(place, name)}"


def _mask_joins(source: Source, place: int) -> list[str]:
    """The tables of masked texts of a target; the field `verbatim` lands in a table of its own."""
    return [
        f"LEFT JOIN masked_{number} ON masked_{number}.row = typed.rowid"
        for number, (owner, name) in enumerate(verbatim_fields(source))
        if owner == place and name != "verbatim"
    ]


def _insert_verbatims(source: Source, place: int, number: int) -> str:
    """The customer's and our own words of one target, masked, one row a text."""
    fields = source.targets[place].fields
    field = _value(source, place, "question", fields["question"]) if "question" in fields else "'message'"
    direction = _value(source, place, "direction", fields["direction"]) if "direction" in fields else "'inbound'"
    original = f"typed.{typed_name(place, 'verbatim')}"
    return (
        f"INSERT INTO core_verbatims SELECT typed.record_key, {literal(source.name)}, {field}, "
        f"{direction} = 'inbound', typed.business_day, coalesce(masked_{number}.text, {original}) "
        f"FROM typed LEFT JOIN masked_{number} ON masked_{number}.row = typed.rowid "
        f"WHERE {LANDING} AND {original} IS NOT NULL"
    )


def _insert_links(source: Source, place: int, target: Target) -> str:
    """The pairs of identifiers that a record gives to one customer, each pair once."""
    first, other = (f"{_alias(source, place, name)}.identifier" for name in ("customer_identifier", "other_customer"))
    return (
        f"INSERT INTO core_links SELECT min(typed.record_key), {first}, {other}, {literal(source.name)} "
        f"FROM typed {' '.join(_identity_joins(source, place, target))} "
        f"WHERE {LANDING} AND {first} <> {other} AND NOT EXISTS (SELECT 1 FROM core_links AS held "
        f"WHERE held.identifier = {first} AND held.other_identifier = {other}) GROUP BY {first}, {other}"
    )


def _alias(source: Source, place: int, name: str) -> str:
    """The join alias of an identity field: its table, told apart by target field."""
    return f"{name}_{place}"


def _identity_joins(source: Source, place: int, target: Target) -> list[str]:
    tables = {name: identity.alias for identity in identities(source) for name in identity.names}
    return [
        f"LEFT JOIN {tables[typed_name(place, name)]} AS {_alias(source, place, name)} "
        f"ON {_alias(source, place, name)}.raw = typed.{typed_name(place, name)}"
        for name, field in target.fields.items()
        if field.kind == "identity"
    ]


def mapped(codes: Mapping[str, str]) -> dict[str, str]:
    """Reason, cause, touchpoint and complaint by the tables `map_<code>`; a code that the map lacks is unassigned.

    `codes` maps each recorded code field to the SQL of its value. A cause's default touchpoint serves only
    where no queue names one.
    """
    if not codes:
        return {}
    is_unmapped = " OR ".join(f"({value} IS NOT NULL AND map_{code}.source IS NULL)" for code, value in codes.items())

    def first(column: str, order: tuple[str, ...]) -> str:
        found = ", ".join(f"map_{code}.{column}" for code in order if code in codes)
        return f"coalesce({found}, CASE WHEN {is_unmapped} THEN 'unassigned' END)"

    complaints = ", ".join(f"coalesce(map_{code}.is_complaint, FALSE)" for code in codes)
    return {
        "reason": first("reason", MOST_TELLING),
        "cause": first("cause", MOST_TELLING),
        "touchpoint": first("touchpoint", WHERE_IT_WAS),
        "is_complaint": f"greatest({complaints})",
    }
