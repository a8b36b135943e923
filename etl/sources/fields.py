"""Field kinds compiled to SQL: the typed value of a staged text, and when that text is refused."""

from dataclasses import dataclass, replace

from etl.sources.base import Field

LONGEST_SECONDS = 400 * 86_400
STATED_ZONE = r"(Z|[+-]\d\d(:?\d\d)?|UTC|GMT)$"
LEADING_NUMBER = r"^\s*(\d+(?:[.,]0+)?)(?:\s*(?:$|[-\x{2013}\x{2014}:=/(.)])|\s+\D)"
UNITS = {"ms": "0.001", "min": "60", "h": "3600"}
CUT_NUMBER = r"\d([.,]\d+)?E\+\d{2,3}"
UNIT_NAMES = {"s": "seconds", "ms": "milliseconds", "min": "minutes", "h": "hours"}


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
            return _sql(field)
        case "when":
            return _epoch(field) if field.epoch else _when(field, zones)
        case "seconds":
            return _seconds(field)
        case "count":
            return _count(field)
        case "rating":
            return _rating(field)
        case "flag":
            return _flag(field)
        case "code":
            return _code(field)
        case "identity":
            return Compiled(_identifier(field))
        case _:
            return Compiled(_words(field))


def _words(field: Field) -> str:
    """The text of a column without its blanks; of several columns with an empty line between them."""
    texts = [_blank(replace(field, columns=(column,))) for column in field.columns]
    return texts[0] if len(texts) == 1 else f"nullif(concat_ws(chr(10) || chr(10), {', '.join(texts)}), '')"


def _identifier(field: Field) -> str:
    """A text that names someone; what a spreadsheet cut to 1.03E+13 names thousands and so nobody."""
    text = _blank(field)
    return (
        f"CASE WHEN NOT (contains({text}, 'E+') AND regexp_full_match({text}, {literal(CUT_NUMBER)})) THEN {text} END"
    )


def _constant(value: str | bool | int | None) -> str:
    if value is None:
        return "NULL"
    return literal(value) if isinstance(value, str) else str(value).upper()


def _sql(field: Field) -> Compiled:
    """An expression; refused where it gives nothing though one of its columns holds a text, if it expects something."""
    value = f"({field.expression})"
    if not field.expected:
        return Compiled(value)
    texts = ", ".join(f"nullif(trim({quoted(column)}), '')" for column in field.columns)
    return Compiled(value, f"coalesce({texts})", field.expected)


def joined_text(columns: tuple[str, ...]) -> str:
    """The raw text of a field that may be spread over several columns."""
    if len(columns) == 1:
        return quoted(columns[0])
    return "(" + " || ' ' || ".join(quoted(column) for column in columns) + ")"


def _when(field: Field, zones: Zones) -> Compiled:
    raw = joined_text(field.columns)
    if field.formats:
        formats = ", ".join(literal(form) for form in field.formats)
        parsed = f"try_strptime({raw}, [{formats}])"
    else:
        parsed = f"try_cast({raw} AS {'TIMESTAMPTZ' if field.states_zone else 'TIMESTAMP'})"
    if field.states_zone:
        return Compiled(f"timezone('UTC', {parsed})", raw, "a date and time")
    if zones.naive != "UTC":
        parsed = f"timezone('UTC', timezone({literal(zones.naive)}, {parsed}))"
    if field.zoned_formats:
        parsed = f"coalesce({zoned_instant(field)}, {parsed})"
    elif not field.formats:
        parsed = f"CASE WHEN {_states_zone(raw)} THEN {_stated_instant(raw)} ELSE {parsed} END"
    return Compiled(parsed, raw, "a date and time")


def _states_zone(raw: str) -> str:
    """Whether an ISO time ends with its offset; a plain one has 19 characters and needs no closer look."""
    return f"(length({raw}) > 19 OR ends_with({raw}, 'Z')) AND regexp_matches({raw}, {literal(STATED_ZONE)})"


def _stated_instant(raw: str) -> str:
    return f"timezone('UTC', try_cast(regexp_replace({raw}, '\\s*(UTC|GMT)$', 'Z') AS TIMESTAMPTZ))"


def _epoch(field: Field) -> Compiled:
    """Seconds or milliseconds since 1970, or told apart by their size; out of 2000 to tomorrow they are none."""
    raw = quoted(field.columns[0])
    number = f"try_cast({raw} AS DECIMAL(26,6))"
    microseconds = {
        "s": f"{number} * 1000000",
        "ms": f"{number} * 1000",
        "auto": f"{number} * CASE WHEN {number} < 100000000000 THEN 1000000 WHEN {number} < 100000000000000 THEN 1000 "
        f"WHEN {number} < 100000000000000000 THEN 1 ELSE 0.001 END",
    }[field.epoch]
    instant = f"make_timestamp(try_cast({microseconds} AS BIGINT))"
    is_likely = f"{instant} BETWEEN TIMESTAMP '2000-01-01' AND (now() AT TIME ZONE 'UTC') + INTERVAL 1 DAY"
    return Compiled(f"CASE WHEN {is_likely} THEN {instant} END", raw, "an epoch time between 2000 and tomorrow")


