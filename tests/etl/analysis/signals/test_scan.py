"""Scans: the vectors, which segments are tested, and that those named are adjusted for their number."""

from math import isnan

import numpy as np
import pytest
from scipy import special

from etl.analysis.signals.scan import dispersion, p_value, scan

B = 26


def p(count: float, baseline: float, phi: float = 1.0) -> float:
    return float(p_value(np.array([count]), np.array([baseline]), np.array([B / (B + 1)]), phi)[0])


def test_vectors() -> None:
    assert p(9, 78) == pytest.approx(0.00630, abs=5e-6)
    assert p(9, 78, 1.5) == pytest.approx(0.02516, abs=5e-6)
    assert p(3, 78) == pytest.approx(0.934, abs=5e-4)


def test_the_negative_binomial_term_by_term() -> None:
    r, success = 78.5, B / (B + 1)
    terms = [special.binom(k + r - 1, k) * success**r * (1 - success) ** k for k in range(200)]
    assert p(7, 78) == pytest.approx(2 * (sum(terms[8:]) + terms[7] / 2))
    assert p(0, 78) == pytest.approx(terms[0])


def test_unequal_exposure_is_that_of_the_bases() -> None:
    counts, exposures = np.full((1, B), 3.0), np.full((1, B), 100.0)
    found = scan(counts, exposures, np.array([9.0]), np.array([200.0]))
    assert found.expected[0] == pytest.approx(6.0)
    assert found.p[0] == pytest.approx(float(p_value(np.array([9.0]), np.array([78.0]), np.array([2600 / 2800]))[0]))


def test_little_expected_is_not_tested() -> None:
    counts = np.vstack([np.full(B, 3.0), np.full(B, 2.9)])
    found = scan(counts, np.ones((2, B)), np.array([30.0, 30.0]), np.ones(2))
    assert found.tested == 1
    assert bool(found.stands_out[0])
    assert isnan(found.p[1])
    assert not found.stands_out[1]


def test_p_values_are_adjusted_for_the_segments_tested() -> None:
    counts = np.full((20, B), 10.0)
    found = scan(counts, np.ones((20, B)), np.array([22.0] + [10.0] * 19), np.ones(20))
    assert found.adjusted[0] == pytest.approx(20 * found.p[0])
    assert found.stands_out.tolist() == [True] + [False] * 19


def test_dispersion_is_pooled_and_at_least_that_of_chance() -> None:
    assert dispersion(np.full((3, B), 8.0), np.ones((3, B))) == 1.0
    counts = np.array([[4.0, 16.0] * 13, [10.0] * 26])
    # Variance over mean is 36·26/25/10 in one segment and 0 in the other.
    assert dispersion(counts, np.ones((2, B))) == pytest.approx(36 * 26 / 25 / 10 / 2)
    assert dispersion(np.zeros((0, B)), np.ones((0, B))) == 1.0


def test_nothing_to_scan() -> None:
    found = scan(np.zeros((0, B)), np.ones((0, B)), np.zeros(0), np.ones(0))
    assert found.tested == 0
