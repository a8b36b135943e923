"""Sums by some axes are those of numpy over all other axes, whichever table they were made from."""

from itertools import combinations

import numpy as np
import pytest

from etl.analysis.localise.margins import margins


@pytest.mark.parametrize("shape", [(4,), (3, 1), (2, 3, 4), (3, 4, 3, 2, 3, 2), (2, 1, 2, 3, 2, 2, 2, 3)])
@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_each_choice_of_axes_has_the_sums_over_all_others(shape: tuple[int, ...], most: int) -> None:
    values = np.random.default_rng(4).integers(0, 1000, shape).astype(np.float64)

    found = margins(values, most)

    dimensions = range(len(shape))
    for size in range(min(most, len(shape)) + 1):
        for axes in combinations(dimensions, size):
            assert np.array_equal(found[axes], values.sum(tuple(axis for axis in dimensions if axis not in axes)))


def test_sums_of_one_axis_are_made_from_the_smaller_of_two_tables() -> None:
    found = margins(np.arange(24.0).reshape(2, 3, 4), 1)

    assert set(found) == {(0, 1, 2), (0, 1), (0, 2), (0,), (1,), (2,), ()}
    assert found[0,].tolist() == [66.0, 210.0]
    assert found[1,].tolist() == [60.0, 92.0, 124.0]
    assert found[2,].tolist() == [60.0, 66.0, 72.0, 78.0]
