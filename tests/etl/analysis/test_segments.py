"""The segments behind a change: what was planted in a generation made by hand is named, with its own numbers."""

from contextlib import closing

import pytest

from etl.analysis.segments import Reason, segments
from etl.analysis.why import why
from etl.calendar import Calendar
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension, Grain, Verdict
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation

WEEK = Calendar().period_of(NOON.date(), Grain.WEEK)
QUEUES = ("billing", "orders", "technical")


def company(storm: tuple[str, str] | None) -> Rows:
    """Three places, two regions, 60 calls a cell and week, six of them abandoned; in a storm 55 of one cell's are."""
    rows = Rows()
    for week in (0, 1):
        for touchpoint in QUEUES:
            for region in ("North", "South"):
                lost = 55 if week and (touchpoint, region) == storm else 6
                for place in range(60):
                    rows.leg(
                        touchpoint=touchpoint, region=region, wait_seconds=10, started_at=days_after(7 * week),
                        disposition="abandoned" if place < lost else "answered",
                    )  # fmt: skip
    rows.delivered("calls", days_after(30))
    return rows


def found(ask: WarehouseAsk, metric: str) -> tuple[Reason, ...]:
    later = ask.calendar.shift(WEEK, 1)
    return segments(ask, why(ask, metric, later, WEEK))


@pytest.mark.parametrize("metric", ["abandonment", "service_level", "failure_rate", "failed_contacts"])
def test_the_planted_cell_is_named_with_its_own_numbers(metric: str) -> None:
    with closing(generation(company(("billing", "North")))) as connection:
        ask = ask_on(connection)
        (each,) = found(ask, metric)
    assert each.where == {Dimension.TOUCHPOINT: "billing", Dimension.REGION: "North"}
    assert each.comparison.verdict is (Verdict.TOO_FEW if metric == "failed_contacts" else Verdict.REAL)
    assert each.evidence > 0
    if metric == "abandonment":
        assert (each.before.value, each.after.value) == (0.1, 55 / 60)
        assert each.contribution == pytest.approx((55 - 6) / 360)
    if metric == "failed_contacts":
        assert (each.before.value, each.after.value, each.contribution) == (6, 55, 49)


def test_a_filter_leaves_its_dimension_out() -> None:
    where = ((Dimension.REGION, ("North",)),)
    with closing(generation(company(("billing", "North")))) as connection:
        ask = ask_on(connection)
        (each,) = segments(ask, why(ask, "abandonment", ask.calendar.shift(WEEK, 1), WEEK, None, where), where)
    assert each.where == {Dimension.TOUCHPOINT: "billing"}
    assert each.after.n == 60


def test_where_nothing_moved_none_is_named() -> None:
    with closing(generation(company(None))) as connection:
        assert found(ask_on(connection), "abandonment") == ()


def test_a_score_or_a_duration_has_none() -> None:
    with closing(generation(company(("billing", "North")))) as connection:
        assert found(ask_on(connection), "asa") == ()


def test_evidence_is_half_the_square_of_z() -> None:
    with closing(generation(company(("billing", "North")))) as connection:
        ask = ask_on(connection)
        whole = why(ask, "abandonment", ask.calendar.shift(WEEK, 1), WEEK, Dimension.TOUCHPOINT)
    assert whole.evidence["orders"] == 0
    assert whole.evidence["billing"] > 1.96**2 / 2
