"""Numbers, intervals, days and periods as words."""

import re
from datetime import UTC, date, datetime

import pytest

from dashboard import format
from etl.calendar import Calendar, WeekYears
from etl.vocabulary import Grain, Unit


def plain(words: str) -> str:
    """Thin and fixed spaces as ordinary ones, the minus sign as a hyphen."""
    return words.replace(format.NARROW, " ").replace(format.FIXED, " ").replace(format.MINUS, "-")


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (0.816, Unit.SHARE, "81.6 %"),
        (0.8125, Unit.SHARE, "81.3 %"),
        (0.28450000000000003, Unit.SHARE, "28.5 %"),
        (0.0005, Unit.SHARE, "0.1 %"),
        (1.0, Unit.SHARE, "100.0 %"),
        (7.0, Unit.SCORE, "+7"),
        (2.5, Unit.SCORE, "+3"),
        (-2.5, Unit.SCORE, "-3"),
        (-0.4, Unit.SCORE, "0"),
        (0, Unit.SECONDS, "0 s"),
        (4.25, Unit.SECONDS, "4.3 s"),
        (9.96, Unit.SECONDS, "10 s"),
        (42.4, Unit.SECONDS, "42 s"),
        (59.4, Unit.SECONDS, "59 s"),
        (59.5, Unit.SECONDS, "1.0 min"),
        (360, Unit.SECONDS, "6.0 min"),
        (3_599, Unit.SECONDS, "1 h"),
        (4_800, Unit.SECONDS, "1 h 20 min"),
        (7_200, Unit.SECONDS, "2 h"),
        (86_370, Unit.SECONDS, "1.0 d"),
        (198_720, Unit.SECONDS, "2.3 d"),
        (16_821, Unit.COUNT, "16 821"),
        (1_234_567, Unit.COUNT, "1 234 567"),
        (4.25, Unit.STARS, "4.3 stars"),
        (12.34, Unit.PER_THOUSAND, "12.3"),
        (None, Unit.SHARE, "–"),
    ],
)
def test_value(number: float | None, unit: Unit, expected: str) -> None:
    assert plain(format.value(number, unit)) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(9_999, "9 999"), (16_821, "16.8k"), (16_850, "16.9k"), (1_250_000, "1.3M"), (2_000_000_000, "2.0bn")],
)
def test_a_card_prints_large_counts_in_short(number: int, expected: str) -> None:
    assert plain(format.value(number, Unit.COUNT, is_compact=True)) == expected


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (5.1, Unit.SCORE, "+5.1 points"),
        (-6.25, Unit.SCORE, "-6.3 points"),
        (1.0, Unit.SCORE, "+1.0 points"),
        (0.04, Unit.SCORE, "0"),
        (-0.0004, Unit.SHARE, "0"),
        (-0.0005, Unit.SHARE, "-0.1 points"),
        (0.123, Unit.COUNT, "+12.3 %"),
        (-0.0001, Unit.COUNT, "0"),
        (12.0, Unit.SECONDS, "+12 s"),
        (-72.0, Unit.SECONDS, "-1.2 min"),
        (0.04, Unit.SECONDS, "0"),
        (-0.21, Unit.STARS, "-0.2 stars"),
        (0.8, Unit.PER_THOUSAND, "+0.8"),
        (0.04, Unit.PER_THOUSAND, "0"),
        (200_000_000.0, Unit.SECONDS, "+2 314.8 d"),
        (None, Unit.SHARE, "–"),
    ],
)
def test_change_that_rounds_to_zero_is_zero(number: float | None, unit: Unit, expected: str) -> None:
    assert plain(format.change(number, unit)) == expected


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (0.62, 0.71, Unit.SHARE, "62–71 %"),
        (0.805, 0.8271, Unit.SHARE, "80.5–82.7 %"),
        (-30.3, 61.1, Unit.SCORE, "-30 to +61"),
        (41.0, 44.2, Unit.SECONDS, "41–44 s"),
        (354.0, 372.0, Unit.SECONDS, "5.9–6.2 min"),
        (64.2, 67.4, Unit.SECONDS, "64–67 s"),
        (4_000.0, 5_400.0, Unit.SECONDS, "1 h 7 min – 1 h 30 min"),
        (41.0, None, Unit.SECONDS, "41 s or more"),
        (4.14, 4.31, Unit.STARS, "4.1–4.3 stars"),
        (7.38, 19.8, Unit.PER_THOUSAND, "7.4–19.8"),
        (None, None, Unit.SHARE, ""),
    ],
)
def test_interval(low: float | None, high: float | None, unit: Unit, expected: str) -> None:
    assert plain(format.interval(low, high, unit)) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("2026-03-04", "Wed 4 Mar 2026"),
        ("2026-W10", "2–8 Mar 2026 (W10)"),
        ("2026-W09", "23 Feb – 1 Mar 2026 (W9)"),
        ("2026-W01", "29 Dec 2025 – 4 Jan 2026 (W1)"),
        ("2026-03", "March 2026"),
        ("2026-Q4", "Q4 2026 (Oct–Dec)"),
        ("F2027-Q3", "Q3 fiscal 2027 (Oct–Dec)"),
        ("2026", "2026"),
        ("F2027", "fiscal 2027"),
    ],
)
def test_period(key: str, expected: str) -> None:
    period = Calendar(fiscal_start=4).parse(key)
    assert plain(format.period(period.grain, period.key, period.start)) == expected


