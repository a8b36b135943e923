"""Field kinds compiled to SQL: the typed value of a staged text, and when that text is refused."""

from dataclasses import dataclass, replace

from etl.sources.base import Field

LONGEST_SECONDS = 400 * 86_400
STATED_ZONE = r"\d\d:\d\d\S*\s*([Zz]|[+-]\d\d(:?\d\d)?|UTC|GMT)$"
NAIVE_TIME = r"\s*\d{4}[-/]\d\d?[-/]\d\d?(?:[ T]+\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)?\s*"
TWELVE_HOURS = ("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p", "%Y/%m/%d %I:%M:%S %p", "%Y/%m/%d %I:%M %p")
LEADING_NUMBER = r"^\s*(\d+(?:[.,]0+)?)(?:\s*(?:$|[-\x{2013}\x{2014}:=/(]|[.)](?:\D|$))|\s+\D)"
UNITS = {"ms": "0.001", "min": "60", "h": "3600"}
CUT_NUMBER = r"\d([.,]\d+)?E\+\d{2,3}"
UNIT_NAMES = {"s": "seconds", "ms": "milliseconds", "min": "minutes", "h": "hours"}


@dataclass(frozen=True)
class Compiled:
    """`value` is an SQL expression over the staged columns; a text in `raw` that gives no value is refused.

    `fault` and `final` are SQL over that value, written {}: when it is refused all the same, and what is kept of it.
    They are apart so that nothing is computed twice. `expected` says in words what would have been read, for the
    quarantine's reason. Without `raw` nothing is refused; a `required` value is refused when the text is missing, too.
    """

    value: str
    raw: str | None = None
    expected: str = ""
    required: bool = False
    fault: str = ""
    final: str = "{}"

    @property
    def sound(self) -> str:
        """The value in one expression, null where it is refused."""
        kept = self.final.format(self.value)
        return f"CASE WHEN NOT ({self.fault.format(self.value)}) THEN {kept} END" if self.fault else kept


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


def compile_field(field: Field, zones: Zones, text: str = "") -> Compiled:
    """The SQL of one field over `text`, or over the staged columns themselves.

    Kinds that need a table of their own (identity) or a mask (verbatim) read the text as it is.
    """
    text = text or own_text(field)
    match field.kind:
        case "constant":
            return Compiled(_constant(field.value))
        case "sql":
            return _sql(field)
        case "when":
            return _epoch(field, text) if field.epoch else _when(field, zones, text)
        case "seconds":
            return _seconds(field, text)
        case "count":
            return _count(field, text)
        case "rating":
            return _rating(field, text)
        case "flag":
            return _flag(field, text)
        case "code":
            return _code(field, text)
        case "identity":
            return Compiled(_identifier(text))
        case _:
            return Compiled(text)


def own_text(field: Field) -> str:
    """SQL of the text that a field reads: its columns without blanks, those of a time joined to one."""
    match field.kind:
        case "constant" | "sql":
            return ""
        case "when":
            return joined_text(field.columns)
        case "text" | "verbatim":
            return _words(field)
        case _:
            return _blank(field)


def _words(field: Field) -> str:
    """The text of a column without its blanks; of several columns with an empty line between them."""
    texts = [_blank(replace(field, columns=(column,))) for column in field.columns]
    return texts[0] if len(texts) == 1 else f"nullif(concat_ws(chr(10) || chr(10), {', '.join(texts)}), '')"


def _identifier(text: str) -> str:
    """A text that names someone; what a spreadsheet cut to 1.03E+13 names thousands and so nobody."""
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


def _when(field: Field, zones: Zones, raw: str) -> Compiled:
    if field.formats:
        formats = ", ".join(literal(form) for form in field.formats)
        parsed = f"try_strptime({raw}, [{formats}])"
    else:
        parsed = f"try_cast({raw} AS TIMESTAMPTZ)" if field.states_zone else _naive_time(raw)
    if field.states_zone:
        return Compiled(f"timezone('UTC', {parsed})", raw, "a date and time")
    if zones.naive != "UTC":
        parsed = f"timezone('UTC', timezone({literal(zones.naive)}, {parsed}))"
    if field.zoned_formats:
        parsed = f"coalesce({zoned_instant(field, raw)}, {parsed})"
    elif not field.formats:
        parsed = f"CASE WHEN {_states_zone(raw)} THEN {_stated_instant(raw)} ELSE {parsed} END"
    return Compiled(parsed, raw, "a date and time")


def _is_plain(raw: str) -> str:
    """Whether a text is plainly a day, or a day and a time: what most texts are, told by their length and signs."""
    with_time = f"(length({raw}) = 19 AND substr({raw}, 14, 1) = ':' AND substr({raw}, 17, 1) = ':')"
    return f"((length({raw}) = 10 OR {with_time}) AND substr({raw}, -1) BETWEEN '0' AND '9')"


def _naive_time(raw: str) -> str:
    """A time without a zone; the engine's own cast passes over what follows it, an AM or PM and all."""
    halves = ", ".join(literal(form) for form in TWELVE_HOURS)
    return (
        f"CASE WHEN {_is_plain(raw)} OR regexp_full_match({raw}, {literal(NAIVE_TIME)}) "
        f"THEN try_cast({raw} AS TIMESTAMP) ELSE try_strptime(trim({raw}), [{halves}]) END"
    )


def _states_zone(raw: str) -> str:
    """Whether an ISO time ends with its offset."""
    return f"NOT {_is_plain(raw)} AND regexp_matches({raw}, {literal(STATED_ZONE)})"


