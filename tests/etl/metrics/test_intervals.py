"""Intervals against the definitions' vectors, by exact enumeration and by simulation."""

from math import lgamma

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from etl.metrics.intervals import (
    UNKNOWN,
    Interval,
    count,
    mean,
    nps,
    overdispersion,
    quantile_ranks,
    wilson,
)
from tests.bench.intervals import simulated
from tests.etl.metrics.clusters import nps_clustered

THIRTEEN_ANSWERS = [[1], [1], [1, 1, 1], [0], [-1, -1], [-1], [1], [0], [1], [-1]]


def bounds(interval: Interval) -> tuple[float, float]:
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("promoters", "passives", "detractors", "low", "high", "places"),
    [(50, 30, 20, 14.05, 44.20, 2), (8, 0, 0, 38.54, 100, 2), (5, 2, 3, -30.3, 61.1, 1)],
)
def test_nps_vectors(promoters: int, passives: int, detractors: int, low: float, high: float, places: int) -> None:
    interval = nps(promoters, detractors, promoters + passives + detractors)
    assert tuple(round(bound, places) for bound in bounds(interval)) == (low, high)


@pytest.mark.parametrize(("factor", "z"), [(1, -1.39), (10, -4.45)])
def test_nps_difference_vectors(factor: int, z: float) -> None:
    before, after = nps(50 * factor, 20 * factor, 100 * factor), nps(42 * factor, 28 * factor, 100 * factor)
    assert before.centre is not None
    assert after.centre is not None
    assert before.standard_error is not None
    assert after.standard_error is not None
    difference = after.centre - before.centre
    assert round(difference / np.hypot(before.standard_error, after.standard_error), 2) == z
    if factor == 1:
        assert round(difference, 2) == -15.53


def test_clustered_nps_vector() -> None:
    interval = nps_clustered(THIRTEEN_ANSWERS)
    assert interval.centre == pytest.approx(23.08, abs=0.005)
    assert interval.standard_error == pytest.approx(33.32, abs=0.005)
    values = [value for customer in THIRTEEN_ANSWERS for value in customer]
    independent = 100 * np.sqrt(np.var(values) / len(values))
    assert independent == pytest.approx(24.70, abs=0.005)
    assert interval.standard_error is not None
    assert (interval.standard_error / independent) ** 2 == pytest.approx(1.820, abs=0.0005)
    # t(.975, 9) = 2.2622 times 33.32 around 23.08
    assert bounds(interval) == pytest.approx((-52.29, 98.45), abs=0.02)


def test_one_customer_gives_no_bounds() -> None:
    assert nps_clustered([[1, 0], []]) == Interval(None, None, 50.0, None)


@pytest.mark.parametrize(("top", "n", "low", "high", "places"), [(18, 20, 69.9, 97.2, 1), (0, 12, 0, 24.25, 2)])
def test_wilson_vectors(top: int, n: int, low: float, high: float, places: int) -> None:
    assert tuple(round(100 * bound, places) for bound in bounds(wilson(top, n))) == (low, high)


def test_mean_of_four() -> None:
    # 2, 4, 4, 6: mean 4, s² 8/3, SE .8165, t(.975, 3) 3.18245
    interval = mean(16, 72, 4)
    assert bounds(interval) == pytest.approx((1.40154, 6.59846), abs=1e-5)
    assert interval.standard_error == pytest.approx(0.816497, abs=1e-6)


def test_equal_values_have_no_spread_however_large() -> None:
    assert mean(3 * 10**9, 3 * 10**18, 3) == Interval(1e9, 1e9, 1e9, 0.0)
    assert mean(7, 49, 1) == Interval(None, None, 7.0, None)


@pytest.mark.parametrize(
    ("x", "phi", "low", "high"), [(0, 1, 0, 3.6889), (10, 1, 4.7954, 18.3904), (10, 2, 3.2470, 23.3367)]
)
def test_count_vectors(x: int, phi: float, low: float, high: float) -> None:
    assert tuple(round(bound, 4) for bound in bounds(count(x, phi))) == (low, high)


def test_nothing_is_known_without_a_base() -> None:
    assert nps(0, 0, 0) == nps_clustered([]) == nps_clustered([[]]) == wilson(0, 0) == mean(0, 0, 0) == UNKNOWN


def test_overdispersion_is_one_without_history_or_events() -> None:
    assert overdispersion([1, 90] * 5 + [1]) == 1.0
    assert overdispersion([0] * 26) == 1.0
    assert overdispersion([]) == 1.0


def test_overdispersion_ignores_a_straight_line_and_the_older_weeks() -> None:
    assert overdispersion(range(0, 260, 10)) == 1.0
    assert overdispersion([1000, 0] * 20 + [10] * 26) == 1.0