def zoned_instant(field: Field) -> str:
    """The instant of a text in one of the formats that state a zone, else null."""
    formats = ", ".join(literal(form) for form in field.zoned_formats)
    return f"timezone('UTC', try_strptime({joined_text(field.columns)}, [{formats}]))"


def business_day(field: Field, zones: Zones, instant: str) -> str:
    """The local day of the reporting zone; a naive time of that very zone needs no detour over UTC."""
    if zones.reporting == "UTC":
        return f"CAST({instant} AS DATE)"
    is_plain = field.kind == "when" and not (field.states_zone or field.formats or field.zoned_formats or field.epoch)
    by_zone = f"timezone({literal(zones.reporting)}, timezone('UTC', {instant}))"
    if is_plain and zones.naive == zones.reporting:
        raw = joined_text(field.columns)
        return f"CAST(CASE WHEN {_states_zone(raw)} THEN {by_zone} ELSE try_cast({raw} AS TIMESTAMP) END AS DATE)"
    return f"CAST({by_zone} AS DATE)"


def _number(text: str, field: Field) -> str:
    """The text with a point as its decimal mark and no marks between thousands."""
    return text if field.decimal == "." else f"replace(replace({text}, '.', ''), ',', '.')"


def _seconds(field: Field) -> Compiled:
    """A number in the field's unit, or h:mm:ss, or m:ss."""
    raw = _blank(field) if field.blanks else quoted(field.columns[0])
    clock = f"epoch(try_cast(CASE WHEN {raw} LIKE '%:%:%' THEN {raw} ELSE '0:' || {raw} END AS INTERVAL))"
    if field.unit == "s":
        plain = f"try_cast({_number(raw, field)} AS DECIMAL(12,3))"
    else:
        plain = f"try_cast(try_cast({_number(raw, field)} AS DECIMAL(18,6)) * {UNITS[field.unit]} AS DECIMAL(12,3))"
    value = f"CASE WHEN contains({raw}, ':') THEN CAST({clock} AS DECIMAL(12,3)) ELSE {plain} END"
    return Compiled(
        f"CASE WHEN {value} BETWEEN 0 AND {LONGEST_SECONDS} THEN {value} END",
        raw,
        f"{UNIT_NAMES[field.unit]} or h:mm:ss, not negative",
    )


def _count(field: Field) -> Compiled:
    text = _blank(field)
    number = f"try_cast({_number(text, field)} AS DECIMAL(18,3))"
    is_whole = f"{number} >= 0 AND {number} = round({number}, 0)"
    return Compiled(f"CASE WHEN {is_whole} THEN CAST({number} AS BIGINT) END", text, "a whole number, not negative")


def _blank(field: Field) -> str:
    raw = f"trim({quoted(field.columns[0])})"
    if not field.blanks:
        return f"nullif({raw}, '')"
    blanks = ", ".join(literal(blank) for blank in ("", *field.blanks))
    return f"CASE WHEN {raw} NOT IN ({blanks}) THEN {raw} END"


def _rating(field: Field) -> Compiled:
    text = _blank(field)
    digits = f"regexp_extract({text}, {literal(LEADING_NUMBER)}, 1)" if field.labelled else text
    number = f"try_cast({_number(digits, field)} AS DECIMAL(9,3))"
    is_whole = f"{number} BETWEEN {field.low} AND {field.high} AND {number} = round({number}, 0)"
    value = f"CASE WHEN {is_whole} THEN CAST({number} AS INTEGER) END"
    if field.map:
        labels = " ".join(f"WHEN {literal(label.upper())} THEN {int(score)}" for label, score in field.map.items())
        value = f"coalesce(CASE upper({text}) {labels} END, {value})"
    labelled = f"one of {', '.join(field.map)}, or " if field.map else ""
    return Compiled(value, text, f"{labelled}a whole number from {field.low} to {field.high}")


def _flag(field: Field) -> Compiled:
    text = f"lower({_blank(field)})"
    yes = ", ".join(literal(word.lower()) for word in field.true)
    no = ", ".join(literal(word.lower()) for word in field.false)
    value = f"CASE WHEN {text} IN ({yes}) THEN TRUE WHEN {text} IN ({no}) THEN FALSE END"
    return Compiled(value, text, " or ".join((*field.true, *field.false)))


def _code(field: Field) -> Compiled:
    text = f"upper({_blank(field)})"
    cases = " ".join(f"WHEN {literal(code.upper())} THEN {literal(str(ours))}" for code, ours in field.map.items())
    value = f"CASE {text} {cases} END"
    return Compiled(value, text, "one of " + ", ".join(field.map))
