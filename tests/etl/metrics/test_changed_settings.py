"""Settings that changed after a load count at once: thresholds, weeks, fiscal years, inactive sources."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from etl.config import Settings
from etl.metrics.answer import Question
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.vocabulary import Grain
from tests.loaded import unsuppressed


def test_a_changed_threshold_counts_at_once(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    changed = replace(small_demo, metrics={"service_level": {"threshold_seconds": 60, "minimum_n": 1}})
    for grain in (None, Grain.WEEK):
        question = Question(("service_level", "abandonment"), grain=grain)
        (before, *_), (after, *_) = small_ask(question).rows, open_ask(changed)(question).rows
        assert after.n == before.n
        assert (after.value or 0) > (before.value or 1)


def test_a_changed_week_counts_at_once(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    sundays = open_ask(replace(unsuppressed(small_demo), week_start="sunday"))
    metrics = ("contacts", "service_level", "nps", "aht_p90", "first_response_p50")
    rows = sundays(Question(metrics, grain=Grain.WEEK, start=date(2026, 10, 4))).rows
    assert {row.start.isoweekday() for row in rows} == {7}
    for row in rows:
        (alone,) = small_ask(Question((row.metric,), start=row.start, end=row.end)).rows
        assert (row.value, row.n) == (alone.value, alone.n)


def test_a_fiscal_quarter_is_its_three_months(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    fiscal = open_ask(replace(small_demo, fiscal_start=9))
    period = fiscal.calendar.parse("F2027-Q1")
    (quarter,) = fiscal(Question(("contacts",), start=period.start, end=period.end)).rows
    months = small_ask(Question(("contacts",), grain=Grain.MONTH, start=period.start, end=period.end)).rows
    assert [row.period for row in months] == ["2026-09", "2026-10", "2026-11"]
    assert quarter.n == sum(row.n for row in months) > 0


@pytest.mark.parametrize(
    "given",
    [
        {"fiscal_start": 9},
        {"fiscal_start": 10, "week_start": "sunday", "fiscal_pattern": "4-5-4", "fiscal_year_end": "nearest"},
    ],
)
@pytest.mark.parametrize("grain", [Grain.MONTH, Grain.QUARTER, Grain.YEAR])
def test_fiscal_periods_are_the_sums_of_their_own_days(
    small_demo: Settings, small_ask: WarehouseAsk, given: dict[str, Any], grain: Grain
) -> None:
    fiscal = open_ask(replace(unsuppressed(small_demo), **given))
    rows = fiscal(Question(("contacts", "nps", "aht_p90", "first_response_p50"), grain=grain, fiscal=True)).rows
    assert len({row.period for row in rows}) > 1
    for row in rows:
        period = fiscal.calendar.parse(row.period)
        assert period.start <= row.start <= row.end <= period.end
        (alone,) = small_ask(Question((row.metric,), start=row.start, end=row.end)).rows
        assert (row.value, row.n) == (alone.value, alone.n)


def test_a_source_declared_inactive_lets_go_at_once(small_demo: Settings) -> None:
    settings = replace(small_demo, sources={"twcs": {"active": False}})
    assert [state.source for state in open_ask(settings).sources if not state.is_active] == ["twcs"]
