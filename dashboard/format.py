"""Numbers, intervals, days and periods as words for reading; rounding is half away from zero."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from dashboard.strings import MISSING, MONTHS, MONTHS_SHORT, WEEKDAYS_SHORT
from etl.vocabulary import Grain, Unit

NARROW = "\u202f"
FIXED = "\u00a0"
MINUS = "\u2212"
NARROW_WIDTH = 0.05
MINUTE, HOUR, DAY = 60, 3_600, 86_400
TAILS = {
    Unit.PER_THOUSAND: "",
    Unit.PER_CONTACT: "",
    Unit.PER_DAY: "",
    Unit.STARS: f"{FIXED}stars",
    Unit.POINTS: f"{FIXED}points",
}
"""What is said behind numbers of one decimal, or of as many as DECIMALS has."""
DECIMALS = {Unit.PER_CONTACT: 2}
LONG_WORD = re.compile(r"\S{60}(?=\S)")
BREAK = "\u200b"
"""A place, not seen, at which a word breaks that no column is wide enough for."""
BASE_OF_RATES = f"{FIXED}per{FIXED}1,000"
"""Said in tables; a sentence or a card has it in the label of the metric."""
FISCAL = "F"
COMPACT_STEPS = ((1_000_000_000, "bn"), (1_000_000, "M"), (10_000, "k"))


def rounded(number: float, digits: int = 0) -> Decimal:
    """The number as it is written in decimal, rounded half away from zero: 0.285 has no binary tail here."""
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def count(number: float | None, *, is_compact: bool = False) -> str:
    """16821 as `16 821` (thin separators), or from 10,000 on as `16.8k` when compact."""
    if number is None:
        return MISSING
    if is_compact:
        for step, suffix in COMPACT_STEPS:
            if abs(number) >= step:
                return _plain(rounded(number / (1_000 if suffix == "k" else step), 1)) + suffix
    return _plain(rounded(number))


def value(number: float | None, unit: Unit, *, is_compact: bool = False) -> str:
    """A metric's value in its unit: `81.6 %`, `+7`, `6.0 min`, `16 821`, `4.2 stars`; an en dash when it is missing."""
    if number is None:
        return MISSING
    if unit is Unit.SHARE:
        return f"{_plain(_percent(number, 1))}{NARROW}%"
    if unit is Unit.SCORE:
        return _signed(rounded(number))
    if unit is Unit.SECONDS:
        return duration(number)
    if unit in TAILS:
        return f"{_plain(rounded(number, DECIMALS.get(unit, 1)))}{TAILS[unit]}"
    return count(number, is_compact=is_compact)


def change(number: float | None, unit: Unit) -> str:
    """A signed difference: points for shares and scores, a relative change for counts, `0` if it rounds to it."""
    if number is None:
        return MISSING
    if unit is Unit.SECONDS:
        size = duration(abs(number))
        return "0" if size == duration(0) else f"{'+' if number > 0 else MINUS}{size}"
    is_plain = unit is Unit.SCORE or unit in TAILS
    amount = rounded(number, DECIMALS.get(unit, 1)) if is_plain else _percent(number, 1)
    if amount == 0:
        return "0"
    if unit in TAILS:
        return f"{_signed(amount)}{TAILS[unit]}"
    if unit is Unit.COUNT:
        return f"{_signed(amount)}{NARROW}%"
    return f"{_signed(amount)}{FIXED}points"


def amount(number: float | None, unit: Unit) -> str:
    """A difference without its sign, where words say which way it went."""
    return change(number, unit).lstrip(f"+{MINUS}")


def per_day(number: float, before: float | None) -> str:
    """A count as so many a day, with that of the comparison where there is one: `10.0 a day, 9.8 before`."""
    words = f"{value(number, Unit.PER_DAY)} a day"
    return words if before is None else f"{words}, {value(before, Unit.PER_DAY)} before"