def test_spans_side_by_side_say_a_common_year_nowhere() -> None:
    march, february = (date(2026, 3, 1), date(2026, 3, 30)), (date(2026, 2, 1), date(2026, 2, 28))
    assert format.against(march, february) == "1–30 Mar vs 1–28 Feb"
    december = (date(2025, 12, 1), date(2025, 12, 31))
    assert format.against(february, december) == "1–28 Feb 2026 vs 1–31 Dec 2025"


def test_a_count_per_day() -> None:
    assert format.per_day(10.0, 280 / 28) == "10.0 a day, 10.0 before"
    assert format.per_day(1234.56, None) == f"1{format.NARROW}234.6 a day"


@pytest.mark.parametrize(
    ("key", "expected", "below"),
    [
        ("F2023-P01", "P1 fiscal 2023 (29 Jan – 25 Feb 2023)", "P1 F2023"),
        ("F2025-P01", "P1 fiscal 2025 (2 Feb – 1 Mar 2025)", "P1 F2025"),
        ("F2023-Q4", "Q4 fiscal 2023 (29 Oct 2023 – 3 Feb 2024)", "Q4 F2023"),
        ("F2023", "fiscal 2023", "F2023"),
    ],
)
def test_fiscal_period_of_whole_weeks(key: str, expected: str, below: str) -> None:
    calendar = Calendar(6, 2, WeekYears("4-5-4", 5, is_nearest=True), is_named_by_start=True)
    period = calendar.parse(key)
    assert plain(format.period(period.grain, key, period.start, period.end)) == expected
    assert format.axis_period(period.grain, key, period.start, has_year=True) == below


def test_axis_says_the_year_only_where_it_is_asked_for() -> None:
    assert format.axis_period(Grain.WEEK, "2026-W10", date(2026, 3, 2), has_year=False) == "2 Mar"
    assert format.axis_period(Grain.QUARTER, "2026-Q1", date(2026, 1, 1), has_year=True) == "Q1 2026"


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [(0.8, Unit.SHARE, "80 %"), (0.125, Unit.SHARE, "12.5 %"), (100, Unit.SCORE, "+100"), (300, Unit.SECONDS, "5 min"),
     (16_000, Unit.COUNT, "16k"), (0, Unit.COUNT, "0"), (4.5, Unit.STARS, "4.5"), (12.5, Unit.PER_THOUSAND, "12.5")],
)  # fmt: skip
def test_tick_is_as_short_as_it_can_be(number: float, unit: Unit, expected: str) -> None:
    assert plain(format.tick(number, unit)) == expected


def test_instants_are_told_in_utc() -> None:
    assert format.instant(datetime(2026, 3, 9, 6, 0, tzinfo=UTC)) == "9 Mar 2026 06:00 UTC"


def test_cell_reads_its_content_in_the_columns_unit() -> None:
    assert plain(format.cell(0.5, Unit.SHARE)) == "50.0 %"
    assert plain(format.cell(-0.05, Unit.SHARE, is_signed=True)) == "-5.0 points"
    assert format.cell("phone", Unit.SHARE) == "phone"
    assert plain(format.cell(12.34, Unit.PER_THOUSAND)) == "12.3 per 1,000"
    assert format.cell(date(2026, 3, 4)) == "Wed 4 Mar 2026"
    assert format.cell(None) == "–"


def test_words_too_long_for_a_column_can_break() -> None:
    shown = format.cell(f"so {'x' * 130} long")
    assert shown.replace(format.BREAK, "") == f"so {'x' * 130} long"
    assert max(len(part) for part in re.split(rf"[{format.BREAK} ]", shown)) == 60
    assert format.cell("a word of sixty letters is fine: " + "y" * 60).count(format.BREAK) == 0
