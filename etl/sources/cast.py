"""The one SELECT of a source: staged text in, typed canonical values and the first refusal out."""

from dataclasses import dataclass, replace

from etl.sources.base import Field, Source
from etl.sources.fields import Compiled, compile_field
from etl.sources.keys import record_id
from etl.sources.quick import quick_value
from etl.sources.texts import composed, joined_text, literal, own_text, quoted, stripped_column
from etl.sources.times import Reading, Zones, business_day, engine_time, is_iso, plain_day
from etl.vocabulary import IdentityKind

# What stands for "no date" in many systems lies beyond: 0001-01-01, 1970-01-01, 9999-12-31.
EARLIEST, LATEST = "TIMESTAMP '1970-01-02'", "TIMESTAMP '2100-01-01'"


@dataclass(frozen=True)
class Identity:
    """One reading of identifiers: the table that holds their hashes and the typed columns that hold them raw."""

    alias: str
    kind: IdentityKind
    scope: str
    names: tuple[str, ...]


class Pool:
    """What fields are made from, each once under a name of its own, so that no engine works it out again and again.

    What is made from names is named beyond them: in the next FROM clause.
    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._named: list[dict[str, str]] = []

    def reading(self, field: Field) -> Reading:
        """What a field is made from, by name."""
        if field.kind == "when":
            text = self._name(own_text(field))
            return Reading(text, self._name(engine_time(text), beyond=1) if is_iso(field) else "")
        quick = quick_value(field)
        if quick:
            quick = self._name(quick)
            is_open = f"{quick} IS NULL AND {quoted(field.columns[0])} IS NOT NULL"  # what is missing needs no look
            return Reading(self._name(f"CASE WHEN {is_open} THEN {own_text(field)} END", beyond=1), quick=quick)
        text = own_text(field, self.stripped)
        is_named = not text or any(text in named.values() for named in self._named)
        return Reading(text if is_named else self._name(text, beyond=1))

    def over(self, relation: str) -> str:
        """The FROM clause in which the names stand beside the columns of a staged relation."""
        for named in self._named:
            relation = f"(SELECT *{''.join(f', {sql} AS {name}' for sql, name in named.items())} FROM {relation})"
        return relation

    def stripped(self, column: str) -> str:
        """The name of a column's text without the blanks around it."""
        return self._name(stripped_column(column))

    def _name(self, sql: str, beyond: int = 0) -> str:
        """The name of an expression over the staged columns, or over names of FROM clauses before its own."""
        while len(self._named) <= beyond:
            self._named.append({})
        named = self._named[beyond]
        return named.setdefault(sql, quoted(f"read {beyond} {len(named)}"))


def hashed(*expressions: str) -> str:
    """A 63-bit hash of some expressions, positive so that it fits a signed integer."""
    return f"CAST(hash({', '.join(expressions)}) >> 1 AS BIGINT)"


def record_key(source: str, record_id: str) -> str:
    """The key under which all tables know the record of a source."""
    return hashed(record_id, literal(source))


def typed_name(place: int, field: str) -> str:
    """The name of a target's field in the typed table; targets are numbered as declared."""
    return quoted(f"{place}.{field}")


def identities(source: Source) -> list[Identity]:
    """The identity fields of a source, those that read one column alike together."""
    found: dict[tuple[str, IdentityKind, str], list[str]] = {}
    for place, target in enumerate(source.targets):
        for name, field in target.fields.items():
            if field.kind == "identity":
                found.setdefault((field.columns[0], field.identity, field.scope), []).append(typed_name(place, name))
    return [
        Identity(f"identity_{number}", kind, scope, tuple(names))
        for number, ((_, kind, scope), names) in enumerate(found.items())
    ]


def verbatim_fields(source: Source) -> list[tuple[int, str]]:
    """Target and name of each field that holds a customer's words."""
    return [
        (place, name)
        for place, target in enumerate(source.targets)
        for name, field in target.fields.items()
        if field.kind == "verbatim"
    ]


def cast_select(source: Source, relation: str, zones: Zones) -> str:
    """The SELECT over a staged relation that types whole records, in the relation's order.

    Its columns: record_id, event_at, business_day, version_at, parent_key and conversation_id where the source has
    them, one per target field that is no constant and per target condition, named by typed_name, then record_key,
    contact_key where that may be another, content_hash (of the typed values and the compared columns) and refusal,
    the number of the first refused field or null.
    """
    pool = Pool()
    compiled = compiled_fields(source, zones, pool)
    values = _values(source, zones, compiled, pool)
    raws = {f"raw_{number}": field.raw for number, field in enumerate(compiled.values()) if field.raw}
    compared = _compared(source)
    columns = ", ".join(f"{value} AS {name}" for name, value in {**values, **compared, **raws}.items())
    hash_of = hashed(*(f"record.{name}" for name in (*values, *compared)))
    return (
        f"SELECT {', '.join(_kept(name, compiled, zones) for name in _typed_columns(values))}, "
        f"{_keys(source)}, {hash_of} AS content_hash, {_refusal(compiled)} AS refusal "
        f"FROM (SELECT {columns} FROM {pool.over(relation)}) AS record"
    )


