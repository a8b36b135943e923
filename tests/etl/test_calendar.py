"""Periods against the vectors of the definitions and the laws of a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.calendar import Calendar, Period, WeekYears, like_for_like
from etl.errors import UserError
from etl.vocabulary import Grain

ISO = Calendar()
SUNDAY = Calendar(week_start=6)
APRIL = Calendar(fiscal_start=4)

RETAIL = Calendar(6, fiscal_start=2, week_years=WeekYears("4-5-4", 5, is_nearest=True), is_named_by_start=True)

week_years = st.builds(
    WeekYears, st.sampled_from(["4-4-5", "4-5-4", "5-4-4"]), st.integers(0, 6), st.booleans(), st.integers(1, 12)
)
calendars = st.builds(Calendar, st.integers(0, 6), st.integers(1, 12), st.none() | week_years, st.booleans())
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
grains = st.sampled_from(Grain)


@pytest.mark.parametrize(
    ("calendar", "day", "key"),
    [
        (ISO, date(2024, 12, 30), "2025-W01"),
        (ISO, date(2025, 12, 29), "2026-W01"),
        (ISO, date(2026, 12, 31), "2026-W53"),
        (ISO, date(2027, 1, 4), "2027-W01"),
        (ISO, date(2020, 12, 31), "2020-W53"),
        (SUNDAY, date(2024, 12, 29), "2025-W01"),
        (SUNDAY, date(2025, 12, 28), "2025-W53"),
        (SUNDAY, date(2026, 12, 27), "2026-W52"),
        (SUNDAY, date(2027, 1, 2), "2026-W52"),
        (SUNDAY, date(2027, 1, 3), "2027-W01"),
    ],
)
def test_week_keys_of_the_definitions(calendar: Calendar, day: date, key: str) -> None:
    assert calendar.period_of(day, Grain.WEEK).key == key


@given(days)
def test_monday_weeks_are_iso_weeks(day: date) -> None:
    year, number, _ = day.isocalendar()
    assert ISO.period_of(day, Grain.WEEK).key == f"{year}-W{number:02}"


@pytest.mark.parametrize(
    ("text", "grain", "start", "end"),
    [
        ("2026-03-04", Grain.DAY, date(2026, 3, 4), date(2026, 3, 4)),
        ("2026-W10", Grain.WEEK, date(2026, 3, 2), date(2026, 3, 8)),
        ("2026-03", Grain.MONTH, date(2026, 3, 1), date(2026, 3, 31)),
        ("2026-Q1", Grain.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        ("2026", Grain.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        ("F2026-Q1", Grain.QUARTER, date(2025, 4, 1), date(2025, 6, 30)),
        ("F2026-Q4", Grain.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        ("F2026", Grain.YEAR, date(2025, 4, 1), date(2026, 3, 31)),
    ],
)
def test_written_forms(text: str, grain: Grain, start: date, end: date) -> None:
    assert APRIL.parse(text) == Period(grain, text, start, end)


def test_fiscal_years_from_january_are_calendar_years() -> None:
    fiscal, plain = ISO.parse("F2026-Q3"), ISO.parse("2026-Q3")
    assert (fiscal.start, fiscal.end) == (plain.start, plain.end)
    assert ISO.period_of(date(2026, 8, 1), Grain.YEAR, fiscal=True).key == "F2026"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "March",
        "2026-3",
        "2026-13",
        "2026-02-30",
        "2026-W00",
        "2025-W53",
        "2026-Q5",
        "F2026-03",
        "F2026-W10",
        "F2026-P13",
    ]
    + ["0000", "9999", "26", "2026-03-04 ", "2026-W1", "٢٠٢٦"],
)
def test_bad_text_names_the_forms(text: str) -> None:
    with pytest.raises(UserError, match="2026-W10.*F2026-Q1") as caught:
        ISO.parse(text)
    assert repr(text) in str(caught.value)


def test_a_week_that_a_year_lacks_says_how_many_it_has() -> None:
    with pytest.raises(UserError, match="2025 has weeks 1 to 52"):
        ISO.parse("2025-W53")
    assert SUNDAY.parse("2025-W53").start == date(2025, 12, 28)


@pytest.mark.parametrize(
    ("calendar", "text", "twin"),
    [
        (ISO, "2026-W53", "2025-W52"),
        (ISO, "2027-W01", "2026-W01"),
        (ISO, "2026-03-04", "2025-03-04"),
        (ISO, "2024-02-29", "2023-02-28"),
        (ISO, "2026-03", "2025-03"),
        (ISO, "2026-Q1", "2025-Q1"),
        (ISO, "2026", "2025"),
        (APRIL, "F2026-Q2", "F2025-Q2"),
        (APRIL, "F2026", "F2025"),
    ],
)
def test_the_same_period_last_year(calendar: Calendar, text: str, twin: str) -> None:
    assert calendar.last_year(calendar.parse(text)) == calendar.parse(twin)


def test_weeks_of_one_number_may_be_371_days_apart() -> None:
    week = ISO.parse("2027-W01")
    assert (week.start - ISO.last_year(week).start).days == 371


@pytest.mark.parametrize(
    ("as_of", "grain", "key"),
    [
        (date(2026, 3, 8), Grain.WEEK, "2026-W10"),
        (date(2026, 3, 7), Grain.WEEK, "2026-W09"),
        (date(2026, 3, 7), Grain.DAY, "2026-03-07"),
        (date(2026, 3, 30), Grain.MONTH, "2026-02"),
        (date(2026, 3, 31), Grain.QUARTER, "2026-Q1"),
        (date(2026, 12, 30), Grain.YEAR, "2025"),
    ],
)
def test_the_last_complete_period(as_of: date, grain: Grain, key: str) -> None:
    assert ISO.last_complete(as_of, grain).key == key


def test_the_last_complete_fiscal_year() -> None:
    assert APRIL.last_complete(date(2026, 3, 30), Grain.YEAR, fiscal=True).key == "F2025"


@given(calendars, days, grains, st.booleans())
def test_each_day_lies_in_exactly_one_period_that_its_key_names(
    calendar: Calendar, day: date, grain: Grain, fiscal: bool
) -> None:
    period = calendar.period_of(day, grain, fiscal=fiscal)
    assert period.start <= day <= period.end
    assert calendar.parse(period.key) == period
    assert calendar.period_of(period.start, grain, fiscal=fiscal) == period
    assert calendar.period_of(period.end, grain, fiscal=fiscal) == period
    assert calendar.period_of(period.end + timedelta(days=1), grain, fiscal=fiscal) == calendar.shift(period, 1)


@given(calendars, days, st.integers(-1, 800), grains, st.booleans())
def test_between_tiles_without_hole_or_overlap(
    calendar: Calendar, start: date, length: int, grain: Grain, fiscal: bool
) -> None:
    end = start + timedelta(days=length)
    periods = calendar.between(start, end, grain, fiscal=fiscal)
    if length < 0:
        assert periods == ()
        return
    assert periods[0].start <= start <= periods[0].end
    assert periods[-1].start <= end <= periods[-1].end
    assert all(b.start - a.end == timedelta(days=1) for a, b in zip(periods, periods[1:], strict=False))
    assert sum(period.days for period in periods) == (periods[-1].end - periods[0].start).days + 1


@given(calendars, days, grains, st.booleans(), st.integers(-150, 150))
def test_shifting_back_returns(calendar: Calendar, day: date, grain: Grain, fiscal: bool, n: int) -> None:
    period = calendar.period_of(day, grain, fiscal=fiscal)
    assert calendar.shift(calendar.shift(period, n), -n) == period


@given(calendars, days, grains, st.booleans(), st.integers(-150, 150), st.integers(-150, 150))
def test_shifts_add_up(calendar: Calendar, day: date, grain: Grain, fiscal: bool, a: int, b: int) -> None:
    period = calendar.period_of(day, grain, fiscal=fiscal)
    assert calendar.shift(calendar.shift(period, a), b) == calendar.shift(period, a + b)


@given(calendars, days, grains, st.booleans())
def test_last_year_is_a_period_of_the_same_grain_about_a_year_before(
    calendar: Calendar, day: date, grain: Grain, fiscal: bool
) -> None:
    period = calendar.period_of(day, grain, fiscal=fiscal)
    twin = calendar.last_year(period)
    assert (twin.grain, twin.is_fiscal) == (grain, period.is_fiscal)
    assert 364 <= (period.start - twin.start).days <= 371
    assert calendar.unusual_distance(period, twin) in (None, 371)


@settings(deadline=None)  # the first table of a process makes pyarrow import pandas
@given(calendars, days, st.integers(0, 500))
def test_the_table_says_what_period_of_says(calendar: Calendar, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    rows = calendar.table(first, last).to_pylist()
    assert [row["day"] for row in rows] == [first + timedelta(days=k) for k in range(length + 1)]
    for row in (rows[0], rows[length // 2], rows[-1]):
        for name, grain, fiscal in (
            ("week", Grain.WEEK, False),
            ("month", Grain.MONTH, False),
            ("quarter", Grain.QUARTER, False),
            ("year", Grain.YEAR, False),
            ("fiscal_month", Grain.MONTH, True),
            ("fiscal_quarter", Grain.QUARTER, True),
            ("fiscal_year", Grain.YEAR, True),
        ):
            period = calendar.period_of(row["day"], grain, fiscal=fiscal)
            assert (row[f"{name}_key"], row[f"{name}_start"]) == (period.key, period.start)


def test_the_tables_columns_and_types() -> None:
    table = APRIL.table(date(2026, 3, 31), date(2026, 4, 1))
    assert table.to_pylist()[0] == {
        "day": date(2026, 3, 31),
        "week_key": "2026-W14",
        "week_start": date(2026, 3, 30),
        "month_key": "2026-03",
        "month_start": date(2026, 3, 1),
        "quarter_key": "2026-Q1",
        "quarter_start": date(2026, 1, 1),
        "year_key": "2026",
        "year_start": date(2026, 1, 1),
        "fiscal_month_key": "2026-03",
        "fiscal_month_start": date(2026, 3, 1),
        "fiscal_quarter_key": "F2026-Q4",
        "fiscal_quarter_start": date(2026, 1, 1),
        "fiscal_year_key": "F2026",
        "fiscal_year_start": date(2025, 4, 1),
    }
    assert {str(table.schema.field(name).type) for name in table.column_names} == {"date32[day]", "string"}
    assert table.column("fiscal_year_key").to_pylist() == ["F2026", "F2027"]


def test_a_table_of_no_days_keeps_its_columns() -> None:
    table = ISO.table(date(2026, 1, 2), date(2026, 1, 1))
    assert (table.num_rows, table.num_columns) == (0, 15)


@pytest.mark.parametrize(
    ("current", "earlier", "through", "spans"),
    [
        ("2026-03", "2026-02", (3, 30), ((3, 1), (3, 30), (2, 1), (2, 28))),
        ("2026-03", "2026-02", (3, 10), ((3, 1), (3, 10), (2, 1), (2, 10))),
        ("2026-03", "2026-02", (4, 20), ((3, 1), (3, 31), (2, 1), (2, 28))),
        ("2026-W10", "2026-W09", (3, 6), ((3, 2), (3, 6), (2, 23), (2, 27))),
    ],
)
def test_like_for_like_compares_the_elapsed_days(
    current: str, earlier: str, through: tuple[int, int], spans: tuple[tuple[int, int], ...]
) -> None:
    now, then = like_for_like(ISO.parse(current), ISO.parse(earlier), date(2026, *through))
    assert (*now, *then) == tuple(date(2026, month, day) for month, day in spans)


def test_like_for_like_needs_a_complete_day() -> None:
    with pytest.raises(UserError, match="2026-03 has no complete day through 2026-02-28"):
        like_for_like(ISO.parse("2026-03"), ISO.parse("2026-02"), date(2026, 2, 28))
