"""What a segment must gain to be named, in nats: what chance yields over all candidates of its kind, and doubt beyond.

A candidate's prior chance to be the one is its share of all that is counted, so that those of one kind share one; a
small segment must stand out more than a large one. What breaks often breaks in several segments with conditions on the
same dimensions: once one is named, another of its kind is doubted less.
"""

from collections.abc import Collection, Sequence

import numpy as np

from etl.analysis.localise.effects import TINY, Segment
from etl.analysis.localise.margins import Array, Axes

DOUBT = 5.5
"""What a segment must gain beyond chance where rises and falls are looked for: without a cause about one table in
fifty names one."""
DOUBT_OF_MORE = 3.0
"""The same for a further segment of a kind that is named already."""


def kind_of(segment: Segment) -> Axes:
    """The axes on which a segment has conditions."""
    return tuple(axis for axis, _ in segment)


def by_chance(totals: Array, whole: float) -> Array:
    """What all candidates of a kind yield by chance, given what is counted in some of them and in the whole table."""
    return np.asarray(-np.log(np.maximum(totals, TINY) / max(whole, TINY)))


def doubt(kind: Axes, named: Collection[Segment]) -> float:
    """What a segment of a kind must gain beyond chance beside those that are named."""
    return DOUBT_OF_MORE if kind in {kind_of(segment) for segment in named} else DOUBT


def doubts(segments: Sequence[Segment]) -> float:
    """What several segments must gain beyond chance together."""
    kinds = {kind_of(segment) for segment in segments}
    return len(kinds) * DOUBT + (len(segments) - len(kinds)) * DOUBT_OF_MORE
