"""Looks for the segments of one to three conditions whose rise the usual rates do not explain.

Each candidate is scored by its log-likelihood ratio, as far as the expectation is sure, less what those of its kind
yield by chance. The best one is taken in and its cells count as explained; once no other stands out, each is taken out
and looked for again beside the others, so that a parent gives way to the child that explains it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from etl.analysis.localise.chance import by_chance, doubt, kind_of
from etl.analysis.localise.effects import MOST_CONDITIONS, TINY, Segment, joint, raised
from etl.analysis.localise.margins import Array, Axes, margins
from etl.analysis.localise.regroup import Regrouping
from etl.analysis.localise.table import Cells
from etl.analysis.localise.usual import Usual, usual

MOST_SEGMENTS = 8
MOST_SWEEPS = 3
LEAST_RISE = 1.3
"""A rise by less than three tenths is not named, however sure."""


@dataclass(frozen=True)
class Found:
    """A segment that rose, and its score in nats."""

    segment: Segment
    score: float


def risen(cells: Cells) -> tuple[Found, ...]:
    """The segments that explain a rise, in the order in which they were found."""
    search = _Search(cells)
    return search.regrouped(search.swept(search.greedy()))


class _Search:
    """The sums of all candidates, made once, and the usual rates, refitted as segments are found."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        dimensions = cells.bad_before.ndim
        sizes = range(1, min(MOST_CONDITIONS, dimensions) + 1)
        self._kinds: list[Axes] = [axes for size in sizes for axes in combinations(range(dimensions), size)]
        self._before = margins(cells.bad_before, MOST_CONDITIONS)
        self._after = margins(cells.bad_after, MOST_CONDITIONS)
        self._all = margins(cells.all_after, MOST_CONDITIONS)
        whole = float(self._all[()])
        self._by_chance = {kind: by_chance(self._all[kind], whole) for kind in self._kinds}
        self._usual: Usual = usual(cells.bad_before, cells.all_before)

    def greedy(self) -> list[Found]:
        """One after the other, by the rates before alone: a large rise would shift those fitted to what came after."""
        found: list[Found] = []
        while len(found) < MOST_SEGMENTS:
            best = self._best([each.segment for each in found])
            if best.score <= 0 or best.segment in [each.segment for each in found]:
                break
            found.append(best)
        return found

    def swept(self, found: list[Found]) -> tuple[Found, ...]:
        """Each taken out and looked for again, the usual rates fitted to both periods beside them."""
        for _ in range(MOST_SWEEPS if found else 0):
            before = [each.segment for each in found]
            self._usual = joint(self._cells, self._usual.rates, before)
            for each in list(found):
                rest = [other for other in found if other is not each]
                best = self._best([other.segment for other in rest])
                is_new = best.score > 0 and best.segment not in [other.segment for other in rest]
                found = [*rest, best] if is_new else rest
            best = self._best([each.segment for each in found])
            if best.score > 0 and best.segment not in [each.segment for each in found]:
                found.append(best)
            if {each.segment for each in found} == set(before):
                break
        return tuple(found)

    def regrouped(self, found: Sequence[Found]) -> tuple[Found, ...]:
        """Children put together to their parent, or a parent taken apart, where that explains all cells better."""
        if not found:
            return ()
        segments = [each.segment for each in found]
        best, self._usual = Regrouping(self._cells, LEAST_RISE).best(segments, self._usual)
        if set(best) == set(segments):
            return tuple(found)
        return tuple(each for segment in best if (each := self._again(segment, best)).score > 0)

    def _again(self, segment: Segment, found: Sequence[Segment]) -> Found:
        """A segment scored beside the others."""
        kind, others = kind_of(segment), [other for other in found if other != segment]
        rates = self._raised(others)
        rest = tuple(axis for axis in range(rates.ndim) if axis not in kind)
        expected = (self._cells.all_after * rates).sum(rest)
        usually = (self._cells.all_before * self._usual.rates).sum(rest)
        place = tuple(each for _, each in segment)
        return Found(segment, float(self._scores(kind, expected, usually, others)[place]))

    def _raised(self, segments: Sequence[Segment]) -> Array:
        """The rates of all cells as the found segments raise them."""
        return raised(self._cells, self._usual.rates, segments)

    def _best(self, others: Sequence[Segment]) -> Found:
        """The candidate with the highest score beside other segments."""
        expected = margins(self._cells.all_after * self._raised(others), MOST_CONDITIONS)
        usually = margins(self._cells.all_before * self._usual.rates, MOST_CONDITIONS)
        best = Found((), -np.inf)
        for kind in self._kinds:
            scores = self._scores(kind, expected[kind], usually[kind], others)
            place = np.unravel_index(int(np.argmax(scores)), scores.shape)
            if scores[place] > best.score:
                best = Found(tuple(zip(kind, map(int, place), strict=True)), float(scores[place]))
        return best

    def _scores(self, kind: Axes, expected: Array, usually: Array, others: Sequence[Segment]) -> Array:
        """The scores of all segments of a kind, those with conditions on these axes, beside other segments."""
        after, before = self._after[kind], self._before[kind]
        expected, usually = np.maximum(expected, TINY), np.maximum(usually, TINY)
        uncertainty = np.zeros(after.shape)
        for place, axis in enumerate(kind):
            turned = [-1 if each == place else 1 for each in range(len(kind))]
            uncertainty = uncertainty + self._usual.variances[axis].reshape(turned)
        if own := _own_spread(before, usually):
            # Where segments differ from the usual already before, each is expected to go on as it was.
            weight = 1 / own + usually
            expected = expected * (1 / own + before) / weight
            uncertainty = uncertainty + 1 / weight
        ratio = _times_log(after, expected) + _times_log(self._all[kind] - after, self._all[kind] - expected)
        ratio = ratio / (1 + expected * uncertainty)
        score = ratio - self._by_chance[kind] - doubt(kind, others)
        return np.where(after > expected * LEAST_RISE, score, -np.inf)


def _times_log(found: Array, expected: Array) -> Array:
    """One side's part of a log-likelihood ratio."""
    ratio = np.where(found > 0, found, 1.0) / np.maximum(expected, TINY)
    return np.where(found > 0, found * np.log(ratio), 0.0)


def _own_spread(before: Array, usually: Array) -> float:
    """The variance of the segments' own factors before, as far as it is surely above what chance makes."""
    is_seen = usually > 1
    if is_seen.sum() <= 5:
        return 0.0
    squares = (usually[is_seen] ** 2).sum()
    excess = ((before[is_seen] - usually[is_seen]) ** 2 - usually[is_seen]).sum()
    return max(0.0, float((excess - 2 * np.sqrt(2 * squares)) / squares))
