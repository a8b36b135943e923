"""The even scales: their formulas, and that the way back leads home."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.signals.scale import continuous, counts, rates, shares

BASES = st.integers(1, 10_000)
PAIRS = st.lists(BASES.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=8)


def test_the_formulas() -> None:
    one = np.ones(1)
    assert counts(np.array([12.0]), one).y[0] == pytest.approx(12.375**0.5)
    assert shares(np.array([18.0]), np.array([20.0])).y[0] == pytest.approx(np.arcsin((18.375 / 20.75) ** 0.5))
    assert shares(np.array([18.0]), np.array([20.0])).weight[0] == pytest.approx(2 * 20.5**0.5)
    assert continuous(np.array([5.5])).y[0] == 5.5


@given(pairs=PAIRS)
def test_the_way_back(pairs: list[tuple[int, int]]) -> None:
    x, n = np.array(pairs, dtype=float).T
    for scaled, value in ((counts(x, n), x), (shares(x, n), x / n), (rates(x, n, 1000), 1000 * x / n)):
        assert scaled.restore(scaled.y) == pytest.approx(value, abs=1e-6)


def test_levels_beyond_what_there_can_be() -> None:
    x, n = np.array([1.0, 9.0]), np.array([10.0, 10.0])
    assert counts(x, n).restore(np.array([-3.0, 0.1])).tolist() == [0.0, 0.0]
    assert shares(x, n).restore(np.array([-1.0, 4.0])).tolist() == [0.0, 1.0]


def test_chance_alone_spreads_by_one() -> None:
    rng = np.random.default_rng(1)
    x, n = rng.poisson(40, 4_000).astype(float), rng.integers(50, 400, 4_000)
    scaled = counts(x, np.ones(4_000))
    assert float(np.std(scaled.y * scaled.weight)) == pytest.approx(1.0, abs=0.03)
    share = shares(rng.binomial(n, 0.2).astype(float), n.astype(float))
    assert float(np.std((share.y - share.y.mean()) * share.weight)) == pytest.approx(1.0, abs=0.03)