def test_overdispersion_of_an_alternating_series() -> None:
    # 26 weeks of 20, 40: squares about the mean 26·100; the line takes (Σ week·count)² / Σ week² = 130²/1462.5
    assert overdispersion([20, 40] * 13) == pytest.approx((2600 - 130**2 / 1462.5) / 24 / 30)


@pytest.mark.parametrize(
    ("n", "q", "ranks"),
    [
        (20, 0.5, (6, 15)),
        (100, 0.5, (40, 61)),
        (100, 0.9, (84, 96)),
        (200, 0.9, (171, 189)),
        (30, 0.9, (23, None)),
        (35, 0.9, (28, None)),
        (5, 0.5, (None, None)),
        (0, 0.5, (None, None)),
    ],
)
def test_quantile_rank_vectors(n: int, q: float, ranks: tuple[int | None, int | None]) -> None:
    assert quantile_ranks(n, q) == ranks


def test_the_first_upper_bound_of_p90_comes_with_36_values() -> None:
    assert next(n for n in range(1, 100) if quantile_ranks(n, 0.9)[1] is not None) == 36


def test_the_median_of_twenty_is_covered_with_9586_percent() -> None:
    lower, upper = quantile_ranks(20, 0.5)
    assert lower is not None
    assert upper is not None
    assert round(100 * float(special.bdtr(upper - 1, 20, 0.5) - special.bdtr(lower - 1, 20, 0.5)), 2) == 95.86


@given(st.integers(1, 5000), st.sampled_from([0.1, 0.25, 0.5, 0.9, 0.95]))
def test_quantile_ranks_are_the_extreme_ones(n: int, q: float) -> None:
    lower, upper = quantile_ranks(n, q)
    if lower is None:
        assert special.bdtr(0, n, q) > 0.025
    else:
        assert special.bdtr(lower - 1, n, q) <= 0.025 < special.bdtr(lower, n, q)
    if upper is None:
        assert special.bdtrc(n - 1, n, q) > 0.025
    else:
        assert special.bdtrc(upper - 1, n, q) <= 0.025 < special.bdtrc(upper - 2, n, q)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_interval_contains_its_estimate(promoters: int, passives: int, detractors: int) -> None:
    n = promoters + passives + detractors
    if n == 0:
        return
    if n == 1:
        promoters, passives, detractors, n = promoters * 2, passives * 2, detractors * 2, 2  # three added outweigh one
    low, high = bounds(nps(promoters, detractors, n))
    assert -100 <= low <= 100 * (promoters - detractors) / n <= high <= 100
    low, high = bounds(wilson(promoters, n))
    assert 0 <= low <= promoters / n <= high <= 1
    low, high = bounds(count(promoters, 1.7))
    assert 0 <= low <= promoters <= high


@pytest.mark.parametrize(
    ("n", "promoter_share", "detractor_share", "coverage"),
    [
        (30, 0.50, 0.20, 94.61),
        (30, 0.70, 0.10, 95.44),
        (30, 0.85, 0.05, 96.34),
        (30, 0.92, 0.03, 96.79),
        (100, 0.50, 0.20, 94.91),
        (100, 0.70, 0.10, 95.23),
        (100, 0.85, 0.05, 95.22),
        (100, 0.92, 0.03, 95.86),
    ],
)
def test_coverage_of_nps_by_enumeration(n: int, promoter_share: float, detractor_share: float, coverage: float) -> None:
    truth = 100 * (promoter_share - detractor_share)
    shares = np.array([promoter_share, detractor_share, 1 - promoter_share - detractor_share])
    samples = np.array([(p, d, n - p - d) for p in range(n + 1) for d in range(n + 1 - p)])
    weights = np.exp(lgamma(n + 1) - special.gammaln(samples + 1).sum(axis=1) + samples @ np.log(shares))
    covered = [low <= truth <= high for low, high in (bounds(nps(int(p), int(d), n)) for p, d, _ in samples)]
    assert 100 * float(weights @ covered) == pytest.approx(coverage, abs=0.01)


@pytest.mark.parametrize(("share", "coverage"), [(0.05, 93.92), (0.1, 97.42), (0.5, 95.72)])
def test_coverage_of_wilson_by_enumeration(share: float, coverage: float) -> None:
    weights = np.diff(special.bdtr(np.arange(31), 30, share), prepend=0.0)
    covered = [low <= share <= high for low, high in (bounds(wilson(top, 30)) for top in range(31))]
    assert 100 * float(weights @ covered) == pytest.approx(coverage, abs=0.01)


@pytest.mark.parametrize("dispersion", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("expected", [5, 50, 200])
def test_coverage_of_complaint_counts_by_simulation(expected: int, dispersion: float) -> None:
    covered = 100 * simulated(expected, dispersion, 2_000, 5).share
    # 94 to 98.5 %, give or take two standard errors of 2,000 draws
    assert 93.0 <= covered <= 99.0
