"""Value at risk: the printed vector, and that nothing is made up where the outcomes are not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.value import AtRisk, Outcome, at_risk, excess, exposed


def test_the_printed_vector() -> None:
    """200 affected, 24 left; comparable 5,000, 350 left; 300 each: 60,000, 5.0 points (1.13..10.28), 3,000."""
    values = {f"c{number}": 300.0 for number in range(200)}
    found = at_risk(exposed(values, [values]), Outcome(200, 24), Outcome(5_000, 350))
    assert found.exposed == 60_000
    assert found.excess is not None
    assert found.excess.value == pytest.approx(0.05)
    assert (round(100 * found.excess.low, 2), round(100 * found.excess.high, 2)) == (1.13, 10.28)
    assert found.value == pytest.approx(3_000)
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low), round(found.high)) == (676, 6_167)


def test_without_outcomes_only_the_exposure_is_known() -> None:
    assert at_risk(600.0) == AtRisk(600.0)
    assert at_risk(600.0, Outcome(2, 0), Outcome(0, 0)) == AtRisk(600.0)
    assert at_risk(600.0, Outcome(0, 0), Outcome(9, 1)) == AtRisk(600.0)


def test_a_customer_in_several_breakdowns_counts_once() -> None:
    values = {"a": 100.0, "b": 50.0}
    assert exposed(values, [["a", "b"], ["a"], ["stranger"]]) == 150.0
    assert exposed(values, []) == 0.0


def test_fewer_leavers_than_elsewhere_put_nothing_at_risk() -> None:
    found = at_risk(1_000.0, Outcome(500, 5), Outcome(500, 100))
    assert (found.value, found.low, found.high) == (0.0, 0.0, 0.0)


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_the_interval_holds_its_estimate_within_the_possible(n: int, m: int, data: st.DataObject) -> None:
    one = Outcome(n, data.draw(st.integers(0, n)))
    two = Outcome(m, data.draw(st.integers(0, m)))
    found = excess(one, two)
    assert found is not None
    assert -1 <= found.low <= found.value <= found.high <= 1
