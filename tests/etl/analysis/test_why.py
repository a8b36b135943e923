"""Why a number moved: on the demo the parts add up for every metric, and the planted mix shift is told as mix."""

from math import isclose

import pytest

from etl.analysis import why as explained
from etl.analysis.why import DECOMPOSABLE, why
from etl.errors import UserError
from etl.metrics.answer import Question
from etl.metrics.ask import WarehouseAsk
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension, Grain
from tests.loaded import PRESENT

LATER = {"ces": "2026-10"}
"""The demo company asks for ease only from September on."""
SPLIT = [
    name
    for name in PRESENT
    if isinstance(metric := METRICS[name], DECOMPOSABLE) and metric.is_additive and not metric.hidden_under
]


@pytest.mark.parametrize("by", [Dimension.CHANNEL, Dimension.TOUCHPOINT, Dimension.CAUSE, Dimension.REGION])
@pytest.mark.parametrize("metric", SPLIT)
def test_the_parts_add_up_to_the_change(small_ask: WarehouseAsk, metric: str, by: Dimension) -> None:
    month = small_ask.calendar.parse(LATER.get(metric, "2026-09"))
    other = small_ask.calendar.shift(month, -1)
    found = why(small_ask, metric, month, other, by)
    rows = small_ask(Question((metric,), grain=Grain.MONTH, start=other.start, end=month.end)).rows
    assert [found.before.value, found.after.value] == [row.value for row in rows]
    change = (rows[1].value or 0) - (rows[0].value or 0)
    assert isclose(found.effects.change, change, rel_tol=1e-9, abs_tol=1e-9)
    parts = [segment.contribution for segment in found.effects.segments]
    assert isclose(sum(parts), change, rel_tol=1e-9, abs_tol=1e-9)


def test_the_planted_mix_shift_is_mix(small_ask: WarehouseAsk) -> None:
    month = small_ask.calendar.parse("2026-10")
    found = why(small_ask, "nps", month, small_ask.calendar.shift(month, -1), Dimension.SEGMENT)
    assert found.effects.mix is not None
    assert found.effects.rate is not None
    assert found.effects.mix < 0 < found.effects.rate
    assert found.effects.change < 0
    assert all((segment.rate or 0) > 0 for segment in found.effects.segments)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.effects.change < found.high


@pytest.mark.parametrize("metric", ["nps", "failure_rate", "contacts"])
def test_neighbouring_periods_are_read_from_one_question_with_the_same_effects(
    small_ask: WarehouseAsk, monkeypatch: pytest.MonkeyPatch, metric: str
) -> None:
    month = small_ask.calendar.parse("2026-10")
    other = small_ask.calendar.shift(month, -1)
    joint = why(small_ask, metric, month, other)
    monkeypatch.setattr(explained, "_is_joint", lambda *_: False)
    apart = why(small_ask, metric, month, other)
    assert (joint.by, joint.effects, joint.evidence) == (apart.by, apart.effects, apart.evidence)
    assert len(joint.effects.segments) > 1


def test_an_unfinished_period_is_compared_with_as_many_days(small_ask: WarehouseAsk) -> None:
    month = small_ask.calendar.parse("2026-11")
    found = why(small_ask, "contacts", month, small_ask.calendar.shift(month, -1), Dimension.CHANNEL)
    through = found.after.through
    assert through is not None
    assert (found.before.end - found.before.start).days == (through - month.start).days


def test_a_quantile_has_no_mix(small_ask: WarehouseAsk) -> None:
    week = small_ask.calendar.parse("2026-W46")
    with pytest.raises(UserError, match="aht_p90: a quantile has no mix and rate"):
        why(small_ask, "aht_p90", week, small_ask.calendar.shift(week, -1))


def test_nothing_to_explain(small_ask: WarehouseAsk) -> None:
    week = small_ask.calendar.parse("2020-W10")
    with pytest.raises(UserError, match="there is no change to explain"):
        why(small_ask, "csat", week, small_ask.calendar.shift(week, -1), Dimension.CHANNEL)
    month = small_ask.calendar.parse("2026-10")
    with pytest.raises(UserError, match="nps: has no dimension 'direction'"):
        why(small_ask, "nps", month, small_ask.calendar.shift(month, -1), Dimension.DIRECTION)


def test_customers_of_several_segments_are_not_split(small_ask: WarehouseAsk) -> None:
    month = small_ask.calendar.parse("2026-10")
    with pytest.raises(UserError, match="customers: a customer may be in several segments"):
        why(small_ask, "customers", month, small_ask.calendar.shift(month, -1), Dimension.CHANNEL)
