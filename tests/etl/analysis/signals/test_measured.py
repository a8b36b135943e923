"""Scans of what is measured: Student's test of one more value, which segments are tested, and how many are named."""

from math import isnan, nan

import numpy as np
import pytest
from scipy import stats

from etl.analysis.signals.measured import scan_measured

B = 26
COURSE = np.random.default_rng(3).normal(40, 5, B)


def test_one_more_value_is_student_s() -> None:
    found = scan_measured(COURSE[None], np.full((1, B), 50.0), np.array([55.0]), np.array([50.0]))
    error = COURSE.std(ddof=1) * np.sqrt(1 + 1 / B)
    expected = 2 * stats.t.sf((55 - COURSE.mean()) / error, B - 1)
    assert found.expected[0] == pytest.approx(COURSE.mean())
    assert found.p[0] == pytest.approx(float(expected))
    assert (found.tested, found.dispersion) == (1, 1.0)


def test_the_larger_p_counts_of_weighing_by_base_and_alike() -> None:
    bases = np.where(np.arange(B) % 2, 10.0, 90.0)
    few, many = (
        scan_measured(COURSE[None], bases[None], np.array([55.0]), np.array([base])).p[0] for base in (10.0, 90.0)
    )
    alike = scan_measured(COURSE[None], np.ones((1, B)), np.array([55.0]), np.ones(1)).p[0]
    assert few > many >= alike


def test_who_is_not_tested() -> None:
    values = np.vstack([COURSE, np.where(np.arange(B) < 11, COURSE, nan), COURSE, COURSE])
    bases = np.full((4, B), 50.0)
    found = scan_measured(values, bases, np.array([90.0, 90.0, nan, 90.0]), np.array([50.0, 50.0, 50.0, 0.0]))
    assert found.tested == 1
    assert [isnan(p) for p in found.p] == [False, True, True, True]
    assert found.stands_out.tolist() == [True, False, False, False]
    assert scan_measured(np.zeros((0, B)), np.ones((0, B)), np.zeros(0), np.ones(0)).tested == 0


def test_what_never_varies_is_no_signal() -> None:
    found = scan_measured(np.full((1, B), 7.0), np.ones((1, B)), np.array([7.0]), np.ones(1))
    assert found.p[0] == 1.0


def test_few_of_those_named_are_named_by_chance() -> None:
    """Bases vary by a third from period to period; of 100 segments 10 move by 4.5 standard deviations."""
    rng, named, true = np.random.default_rng(11), 0, 0
    for _ in range(20):
        bases = np.maximum(10, np.exp(rng.normal(4, 0.8, (100, 1)) + rng.normal(0, 0.35, (100, B + 1))).round())
        errors = 85 / np.sqrt(bases)
        values = 30 + errors * rng.normal(size=bases.shape)
        values[:10, -1] += 4.5 * errors[:10, -1]
        found = scan_measured(values[:, :-1], bases[:, :-1], values[:, -1], bases[:, -1]).stands_out
        named, true = named + int(found.sum()), true + int(found[:10].sum())
    assert true >= 0.8 * 200
    assert named - true <= 0.13 * named
