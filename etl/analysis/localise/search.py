"""Looks for the segments of one to three conditions whose rise the usual rates do not explain.

Each candidate is scored by its log-likelihood ratio, as far as the expectation is sure, less what as many candidates of
its kind yield by chance. The best one is taken in and its cells count as explained; once no other stands out, each is
taken out and looked for again beside the others, so that a parent gives way to the child that explains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from etl.analysis.localise.table import Cells
from etl.analysis.localise.usual import Usual, usual

MOST_CONDITIONS = 3
MOST_SEGMENTS = 8
MOST_SWEEPS = 3
DOUBT = 3.7
"""What a segment must gain beyond chance, in nats, where rises and falls are looked for: without a cause about one in
thirty tables names one."""
LEAST_RISE = 1.3
"""A rise by less than three tenths is not named, however sure."""
HIGHEST_RATE = 0.97
Array = NDArray[np.float64]
Axes: TypeAlias = tuple[int, ...]
Segment: TypeAlias = tuple[tuple[int, int], ...]
"""Conditions as (axis, place of the value on it)."""


@dataclass(frozen=True)
class Found:
    """A segment that rose, and its score in nats."""

    segment: Segment
    score: float


def risen(cells: Cells) -> tuple[Found, ...]:
    """The segments that explain a rise, in the order in which they were found."""
    search = _Search(cells)
    return search.swept(search.greedy())


class _Search:
    """The sums of all candidates, made once, and the usual rates, refitted as segments are found."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        dimensions = cells.bad_before.ndim
        sizes = range(1, min(MOST_CONDITIONS, dimensions) + 1)
        self._kinds: list[Axes] = [axes for size in sizes for axes in combinations(range(dimensions), size)]
        self._rest = {kind: tuple(axis for axis in range(dimensions) if axis not in kind) for kind in self._kinds}
        self._before = {kind: cells.bad_before.sum(rest) for kind, rest in self._rest.items()}
        self._after = {kind: cells.bad_after.sum(rest) for kind, rest in self._rest.items()}
        self._usual: Usual = usual(cells.bad_before, cells.all_before)

    def greedy(self) -> list[Found]:
        """One after the other, by the rates before alone: a large rise would shift those fitted to what came after."""
        found: list[Found] = []
        while len(found) < MOST_SEGMENTS:
            best = self._best(self._factors([each.segment for each in found]))
            if best.score <= 0 or best.segment in [each.segment for each in found]:
                break
            found.append(best)
        return found

    def swept(self, found: list[Found]) -> tuple[Found, ...]:
        """Each taken out and looked for again, the usual rates fitted also to what came after outside of them."""
        for _ in range(MOST_SWEEPS if found else 0):
            before = [each.segment for each in found]
            self._refit(before)
            for each in list(found):
                rest = [other for other in found if other is not each]
                best = self._best(self._factors([other.segment for other in rest]))
                is_new = best.score > 0 and best.segment not in [other.segment for other in rest]
                found = [*rest, best] if is_new else rest
            best = self._best(self._factors([each.segment for each in found]))
            if best.score > 0 and best.segment not in [each.segment for each in found]:
                found.append(best)
            if {each.segment for each in found} == set(before):
                break
        return tuple(found)

    def _refit(self, segments: Sequence[Segment]) -> None:
        outside = np.ones(self._cells.bad_before.shape)
        for segment in segments:
            outside[self._mask(segment)] = 0.0
        bad = self._cells.bad_before + self._cells.bad_after * outside
        self._usual = usual(bad, self._cells.all_before + self._cells.all_after * outside)

    def _mask(self, segment: Segment) -> tuple[int | slice, ...]:
        places = dict(segment)
        return tuple(places.get(axis, slice(None)) for axis in range(self._cells.bad_before.ndim))

    def _factors(self, segments: Sequence[Segment]) -> Array:
        """By how much the found segments raise the rate of each cell: a factor and an added share, both fitted."""
        factors = np.ones(self._cells.bad_before.shape)
        for segment in sorted(segments, key=len):
            own = self._mask(segment)
            rates = self._usual.rates[own]
            factor, added = _rise(self._cells.bad_after[own], self._cells.all_after[own], rates)
            factors[own] = factor + added / np.maximum(rates, 1e-6)
        return factors

    def _best(self, factors: Array) -> Found:
        """The candidate with the highest score beside what `factors` explain."""
        expected = self._cells.all_after * np.minimum(HIGHEST_RATE, self._usual.rates * factors)
        usually = self._cells.all_before * self._usual.rates
        best = Found((), -np.inf)
        for kind in self._kinds:
            scores = self._scores(kind, expected.sum(self._rest[kind]), usually.sum(self._rest[kind]))
            place = np.unravel_index(int(np.argmax(scores)), scores.shape)
            if scores[place] > best.score:
                best = Found(tuple(zip(kind, map(int, place), strict=True)), float(scores[place]))
        return best

    def _scores(self, kind: Axes, expected: Array, usually: Array) -> Array:
        """The scores of all segments of a kind: those with conditions on these axes."""
        after, before = self._after[kind], self._before[kind]
        expected, usually = np.maximum(expected, 1e-9), np.maximum(usually, 1e-9)
        uncertainty = np.zeros(after.shape)
        for place, axis in enumerate(kind):
            turned = [-1 if each == place else 1 for each in range(len(kind))]
            uncertainty = uncertainty + self._usual.variances[axis].reshape(turned)
        if own := _own_spread(before, usually):
            # Where segments differ from the usual already before, each is expected to go on as it was.
            weight = 1 / own + usually
            expected = expected * (1 / own + before) / weight
            uncertainty = uncertainty + 1 / weight
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(after > 0, after * np.log(after / expected), 0.0) - (after - expected)
        ratio = ratio / (1 + expected * uncertainty)
        return np.where(after > expected * LEAST_RISE, ratio - np.log(ratio.size) - DOUBT, -np.inf)


def _rise(bad: Array, total: Array, rates: Array) -> tuple[float, float]:
    """The factor and the added share, neither below 0, that turn usual rates into those found: least squares."""
    usually = total * rates
    weights = 1 / np.maximum(usually, 0.05)
    if not usually.sum():
        return 1.0, 0.0
    left = np.array(
        [
            [(weights * usually**2).sum(), (weights * usually * total).sum()],
            [(weights * usually * total).sum(), (weights * total**2).sum()],
        ]
    )
    right = np.array([(weights * usually * bad).sum(), (weights * total * bad).sum()])
    if np.linalg.matrix_rank(left) == 2:
        factor, added = np.linalg.solve(left, right)
        if factor >= 0 and added >= 0:
            return float(factor), float(added)
        if factor < 0:
            return 0.0, float(bad.sum() / total.sum())
    return float(bad.sum() / usually.sum()), 0.0


def _own_spread(before: Array, usually: Array) -> float:
    """The variance of the segments' own factors before, as far as it is surely above what chance makes."""
    is_seen = usually > 1
    if is_seen.sum() <= 5:
        return 0.0
    squares = (usually[is_seen] ** 2).sum()
    excess = ((before[is_seen] - usually[is_seen]) ** 2 - usually[is_seen]).sum()
    return max(0.0, float((excess - 2 * np.sqrt(2 * squares)) / squares))
