"""Regroups found segments: children that make up their parent become it, a parent that is several becomes these.

Looking for one segment beside the others can't see that several together say the same as one, or the other way round.
So each regrouping is judged by all cells at once: their likelihood, less what as many candidates of the kinds yield by
chance.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from etl.analysis.localise.chance import by_chance, doubts
from etl.analysis.localise.effects import MOST_CONDITIONS, TINY, Segment, joint, mask, raised
from etl.analysis.localise.margins import Array
from etl.analysis.localise.table import Cells
from etl.analysis.localise.usual import Usual, usual

MOST_ROUNDS, MOST_FITTED = 6, 4
Segments = tuple[Segment, ...]


class Regrouping:
    """The regroupings of segments of one table."""

    def __init__(self, cells: Cells, least_rise: float) -> None:
        """A segment rises at least by `least_rise`."""
        self._cells = cells
        self._least_rise = least_rise
        self._before = usual(cells.bad_before, cells.all_before).rates
        self._spread = _spread(cells, self._before)

    def best(self, found: Sequence[Segment], start: Usual) -> tuple[Segments, Usual]:
        """The best regrouping that steps of one change each lead to, with the usual rates beside it.

        All steps are scored under the rates as they are, the best few of them again under rates of their own.
        """
        chosen: Segments = tuple(sorted(found))
        rates = joint(self._cells, start.rates, chosen)
        score = self.score(chosen, rates.rates)
        for _ in range(MOST_ROUNDS):
            options = sorted({each for each in self._options(chosen, rates.rates) if each != chosen})
            likely = sorted(options, key=lambda each: -self.score(each, rates.rates))[:MOST_FITTED]
            fitted = [(each, joint(self._cells, rates.rates, each)) for each in likely]
            fitted += [(each, joint(self._cells, self._before, each)) for each in self._everywhere(chosen)]
            scored = [(self.score(each, own.rates), each, own) for each, own in fitted]
            better = max(scored, key=lambda each: each[0], default=(score, chosen, rates))
            if better[0] <= score:
                break
            score, chosen, rates = better
        return chosen, rates

    def score(self, segments: Segments, rates: Array) -> float:
        """The log-likelihood of both periods, drawn towards 0 where cells differ by more than chance, less costs."""
        cells = self._cells
        likelihood = _likelihood(cells.bad_after, cells.all_after, raised(cells, rates, segments))
        likelihood += _likelihood(cells.bad_before, cells.all_before, rates)
        counted = np.array([cells.all_after[mask(segment, rates.ndim)].sum() for segment in segments])
        chance = float(by_chance(counted, float(cells.all_after.sum())).sum())
        return likelihood / self._spread - chance - doubts(segments)

    def _options(self, found: Segments, rates: Array) -> Iterator[Segments]:
        for segment in found:
            rest = tuple(other for other in found if other != segment)
            yield rest
            for place in range(len(segment) if len(segment) > 1 else 0):
                parent = segment[:place] + segment[place + 1 :]
                yield _with(tuple(other for other in rest if not set(parent) <= set(other)), (parent,))
            if len(segment) < MOST_CONDITIONS:
                for axis in sorted(set(range(rates.ndim)) - {each for each, _ in segment}):
                    yield _with(rest, self._values(segment, axis, rates))

    def _everywhere(self, found: Segments) -> list[Segments]:
        """Where all cells rose, any dimension may be the one whose values differ in it."""
        is_covered = np.zeros(self._cells.all_after.shape, dtype=bool)
        for segment in found:
            is_covered[mask(segment, is_covered.ndim)] = True
        if not is_covered.all():
            return []
        sizes: tuple[int, ...] = is_covered.shape
        whole = [tuple(((axis, place),) for place in range(size)) for axis, size in enumerate(sizes)]
        return [each for each in whole if each != found]

    def _values(self, parent: Segment, axis: int, rates: Array) -> Segments:
        """The parent's children along an axis that rose."""
        children = (tuple(sorted((*parent, (axis, place)))) for place in range(rates.shape[axis]))
        return tuple(child for child in children if self._has_risen(child, rates))

    def _has_risen(self, segment: Segment, rates: Array) -> bool:
        own = mask(segment, rates.ndim)
        expected = (self._cells.all_after[own] * rates[own]).sum()
        return bool(self._cells.bad_after[own].sum() > expected * self._least_rise)


def _with(found: Segments, more: Segments) -> Segments:
    return tuple(sorted({*found, *more}))


def _likelihood(bad: Array, total: Array, rates: Array) -> float:
    rates = np.clip(rates, TINY, 1 - TINY)
    return float((bad * np.log(rates) + (total - bad) * np.log1p(-rates)).sum())


def _spread(cells: Cells, rates: Array) -> float:
    """By how much more the cells differed from the usual before than chance makes them, at least 1."""
    expected = cells.all_before * rates
    variance = expected * (1 - rates)
    is_seen = expected > 1
    if is_seen.sum() <= 5:
        return 1.0
    squares = (cells.bad_before[is_seen] - expected[is_seen]) ** 2 / variance[is_seen]
    return max(1.0, float(squares.mean()))
