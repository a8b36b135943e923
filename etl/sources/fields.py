"""Field kinds compiled to SQL: the typed value of a staged text, and when that text is refused."""

from dataclasses import dataclass, replace

from etl.sources.base import Field
from etl.sources.texts import literal, stripped_column
from etl.sources.times import Reading, Zones, reading_of, when_value

LONGEST_SECONDS = 400 * 86_400
LEADING_NUMBER = r"^\s*(\d+(?:[.,]0+)?)(?:\s*(?:$|[-\x{2013}\x{2014}:=/(]|[.)](?:\D|$))|\s+\D)"
# The day from which spreadsheets count stands before a length that was taken for a time of day.
DAY_OF_ZERO = r"^(1899-12-30|1900-01-00|0?1/0?0/1900)[ T]"
LONGEST_CLOCK = len("00:00:00.000000")
UNITS = {"ms": "0.001", "min": "60", "h": "3600"}
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


def compile_field(field: Field, zones: Zones, reading: Reading | None = None) -> Compiled:
    """The SQL of one field over what it is made from, or over the staged columns themselves."""
    reading = reading or reading_of(field)
    careful = _careful(field, zones, reading)
    return replace(careful, value=f"coalesce({reading.quick}, {careful.value})") if reading.quick else careful


def _careful(field: Field, zones: Zones, reading: Reading) -> Compiled:
    """Kinds that need a table of their own (identity) or a mask (verbatim) read the text as it is."""
    text = reading.text
    match field.kind:
        case "constant":
            return Compiled(_constant(field.value))
        case "sql":
            return _sql(field)
        case "when":
            return (
                _epoch(field, text)
                if field.epoch
                else Compiled(when_value(field, zones, reading), text, "a date and time")
            )
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
        case _:
            return Compiled(text)


def _constant(value: str | bool | int | None) -> str:
    if value is None:
        return "NULL"
    return literal(value) if isinstance(value, str) else str(value).upper()


def _sql(field: Field) -> Compiled:
    """An expression; refused where it gives nothing though one of its columns holds a text, if it expects something."""
    value = f"({field.expression})"
    if not field.expected:
        return Compiled(value)
    texts = ", ".join(stripped_column(column) for column in field.columns)
    return Compiled(value, f"coalesce({texts})", field.expected)


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


def _number(text: str, field: Field) -> str:
    """The text with a point as its decimal mark and no marks between thousands."""
    return text if field.decimal == "." else f"replace(replace({text}, '.', ''), ',', '.')"


def _seconds(field: Field, raw: str) -> Compiled:
    """A number in the field's unit, or h:mm:ss, or m:ss."""
    bare = f"CASE WHEN length({raw}) > {LONGEST_CLOCK} THEN regexp_replace({raw}, '{DAY_OF_ZERO}', '') ELSE {raw} END"
    clock = f"epoch(try_cast(CASE WHEN {raw} LIKE '%:%:%' THEN {bare} ELSE '0:' || {raw} END AS INTERVAL))"
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
