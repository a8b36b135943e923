"""Kaplan-Meier against the definitions' vector and an independent implementation."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from etl.metrics.survival import Moment, interval, moments, quantile

ENDED, STILL_OPEN = [1, 2, 3, 5, 7, 10], [2, 4, 6, 8]
waits = st.lists(st.integers(0, 30), max_size=40)


def first_below(times: object, shares: object, level: float) -> float | None:
    """The smallest time of an independent survival curve at which it is at most `level`."""
    pairs = zip(np.asarray(times), np.asarray(shares), strict=True)
    return next((float(time) for time, share in pairs if share <= level + 1e-12), None)


def test_the_vector_of_the_definitions() -> None:
    history = moments(ENDED, STILL_OPEN)
    assert quantile(history, 0.5) == 7
    assert quantile(history, 0.9) == 10
    assert quantile(moments(ENDED, []), 0.5) == 3  # the definitions' "4" is the even sample's midpoint of 3 and 5


@pytest.mark.parametrize(
    ("share", "time"), [(0.91, 1), (0.89, 2), (0.79, 3), (0.68, 5), (0.5486, 5), (0.54, 7), (0.36, 10), (0.0, 10)]
)
def test_the_vectors_curve_falls_at_its_events(share: float, time: float) -> None:
    assert quantile(moments(ENDED, STILL_OPEN), 1 - share) == time


@pytest.mark.parametrize(("share", "time"), [(0.9, 1), (0.8, 2), (0.6857, 3), (0.5486, 5), (0.3657, 7), (0.0, 10)])
def test_the_vectors_shares_are_those_printed(share: float, time: float) -> None:
    """Half of the last printed digit above a share its event has been reached, half of it below not yet."""
    history = moments(ENDED, STILL_OPEN)
    assert quantile(history, 1 - share - 0.00005) == time
    assert share == 0 or quantile(history, 1 - share + 0.00005) != time


def test_events_come_before_censorings_at_one_time() -> None:
    # Censored first, the one event would leave nobody and S would fall to 0.
    assert quantile((Moment(1, 1, 1),), 0.5) == 1
    assert quantile((Moment(1, 1, 1),), 0.51) is None


def test_not_reached_is_none() -> None:
    assert quantile(moments([], [1, 2, 3]), 0.5) is None
    assert interval(moments([], [1, 2, 3]), 0.5) == (None, None)
    assert quantile((), 0.5) is None


def test_a_share_that_is_reached_exactly_counts_as_reached() -> None:
    assert quantile(moments(range(1, 11), []), 0.9) == 9


@given(waits, waits, st.sampled_from([0.25, 0.5, 0.9]))
def test_quantile_and_interval_equal_an_independent_curve(ended: list[int], still_open: list[int], q: float) -> None:
    if not ended:
        return
    censored = stats.CensoredData(uncensored=ended, right=still_open)
    curve = stats.ecdf(censored).sf
    history = moments(ended, still_open)
    assert quantile(history, q) == first_below(curve.quantiles, curve.probabilities, 1 - q)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reference warns where nobody is left
        band = curve.confidence_interval(0.95, method="log-log")
    low, high = interval(history, q)
    # Where nobody is left the reference has no band; ours has the lower edge 0 there.
    lower = np.where(curve.probabilities == 0, 0, band.low.probabilities)
    assert low == first_below(curve.quantiles, lower, 1 - q)
    assert high == first_below(curve.quantiles, band.high.probabilities, 1 - q)


@given(waits, waits, st.sampled_from([0.1, 0.5, 0.9]))
def test_the_interval_contains_the_quantile(ended: list[int], still_open: list[int], q: float) -> None:
    history = moments(ended, still_open)
    estimate, (low, high) = quantile(history, q), interval(history, q)
    if estimate is not None:
        assert low is not None
        assert low <= estimate
    if high is not None:
        assert estimate is not None
        assert estimate <= high
