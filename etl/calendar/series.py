"""Days, weeks, months and what is made of whole months as numbered series, so that shifting is an addition."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from etl.vocabulary import Grain

MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
FISCAL = "F"


class Series(Protocol):
    """Periods of one length, each beginning on the day after the one before it."""

    def index(self, day: date) -> int:
        """The number of the period that holds the day."""
        ...

    def start(self, index: int) -> date:
        """The first day of a period."""
        ...

    def key(self, index: int) -> str:
        """How a period is written."""
        ...

    def numbered(self, year: int, number: int) -> int:
        """The index of the so-many-th period of a year; ValueError where the year has none."""
        ...


@dataclass(frozen=True)
class Days:
    """Single days."""

    def index(self, day: date) -> int:
        """The number of the period that holds the day."""
        return day.toordinal()

    def start(self, index: int) -> date:
        """The first day of a period."""
        return date.fromordinal(index)

    def key(self, index: int) -> str:
        """How a period is written."""
        return date.fromordinal(index).isoformat()

    def numbered(self, year: int, number: int) -> int:
        """The index of the so-many-th day of a year."""
        return date(year, 1, 1).toordinal() + number - 1


@dataclass(frozen=True)
class Weeks:
    """Weeks from one weekday (0 Monday) to the next, named by the year that holds the fourth day."""

    first_weekday: int

    def index(self, day: date) -> int:
        """The number of the period that holds the day."""
        return (day.toordinal() - 1 - self.first_weekday) // 7  # day 1 of the proleptic calendar is a Monday

    def start(self, index: int) -> date:
        """The first day of a period."""
        return date.fromordinal(index * 7 + 1 + self.first_weekday)

    def key(self, index: int) -> str:
        """How a period is written."""
        fourth = self.start(index) + timedelta(days=3)
        return f"{fourth.year:04}-W{(fourth.timetuple().tm_yday - 1) // 7 + 1:02}"

    def numbered(self, year: int, number: int) -> int:
        """The index of the so-many-th period of a year; ValueError where the year has none."""
        if not 1 <= number <= self.weeks_in(year):
            raise ValueError(f"{year} has weeks 1 to {self.weeks_in(year)}")
        return self._first(year) + number - 1

    def weeks_in(self, year: int) -> int:
        """52 or 53."""
        # 28 December is always in a year's last week, by the same law as 4 January in its first.
        return self.index(date(year, 12, 28)) - self._first(year) + 1

    def _first(self, year: int) -> int:
        # 4 January is always in week 1: that week's fourth day is one of 1 to 7 January, whatever day it begins on.
        return self.index(date(year, 1, 4))


@dataclass(frozen=True)
class Months:
    """Months, quarters or years of whole calendar months.

    `offset` is by how many months the years begin after January, `years_named_later` what is added to the calendar
    year in which one begins to name it.
    """

    grain: Grain
    offset: int = 0
    years_named_later: int = 0
    is_fiscal: bool = False

    def index(self, day: date) -> int:
        """The number of the period that holds the day."""
        return (day.year * 12 + day.month - 1 - self.offset) // MONTHS_IN[self.grain]

    def start(self, index: int) -> date:
        """The first day of a period."""
        year, month = divmod(index * MONTHS_IN[self.grain] + self.offset, 12)
        return date(year, month + 1, 1)

    def key(self, index: int) -> str:
        """How a period is written."""
        if self.grain is Grain.MONTH:
            return self.start(index).isoformat()[:7]
        return key_in_year(self.grain, index, self.years_named_later, is_fiscal=self.is_fiscal)

    def numbered(self, year: int, number: int) -> int:
        """The index of the so-many-th period of a year; ValueError where the year has none."""
        return index_in_year(self.grain, year - self.years_named_later, number)


def key_in_year(grain: Grain, index: int, years_named_later: int, *, is_fiscal: bool) -> str:
    """`2026`, `2026-Q1`, and with F before them in the fiscal calendar, which has `F2026-P03` too."""
    year, place = divmod(index, periods_in_year(grain))
    name = f"{FISCAL if is_fiscal else ''}{year + years_named_later:04}"
    return name + {Grain.MONTH: f"-P{place + 1:02}", Grain.QUARTER: f"-Q{place + 1}", Grain.YEAR: ""}[grain]


def index_in_year(grain: Grain, year: int, number: int) -> int:
    """The index of the so-many-th period of a year; ValueError where the year has none."""
    most = periods_in_year(grain)
    if not 1 <= number <= most:
        raise ValueError(f"a year has {grain.value}s 1 to {most}")
    return year * most + number - 1


def periods_in_year(grain: Grain) -> int:
    """How many months, quarters or years a year has."""
    return 12 // MONTHS_IN[grain]
