"""Times compiled to SQL: instants in UTC and business days out of texts with and without a zone."""

from dataclasses import dataclass

from etl.sources.base import Field
from etl.sources.months import with_english_month
from etl.sources.texts import literal, own_text

# No zone is off by other parts of an hour: `09:00-09:05` is a range.
STATED_ZONE = r"\d\d:\d\d\S*\s*([Zz]|[+-](0\d|1[0-4])(:?(00|15|30|45))?|UTC|GMT)$"
NAIVE_TIME = r"\s*\d{4}[-/]\d\d?[-/]\d\d?(?:[ T]+\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)?\s*"
TWELVE_HOURS = ("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p", "%Y/%m/%d %I:%M:%S %p", "%Y/%m/%d %I:%M %p")


@dataclass(frozen=True)
class Zones:
    """How naive times become instants: their own zone, and the reporting zone of business days."""

    naive: str
    reporting: str


@dataclass(frozen=True)
class Reading:
    """SQL of what a field is made from: its text and, of an ISO time, what the engine's own cast makes of that.

    With a `quick` reading the text is null where that one gives a value, which then counts.
    """

    text: str
    time: str = ""
    quick: str = ""


def reading_of(field: Field) -> Reading:
    """What a field is made from, over the staged columns themselves."""
    text = own_text(field)
    return Reading(text, engine_time(text) if is_iso(field) else "")


def is_iso(field: Field) -> bool:
    """Whether a field is a time in ISO notation of which not every text states its zone."""
    return field.kind == "when" and not (field.states_zone or field.formats or field.epoch)


def engine_time(text: str) -> str:
    """The engine's own reading of a naive time."""
    return f"try_cast({text} AS TIMESTAMP)"


def when_value(field: Field, zones: Zones, reading: Reading) -> str:
    """The instant, in UTC and without a zone, of a text that is a date and time."""
    raw = reading.text
    if field.states_zone:
        parsed = _in_formats(field, raw) if field.formats else f"try_cast({raw} AS TIMESTAMPTZ)"
        value = f"timezone('UTC', {parsed})"
    elif field.formats:
        value = _in_utc(_in_formats(field, raw), zones)
    elif field.zoned_formats:
        naive = f"CASE {_when_plain(reading, reading.time)} ELSE {_other_time(reading)} END"
        value = _in_utc(naive, zones)
    else:
        value = (
            f"CASE {_when_plain(reading, _in_utc(reading.time, zones))} "
            f"WHEN {_states_zone(raw)} THEN {_stated_instant(raw)} ELSE {_in_utc(_other_time(reading), zones)} END"
        )
    if field.zoned_formats and not field.states_zone:
        value = f"coalesce({zoned_instant(field, raw)}, {value})"
    return value


def _in_formats(field: Field, raw: str) -> str:
    formats = f"[{', '.join(literal(form) for form in field.formats)}]"
    parsed = f"try_strptime({raw}, {formats})"
    if any("%b" in form for form in field.formats):
        return f"coalesce({parsed}, try_strptime({with_english_month(raw)}, {formats}))"
    return parsed


def _in_utc(naive: str, zones: Zones) -> str:
    """The instant of a time of the naive zone."""
    return naive if zones.naive == "UTC" else f"timezone('UTC', timezone({literal(zones.naive)}, {naive}))"


def _when_plain(reading: Reading, value: str) -> str:
    """The branches of a CASE that give a value where a text is plainly a day, or a day and a time: what most are.

    Mostly the engine would write the same text for what it read, which is told twice as fast as by length and signs.
    """
    raw = reading.text
    with_time = f"(length({raw}) = 19 AND substr({raw}, 14, 1) = ':' AND substr({raw}, 17, 1) = ':')"
    by_signs = f"(length({raw}) = 10 OR {with_time}) AND substr({raw}, -1) BETWEEN '0' AND '9'"
    return (
        f"WHEN length({raw}) = 19 AND CAST({reading.time} AS VARCHAR) = {raw} THEN {value} WHEN {by_signs} THEN {value}"
    )


def _other_time(reading: Reading) -> str:
    """A time without a zone that is not plain; the engine's own cast passes over what follows it, an AM or PM too."""
    halves = ", ".join(literal(form) for form in TWELVE_HOURS)
    return (
        f"CASE WHEN regexp_full_match({reading.text}, {literal(NAIVE_TIME)}) THEN {reading.time} "
        f"ELSE try_strptime(trim({reading.text}), [{halves}]) END"
    )


def _states_zone(raw: str) -> str:
    """Whether an ISO time that is not plain ends with its offset."""
    return f"regexp_matches({raw}, {literal(STATED_ZONE)})"


def _stated_instant(raw: str) -> str:
    close = f"regexp_replace(regexp_replace({raw}, '\\s*(UTC|GMT)$', 'Z'), '\\s+([+-]\\d\\d(:?\\d\\d)?)$', '\\1')"
    return f"timezone('UTC', try_cast({close} AS TIMESTAMPTZ))"


def zoned_instant(field: Field, text: str) -> str:
    """The instant of a text in one of the formats that state a zone, else null."""
    formats = ", ".join(literal(form) for form in field.zoned_formats)
    return f"timezone('UTC', try_strptime({text}, [{formats}]))"


def plain_day(field: Field, zones: Zones, reading: Reading) -> str:
    """The local day of a naive time of the reporting zone itself, which needs no detour over UTC; else empty."""
    if not is_iso(field) or field.zoned_formats or zones.naive != zones.reporting or zones.reporting == "UTC":
        return ""
    by_zone = business_day(zones, _stated_instant(reading.text))
    return (
        f"CASE {_when_plain(reading, f'CAST({reading.time} AS DATE)')} WHEN {_states_zone(reading.text)} "
        f"THEN {by_zone} ELSE CAST({_other_time(reading)} AS DATE) END"
    )


def business_day(zones: Zones, instant: str) -> str:
    """The local day of an instant in the reporting zone."""
    if zones.reporting == "UTC":
        return f"CAST({instant} AS DATE)"
    return f"CAST(timezone({literal(zones.reporting)}, timezone('UTC', {instant})) AS DATE)"
