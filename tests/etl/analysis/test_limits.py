"""Laney's limits: the vector, and what they are where there is little to go by."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.limits import Laney, Rolling, laney

FAILED = (12, 35, 9, 30, 21, 8, 34, 25, 10, 33, 16, 12)
CUSTOMERS = (200, 220, 180, 400, 210, 150, 230, 380, 190, 205, 240, 200)
WEEKS = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_vector() -> None:
    limits = laney(FAILED, CUSTOMERS)
    assert limits is not None
    assert limits.mean == pytest.approx(0.0873440, abs=5e-8)
    assert limits.sigma_z == pytest.approx(2.855531, abs=5e-7)
    assert limits.upper(200) == pytest.approx(0.258370, abs=5e-7)
    assert limits.lower(200) == 0
    assert limits.mean - limits.reach(200) == pytest.approx(-0.0837, abs=5e-5)


def test_weeks_without_a_base_are_left_out() -> None:
    assert laney((*FAILED, 0), (*CUSTOMERS, 0)) == laney(FAILED, CUSTOMERS)
    assert laney((0, 0), (0, 0)) is None
    assert laney((), ()) is None


def test_a_share_that_never_varies_has_limits_of_chance() -> None:
    limits = laney([10] * 12, [100] * 12)
    assert limits is not None
    assert limits.sigma_z == 0
    assert isclose(limits.upper(100), 0.1 + 3 * (0.1 * 0.9 / 100) ** 0.5)


@pytest.mark.parametrize(("failed", "bound"), [(0, 0.0), (50, 1.0)])
def test_none_or_all_failed(failed: int, bound: float) -> None:
    limits = laney([failed] * 12, [50] * 12)
    assert limits is not None
    assert (limits.lower(50), limits.upper(50)) == (bound, bound)


def test_a_single_week_has_limits_of_chance() -> None:
    assert laney([10], [100]) == Laney(0.1, 0.0)


def test_the_definition_term_by_term() -> None:
    mean = sum(FAILED) / sum(CUSTOMERS)
    z = [(x / n - mean) / (mean * (1 - mean) / n) ** 0.5 for x, n in zip(FAILED, CUSTOMERS, strict=True)]
    ranges = [abs(after - before) for before, after in zip(z, z[1:], strict=False)]
    limits = laney(FAILED, CUSTOMERS)
    assert limits is not None
    assert limits.sigma_z == pytest.approx(sum(ranges) / len(ranges) / 1.128, rel=1e-12)


@given(weeks=st.lists(WEEKS, max_size=40), most=st.integers(1, 12))
def test_rolling_limits_are_those_of_the_last_weeks(weeks: list[tuple[int, int]], most: int) -> None:
    rolling = Rolling(most)
    for x, n in weeks:
        rolling.add(x, n)
    last = [(x, n) for x, n in weeks if n][-most:]
    assert len(rolling) == len(last)
    assert rolling.limits() == laney([x for x, _ in last], [n for _, n in last])


@pytest.mark.parametrize(("x", "n"), [(11, 10), (-1, 10)])
def test_what_is_no_share_is_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match="expected 0 to 10"):
        laney([x], [n])


def test_counts_and_bases_come_in_pairs() -> None:
    with pytest.raises(ValueError, match="shorter"):
        laney([1, 2], [10])


def test_rates_spread_by_the_root_of_their_mean() -> None:
    x, n = [3, 9, 4, 12, 2, 7, 5, 30, 6, 8, 4, 9], [10, 20, 10, 20, 10, 20, 10, 20, 10, 20, 10, 20]
    mean = sum(x) / sum(n)
    z = [(a / b - mean) / (mean / b) ** 0.5 for a, b in zip(x, n, strict=True)]
    sigma = sum(abs(after - before) for before, after in zip(z, z[1:], strict=False)) / 11 / 1.128
    limits = laney(x, n, is_rate=True)
    assert limits is not None
    assert limits.sigma_z == pytest.approx(sigma)
    assert limits.upper(10) == pytest.approx(mean + 3 * (mean / 10) ** 0.5 * max(1.0, sigma))
    assert limits.upper(10) > 1
