"""Where records lie: one table a source, each record once; the canonical tables are views over them."""

from etl.engines import Connection
from etl.load.layout import Stored, column_of, is_stored, label, record_columns, target_columns
from etl.load.shared_keys import naming
from etl.references import CODE_FIELDS
from etl.schema import TABLES
from etl.sources.base import Field, Source, Target
from etl.sources.fields import compile_field
from etl.sources.texts import literal, quoted
from etl.sources.times import Zones
from etl.storage import SINGLE, THREADED

DEFAULTS = {
    "is_queued": "FALSE",
    "is_public": "FALSE",
    "is_automatic": "FALSE",
    "is_transferred": "FALSE",
    "is_own": "FALSE",
    "is_repost": "FALSE",
    "is_counted": "TRUE",
}
EVENT_TIMES = ("started_at", "posted_at", "responded_at")
MOST_TELLING = ("wrap_up_code", "label", "category", "topic", "queue")
WHERE_IT_WAS = ("queue", "category", "topic", "label", "wrap_up_code")
HANDLED = "('answered', 'callback')"
# The record that tells of a leg's whole conversation, if there is one.
WHOLE = (
    " LEFT JOIN (SELECT record_key AS whole_key FROM {}) AS whole"
    " ON whole.whole_key = held.contact_key AND held.contact_key <> held.record_key"
)
VIEW, SHOWN = "view", "shown"
# Named, so that the engine does not try every method on values that never repeat. Measured on calls, of the processor
# time of landing: ids by zstd save 6 to 23 % for a file 4 % larger (uncompressed 30 % and 27 %), hashes as they are
# 2 to 6 % for nothing, what a delivery's records share as runs 4 to 6 %.
COMPRESSION = {
    "record_id": "zstd",
    "record_key": "uncompressed",
    "content_hash": "uncompressed",
    **dict.fromkeys(("load_id", "delivered_to", "first_delivered_to"), "rle"),
}


def table_of(source: Source) -> str:
    """The table of a source's records, as an SQL identifier."""
    return quoted(f"held_{source.name}")


def is_held(connection: Connection, source: Source) -> bool:
    """Whether the source has a table, and so perhaps records."""
    found = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [f"held_{source.name}"])
    return found.fetchone() is not None


def make_room(connection: Connection, source: Source) -> None:
    """Create the source's table, or widen it by what this delivery brings for the first time; `show` shows it."""
    wanted = [*record_columns(source), *target_columns(source)]
    rows = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ?", [f"held_{source.name}"]
    ).fetchall()
    if not rows:
        connection.execute(f"CREATE TABLE {table_of(source)} ({', '.join(map(_definition, wanted))})")
    known = {name.casefold() for (name,) in rows}
    for column in wanted:
        if rows and column.name.casefold() not in known:
            connection.execute(f"ALTER TABLE {table_of(source)} ADD COLUMN {_definition(column)}")
    _note_views(connection, source)


def _definition(column: Stored) -> str:
    how = f" USING COMPRESSION {COMPRESSION[column.name]}" if column.name in COMPRESSION else ""
    return f"{quoted(column.name)} {column.type}{how}"


def _note_views(connection: Connection, source: Source) -> None:
    """Keep the SELECT of each target in core_facts; `show` puts the canonical views together from all that are kept."""
    selects = {("core_records", source.name): _records(source)}
    for place, target in enumerate(source.targets):
        selects[_view_of(source, target), f"{source.name} {label(source, place)}"] = _select(source, place, target)
    for (table, of), select in selects.items():
        name = f"{VIEW} {table} {of}"
        if _fact(connection, name) != select:
            connection.execute("DELETE FROM core_facts WHERE name IN (?, ?)", [name, f"{SHOWN} {table}"])
            connection.execute("INSERT INTO core_facts VALUES (?, ?)", [name, select])


def show(connection: Connection) -> None:
    """Bring the canonical views up to date; each costs by all its sources, so that it is made once for many files."""
    names = [
        name
        for (name,) in connection.execute(
            f"SELECT name FROM core_facts WHERE starts_with(name, '{VIEW} ') OR starts_with(name, '{SHOWN} ') "
            "ORDER BY name"
        ).fetchall()
    ]
    kept = [name for name in names if name.startswith(f"{VIEW} ")]
    for table in sorted({name.split()[1] for name in kept} - {name.split()[1] for name in names if name not in kept}):
        parts = [str(_fact(connection, name)) for name in kept if name.split()[1] == table]
        connection.execute(f"CREATE OR REPLACE VIEW {table} AS {' UNION ALL '.join(parts)}")
        connection.execute("INSERT INTO core_facts VALUES (?, '')", [f"{SHOWN} {table}"])


