"""The usual rate of each cell: a logistic model with one effect for each value of each dimension."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_STEPS = 12
CLOSE = 1e-5
RIDGE = 1.0
"""Draws effects towards 0 as one observation would: a value seen nowhere has none."""
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Usual:
    """Rates from 0 to 1 by cell, and for each value of each axis how uncertain its effect is (relative variance)."""

    rates: Array
    variances: tuple[Array, ...]


def usual(bad: Array, total: Array) -> Usual:
    """Fit by iterated weighted least squares; the normal equations need only sums over one axis and over two."""
    shape, size = bad.shape, 1 + sum(bad.shape)
    starts = np.cumsum([1, *shape])
    slices = [slice(starts[axis], starts[axis + 1]) for axis in range(bad.ndim)]
    effects = np.zeros(size)
    effects[0] = np.log((bad.sum() + 0.5) / (total.sum() - bad.sum() + 0.5))
    penalty = np.full(size, RIDGE)
    penalty[0] = 1e-6
    for _ in range(MOST_STEPS):
        rates = _rates(effects, slices, shape)
        gradient = _margins(bad - total * rates, slices, size) - penalty * effects
        information = _information(total * rates * (1 - rates), slices, size)
        information[np.diag_indices(size)] += penalty
        step = np.linalg.solve(information, gradient)
        effects = effects + step
        if np.abs(step).max() < CLOSE:
            break
    margins = [bad.sum(_others(bad.ndim, axis)) for axis in range(bad.ndim)]
    return Usual(_rates(effects, slices, shape), tuple(1 / np.maximum(margin, 1.0) for margin in margins))


def _rates(effects: Array, slices: list[slice], shape: tuple[int, ...]) -> Array:
    logit = np.full(shape, effects[0])
    for axis, own in enumerate(slices):
        logit = logit + effects[own].reshape([-1 if each == axis else 1 for each in range(len(shape))])
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def _margins(values: Array, slices: list[slice], size: int) -> Array:
    """The sum over all cells, then over those of each value of each axis."""
    found = np.empty(size)
    found[0] = values.sum()
    for axis, own in enumerate(slices):
        found[own] = values.sum(_others(values.ndim, axis))
    return found


def _information(weights: Array, slices: list[slice], size: int) -> Array:
    found = np.zeros((size, size))
    found[0, 0] = weights.sum()
    for axis, own in enumerate(slices):
        margin = weights.sum(_others(weights.ndim, axis))
        found[0, own] = found[own, 0] = margin
        found[own, own] = np.diag(margin)
        for other in range(axis + 1, weights.ndim):
            both = weights.sum(_others(weights.ndim, axis, other))
            found[own, slices[other]] = both
            found[slices[other], own] = both.T
    return found


def _others(dimensions: int, *axes: int) -> tuple[int, ...]:
    return tuple(axis for axis in range(dimensions) if axis not in axes)