def _stated_instant(raw: str) -> str:
    close = f"regexp_replace(regexp_replace({raw}, '\\s*(UTC|GMT)$', 'Z'), '\\s+([+-]\\d\\d(:?\\d\\d)?)$', '\\1')"
    return f"timezone('UTC', try_cast({close} AS TIMESTAMPTZ))"


def _epoch(field: Field, raw: str) -> Compiled:
    """Seconds or milliseconds since 1970, or told apart by their size; out of 2000 to tomorrow they are none."""
    number = f"try_cast({raw} AS DECIMAL(26,6))"
    microseconds = {
        "s": f"{number} * 1000000",
        "ms": f"{number} * 1000",
        "auto": f"{number} * CASE WHEN {number} < 100000000000 THEN 1000000 WHEN {number} < 100000000000000 THEN 1000 "
        f"WHEN {number} < 100000000000000000 THEN 1 ELSE 0.001 END",
    }[field.epoch]
    instant = f"make_timestamp(try_cast({microseconds} AS BIGINT))"
    is_unlikely = "{0} NOT BETWEEN TIMESTAMP '2000-01-01' AND (now() AT TIME ZONE 'UTC') + INTERVAL 1 DAY"
    return Compiled(instant, raw, "an epoch time between 2000 and tomorrow", fault=is_unlikely)


def zoned_instant(field: Field, text: str) -> str:
    """The instant of a text in one of the formats that state a zone, else null."""
    formats = ", ".join(literal(form) for form in field.zoned_formats)
    return f"timezone('UTC', try_strptime({text}, [{formats}]))"


def plain_day(field: Field, zones: Zones, text: str) -> str:
    """The local day of a naive time of the reporting zone itself, which needs no detour over UTC; else empty."""
    is_plain = field.kind == "when" and not (field.states_zone or field.formats or field.zoned_formats or field.epoch)
    if not is_plain or zones.naive != zones.reporting or zones.reporting == "UTC":
        return ""
    by_zone = business_day(zones, _stated_instant(text))
    return f"CASE WHEN {_states_zone(text)} THEN {by_zone} ELSE CAST({_naive_time(text)} AS DATE) END"


def business_day(zones: Zones, instant: str) -> str:
    """The local day of an instant in the reporting zone."""
    if zones.reporting == "UTC":
        return f"CAST({instant} AS DATE)"
    return f"CAST(timezone({literal(zones.reporting)}, timezone('UTC', {instant})) AS DATE)"


def _number(text: str, field: Field) -> str:
    """The text with a point as its decimal mark and no marks between thousands."""
    return text if field.decimal == "." else f"replace(replace({text}, '.', ''), ',', '.')"


def _seconds(field: Field, raw: str) -> Compiled:
    """A number in the field's unit, or h:mm:ss, or m:ss."""
    clock = f"epoch(try_cast(CASE WHEN {raw} LIKE '%:%:%' THEN {raw} ELSE '0:' || {raw} END AS INTERVAL))"
    if field.unit == "s":
        plain = f"try_cast({_number(raw, field)} AS DECIMAL(12,3))"
    else:
        plain = f"try_cast(try_cast({_number(raw, field)} AS DECIMAL(18,6)) * {UNITS[field.unit]} AS DECIMAL(12,3))"
    return Compiled(
        f"CASE WHEN contains({raw}, ':') THEN CAST({clock} AS DECIMAL(12,3)) ELSE {plain} END",
        raw,
        f"{UNIT_NAMES[field.unit]} or h:mm:ss, not negative",
        fault=f"{{0}} NOT BETWEEN 0 AND {LONGEST_SECONDS}",
    )


def _count(field: Field, text: str) -> Compiled:
    return Compiled(
        f"try_cast({_number(text, field)} AS DECIMAL(18,3))",
        text,
        "a whole number, not negative",
        fault="{0} < 0 OR {0} <> round({0}, 0)",
        final="CAST({} AS BIGINT)",
    )


def _blank(field: Field) -> str:
    raw = f"trim({quoted(field.columns[0])})"
    if not field.blanks:
        return f"nullif({raw}, '')"
    blanks = ", ".join(literal(blank) for blank in ("", *field.blanks))
    return f"CASE WHEN {raw} NOT IN ({blanks}) THEN {raw} END"


def _rating(field: Field, text: str) -> Compiled:
    digits = f"regexp_extract({text}, {literal(LEADING_NUMBER)}, 1)" if field.labelled else text
    value = f"try_cast({_number(digits, field)} AS DECIMAL(9,3))"
    if field.map:
        labels = " ".join(f"WHEN {literal(label.upper())} THEN {int(score)}" for label, score in field.map.items())
        value = f"coalesce(CASE upper({text}) {labels} END, {value})"
    labelled = f"one of {', '.join(field.map)}, or " if field.map else ""
    return Compiled(
        value,
        text,
        f"{labelled}a whole number from {field.low} to {field.high}",
        fault=f"{{0}} NOT BETWEEN {field.low} AND {field.high} OR {{0}} <> round({{0}}, 0)",
        final="CAST({} AS INTEGER)",
    )


def _flag(field: Field, raw: str) -> Compiled:
    text = f"lower({raw})"
    yes = ", ".join(literal(word.lower()) for word in field.true)
    no = ", ".join(literal(word.lower()) for word in field.false)
    value = f"CASE WHEN {text} IN ({yes}) THEN TRUE WHEN {text} IN ({no}) THEN FALSE END"
    return Compiled(value, raw, " or ".join((*field.true, *field.false)))


def _code(field: Field, text: str) -> Compiled:
    cases = " ".join(f"WHEN {literal(code.upper())} THEN {literal(str(ours))}" for code, ours in field.map.items())
    value = f"CASE upper({text}) {cases} END"
    return Compiled(value, text, "one of " + ", ".join(field.map))
