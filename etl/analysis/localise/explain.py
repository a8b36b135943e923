"""The segments that explain a change of a rate, with what each contributes to it and the evidence for it."""

from dataclasses import dataclass

import numpy as np

from etl.analysis.localise.search import Found, risen
from etl.analysis.localise.table import Cells


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
    found = max(risen(cells), risen(cells.reversed()), key=lambda told: sum(each.score for each in told))
    return tuple(sorted((_told(cells, each) for each in found), key=lambda each: -each.evidence))


def _told(cells: Cells, found: Found) -> Explained:
    places = dict(found.segment)
    own = tuple(places.get(axis, slice(None)) for axis in range(len(cells.names)))
    bad0, all0, bad1, all1 = (
        float(np.sum(counts[own])) for counts in (cells.bad_before, cells.all_before, cells.bad_after, cells.all_after)
    )
    before, after = bad0 / all0 if all0 else None, bad1 / all1 if all1 else None
    moved = ((after or 0.0) - (before or 0.0)) * all1 / float(cells.all_after.sum() or 1.0)
    where = {cells.names[axis]: cells.values[axis][place] for axis, place in found.segment}
    return Explained(where, before, after, moved, found.score)
