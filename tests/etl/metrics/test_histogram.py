"""Duration histograms: edges, bins, and quantiles that agree with the values they were made of."""

from collections import Counter
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.metrics.histogram import (
    bin_of,
    edges,
    middle,
    quantile,
    quantile_interval,
    survival_interval,
    survival_quantile,
)

durations = st.lists(st.integers(0, 40_000_000_000), min_size=1, max_size=60)
histograms = st.dictionaries(st.integers(-1, 300), st.integers(0, 50), max_size=20)


def test_edges_are_whole_milliseconds_rounded_up_and_reach_400_days() -> None:
    assert edges()[:4] == (1000, 1050, 1103, 1158)
    assert edges()[-2] <= 400 * 86_400_000 < edges()[-1]
    assert all(a < b for a, b in zip(edges(), edges()[1:], strict=False))
    assert all(0 <= edge - 1000 * 1.05**k < 1.001 for k, edge in enumerate(edges()))


@pytest.mark.parametrize(
    ("milliseconds", "number"), [(0, -1), (999, -1), (1000, 0), (1049, 0), (1050, 1), (1102, 1), (1103, 2)]
)
def test_a_bin_begins_at_its_edge(milliseconds: int, number: int) -> None:
    assert bin_of(milliseconds) == number


def test_longer_than_the_last_edge_is_in_the_last_bin() -> None:
    assert bin_of(edges()[-1]) == bin_of(10**15) == len(edges()) - 1


def test_the_zero_bin_is_printed_as_zero() -> None:
    assert middle(-1) == 0.0
    assert middle(0) == pytest.approx(1.05**0.5)


@given(st.integers(1000, 34_560_000_000))
def test_the_middle_is_within_two_and_a_half_percent(milliseconds: int) -> None:
    assert middle(bin_of(milliseconds)) == pytest.approx(milliseconds / 1000, rel=0.025)


@given(durations, st.sampled_from([0.1, 0.5, 0.9, 0.95, 1.0]))
def test_a_quantile_is_the_bin_of_the_exact_one(values: list[int], q: float) -> None:
    rank = ceil(round(q * len(values), 9))
    assert quantile(Counter(map(bin_of, values)), q) == middle(bin_of(sorted(values)[rank - 1]))


def test_ranks_do_not_suffer_from_binary_fractions() -> None:
    # In binary 0.07 · 100 is 7.000000000000001, whose ceiling is 8.
    assert quantile({0: 7, 1: 93}, 0.07) == middle(0)
    assert quantile({0: 7, 1: 93}, 0.08) == middle(1)


def test_empty_histograms_have_no_quantiles() -> None:
    assert quantile({}, 0.5) is None
    assert quantile({3: 0}, 0.5) is None
    assert quantile_interval({}, 0.5) == (None, None)
    assert survival_quantile({}, {}, 0.5) is None
    assert survival_interval({}, {4: 3}, 0.5) == (None, None)


@pytest.mark.parametrize(
    ("n", "q", "low", "high"), [(20, 0.5, 6, 15), (100, 0.9, 84, 96), (30, 0.9, 23, None), (3, 0.5, None, None)]
)
def test_intervals_take_the_order_statistics(n: int, q: float, low: int | None, high: int | None) -> None:
    found = quantile_interval(dict.fromkeys(range(1, n + 1), 1), q)
    assert found == (None if low is None else middle(low), None if high is None else middle(high))


@given(histograms, histograms, st.sampled_from([0.5, 0.9]))
def test_bins_add(first: dict[int, int], second: dict[int, int], q: float) -> None:
    pooled = Counter(first) + Counter(second)
    values = sorted([*Counter(first).elements(), *Counter(second).elements()])
    expected = middle(values[ceil(round(q * len(values), 9)) - 1]) if values else None
    assert quantile(pooled, q) == expected


@given(histograms, st.sampled_from([0.1, 0.5, 0.9]))
def test_without_open_waits_kaplan_meier_is_the_plain_quantile(counts: dict[int, int], q: float) -> None:
    assert survival_quantile(counts, {}, q) == quantile(counts, q)


@given(histograms, st.sampled_from([0.5, 0.9]))
def test_an_interval_contains_its_quantile(counts: dict[int, int], q: float) -> None:
    low, high = quantile_interval(counts, q)
    estimate = quantile(counts, q)
    assert low is None or (estimate is not None and low <= estimate)
    assert high is None or (estimate is not None and estimate <= high)


def test_open_waits_move_the_median_up() -> None:
    answered, still_open = {10: 40, 40: 20, 60: 10}, {30: 30, 50: 10}
    assert quantile(answered, 0.5) == middle(10)
    assert survival_quantile(answered, still_open, 0.5) == middle(40)
    # S: 70/110 after bin 10, then 40 at risk in bin 40: .6364·.5 = .3182; P90 waits for bin 60: S = 0
    assert survival_quantile(answered, still_open, 0.9) == middle(60)
    assert survival_interval(answered, still_open, 0.5) == (middle(40), middle(40))
