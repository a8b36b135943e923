"""A company's calendar: which day lies in which period, how periods are written, shifted, tiled and compared."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import numpy as np
import pyarrow as pa

from etl.calendar.fiscal import WeekMonths, WeekPattern, WeekYears
from etl.calendar.period import Period
from etl.calendar.series import Days, Months, Series, Weeks, periods_in_year
from etl.calendar.writing import FORMS, read
from etl.config import WEEKDAYS, Settings
from etl.errors import UserError
from etl.vocabulary import Grain

WHOLE_WEEKS_YEAR = 364
TABLE_COLUMNS = (
    ("week", Grain.WEEK, False),
    ("month", Grain.MONTH, False),
    ("quarter", Grain.QUARTER, False),
    ("year", Grain.YEAR, False),
    ("fiscal_month", Grain.MONTH, True),
    ("fiscal_quarter", Grain.QUARTER, True),
    ("fiscal_year", Grain.YEAR, True),
)


def start_column(grain: Grain, fiscal: bool) -> str:
    """The column of a calendar's table with the first day of each day's period; weeks are never fiscal."""
    return f"fiscal_{grain}_start" if fiscal and grain is not Grain.WEEK else f"{grain}_start"


@dataclass(frozen=True)
class Calendar:
    """Weeks begin on `week_start` (0 Monday to 6 Sunday), fiscal years in a month or, with `week_years`, near it.

    A week is named by the year that holds its fourth day and its number there (with Monday: ISO 8601). A fiscal
    year is named by the calendar year in which its final month lies, or its first when `is_named_by_start`; with
    `fiscal_start` 1 both are the same. Fiscal months differ from the calendar's only with `week_years`.
    """

    week_start: int = 0
    fiscal_start: int = 1
    week_years: WeekYears | None = None
    is_named_by_start: bool = False

    @property
    def fiscal_grains(self) -> tuple[Grain, ...]:
        """The grains whose fiscal periods are not the calendar's own."""
        if self.week_years:
            return Grain.MONTH, Grain.QUARTER, Grain.YEAR
        return (Grain.QUARTER, Grain.YEAR) if self.fiscal_start > 1 else ()

    @property
    def signature(self) -> str:
        """What a table of its days is made by; one of another signature shows other periods."""
        return repr((self, TABLE_COLUMNS))

    def period_of(self, day: date, grain: Grain, *, fiscal: bool = False) -> Period:
        """The one period that holds the day; `fiscal` matters to months, quarters and years only."""
        series = self._series(grain, fiscal)
        return _period(series, grain, series.index(day))

    def parse(self, text: str) -> Period:
        """The period that is written so; UserError naming the forms when it is none or does not exist."""
        found = read(text)
        try:
            if found.grain is Grain.DAY:
                return self.period_of(date(found.year, found.number, found.day), Grain.DAY)
            if found.grain is Grain.MONTH and found.is_fiscal and not self.week_years:
                return self._calendar_month(found.year, found.number)
            series = self._series(found.grain, found.is_fiscal)
            return _period(series, found.grain, series.numbered(found.year, found.number))
        except (ValueError, OverflowError) as error:
            raise UserError(f"Period {text!r} does not exist: {error}. Expected: {FORMS}.") from error

    def shift(self, period: Period, n: int) -> Period:
        """The n-th period after it (before it when n < 0), of the same grain and calendar."""
        series = self._series(period.grain, period.is_fiscal)
        return _period(series, period.grain, series.index(period.start) + n)

    def last_year(self, period: Period) -> Period:
        """The same period of the year before.

        A week has the same number, a W53 without a twin is compared with W52; 29 February with the 28th.
        """
        if period.grain is Grain.DAY:
            day = period.start
            is_leap_day = (day.month, day.day) == (2, 29)
            return self.period_of(date(day.year - 1, day.month, 28 if is_leap_day else day.day), Grain.DAY)
        if period.grain is Grain.WEEK:
            weeks = Weeks(self.week_start)
            year, number = int(period.key[:4]) - 1, int(period.key[-2:])
            return _period(weeks, Grain.WEEK, weeks.numbered(year, min(number, weeks.weeks_in(year))))
        return self.shift(period, -periods_in_year(period.grain))

    def unusual_distance(self, period: Period, other: Period) -> int | None:
        """By how many days whole weeks, or fiscal periods of them, begin after last year's when not by 364."""
        days = (period.start - other.start).days
        is_of_weeks = period.grain is Grain.WEEK or (period.is_fiscal and self.week_years is not None)
        return days if is_of_weeks and days != WHOLE_WEEKS_YEAR and other == self.last_year(period) else None

    def between(self, start: date, end: date, grain: Grain, *, fiscal: bool = False) -> tuple[Period, ...]:
        """The whole periods that hold a day of the span, in order; empty when `end` is before `start`."""
        if end < start:
            return ()
        series = self._series(grain, fiscal)
        return tuple(_period(series, grain, index) for index in range(series.index(start), series.index(end) + 1))

    def last_complete(self, as_of: date, grain: Grain, *, fiscal: bool = False) -> Period:
        """The last period that ends on `as_of` or before."""
        period = self.period_of(as_of, grain, fiscal=fiscal)
        return period if period.end <= as_of else self.shift(period, -1)

    def table(self, first: date, last: date) -> pa.Table:
        """One row a day, both ends included: `day`, then key (string) and start (date32) of each period it is in.

        The pairs are week_, month_, quarter_, year_, fiscal_month_, fiscal_quarter_ and fiscal_year_.
        """
        columns = {"day": pa.array(np.arange(np.datetime64(first), np.datetime64(last) + 1), pa.date32())}
        for name, grain, fiscal in TABLE_COLUMNS:
            periods = self.between(first, last, grain, fiscal=fiscal)
            days = [(min(each.end, last) - max(each.start, first)).days + 1 for each in periods]
            place = pa.array(np.repeat(np.arange(len(periods)), days))
            columns[f"{name}_key"] = pa.array([each.key for each in periods], pa.string()).take(place)
            columns[f"{name}_start"] = pa.array([each.start for each in periods], pa.date32()).take(place)
        return pa.table(columns)

    def _series(self, grain: Grain, fiscal: bool) -> Series:
        if grain is Grain.DAY:
            return Days()
        if grain is Grain.WEEK:
            return Weeks(self.week_start)
        later = int(self.fiscal_start > 1 and not self.is_named_by_start)
        if fiscal and self.week_years:
            return WeekMonths(grain, self.week_years, self.fiscal_start, later)
        if not fiscal or grain is Grain.MONTH:
            return Months(grain)
        return Months(grain, self.fiscal_start - 1, later, is_fiscal=True)

    def _calendar_month(self, year: int, number: int) -> Period:
        """The calendar month that is the so-many-th of a fiscal year of months."""
        years = self._series(Grain.YEAR, fiscal=True)
        first = self.period_of(years.start(years.numbered(year, 1)), Grain.MONTH)
        if not 1 <= number <= periods_in_year(Grain.MONTH):
            raise ValueError("a fiscal year has months 1 to 12")
        return self.shift(first, number - 1)


def calendar_of(settings: Settings) -> Calendar:
    """The calendar that the settings describe; weeks of a fiscal year end with the company's own unless it says so."""
    week_years = None
    if settings.fiscal_pattern != "months":
        ends_on = settings.fiscal_year_ends_on
        week_years = WeekYears(
            cast(WeekPattern, settings.fiscal_pattern),
            WEEKDAYS.index(ends_on) if ends_on else (settings.week_start_index - 1) % 7,
            settings.fiscal_year_end == "nearest",
            settings.fiscal_long_month,
        )
    is_named_by_start = settings.fiscal_named_by == "start"
    return Calendar(settings.week_start_index, settings.fiscal_start, week_years, is_named_by_start)


def _period(series: Series, grain: Grain, index: int) -> Period:
    return Period(grain, series.key(index), series.start(index), series.start(index + 1) - timedelta(days=1))
