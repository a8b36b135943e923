"""Fiscal years of whole weeks: 4-4-5 and its sisters, and where their 53rd week goes."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Literal, TypeAlias

from etl.calendar.series import MONTHS_IN, index_in_year, key_in_year, periods_in_year
from etl.vocabulary import Grain

WeekPattern: TypeAlias = Literal["4-4-5", "4-5-4", "5-4-4"]
WEEKS = 52
MONTHS = 12


@dataclass(frozen=True)
class WeekYears:
    """The rule of fiscal years that end on one weekday (0 Monday) and whose months are whole weeks.

    They end on the last such day of the final month, or on the one nearest to that month's end. The years in which
    that makes 53 weeks give the last one to `long_month` (1 to 12).
    """

    pattern: WeekPattern
    ends_on: int
    is_nearest: bool = False
    long_month: int = MONTHS

    def end(self, month_end: date) -> date:
        """The last day of the year whose final month ends on that day."""
        back = (month_end.weekday() - self.ends_on) % 7
        return month_end + timedelta(days=7 - back if self.is_nearest and back > 3 else -back)

    def month_starts(self, weeks: int) -> tuple[int, ...]:
        """By how many days each month begins after the year, in years of 52 and of 53 weeks."""
        return self._starts[weeks > WEEKS]

    @cached_property
    def _starts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        usual = [int(weeks) for weeks in self.pattern.split("-")] * 4
        long = [weeks + (month == self.long_month) for month, weeks in enumerate(usual, 1)]
        short_starts, long_starts = (
            tuple(7 * weeks for weeks in accumulate(months[:-1], initial=0)) for months in (usual, long)
        )
        return short_starts, long_starts


@dataclass(frozen=True)
class WeekMonths:
    """Fiscal months, quarters or years of whole weeks; `start_month` is the month in which the years begin."""

    grain: Grain
    rule: WeekYears
    start_month: int
    years_named_later: int

    def index(self, day: date) -> int:
        """The number of the period that holds the day."""
        # A year begins at most a week before, and six days after, its calendar month.
        year = day.year if self._year_start(day.year) <= day else day.year - 1
        if self._year_start(year + 1) <= day:
            year += 1
        start = self._year_start(year)
        month = bisect_right(self._month_starts(year), (day - start).days) - 1
        return (year * MONTHS + month) // MONTHS_IN[self.grain]

    def start(self, index: int) -> date:
        """The first day of a period."""
        year, place = divmod(index, periods_in_year(self.grain))
        return self._year_start(year) + timedelta(days=self._month_starts(year)[place * MONTHS_IN[self.grain]])

    def key(self, index: int) -> str:
        """How a period is written."""
        return key_in_year(self.grain, index, self.years_named_later, is_fiscal=True)

    def numbered(self, year: int, number: int) -> int:
        """The index of the so-many-th period of a year; ValueError where the year has none."""
        return index_in_year(self.grain, year - self.years_named_later, number)

    def _year_start(self, year: int) -> date:
        return self.rule.end(date(year, self.start_month, 1) - timedelta(days=1)) + timedelta(days=1)

    def _month_starts(self, year: int) -> tuple[int, ...]:
        return self.rule.month_starts((self._year_start(year + 1) - self._year_start(year)).days // 7)
