"""Evidence for a fix: the vectors, what keeps one from telling, and a second reading by scipy's dense algebra."""

from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from etl.analysis.evidence import CORRELATIONS, Effect, estimate, judge, may_regress
from etl.vocabulary import Goodness, Proof
from tests.bench.evidence import simulated

BEFORE = (10.0, 12.0, 11.0, 13.0, 10.0, 12.0, 11.0, 13.0)
FALLEN, SAME = (8.0, 7.0, 9.0, 8.0), (11.0, 12.0, 10.0, 13.0)
LOWER, HIGHER = Goodness.LOWER, Goodness.HIGHER


def effect_of(before: tuple[float, ...], after: tuple[float, ...]) -> Effect:
    found = judge(before, after, LOWER).effect
    assert found is not None
    return found


def test_vectors() -> None:
    fallen, same = effect_of(BEFORE, FALLEN), effect_of(BEFORE, SAME)
    assert (round(fallen.change, 3), round(fallen.p, 5)) == (-3.520, 0.00119)
    assert (round(same.change, 3), round(same.p, 3)) == (-0.035, 0.987)
    assert judge(BEFORE, FALLEN, LOWER).verdict is Proof.IMPROVED
    assert judge(BEFORE, SAME, LOWER).verdict is Proof.NONE_YET


def test_against_the_plan_is_worse() -> None:
    assert judge(BEFORE, FALLEN, HIGHER).verdict is Proof.WORSE
    assert judge(FALLEN * 2, BEFORE, LOWER).verdict is Proof.WORSE


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (BEFORE[:7], FALLEN, "7 weeks before the plan, of 8 needed"),
        (BEFORE, FALLEN[:1], "1 week after the opening, of 4 needed"),
        ((), (), "0 weeks before the plan, of 8 needed"),
        (tuple(20.0 - week + 0.1 * (week % 2) for week in range(8)), FALLEN, "it was already moving before the plan"),
    ],
)
def test_what_keeps_one_from_telling(before: tuple[float, ...], after: tuple[float, ...], why: str) -> None:
    found = judge(before, after, LOWER)
    assert (found.verdict, found.why) == (Proof.CANNOT_TELL, why)


def test_a_trend_before_is_carried_on_where_there_are_weeks_enough() -> None:
    falling = [40.0 - week + (week * 7 % 5) / 5 for week in range(34)]
    assert judge(falling[:26], falling[26:33], LOWER).why == "it was already moving before the plan"
    found = judge(falling[:26], falling[26:], LOWER)
    assert (found.verdict, found.has_trend) == (Proof.NONE_YET, True)
    assert judge(falling[:26], [value - 3 for value in falling[26:]], LOWER).verdict is Proof.IMPROVED


def test_without_any_noise_a_step_is_sure_and_none_is_none() -> None:
    assert judge((5.0,) * 8, (5.0,) * 4, LOWER) == judge((0.0,) * 8, (0.0,) * 4, LOWER)
    assert judge((5.0,) * 8, (5.0,) * 4, LOWER).verdict is Proof.NONE_YET
    found = judge((5.0,) * 8, (4.0,) * 4, LOWER)
    assert found.verdict is Proof.IMPROVED
    assert found.effect is not None
    assert isclose(found.effect.change, -1.0)


def test_weeks_left_out_lie_between_and_weaken_what_hangs_together() -> None:
    near, far = judge(BEFORE, FALLEN, LOWER).effect, judge(BEFORE, FALLEN, LOWER, left_out=5).effect
    assert near is not None
    assert far is not None
    assert abs(far.change + 3.5) < abs(near.change + 3.5)


def literally(values: tuple[float, ...], count_before: int) -> tuple[float, float]:
    """Effect and p with one dense fit for each correlation, the likelihood written out."""
    y, n = np.array(values), len(values)
    design = np.column_stack([np.ones(n), np.arange(n) >= count_before])
    fits = []
    for rho in CORRELATIONS:
        covariance = np.array([[rho ** abs(i - j) for j in range(n)] for i in range(n)])
        root = np.linalg.cholesky(covariance)
        x, z = np.linalg.solve(root, design), np.linalg.solve(root, y)
        beta, (rss,), _, _ = np.linalg.lstsq(x, z, rcond=None)
        s2 = rss / (n - 2)
        log = -0.5 * ((n - 2) * np.log(s2) + np.log(np.linalg.det(covariance)) + np.log(np.linalg.det(x.T @ x)))
        fits.append((log, beta[1], np.sqrt(s2 * np.linalg.inv(x.T @ x)[1, 1])))
    weights = np.exp(np.array([log for log, _, _ in fits]) - max(log for log, _, _ in fits))
    weights /= weights.sum()
    above = sum(w * stats.t.sf(-b / se, n - 2) for w, (_, b, se) in zip(weights, fits, strict=True))
    return float(sum(w * b for w, (_, b, _) in zip(weights, fits, strict=True))), float(2 * min(above, 1 - above))


NUMBERS = st.floats(-50, 50).map(lambda value: round(value, 2))


@given(st.lists(NUMBERS, min_size=8, max_size=14, unique=True), st.lists(NUMBERS, min_size=4, max_size=9, unique=True))
def test_the_second_reading_agrees_and_the_interval_is_that_of_p(before: list[float], after: list[float]) -> None:
    at = range(len(before) + len(after))
    found = estimate(at, [(0.0,) * len(before) + (1.0,) * len(after)], [*before, *after])
    change, p = literally((*before, *after), len(before))
    assert isclose(found.change, change, rel_tol=1e-6, abs_tol=1e-6)
    assert isclose(found.p, p, rel_tol=1e-5, abs_tol=1e-9)
    assert found.low <= found.high
    if abs(found.p - 0.05) > 1e-6:
        assert (found.low <= 0 <= found.high) == (found.p > 0.05)


@pytest.mark.parametrize(
    ("values", "goodness", "warns"),
    [
        ((5, 5, 9, 5, 5), LOWER, False),
        ((5, 5, 5, 9, 5), LOWER, True),
        ((5, 5, 5, 5, 9), LOWER, True),
        ((5, 5, 5, 5, 9), HIGHER, False),
        ((5, 5, 5, 5, 1), HIGHER, True),
    ],
)
def test_a_worst_week_just_before_the_plan_is_a_warning(
    values: tuple[float, ...], goodness: Goodness, warns: bool
) -> None:
    assert may_regress(values, goodness) is warns


def test_the_bench_draws_the_steps_that_it_is_asked_for() -> None:
    assert simulated(8, 4, 0.0, 0.0, 200, 1).found <= 0.08
    assert simulated(12, 8, 0.0, 4.0, 50, 1).found >= 0.95
