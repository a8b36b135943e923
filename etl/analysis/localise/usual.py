"""The usual rate of each cell: a logistic model with one effect for each value of each dimension."""

from dataclasses import dataclass

import numpy as np

from etl.analysis.localise.margins import Array, margins

MOST_STEPS = 12
CLOSE = 1e-5
RIDGE = 1.0
"""Draws effects towards 0 as one observation would: a value seen nowhere has none."""


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
        gradient = _gradient(bad - total * rates, slices, size) - penalty * effects
        information = _information(total * rates * (1 - rates), slices, size)
        information[np.diag_indices(size)] += penalty
        step = np.linalg.solve(information, gradient)
        effects = effects + step
        if np.abs(step).max() < CLOSE:
            break
    sums = margins(bad, 1)
    variances = tuple(1 / np.maximum(sums[axis,], 1.0) for axis in range(bad.ndim))
    return Usual(_rates(effects, slices, shape), variances)


def _rates(effects: Array, slices: list[slice], shape: tuple[int, ...]) -> Array:
    logit = np.full(shape, effects[0])
    for axis, own in enumerate(slices):
        logit = logit + effects[own].reshape([-1 if each == axis else 1 for each in range(len(shape))])
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def _gradient(values: Array, slices: list[slice], size: int) -> Array:
    """The sum over all cells, then over those of each value of each axis."""
    sums, found = margins(values, 1), np.empty(size)
    found[0] = sums[()]
    for axis, own in enumerate(slices):
        found[own] = sums[axis,]
    return found


def _information(weights: Array, slices: list[slice], size: int) -> Array:
    """The sums of the weights over the cells that each pair of effects shares."""
    sums, found = margins(weights, 2), np.zeros((size, size))
    found[0, 0] = sums[()]
    for axis, own in enumerate(slices):
        found[0, own] = found[own, 0] = sums[axis,]
        found[own, own] = np.diag(sums[axis,])
        for other in range(axis + 1, weights.ndim):
            both = sums[axis, other]
            found[own, slices[other]] = both
            found[slices[other], own] = both.T
    return found
