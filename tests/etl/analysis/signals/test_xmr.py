"""XmR limits: the vector, screening once, and what they are where nothing spreads."""

import numpy as np
import pytest

from etl.analysis.signals.xmr import xmr

VECTOR = np.array([52, 48, 50, 55, 47, 51, 49, 53], dtype=float)


def test_vector() -> None:
    limits = xmr(VECTOR)
    assert limits.mean == pytest.approx(50.625)
    assert [limits.lower, limits.upper] == pytest.approx([39.605, 61.645], abs=5e-4)
    assert limits.range_limit == pytest.approx(13.535, abs=5e-4)
    assert not limits.is_firm


def test_screening_drops_ranges_once_and_keeps_the_mean() -> None:
    values = np.array([10, 11] * 8 + [40] + [10, 11] * 8, dtype=float)
    limits = xmr(values)
    assert limits.mean == pytest.approx(values.mean())
    # The two ranges around 40 are beyond 3.267 times the mean range of all and leave; the others are all 1.
    assert limits.mean_range == pytest.approx(1.0)
    assert limits.is_firm


def test_screening_is_not_repeated() -> None:
    ranges = np.array([1.0] * 20 + [6.0, 40.0])
    values = np.concatenate([[0.0], np.cumsum(ranges * np.where(np.arange(22) % 2, 1, -1))])
    assert ranges.mean() * 3.267 > 6.0
    assert np.array([1.0] * 20 + [6.0]).mean() * 3.267 < 6.0
    assert xmr(values).mean_range == pytest.approx(26 / 21)


@pytest.mark.parametrize("values", [[7.0], [7.0, 7.0, 7.0]])
def test_values_that_do_not_vary_have_no_range(values: list[float]) -> None:
    limits = xmr(np.array(values))
    assert (limits.lower, limits.mean, limits.upper) == (7.0, 7.0, 7.0)