def interval(low: float | None, high: float | None, unit: Unit) -> str:
    """Both bounds in one unit: `62–71 %`; an unknown upper bound says `or more`, no bounds give nothing."""
    if low is None:
        return "" if high is None else f"up to {value(high, unit)}"
    if high is None:
        return f"{value(low, unit)} or more"
    if unit is Unit.SHARE:
        digits = 1 if high - low < NARROW_WIDTH else 0
        return f"{_plain(_percent(low, digits))}–{_plain(_percent(high, digits))}{NARROW}%"
    if unit is Unit.SCORE:
        return f"{_signed(rounded(low))} to {_signed(rounded(high))}"
    if unit is Unit.COUNT:
        return f"{count(low)}–{count(high)}"
    if unit in TAILS:
        digits = DECIMALS.get(unit, 1)
        return f"{_plain(rounded(low, digits))}–{_plain(rounded(high, digits))}{TAILS[unit]}"
    if rounded(high / MINUTE) >= 60:
        return f"{duration(low)} – {duration(high)}"
    is_short = rounded(high) < MINUTE or rounded(low / MINUTE, 1) == rounded(high / MINUTE, 1)
    step, name = (1, "s") if is_short else (MINUTE, "min")
    digits = 1 if step == MINUTE or high < 10 else 0
    return f"{_plain(rounded(low / step, digits))}–{_plain(rounded(high / step, digits))}{FIXED}{name}"


def duration(seconds: float) -> str:
    """Seconds as `4.2 s`, `42 s`, `6.0 min`, `1 h 20 min` or `2.3 d`, the unit chosen after rounding."""
    sign = MINUS if seconds < 0 else ""
    seconds = abs(seconds)
    if rounded(seconds) < MINUTE:
        digits = 1 if 0 < rounded(seconds, 1) < 10 else 0
        return f"{sign}{_plain(rounded(seconds, digits))}{FIXED}s"
    if rounded(seconds / MINUTE, 1) < 60:
        return f"{sign}{_plain(rounded(seconds / MINUTE, 1))}{FIXED}min"
    minutes = int(rounded(seconds / MINUTE))
    if minutes < DAY // MINUTE:
        hours, rest = divmod(minutes, 60)
        return f"{sign}{hours}{FIXED}h" + (f" {rest}{FIXED}min" if rest else "")
    return f"{sign}{_plain(rounded(seconds / DAY, 1))}{FIXED}d"


def tick(number: float, unit: Unit) -> str:
    """An axis label, as short as its step allows: `80 %`, `+20`, `5 min`, `16k`."""
    if unit is Unit.SHARE:
        return f"{_shortest(_percent(number, 1))}{NARROW}%"
    if unit is Unit.SCORE:
        return _signed(rounded(number, 1).normalize())
    if unit is Unit.SECONDS:
        return _clock_tick(number)
    if unit in TAILS:
        return _shortest(rounded(number, DECIMALS.get(unit, 1)))
    for step, suffix in ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k")):
        if abs(number) >= step:
            return _shortest(rounded(number / step, 2)) + suffix
    return _shortest(rounded(number, 1))


def _clock_tick(seconds: float) -> str:
    """In the largest unit that it is a multiple of a quarter of, else rounded: `30 s`, `1.5 min`, `80 s`, `2 h`."""
    units = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"))
    for step, name in units:
        if seconds >= step and (seconds * 4 % step == 0 or seconds >= 2 * step):
            return f"{_shortest(rounded(seconds / step, 2 if seconds * 4 % step == 0 else 1))}{FIXED}{name}"
    return f"{_shortest(rounded(seconds, 1))}{FIXED}s"


def day(moment: date, *, has_weekday: bool = True) -> str:
    """`Wed 4 Mar 2026`, or without its weekday."""
    words = f"{moment.day} {MONTHS_SHORT[moment.month - 1]} {moment.year}"
    return f"{WEEKDAYS_SHORT[moment.weekday()]} {words}" if has_weekday else words


def instant(moment: datetime) -> str:
    """`9 Mar 2026 06:00 UTC`."""
    utc = moment.astimezone(UTC)
    return f"{day(utc.date(), has_weekday=False)} {utc:%H:%M} UTC"


