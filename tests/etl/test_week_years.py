"""Fiscal years of whole weeks against published ones: where they begin and end, and which have 53 weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.calendar import Calendar, WeekYears
from etl.errors import UserError
from etl.vocabulary import Grain

SATURDAY, SUNDAY = 5, 6
RETAIL = Calendar(SUNDAY, 2, WeekYears("4-5-4", SATURDAY, is_nearest=True), is_named_by_start=True)
"""The calendar of the National Retail Federation."""
APPLE = Calendar(SUNDAY, 10, WeekYears("5-4-4", SATURDAY, long_month=3))
INTEL = Calendar(SUNDAY, 1, WeekYears("4-4-5", SATURDAY, long_month=3))
JOHNSON = Calendar(0, 1, WeekYears("5-4-4", SUNDAY, is_nearest=True))

rules = st.builds(
    WeekYears, st.sampled_from(["4-4-5", "4-5-4", "5-4-4"]), st.integers(0, 6), st.booleans(), st.integers(1, 12)
)


@pytest.mark.parametrize(
    ("calendar", "year", "start", "end", "weeks"),
    [
        (RETAIL, "F2022", date(2022, 1, 30), date(2023, 1, 28), 52),
        (RETAIL, "F2023", date(2023, 1, 29), date(2024, 2, 3), 53),
        (RETAIL, "F2024", date(2024, 2, 4), date(2025, 2, 1), 52),
        (APPLE, "F2022", date(2021, 9, 26), date(2022, 9, 24), 52),
        (APPLE, "F2023", date(2022, 9, 25), date(2023, 9, 30), 53),
        (APPLE, "F2024", date(2023, 10, 1), date(2024, 9, 28), 52),
        (INTEL, "F2021", date(2020, 12, 27), date(2021, 12, 25), 52),
        (INTEL, "F2022", date(2021, 12, 26), date(2022, 12, 31), 53),
        (JOHNSON, "F2020", date(2019, 12, 30), date(2021, 1, 3), 53),
        (JOHNSON, "F2022", date(2022, 1, 3), date(2023, 1, 1), 52),
    ],
)
def test_published_years(calendar: Calendar, year: str, start: date, end: date, weeks: int) -> None:
    period = calendar.parse(year)
    assert (period.start, period.end, period.days // 7) == (start, end, weeks)


def test_the_retail_years_of_53_weeks() -> None:
    long = [year for year in range(2000, 2030) if RETAIL.parse(f"F{year}").days == 371]
    assert long == [2000, 2006, 2012, 2017, 2023, 2028]


@pytest.mark.parametrize(
    ("calendar", "key", "start", "end"),
    [
        (RETAIL, "F2023-P01", date(2023, 1, 29), date(2023, 2, 25)),
        (RETAIL, "F2023-P02", date(2023, 2, 26), date(2023, 4, 1)),
        (RETAIL, "F2023-P12", date(2023, 12, 31), date(2024, 2, 3)),
        (RETAIL, "F2023-Q4", date(2023, 10, 29), date(2024, 2, 3)),
        (RETAIL, "F2024-Q1", date(2024, 2, 4), date(2024, 5, 4)),
        (APPLE, "F2023-Q1", date(2022, 9, 25), date(2022, 12, 31)),
        (APPLE, "F2023-Q2", date(2023, 1, 1), date(2023, 4, 1)),
        (INTEL, "F2022-Q1", date(2021, 12, 26), date(2022, 4, 2)),
    ],
)
def test_the_53rd_week_goes_where_the_company_puts_it(calendar: Calendar, key: str, start: date, end: date) -> None:
    period = calendar.parse(key)
    assert (period.start, period.end) == (start, end)
    assert calendar.period_of(end, period.grain, fiscal=True) == period


def test_a_long_year_and_the_one_after_it_begin_371_days_apart() -> None:
    quarter = RETAIL.parse("F2024-Q2")
    assert RETAIL.unusual_distance(quarter, RETAIL.last_year(quarter)) == 371
    earlier = RETAIL.parse("F2023-Q2")
    assert RETAIL.unusual_distance(earlier, RETAIL.last_year(earlier)) is None


def test_weeks_of_one_number_may_be_371_days_apart() -> None:
    iso = Calendar()
    week = iso.parse("2027-W01")
    assert iso.last_year(week).key == "2026-W01"
    assert iso.unusual_distance(week, iso.last_year(week)) == 371
    assert iso.unusual_distance(iso.parse("2026-03"), iso.parse("2025-03")) is None


@given(rules, st.integers(1, 12), st.integers(1950, 2150))
def test_a_year_is_52_or_53_weeks_that_end_near_its_final_month(rule: WeekYears, month: int, year: int) -> None:
    calendar = Calendar(0, month, rule, is_named_by_start=True)
    period = calendar.parse(f"F{year}")
    final_day = date(year + 1, month, 1) - timedelta(days=1)
    assert period.days in (364, 371)
    assert period.end.weekday() == rule.ends_on
    assert (final_day - period.end).days in (range(-3, 4) if rule.is_nearest else range(7))
    months = calendar.between(period.start, period.end, Grain.MONTH, fiscal=True)
    weeks = [int(each) + (rule.long_month == place and period.days == 371)
             for place, each in enumerate(rule.pattern.split("-") * 4, 1)]  # fmt: skip
    assert [each.days / 7 for each in months] == weeks
    assert [each.key for each in months] == [f"F{year}-P{number:02}" for number in range(1, 13)]


def test_a_fiscal_month_of_calendar_months_is_the_calendar_month() -> None:
    april = Calendar(fiscal_start=4)
    assert april.parse("F2026-P01") == april.parse("2025-04")
    assert april.parse("F2026-P12") == april.parse("2026-03")
    with pytest.raises(UserError, match="months 1 to 12"):
        april.parse("F2026-P13")


def test_a_fiscal_year_may_be_named_by_its_first_year() -> None:
    april = Calendar(fiscal_start=4, is_named_by_start=True)
    assert april.parse("F2025").end == date(2026, 3, 31)
    assert april.period_of(date(2026, 3, 31), Grain.QUARTER, fiscal=True).key == "F2025-Q4"


@pytest.mark.parametrize(
    ("calendar", "grains"),
    [
        (Calendar(), ()),
        (Calendar(fiscal_start=4), (Grain.QUARTER, Grain.YEAR)),
        (JOHNSON, (Grain.MONTH, Grain.QUARTER, Grain.YEAR)),
    ],
)
def test_where_the_fiscal_calendar_differs(calendar: Calendar, grains: tuple[Grain, ...]) -> None:
    assert calendar.fiscal_grains == grains
