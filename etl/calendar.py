"""Periods: which day lies in which, how they are written, shifted, tiled and compared."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.errors import UserError
from etl.vocabulary import Grain

FORMS = "2026-03-04, 2026-W10, 2026-03, 2026-Q1, 2026, or for fiscal periods F2026-Q1, F2026"

_YEAR = "(?P<year>[0-9]{4})"
_PATTERNS = (
    (Grain.DAY, re.compile(_YEAR + "-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")),
    (Grain.WEEK, re.compile(_YEAR + "-W(?P<number>[0-9]{2})")),
    (Grain.MONTH, re.compile(_YEAR + "-(?P<number>[0-9]{2})")),
    (Grain.QUARTER, re.compile("(?P<fiscal>F?)" + _YEAR + "-Q(?P<number>[1-4])")),
    (Grain.YEAR, re.compile("(?P<fiscal>F?)" + _YEAR)),
)
_MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_TABLE_COLUMNS = (
    ("week", Grain.WEEK, False),
    ("month", Grain.MONTH, False),
    ("quarter", Grain.QUARTER, False),
    ("year", Grain.YEAR, False),
    ("fiscal_quarter", Grain.QUARTER, True),
    ("fiscal_year", Grain.YEAR, True),
)

Number = TypeVar("Number", int, NDArray[np.int64])
Span: TypeAlias = tuple[date, date]


@dataclass(frozen=True)
class Period:
    """A day, week, month, quarter or year; `end` is its last day. A fiscal one has a key that begins with F."""

    grain: Grain
    key: str
    start: date
    end: date

    @property
    def days(self) -> int:
        """Its length in days."""
        return (self.end - self.start).days + 1

    @property
    def is_fiscal(self) -> bool:
        """Whether it belongs to the fiscal calendar."""
        return self.key.startswith("F")


@dataclass(frozen=True)
class Calendar:
    """A company's calendar: weeks begin on `week_start` (0 Monday to 6 Sunday), fiscal years in a month.

    A week is named by the year that holds its fourth day and its number there (with Monday: ISO 8601). A fiscal
    year is named by the year in which it *ends*; with `fiscal_start` 1 it is the calendar year. Periods of one
    grain are numbered through, so that shifting one is an addition.
    """

    week_start: int = 0
    fiscal_start: int = 1

    def period_of(self, day: date, grain: Grain, *, fiscal: bool = False) -> Period:
        """The one period that holds the day; `fiscal` matters to quarters and years only."""
        return self._period(self._index(day.toordinal(), day.year * 12 + day.month - 1, grain, fiscal), grain, fiscal)

    def parse(self, text: str) -> Period:
        """The period that is written so; UserError naming the forms when it is none or does not exist."""
        for grain, pattern in _PATTERNS:
            if match := pattern.fullmatch(text):
                try:
                    return self._named(grain, match)
                except (ValueError, OverflowError) as error:
                    raise UserError(f"Period {text!r} does not exist: {error}. Expected: {FORMS}.") from error
        raise UserError(f"{text!r} is not a period. Expected: {FORMS}.")

    def shift(self, period: Period, n: int) -> Period:
        """The n-th period after it (before it when n < 0), of the same grain and calendar."""
        return self._period(self._index_of(period) + n, period.grain, period.is_fiscal)

    def last_year(self, period: Period) -> Period:
        """The same period of the year before.

        A week has the same number, a W53 without a twin is compared with W52; 29 February with the 28th.
        """
        if period.grain is Grain.DAY:
            day = period.start
            is_leap_day = (day.month, day.day) == (2, 29)
            return self.period_of(date(day.year - 1, day.month, 28 if is_leap_day else day.day), Grain.DAY)
        if period.grain is Grain.WEEK:
            year, number = int(period.key[:4]) - 1, int(period.key[-2:])
            return self._week(year, min(number, self._weeks_in(year)))
        return self.shift(period, -12 // _MONTHS_IN[period.grain])

    def between(self, start: date, end: date, grain: Grain, *, fiscal: bool = False) -> tuple[Period, ...]:
        """The whole periods that hold a day of the span, in order; empty when `end` is before `start`."""
        if end < start:
            return ()
        first = self._index_of(self.period_of(start, grain, fiscal=fiscal))
        last = self._index_of(self.period_of(end, grain, fiscal=fiscal))
        return tuple(self._period(index, grain, fiscal) for index in range(first, last + 1))

    def last_complete(self, as_of: date, grain: Grain, *, fiscal: bool = False) -> Period:
        """The last period that ends on `as_of` or before."""
        period = self.period_of(as_of, grain, fiscal=fiscal)
        return period if period.end <= as_of else self.shift(period, -1)

    def table(self, first: date, last: date) -> pa.Table:
        """One row a day, both ends included: `day`, then key (string) and start (date32) of each period it is in.

        The pairs are week_, month_, quarter_, year_, fiscal_quarter_ and fiscal_year_.
        """
        days = np.arange(np.datetime64(first), np.datetime64(last) + 1)
        ordinals = days.astype(np.int64) + _EPOCH_ORDINAL
        months = days.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        columns = {"day": pa.array(days, pa.date32())}
        for name, grain, fiscal in _TABLE_COLUMNS:
            indexes, position = np.unique(self._index(ordinals, months, grain, fiscal), return_inverse=True)
            periods = [self._period(int(index), grain, fiscal) for index in indexes]
            columns[f"{name}_key"] = pa.array([period.key for period in periods], pa.string()).take(pa.array(position))
            columns[f"{name}_start"] = pa.array([period.start for period in periods], pa.date32()).take(
                pa.array(position)
            )
        return pa.table(columns)

    def _index(self, ordinal: Number, month: Number, grain: Grain, fiscal: bool) -> Number:
        """The number of the period of a day, given as proleptic ordinal and as months since year 0."""
        if grain is Grain.DAY:
            return ordinal
        if grain is Grain.WEEK:
            return (ordinal - 1 - self.week_start) // 7  # day 1 of the proleptic calendar is a Monday
        return (month - self._month_offset(grain, fiscal)) // _MONTHS_IN[grain]

    def _index_of(self, period: Period) -> int:
        start = period.start
        return self._index(start.toordinal(), start.year * 12 + start.month - 1, period.grain, period.is_fiscal)

    def _period(self, index: int, grain: Grain, fiscal: bool) -> Period:
        start, following = self._start(index, grain, fiscal), self._start(index + 1, grain, fiscal)
        return Period(grain, self._key(index, start, grain, fiscal), start, following - timedelta(days=1))

    def _start(self, index: int, grain: Grain, fiscal: bool) -> date:
        if grain is Grain.DAY:
            return date.fromordinal(index)
        if grain is Grain.WEEK:
            return date.fromordinal(index * 7 + 1 + self.week_start)
        year, month = divmod(index * _MONTHS_IN[grain] + self._month_offset(grain, fiscal), 12)
        return date(year, month + 1, 1)

    def _key(self, index: int, start: date, grain: Grain, fiscal: bool) -> str:
        if grain is Grain.DAY:
            return start.isoformat()
        if grain is Grain.MONTH:
            return start.isoformat()[:7]
        if grain is Grain.WEEK:
            fourth = start + timedelta(days=3)
            return f"{fourth.year:04}-W{(fourth.timetuple().tm_yday - 1) // 7 + 1:02}"
        year, quarter = divmod(index, 4) if grain is Grain.QUARTER else (index, 0)
        name = f"{'F' if fiscal else ''}{year + self._year_offset(fiscal):04}"
        return f"{name}-Q{quarter + 1}" if grain is Grain.QUARTER else name

    def _named(self, grain: Grain, match: re.Match[str]) -> Period:
        """The period of a matched text; ValueError or OverflowError when the calendar has none."""
        found = match.groupdict()
        year, number = int(found["year"]), int(found.get("number") or 0)
        if grain is Grain.DAY:
            return self.period_of(date(year, int(found["month"]), int(found["day"])), grain)
        if grain is Grain.MONTH:
            return self.period_of(date(year, number, 1), grain)
        if grain is Grain.WEEK:
            return self._week(year, number)
        fiscal = bool(found["fiscal"])
        index = year - self._year_offset(fiscal)
        return self._period(index * 4 + number - 1 if grain is Grain.QUARTER else index, grain, fiscal)

    def _week(self, year: int, number: int) -> Period:
        if not 1 <= number <= self._weeks_in(year):
            raise ValueError(f"{year} has weeks 1 to {self._weeks_in(year)}")
        # 4 January is always in week 1: that week's fourth day is one of 1 to 7 January, whatever day it begins on.
        return self.shift(self.period_of(date(year, 1, 4), Grain.WEEK), number - 1)

    def _weeks_in(self, year: int) -> int:
        # By the same law 28 December is always in a year's last week.
        return int(self.period_of(date(year, 12, 28), Grain.WEEK).key[-2:])

    def _month_offset(self, grain: Grain, fiscal: bool) -> int:
        """By how many months the periods begin later than the calendar's; a month is never moved."""
        return self.fiscal_start - 1 if fiscal and grain is not Grain.MONTH else 0

    def _year_offset(self, fiscal: bool) -> int:
        """1 when the years end in the calendar year after the one in which they begin."""
        return int(fiscal and self.fiscal_start > 1)


def like_for_like(current: Period, earlier: Period, through: date) -> tuple[Span, Span]:
    """The spans to compare while `current` is unfinished: the first k days of each, k the days elapsed by `through`.

    An earlier period that is shorter is taken whole; then counts are compared per day. Both days of a span
    are inclusive. UserError when `current` has no complete day yet.
    """
    elapsed = (min(through, current.end) - current.start).days + 1
    if elapsed < 1:
        raise UserError(f"{current.key} has no complete day through {through}; choose an earlier period.")
    reach = timedelta(days=elapsed - 1)
    return (current.start, current.start + reach), (earlier.start, min(earlier.end, earlier.start + reach))
