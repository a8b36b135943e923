"""Laney's limits: the vector, and what they are where there is little to go by."""

from math import isclose

import pytest

from etl.analysis.limits import laney

FAILED = (12, 35, 9, 30, 21, 8, 34, 25, 10, 33, 16, 12)
CUSTOMERS = (200, 220, 180, 400, 210, 150, 230, 380, 190, 205, 240, 200)


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
