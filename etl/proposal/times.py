"""How a column writes points in time: ISO, numbers in an order to be proven, names of months, or time since 1970."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from etl.engines import Connection
from etl.proposal.profile import ENOUGH, MOST_OF_THEM, Column
from etl.sources.dates import NUMERIC_DATE
from etl.sources.texts import joined_text, literal, quoted

OPEN = "@"
ISO_DATE = re.compile(r"\d{4}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2}")
NUMBER_DATE = re.compile(r"\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)(?P<year>\d{4}|\d{2})(?!\d)")
COMPACT = re.compile(r"(?:19|20)\d{6}(?!\d{1,5}$|\d{7})")
COMPACT_TIME = re.compile(r"(?:19|20)\d{12}")
MONTH = (
    "(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|"
    "January|February|March|April|June|July|August|September|October|November|December)"
)
NAMED = re.compile(
    rf"(?P<weekday>[A-Z][a-z]{{2}},? )?\d{{1,2}}(?P<sep>[- /]){MONTH}(?P<sep2>[- /])(?P<year>\d{{4}}|\d{{2}})(?!\d)"
)
MONTH_FIRST = re.compile(rf"{MONTH} \d{{1,2}}(?P<comma>,?) (?P<year>\d{{4}})")
CTIME = re.compile(rf"[A-Z][a-z]{{2}} {MONTH} \d{{1,2}} \d{{1,2}}:\d{{2}}:\d{{2}} (?P<zone>[+-]\d{{4}} )?\d{{4}}")
CLOCK = re.compile(
    r"(?P<before>T|,? | - |)\d{1,2}(?P<sep>[:.h])\d{2}(?P<second>[:.]\d{2}(?P<part>[.,]\d+)?)?(?P<half> ?[AaPp][Mm])?"
)
ZONE = re.compile(r"(?P<gap> ?)(?P<zone>Z|[+-]\d{2}(:?\d{2})?|UTC|GMT)")
IN_WORDS = re.compile(
    r"(?:[^\W\d]+\.?,? )?\d{1,2}(?:st|nd|rd|th|\.|er|º)? (?:de |of )?[^\W\d]{3,}\.?,? (?:de |del )?\d{4}"
    r"(?:.{0,8}?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?.{0,4})?"
)
MONTHS = (
    "jan|ene",
    "feb|fev",
    "mar",
    "apr|abr|avr",
    "may|mai",
    "jun|juin",
    "jul|juil",
    "aug|ago|aou",
    "sep|set",
    "oct|okt|out",
    "nov",
    "dec|dic|dez",
)
EPOCHS = {"s": (946_684_800, 4_102_444_800), "ms": (946_684_800_000, 4_102_444_800_000)}
SERIAL = (25_569, 73_050)
MOST_FORMS = 6


@dataclass(frozen=True)
class TimeForm:
    """How a column's times are written.

    `formats` are those of strptime, with @ where the order of day and month is open; none for ISO. `epoch` is s or ms;
    `special` is words for months in any of five languages, serial for a spreadsheet's day numbers.
    """

    formats: tuple[str, ...] = ()
    has_date: bool = True
    has_clock: bool = True
    states_zone: bool = False
    epoch: str = ""
    special: str = ""

    @property
    def is_open(self) -> bool:
        """Whether only the order of day and month makes it a date."""
        return any(OPEN in form for form in self.formats)

    @property
    def is_naive(self) -> bool:
        """Whether a zone must be known to place it in time."""
        return not (self.states_zone or self.epoch)


def time_form(column: Column, is_named_so: bool) -> TimeForm | None:
    """How a column writes times; None if it holds none. Plain numbers are times only where the name says so."""
    if column.is_number:
        is_time = is_named_so and column.low is not None and column.high is not None
        return _number_form(column, column.low or 0, column.high or 0) if is_time else None
    found: Counter[tuple[str, bool, bool, bool]] = Counter()
    total = sum(often for _, often in column.values)
    enough = (MOST_OF_THEM if is_named_so else ENOUGH) * total
    for value, often in column.values:
        form = written(value)
        if form:
            found[form] += often
    if total and found.total() >= enough:
        return _in_any_month(_in_common([form for form, _ in found.most_common(MOST_FORMS)]), column)
    in_words = sum(often for value, often in column.values if IN_WORDS.fullmatch(value))
    if total and in_words >= enough:
        return TimeForm(special="words", has_clock=any(":" in value for value, _ in column.values))
    return None


def _in_any_month(form: TimeForm, column: Column) -> TimeForm:
    """Of a file that knows no month but May also the form with whole names, as May does not tell which it is."""
    if not form.formats or not all("May" in value for value, _ in column.values):
        return form
    whole = tuple(text.replace("%b", "%B") for text in form.formats)
    return replace(form, formats=tuple(dict.fromkeys((*form.formats, *whole))))


def _number_form(column: Column, low: float, high: float) -> TimeForm | None:
    for unit, (earliest, latest) in EPOCHS.items():
        if earliest <= low and high <= latest:
            return TimeForm(epoch=unit)
    if all(COMPACT_TIME.fullmatch(value) for value, _ in column.values):
        return TimeForm(("%Y%m%d%H%M%S",))
    if all(COMPACT.fullmatch(value) for value, _ in column.values):
        return TimeForm(("%Y%m%d",), has_clock=False)
    if SERIAL[0] <= low and high <= SERIAL[1] and not column.is_whole:
        return TimeForm(special="serial")
    return None


def _in_common(forms: list[tuple[str, bool, bool, bool]]) -> TimeForm:
    formats = tuple(form for form, *_ in forms if form)
    is_native = len(formats) < len(forms)
    has_date, has_clock = all(form[1] for form in forms), any(form[2] for form in forms)
    states = all(form[3] for form in forms)
    # A column that mixes ISO with other forms: ISO texts are read by formats of their own.
    if is_native and formats:
        formats += ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
    return TimeForm(formats, has_date, has_clock, states)


def written(value: str) -> tuple[str, bool, bool, bool] | None:
    """The format of one text (empty for ISO), whether it has a date, a clock, a zone; None if it is no time."""
    found = CTIME.fullmatch(value)
    if found:
        zone = "%z " if found["zone"] else ""
        return f"%a %b %d %H:%M:%S {zone}%Y", True, True, bool(found["zone"])
    form, rest = _date(value)
    clock = CLOCK.match(rest)
    is_plain = form in ("", "%Y-%m-%d", "%Y/%m/%d")
    own = form
    if clock and (form or not clock["before"]):
        own += _clock(clock)
        is_plain = (
            is_plain and bool(form) and clock["before"] in ("T", " ") and clock["sep"] == ":" and not clock["half"]
        )
        rest = rest[clock.end() :]
    zone_found = ZONE.fullmatch(rest) if clock and form and rest else None
    if (rest and not zone_found) or not own:
        return None
    if is_plain and form:
        return "", True, bool(clock), bool(zone_found)
    zone = f"{zone_found['gap']}%z" if zone_found else ""
    return own + zone, bool(form), bool(clock), bool(zone_found)


def _date(value: str) -> tuple[str, str]:
    """The format of the date that a text begins with, and the rest of the text."""
    if found := ISO_DATE.match(value):
        sep = found["sep"]
        return f"%Y{sep}%m{sep}%d", value[found.end() :]
    if found := NUMBER_DATE.match(value):
        return OPEN + found["sep"] + ("%Y" if len(found["year"]) == 4 else "%y"), value[found.end() :]
    if found := NAMED.match(value):
        weekday = "%a" + found["weekday"][3:] if found["weekday"] else ""
        return f"{weekday}%d{found['sep']}{_month(found)}{found['sep2']}{_year(found)}", value[found.end() :]
    if found := MONTH_FIRST.match(value):
        return f"{_month(found)} %d{found['comma']} %Y", value[found.end() :]
    return "", value


def _month(found: re.Match[str]) -> str:
    return "%b" if len(found["month"]) == 3 else "%B"


def _year(found: re.Match[str]) -> str:
    return "%Y" if len(found["year"]) == 4 else "%y"


def _clock(found: re.Match[str]) -> str:
    hour = "%I" if found["half"] else "%H"
    text = f"{found['before']}{hour}{found['sep']}%M"
    if found["second"]:
        text += found["second"][0] + "%S" + (found["part"][0] + "%f" if found["part"] else "")
    return text + (" %p" if found["half"] and found["half"][0] == " " else "%p" if found["half"] else "")


def proven_order(connection: Connection, relation: str, columns: Iterable[str]) -> tuple[bool | None, str]:
    """Whether days stand before months, None if nothing shows it; and one date that does."""
    for name in columns:
        raw = quoted(name)
        part = f"try_cast(regexp_extract({raw}, {literal(NUMERIC_DATE)}, %d) AS INTEGER)"
        first_of, second_of = part % 1, part % 3
        (row,) = connection.execute(
            f"SELECT max_by({raw}, {first_of}), max({first_of}), max_by({raw}, {second_of}), max({second_of}) "
            f"FROM {relation}"
        ).fetchall()
        day, first, month, second = row
        if first and first > 12 >= (second or 0):
            return True, f"{day.strip()} in {name!r}"
        if second and second > 12 >= (first or 0):
            return False, f"{month.strip()} in {name!r}"
    return None, ""


def joined(date: TimeForm, clock: TimeForm) -> TimeForm:
    """The form of a date and a time of day that stand in two columns."""
    is_plain = not date.formats and all(form in ("%H:%M:%S", "%H:%M") for form in clock.formats)
    if is_plain or date.special:
        return TimeForm((), special=date.special)
    dates = date.formats or ("%Y-%m-%d",)
    return TimeForm(tuple(f"{day} {time}" for day in dates for time in clock.formats))


def time_field(form: TimeForm, columns: tuple[str, ...], day_first: bool | None, zone: str) -> dict[str, Any]:
    """The declaration of a field of kind when, or of SQL where no format reads the texts."""
    named: dict[str, Any] = {"column": columns[0]} if len(columns) == 1 else {"columns": list(columns)}
    if form.special:
        sql = _in_words(columns) if form.special == "words" else _serial(columns[0])
        expression = f"timezone('UTC', timezone({literal(zone)}, {sql}))"
        return {"kind": "sql", "columns": list(columns), "expression": expression, "expected": "a date and time"}
    field: dict[str, Any] = {"kind": "when", **named}
    if form.epoch:
        return {**field, "epoch": form.epoch}
    if form.formats and not (form.is_open and day_first is None):
        field["formats"] = [settled(text, bool(day_first)) for text in form.formats]
        if form.states_zone:
            field["states_zone"] = True
    return field


def seconds_at(form: TimeForm, columns: tuple[str, ...], day_first: bool) -> str:
    """SQL: a time as seconds, for differences of two such times."""
    raw = joined_text(columns)
    if form.epoch:
        return f"try_cast({raw} AS DOUBLE)" + (" / 1000" if form.epoch == "ms" else "")
    if form.special:
        return f"epoch({_in_words(columns) if form.special == 'words' else _serial(columns[0])})"
    if form.formats:
        formats = ", ".join(literal(settled(text, day_first)) for text in form.formats)
        return f"epoch(try_strptime({raw}, [{formats}]))"
    return f"epoch(try_cast({raw} AS {'TIMESTAMPTZ' if form.states_zone else 'TIMESTAMP'}))"


def settled(form: str, day_first: bool) -> str:
    """A format with the order of day and month filled in."""
    if OPEN not in form:
        return form
    sep = form[form.index(OPEN) + 1]
    return form.replace(OPEN, sep.join(("%d", "%m") if day_first else ("%m", "%d")))


def _serial(column: str) -> str:
    days = f"try_cast(replace({quoted(column)}, ',', '.') AS DOUBLE)"
    return f"TIMESTAMP '1899-12-30' + to_seconds(round({days} * 86400))"


def _in_words(columns: tuple[str, ...]) -> str:
    """SQL: the time that a day, a month's name and a year tell, with a clock after them if there is one."""
    text = f"lower(strip_accents({joined_text(columns)}))"
    date = r"(\d{1,2})[a-z.]*\s+(?:de |of )?([a-z]{3,})[.,]*\s+(?:de |del )?(\d{4})"
    clock = r"(?:.*?(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?))?"
    parts = f"regexp_extract({text}, {literal(date + clock)}, ['day', 'month', 'year', 'clock'])"
    numbers = " ".join(
        f"WHEN part.month SIMILAR TO '({names}).*' THEN '{number}'" for number, names in enumerate(MONTHS, 1)
    )
    told = f"part.day || '-' || CASE {numbers} END || '-' || part.year || ' ' || part.clock"
    clocks = ("", " ", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", " %I:%M:%S%p", " %I:%M%p")
    formats = ", ".join(literal("%d-%m-%Y" + clock) for clock in clocks)
    return f"list_transform([{parts}], lambda part: try_strptime({told}, [{formats}]))[1]"