def _typed_columns(values: dict[str, str]) -> list[str]:
    """The columns of a typed record in their order; its day follows the event."""
    names = [name for name in values if name != "business_day"]
    names.insert(names.index("event_at") + 1, "business_day")
    return names


def _kept(name: str, compiled: dict[str, Compiled], zones: Zones) -> str:
    value = f"record.{name}"
    if name == "business_day":
        return f"coalesce({value}, {business_day(zones, 'record.event_at')}) AS business_day"
    final = compiled[name].final if name in compiled else "{}"
    return value if final == "{}" else f"{final.format(value)} AS {name}"


def _keys(source: Source) -> str:
    keys = f"{record_key(source.name, 'record.record_id')} AS record_key"
    if source.conversation:
        of_conversation = record_key(source.name, "coalesce(record.conversation_id, record.record_id)")
        keys += f", {of_conversation} AS contact_key"
    return keys


def compiled_fields(source: Source, zones: Zones, pool: Pool) -> dict[str, Compiled]:
    """The record's own fields and those of its targets, by typed name, in the order of their refusal numbers."""

    def compiled_one(field: Field) -> Compiled:
        return compile_field(field, zones, pool.reading(field))

    event = compiled_one(source.event)
    beyond = f"{{0}} NOT BETWEEN {EARLIEST} AND {LATEST}"
    compiled = {
        "record_id": record_id(source, pool.stripped),
        "event_at": replace(
            event,
            raw=event.raw or "CAST(NULL AS VARCHAR)",
            expected=event.expected or "a date and time",
            required=True,
            fault=f"{event.fault} OR {beyond}" if event.fault else beyond,
        ),
    }
    if source.version:
        compiled["version_at"] = compiled_one(source.version)
    for place, target in enumerate(source.targets):
        for name, field in target.fields.items():
            if field.kind != "constant":
                compiled[typed_name(place, name)] = compiled_one(field)
    return compiled


@dataclass(frozen=True)
class Refused:
    """What a refusal number stands for: the file's columns, the staged text that was read, what was expected."""

    columns: tuple[str, ...]
    raw: str
    expected: str


def refused_fields(source: Source, zones: Zones) -> list[Refused]:
    """The meaning of each refusal number."""
    columns: dict[str, tuple[str, ...]] = {"record_id": source.key, "event_at": source.event.columns}
    if source.version:
        columns["version_at"] = source.version.columns
    for place, target in enumerate(source.targets):
        columns |= {typed_name(place, name): field.columns for name, field in target.fields.items()}
    return [
        Refused(columns[name], joined_text(columns[name]) if columns[name] else "NULL", field.expected)
        for name, field in compiled_fields(source, zones, Pool()).items()
    ]


def _compared(source: Source) -> dict[str, str]:
    """The columns that only tell versions apart; 1 and 1.0 are one value, whichever program wrote it."""
    texts = {f"compared_{number}": stripped_column(name) for number, name in enumerate(source.compared)}
    return {name: f"coalesce(CAST(try_cast({text} AS DOUBLE) AS VARCHAR), {text})" for name, text in texts.items()}


def _values(source: Source, zones: Zones, compiled: dict[str, Compiled], pool: Pool) -> dict[str, str]:
    """The expression of each typed column but the keys, by name."""
    values = {
        "record_id": compiled["record_id"].value,
        **({"version_at": compiled["version_at"].value} if source.version else {}),
        "event_at": compiled["event_at"].value,
        "business_day": plain_day(source.event, zones, pool.reading(source.event)) or "CAST(NULL AS DATE)",
    }
    if source.parent:
        parent = pool.stripped(source.parent)
        # A program that reads ids as numbers makes floats of those that may be missing: 17 became 17.0.
        told = f"CASE WHEN {parent} LIKE '%.0' THEN regexp_replace({parent}, '^(\\d+)\\.0$', '\\1') ELSE {parent} END"
        values["parent_key"] = f"CASE WHEN {parent} IS NOT NULL THEN {record_key(source.name, composed(told))} END"
    if source.conversation:
        parts = [composed(pool.stripped(column)) for column in source.conversation]
        values["conversation_id"] = "(" + " || '|' || ".join(parts) + ")"
    for place, target in enumerate(source.targets):
        for name, field in target.fields.items():
            if field.kind != "constant":
                values[typed_name(place, name)] = compiled[typed_name(place, name)].value
        if target.where:
            values[typed_name(place, "where")] = f"coalesce({target.where}, FALSE)"
    return values


def _refusal(compiled: dict[str, Compiled]) -> str:
    """The number of the first field whose text gave no value."""
    cases = []
    for number, (name, field) in enumerate(compiled.items()):
        if field.raw:
            present = "" if field.required else f"record.raw_{number} IS NOT NULL AND "
            fault = f" OR {field.fault.format(f'record.{name}')}" if field.fault else ""
            cases.append(f"WHEN ({present}record.{name} IS NULL){fault} THEN {number}")
    return f"CASE {' '.join(cases)} END"