def days(first: date, last: date) -> str:
    """A span of days without what is said twice: `2–8 Mar 2026`, `28 Feb – 6 Mar 2026`."""
    if first == last:
        return day(first)
    end = day(last, has_weekday=False)
    if first.year != last.year:
        return f"{day(first, has_weekday=False)} – {end}"
    if first.month != last.month:
        return f"{first.day} {MONTHS_SHORT[first.month - 1]} – {end}"
    return f"{first.day}–{end}"


def against(own: tuple[date, date], other: tuple[date, date]) -> str:
    """Two spans side by side, the year only where they are not of one: `1–30 Mar vs 1–28 Feb`."""
    years = {moment.year for moment in (*own, *other)}
    tail = f" {own[0].year}" if len(years) == 1 else ""
    return " vs ".join(days(*span).removesuffix(tail) for span in (own, other))


def period(grain: Grain, key: str, start: date, end: date | None = None) -> str:
    """A whole period in words: `2–8 Mar 2026 (W10)`, `March 2026`, `Q1 2026 (Jan–Mar)`, `fiscal 2026`.

    With its `end`, a fiscal one of whole weeks says its days: `P3 fiscal 2026 (1–28 Mar 2026)`.
    """
    if grain is Grain.DAY:
        return day(start)
    if grain is Grain.WEEK:
        return f"{days(start, start + timedelta(days=6))} (W{int(key.rpartition('W')[2])})"
    is_fiscal = key.startswith(FISCAL)
    if grain is Grain.MONTH and not is_fiscal:
        return f"{MONTHS[start.month - 1]} {start.year}"
    name = key.removeprefix(FISCAL)
    fiscal = "fiscal " if is_fiscal else ""
    if grain is Grain.YEAR:
        return f"{fiscal}{name}"
    year, _, place = name.partition("-")
    named = f"{_place(place)} {fiscal}{year}"
    is_of_months = grain is Grain.QUARTER and start.day == 1 and (end is None or (end + timedelta(days=1)).day == 1)
    if not is_of_months and end is not None:
        return f"{named} ({days(start, end)})"
    return f"{named} ({MONTHS_SHORT[start.month - 1]}–{MONTHS_SHORT[(start.month + 1) % 12]})"


def axis_period(grain: Grain, key: str, start: date, *, has_year: bool) -> str:
    """The period below an axis: `2 Mar` (its first day), `Mar`, `Q1`, with the year where it begins or changes."""
    if grain is Grain.YEAR:
        return key
    month = MONTHS_SHORT[start.month - 1]
    names = {Grain.MONTH: month, Grain.QUARTER: key.rpartition("-")[2]}
    name = names.get(grain, f"{start.day} {month}")
    if key.startswith(FISCAL):
        name = _place(key.rpartition("-")[2])
    return f"{name} {axis_year(key, start)}" if has_year else name


def axis_year(key: str, start: date) -> str:
    """The year that a period below an axis belongs to: of a quarter or a fiscal one that of its name."""
    return key.partition("-")[0] if key.startswith(FISCAL) or "-Q" in key else str(start.year)


def _place(text: str) -> str:
    """`Q1`, and `P3` of `P03`."""
    return f"{text[0]}{int(text[1:])}"


def cell(content: str | int | float | date | None, unit: Unit | None = None, *, is_signed: bool = False) -> str:
    """A table's cell as text: numbers in their unit, days in words, long words with breaks, an en dash when missing."""
    if content is None:
        return MISSING
    if isinstance(content, str):
        return LONG_WORD.sub(rf"\g<0>{BREAK}", content)
    if isinstance(content, date):
        return day(content)
    if is_signed:
        return change(content, unit or Unit.COUNT)
    return value(content, unit or Unit.COUNT) + (BASE_OF_RATES if unit is Unit.PER_THOUSAND else "")


def _percent(share: float, digits: int) -> Decimal:
    return (Decimal(repr(float(share))) * 100).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    text = f"{abs(number):,f}".replace(",", NARROW)
    return f"{MINUS}{text}" if number < 0 else text


def _shortest(number: Decimal) -> str:
    text = _plain(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(number: Decimal) -> str:
    if number == 0:
        return "0"
    return f"{'+' if number > 0 else ''}{_plain(number)}"
