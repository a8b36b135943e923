"""Johnson's relative weights: the published vector, and drivers that say the same or nothing."""

import numpy as np
import pytest

from etl.analysis.drivers.weights import correlations, relative_weights

VECTOR = np.array(
    [[1, 0.2, 0.3, 0.4, -0.4], [0.2, 1, 0.5, 0.1, 0.1], [0.3, 0.5, 1, 0.2, -0.3], [0.4, 0.1, 0.2, 1, 0.4],
     [-0.4, 0.1, -0.3, 0.4, 1]]
)  # fmt: skip


def test_the_published_vector() -> None:
    found = relative_weights(VECTOR)
    assert found.raw == pytest.approx([0.240661, 0.054927, 0.121435, 0.281582], abs=5e-7)
    assert found.r_squared == pytest.approx(0.698604, abs=5e-7)
    assert found.coefficients == pytest.approx([-0.62268, 0.37485, -0.44056, 0.69970], abs=5e-6)


def test_many_samples_at_once_give_what_each_gives() -> None:
    other = np.array([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1.0]])
    both = relative_weights(np.stack([other, other[[1, 0, 2]][:, [1, 0, 2]]]))
    assert both.raw == pytest.approx(np.array([[0.36, 0.09], [0.09, 0.36]]))


def test_drivers_that_say_the_same_share_what_they_explain() -> None:
    found = relative_weights(np.array([[1, 1, 0.6], [1, 1, 0.6], [0.6, 0.6, 1.0]]))
    assert found.raw == pytest.approx([0.18, 0.18])


def test_a_column_that_does_not_vary_correlates_with_nothing() -> None:
    table = np.array([[1.0, 5.0, 2.0], [2.0, 5.0, 4.0], [3.0, 5.0, 9.0]])
    found = correlations(table.sum(0), table.T @ table, 3)
    assert found[0, 2] == pytest.approx(np.corrcoef(table[:, 0], table[:, 2])[0, 1])
    assert list(found[1]) == [0.0, 1.0, 0.0]
