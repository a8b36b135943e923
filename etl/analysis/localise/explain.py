"""The segments that explain a change of a rate, with what each contributes to it and the evidence for it."""

from dataclasses import dataclass
from math import inf

import numpy as np

from etl.analysis.localise.effects import mask
from etl.analysis.localise.search import Found, risen
from etl.analysis.localise.table import Cells

LEAST = 1.1
"""A segment that did not move at least by a tenth itself explains nothing."""


@dataclass(frozen=True)
class Explained:
    """One segment: its conditions, its rates, by how much it moved the whole's rate, and the evidence in nats.

    `contribution` is what the segment has more (less) of after than its own rate before would give, as a share of all.
    """

    where: dict[str, str]
    before: float | None
    after: float | None
    contribution: float
    evidence: float


def explain(cells: Cells) -> tuple[Explained, ...]:
    """The segments that rose, or those that fell, whichever has more evidence, best first; none that is doubtful.

    A fall is a rise told backwards. Not both at once: where some rose, the rest seems to fall when told backwards.
    """
    both = [[_told(cells, each) for each in risen(cells)], [_told(cells, each) for each in risen(cells.reversed())]]
    ways = ([each for each in both[0] if _rise(each) > LEAST], [each for each in both[1] if _rise(each) < 1 / LEAST])
    found = max(ways, key=lambda told: sum(each.evidence for each in told))
    return tuple(sorted(found, key=lambda each: -each.evidence))


def _rise(found: Explained) -> float:
    """How many times its rate before the segment's rate is: one that differs only from the others has not moved."""
    if not found.before or found.after is None:
        return inf if found.after else 1.0
    return found.after / found.before


def _told(cells: Cells, found: Found) -> Explained:
    own = mask(found.segment, len(cells.names))
    bad0, all0, bad1, all1 = (
        float(np.sum(counts[own])) for counts in (cells.bad_before, cells.all_before, cells.bad_after, cells.all_after)
    )
    before, after = bad0 / all0 if all0 else None, bad1 / all1 if all1 else None
    moved = ((after or 0.0) - (before or 0.0)) * all1 / float(cells.all_after.sum() or 1.0)
    where = {cells.names[axis]: cells.values[axis][place] for axis, place in found.segment}
    return Explained(where, before, after, moved, found.score)
