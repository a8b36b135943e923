"""Dose and response: the score by how much of one thing the customer had to bear, with intervals."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from etl.analysis.compare import MINIMUM_BASE, p_of, verdict_of
from etl.analysis.drivers.weights import Array
from etl.metrics.answers import Answers
from etl.metrics.base import Estimate, Sums
from etl.vocabulary import Verdict

EDGES: Mapping[str, tuple[float, ...]] = {
    "wait": (0, 30, 60, 120, 300, 600),
    "hold": (0, 1, 60, 180, 300),
    "transfers": (0, 1, 2, 3),
    "repeats": (0, 1, 2, 3),
}
"""Where the bins begin; the last one is open."""


@dataclass(frozen=True)
class Dose:
    """One bin from `start` to under `end` (None: open): the metric of its answers with its interval, and the fit.

    `fitted` is the nearest course that never turns back.
    """

    start: float
    end: float | None
    n: int
    value: float
    low: float | None
    high: float | None
    fitted: float


@dataclass(frozen=True)
class Curve:
    """The bins of one thing, least of it first, and whether the last differs from the first beyond chance."""

    doses: tuple[Dose, ...]
    verdict: Verdict | None


def curve(answers: Answers, operation: str, minimum_n: int) -> Curve | None:
    """The score by bins of an operation; a bin with fewer answers than the minimum is joined with the next.

    None where fewer than two bins are left: then there is nothing to compare.
    """
    values, edges = answers.operations[operation], EDGES[operation]
    known = np.flatnonzero(~np.isnan(values))
    places = np.digitize(values[known], edges) - 1
    groups = _joined(places, len(edges), max(minimum_n, 1))
    if len(groups) < 2:
        return None
    found = []
    for first, last in groups:
        inside = known[(places >= first) & (places <= last)]
        sums = {name: float(column[inside].sum()) for name, column in answers.parts.items()}
        found.append(answers.metric.estimate(Sums(sums)))
    ends = [*(edges[last + 1] for _, last in groups[:-1]), None]
    fitted = _fitted(np.array([each.value or 0.0 for each in found]), np.array([float(each.n) for each in found]))
    doses = tuple(
        Dose(edges[first], end, each.n, each.value or 0.0, each.interval.low, each.interval.high, float(fit))
        for (first, _), end, each, fit in zip(groups, ends, found, fitted, strict=True)
    )
    return Curve(doses, _verdict(found[0], found[-1]))


def _verdict(first: Estimate, last: Estimate) -> Verdict | None:
    if min(first.n, last.n) < MINIMUM_BASE:
        return Verdict.TOO_FEW
    p = p_of(last.interval, first.interval)
    return None if p is None else verdict_of(p)


def _joined(places: NDArray[np.int64], count: int, minimum_n: int) -> list[tuple[int, int]]:
    """Bins as first and last place; one that holds too few takes in the next, the last one joins the one before."""
    sizes = np.bincount(places, minlength=count)
    groups: list[tuple[int, int]] = []
    first = 0
    for place in range(count):
        if sizes[first : place + 1].sum() >= minimum_n:
            groups.append((first, place))
            first = place + 1
    if groups and first < count:
        groups[-1] = (groups[-1][0], count - 1)
    return groups


def _fitted(values: Array, weights: Array) -> Array:
    """Rising or falling throughout, whichever is nearer."""
    both = [isotonic_regression(values, weights=weights, increasing=way).x for way in (False, True)]
    return np.asarray(min(both, key=lambda fit: float((weights * (values - fit) ** 2).sum())))
