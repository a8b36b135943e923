"""What found segments do to the rate of each cell: a factor and an added share, fitted to what came after."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from etl.analysis.localise.margins import Array
from etl.analysis.localise.table import Cells
from etl.analysis.localise.usual import Usual, usual

HIGHEST_RATE = 0.95
STEPS, ROUNDS = 3, 2
Segment: TypeAlias = tuple[tuple[int, int], ...]
"""Conditions as (axis, place of the value on it)."""
MOST_CONDITIONS = 3
TINY = 1e-9
"""Stands for 0 where that would have no logarithm or divide nothing."""


def mask(segment: Segment, dimensions: int) -> tuple[int | slice, ...]:
    """The index of a segment's cells."""
    places = dict(segment)
    return tuple(places.get(axis, slice(None)) for axis in range(dimensions))


def factors(cells: Cells, rates: Array, segments: Sequence[Segment]) -> Array:
    """By how much the segments raise the usual rate of each cell; of nested ones the innermost counts."""
    found = np.ones(rates.shape)
    for segment in sorted(segments, key=len):
        own = mask(segment, rates.ndim)
        factor, added = _rise(cells.bad_after[own], cells.all_after[own], rates[own])
        found[own] = factor + added / np.maximum(rates[own], 1e-6)
    return found


def raised(cells: Cells, rates: Array, segments: Sequence[Segment]) -> Array:
    """The rate of each cell as the segments raise it from the usual one, not beyond the highest rate."""
    return np.asarray(np.minimum(np.maximum(rates, HIGHEST_RATE), rates * factors(cells, rates, segments)))


def joint(cells: Cells, start: Array, segments: Sequence[Segment]) -> Usual:
    """The usual rates fitted to both periods, what came after as far as it is not what the segments do to it."""
    rates = start
    for _ in range(ROUNDS):
        found = factors(cells, rates, segments)
        told = np.where(rates * found < HIGHEST_RATE, 1.0, 0.0)
        fitted = usual(cells.bad_before + told * cells.bad_after, cells.all_before + told * found * cells.all_after)
        rates = fitted.rates
    return fitted


def _rise(bad: Array, total: Array, rates: Array) -> tuple[float, float]:
    """The factor and the added share, neither below 0, that turn usual rates into those found: binomial, reweighted.

    Cells at the highest rate say no more than that, and are left out.
    """
    bad, total, rates = bad.ravel(), total.ravel(), rates.ravel()
    usually = float((total * rates).sum())
    if not usually:
        return 1.0, 0.0
    alone = float(bad.sum()) / usually
    factor, added = alone, 0.0
    for _ in range(STEPS):
        expected = rates * factor + added
        weights = np.where(expected < HIGHEST_RATE, 1 / np.clip(expected * (1 - expected), 1e-4, 1.0), 0.0)
        heavy, known = weights * total * rates, weights * total
        left = (heavy @ rates, heavy.sum(), known.sum())
        right = (weights * rates) @ bad, weights @ bad
        size = left[0] * left[2] - left[1] ** 2
        if size <= 1e-9 * left[0] * left[2]:
            return alone, 0.0
        factor = float((right[0] * left[2] - right[1] * left[1]) / size)
        added = float((left[0] * right[1] - left[1] * right[0]) / size)
        if factor < 0:
            return 0.0, float(bad.sum() / total.sum())
        if added < 0:
            factor, added = float(right[0] / left[0]), 0.0
    return factor, added
