"""Which limits suit a metric: by its kind, its unit and the length of its periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from types import MappingProxyType

import numpy as np

from etl.analysis.signals.fit import Course, Levels, Varying
from etl.analysis.signals.scale import Array, continuous, counts, rates, shares
from etl.metrics.answer import Row
from etl.metrics.base import Metric
from etl.metrics.kinds import Count, Rate, Ratio
from etl.vocabulary import Grain, Unit

PER = 1000
EXTENTS: Mapping[Unit, tuple[float, float]] = MappingProxyType(
    {Unit.SHARE: (0, 1), Unit.SCORE: (-100, 100), Unit.STARS: (1, 5)}
)
"""Between which values of a unit all lie; others begin at 0."""


@dataclass(frozen=True)
class Method:
    """A course with the name of the limits that suit it."""

    name: str
    course: Course


def cases(metric: Metric, row: Row) -> int:
    """How many of a row's base are counted by a count, a share or a rate."""
    value = row.value or 0.0
    if isinstance(metric, Rate):
        return round(value * row.n / PER)
    return round(value * row.n) if isinstance(metric, Ratio) else round(value)


def method_of(metric: Metric, rows: Sequence[Row], grain: Grain) -> Method:
    """Counts on their root, shares and rates by Laney's limits, other values as they are; days without their weekday.

    Each row has a value.
    """
    weekdays = np.array([row.start.weekday() for row in rows], np.intp) if grain is Grain.DAY else None
    n = np.array([row.n for row in rows], dtype=np.int64)
    if isinstance(metric, Count):
        days = np.array([(row.end - row.start).days + 1 for row in rows], dtype=float)
        return Method("XmR of root counts", Levels(counts(_cases(metric, rows), days), weekdays))
    if isinstance(metric, Ratio):
        per = float(PER) if isinstance(metric, Rate) else None
        x = _cases(metric, rows)
        if weekdays is None:
            return Method("Laney u'" if per else "Laney p'", Varying(x.astype(np.int64), n, per))
        base = n.astype(float)
        scaled = rates(x, base, per) if per else shares(x, base)
        return Method("XmR of root rates" if per else "XmR of arcsine shares", Levels(scaled, weekdays))
    low, high = EXTENTS.get(metric.unit, (0, inf))
    plain = continuous(np.array([row.value for row in rows], dtype=float))
    return Method("XmR", Levels(replace(plain, restore=lambda levels: _clipped(levels, low, high)), weekdays))


def _cases(metric: Metric, rows: Sequence[Row]) -> Array:
    return np.array([cases(metric, row) for row in rows], dtype=float)


def _clipped(levels: Array, low: float, high: float) -> Array:
    return np.clip(levels, low, high)