def records_of(connection: Connection, source: Source) -> str | None:
    """The records held of one source as core_records shows them, as a FROM clause; None before the first."""
    select = _fact(connection, f"{VIEW} core_records {source.name}")
    return select and f"({select})"


def _fact(connection: Connection, name: str) -> str | None:
    found = connection.execute("SELECT value FROM core_facts WHERE name = ?", [name]).fetchone()
    return str(found[0]) if found else None


def _view_of(source: Source, target: Target) -> str:
    if target.name == "interactions":
        return THREADED if source.parent or source.conversation else SINGLE
    return f"core_{target.name}"


def _typed(table: str, values: dict[str, str]) -> str:
    """The canonical columns of a table in their order, each of its own type; what has no value is missing."""
    return ", ".join(
        f"CAST({values.get(column.name, 'NULL')} AS {column.type}) AS {column.name}" for column in TABLES[table]
    )


def _records(source: Source) -> str:
    values = {column.field: f"held.{quoted(column.name)}" for column in record_columns(source)}
    return (
        f"SELECT {_typed('core_records', {**values, 'source': literal(source.name)})} FROM {table_of(source)} AS held"
    )


def _select(source: Source, place: int, target: Target) -> str:
    """One target's rows out of the source's records; what no field gives: from the record, the map or the default."""
    fields = {name: _value(source, place, name, field) for name, field in target.fields.items() if name != "verbatim"}
    codes = [field for field in CODE_FIELDS if field in fields]
    joins = ""
    values = {
        **DEFAULTS,
        **_of_record(source),
        "contact_key": _contact_key(source, target),
        **mapped({code: fields[code] for code in codes}),
        **fields,
    }
    identifiers = [fields[name] for name in ("customer_identifier", "other_customer") if name in fields]
    if "customer_identifier" in fields:
        values["customer_identifier"], joins = naming(identifiers)
    if source.whole_tells and target.name == "interactions":
        joins += WHOLE.format(table_of(source))
        told = {part: f"CASE WHEN whole.whole_key IS NULL THEN {fields[part]} END" for part in source.handle_parts}
        outcome = fields["disposition"]
        told["disposition"] = (
            f"CASE WHEN whole.whole_key IS NOT NULL AND {outcome} IN {HANDLED} THEN 'flow_out' ELSE {outcome} END"
        )
        fields |= told
        values |= told
    if source.handle_parts and target.name == "interactions":
        total = " + ".join(fields[part] for part in source.handle_parts)
        values["handle_seconds"] = f"CASE WHEN {fields['disposition']} IN {HANDLED} THEN {total} END"
    joins += "".join(
        f" LEFT JOIN core_map AS map_{code} ON map_{code}.source = {literal(source.name)} "
        f"AND map_{code}.field = {literal(code)} AND map_{code}.value = {fields[code]}"
        for code in codes
    )
    conditions = [f"held.{quoted(column_of(source, place, 'where'))}"] if target.where else []
    conditions += [f"{fields['score']} IS NOT NULL"] if "score" in fields else []
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {_typed(f'core_{target.name}', values)} FROM {table_of(source)} AS held{joins}{where}"


def _of_record(source: Source) -> dict[str, str]:
    return {
        "record_key": "held.record_key",
        "source": literal(source.name),
        "business_day": "held.business_day",
        **dict.fromkeys(EVENT_TIMES, "held.event_at"),
        "parent_key": "held.parent_key" if source.parent else "NULL",
        "conversation_id": "held.conversation_id" if source.conversation else "NULL",
    }


def _contact_key(source: Source, target: Target) -> str:
    """The contact that a record is a leg of; an answer has one where its record is a leg, too."""
    key = "held.contact_key" if source.parent or source.conversation else "held.record_key"
    legs = [place for place, other in enumerate(source.targets) if other.name == "interactions"]
    if target.name == "interactions" or (legs and not source.targets[legs[0]].where):
        return key
    if not legs:
        return "NULL"
    return f"CASE WHEN held.{quoted(column_of(source, legs[0], 'where'))} THEN {key} END"


def _value(source: Source, place: int, name: str, field: Field) -> str:
    if not is_stored(name, field):
        return compile_field(field, Zones("UTC", "UTC")).value
    value = f"held.{quoted(column_of(source, place, name))}"
    return f"coalesce({value}, {DEFAULTS[name]})" if name == "is_transferred" else value


def mapped(codes: dict[str, str]) -> dict[str, str]:
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
