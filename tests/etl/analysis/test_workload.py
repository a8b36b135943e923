"""Erlang C: published examples, the smallest staff that keeps a promise, and queues that never clear."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.workload import Demand, agents_for, calls_at, paid, staffing
from etl.errors import UserError


def test_a_hundred_calls_in_half_an_hour() -> None:
    found = staffing(Demand(100, 30, 180), 14, 20)
    assert found.erlangs == pytest.approx(10)
    assert found.waits == pytest.approx(0.1741319, abs=5e-8)
    assert found.service_level == pytest.approx(0.88835, abs=5e-6)
    assert found.speed_of_answer == pytest.approx(7.836, abs=5e-4)
    assert found.occupancy == pytest.approx(0.714286, abs=5e-7)
    assert found.clears


def test_a_thousand_calls_an_hour() -> None:
    found = staffing(Demand(1000, 60, 120), 40, 20)
    assert found.waits == pytest.approx(0.19074, abs=5e-6)
    assert found.service_level == pytest.approx(0.93721, abs=5e-6)
    assert found.speed_of_answer == pytest.approx(3.433, abs=5e-4)


@pytest.mark.parametrize("agents", [1, 9, 10])
def test_no_more_agents_than_erlangs_never_clear(agents: int) -> None:
    found = staffing(Demand(100, 30, 180), agents, 20)
    assert not found.clears
    assert (found.waits, found.service_level, found.speed_of_answer, found.occupancy) == (1.0, 0.0, None, 1.0)


def test_the_agents_for_a_target_and_those_to_be_paid() -> None:
    found = agents_for(Demand(100, 30, 180), 0.8, 20)
    assert found.agents == 14
    assert staffing(Demand(100, 30, 180), 13, 20).service_level < 0.8
    assert paid(14, 0.3) == pytest.approx(20)
    assert paid(14, 0) == 14


def test_no_call_needs_one_agent() -> None:
    found = agents_for(Demand(0, 30, 180), 0.8, 20)
    assert (found.agents, found.waits, found.service_level, found.speed_of_answer) == (1, 0.0, 1.0, 0.0)


@given(
    calls=st.floats(0, 3_000), aht=st.floats(1, 900), target=st.floats(0, 0.99), threshold=st.sampled_from([0, 20, 60])
)
def test_the_agents_found_are_the_fewest(calls: float, aht: float, target: float, threshold: int) -> None:
    demand = Demand(calls, 30, aht)
    found = agents_for(demand, target, threshold)
    assert found.clears
    assert found.service_level >= target
    if found.agents > 1:
        fewer = staffing(demand, found.agents - 1, threshold)
        assert not fewer.clears or fewer.service_level < target


def test_each_agent_more_makes_all_better() -> None:
    for fewer, more in pairwise(staffing(Demand(100, 30, 180), agents, 20) for agents in range(11, 30)):
        assert more.service_level > fewer.service_level
        assert (more.speed_of_answer or 0) < (fewer.speed_of_answer or 0)


def test_staff_for_a_quantile_of_like_intervals() -> None:
    assert calls_at([90, 100, 110, 120, 130, 140, 150, 160, 170, 180], 0.9) == 170
    assert calls_at([100], 0.9) == 100
    mean, ninth = (agents_for(Demand(calls, 30, 180), 0.8, 20).agents for calls in (135, 170))
    assert mean < ninth


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Demand(-1, 30, 180),
        lambda: Demand(1, 0, 180),
        lambda: Demand(1, 30, float("nan")),
        lambda: staffing(Demand(1, 30, 180), 0, 20),
        lambda: staffing(Demand(1, 30, 180), 1, -1),
        lambda: agents_for(Demand(1, 30, 180), 1.0, 20),
        lambda: agents_for(Demand(10_000_000, 1, 180), 0.8, 20),
        lambda: paid(1, 1.0),
        lambda: calls_at([], 0.9),
        lambda: calls_at([1], 1.0),
    ],
)
def test_what_is_no_workload_is_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UserError, match="expected|give fewer"):
        wrong()
