"""Field kinds compiled to SQL: the typed value of a staged text, and when that text is refused."""

from dataclasses import dataclass

from etl.sources.base import Field

LONGEST_SECONDS = 400 * 86_400


@dataclass(frozen=True)
class Compiled:
    """`value` is an SQL expression over the staged columns; a text in `raw` that gives no value is refused.

    `expected` says in words what would have been read, for the quarantine's reason. Without `raw` nothing
    is refused; a `required` value is refused when the text is missing, too.
    """

    value: str
    raw: str | None = None
    expected: str = ""
    required: bool = False


@dataclass(frozen=True)
class Zones:
    """How naive times become instants: their own zone, and the reporting zone of business days."""

    naive: str
    reporting: str


def quoted(column: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + column.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def compile_field(field: Field, zones: Zones) -> Compiled:
    """The SQL of one field. Kinds that need a table of their own (identity) or a mask (verbatim) read the raw text."""
    match field.kind:
        case "constant":
            return Compiled(_constant(field.value))
        case "sql":
            return Compiled(f"({field.expression})")
        case "when":
            return _when(field, zones)
        case "seconds":
            return _seconds(field)
        case "rating":
            return _rating(field)
        case "flag":
            return _flag(field)
        case "code":
            return _code(field)
        case _:
            return Compiled(f"nullif(trim({quoted(field.columns[0])}), '')")


def _constant(value: str | bool | None) -> str:
    if value is None:
        return "NULL"
    return str(value).upper() if isinstance(value, bool) else literal(value)


def joined_text(columns: tuple[str, ...]) -> str:
    """The raw text of a field that may be spread over several columns."""
    if len(columns) == 1:
        return quoted(columns[0])
    return "(" + " || ' ' || ".join(quoted(column) for column in columns) + ")"


def _when(field: Field, zones: Zones) -> Compiled:
    raw = joined_text(field.columns)
    target = "TIMESTAMPTZ" if field.states_zone else "TIMESTAMP"
    if field.formats:
        formats = ", ".join(literal(form) for form in field.formats)
        parsed = f"try_strptime({raw}, [{formats}])"
    else:
        parsed = f"try_cast({raw} AS {target})"
    if field.states_zone:
        parsed = f"timezone('UTC', {parsed})"
    elif zones.naive != "UTC":
        parsed = f"timezone('UTC', timezone({literal(zones.naive)}, {parsed}))"
    if field.zoned_formats:
        parsed = f"coalesce({zoned_instant(field)}, {parsed})"
    return Compiled(parsed, raw, "a date and time")


def zoned_instant(field: Field) -> str:
    """The instant of a text in one of the formats that state a zone, else null."""
    formats = ", ".join(literal(form) for form in field.zoned_formats)
    return f"timezone('UTC', try_strptime({joined_text(field.columns)}, [{formats}]))"


def business_day(field: Field, zones: Zones, instant: str) -> str:
    """The local day of the reporting zone; a naive time of that very zone needs no detour over UTC."""
    if zones.reporting == "UTC":
        return f"CAST({instant} AS DATE)"
    is_plain = not (field.states_zone or field.formats or field.zoned_formats)
    if is_plain and zones.naive == zones.reporting:
        return f"CAST(try_cast({joined_text(field.columns)} AS TIMESTAMP) AS DATE)"
    return f"CAST(timezone({literal(zones.reporting)}, timezone('UTC', {instant})) AS DATE)"


def _seconds(field: Field) -> Compiled:
    """A number of seconds, or h:mm:ss, or m:ss."""
    raw = quoted(field.columns[0])
    clock = f"epoch(try_cast(CASE WHEN {raw} LIKE '%:%:%' THEN {raw} ELSE '0:' || {raw} END AS INTERVAL))"
    value = (
        f"CASE WHEN contains({raw}, ':') THEN CAST({clock} AS DECIMAL(12,3)) ELSE try_cast({raw} AS DECIMAL(12,3)) END"
    )
    return Compiled(
        f"CASE WHEN {value} BETWEEN 0 AND {LONGEST_SECONDS} THEN {value} END", raw, "seconds or h:mm:ss, not negative"
    )


def _blank(field: Field) -> str:
    raw = f"trim({quoted(field.columns[0])})"
    if not field.blanks:
        return f"nullif({raw}, '')"
    blanks = ", ".join(literal(blank) for blank in ("", *field.blanks))
    return f"CASE WHEN {raw} NOT IN ({blanks}) THEN {raw} END"


def _rating(field: Field) -> Compiled:
    text = _blank(field)
    number = f"try_cast({text} AS DECIMAL(9,3))"
    is_whole = f"{number} BETWEEN {field.low} AND {field.high} AND {number} = round({number}, 0)"
    value = f"CASE WHEN {is_whole} THEN CAST({number} AS INTEGER) END"
    return Compiled(value, text, f"a whole number from {field.low} to {field.high}")


def _flag(field: Field) -> Compiled:
    text = f"lower({_blank(field)})"
    yes = ", ".join(literal(word.lower()) for word in field.true)
    no = ", ".join(literal(word.lower()) for word in field.false)
    value = f"CASE WHEN {text} IN ({yes}) THEN TRUE WHEN {text} IN ({no}) THEN FALSE END"
    return Compiled(value, text, " or ".join((*field.true, *field.false)))


def _code(field: Field) -> Compiled:
    text = f"upper({_blank(field)})"
    cases = " ".join(f"WHEN {literal(code.upper())} THEN {literal(ours)}" for code, ours in field.map.items())
    value = f"CASE {text} {cases} END"
    return Compiled(value, text, "one of " + ", ".join(field.map))
