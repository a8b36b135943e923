"""The few segments of one to three conditions that explain a metric's change, each with its own numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from etl.analysis.compare import Comparison, difference, together
from etl.analysis.localise.explain import explain
from etl.analysis.localise.table import Cells, cells
from etl.analysis.why import Why
from etl.calendar import Span
from etl.metrics.answer import Ask, Question, Row, Where
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS
from etl.metrics.kinds import Count, Rate, Ratio
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension, Verdict

LOOKED_AT = (
    Dimension.CHANNEL, Dimension.TOUCHPOINT, Dimension.CAUSE, Dimension.PRODUCT, Dimension.REGION, Dimension.SEGMENT,
    Dimension.TEAM, Dimension.REASON,
)  # fmt: skip
"""In this order, as many as make up no more cells than can be searched at once, and than there is counted in them."""
NOBODY = {UNKNOWN, UNASSIGNED}
MOST_CELLS = 20_000
MOST_VALUES = 40
ROOM = 20.0
"""Of a rate per 1,000 whose top may lie above its base, the base is taken so many times."""
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Reason:
    """One segment: the metric in it before and after, and what it adds to the change of the whole, in its unit.

    `evidence` is in nats: by how much likelier what came after is with the segment than without, beyond what as many
    candidates yield by chance. The verdict is adjusted for the number of segments named;
    one that could be noise is none.
    """

    where: Mapping[Dimension, str]
    before: Row
    after: Row
    contribution: float
    evidence: float
    comparison: Comparison


def segments(ask: Ask, found: Why, where: Where = ()) -> tuple[Reason, ...]:
    """The segments behind a change, best first; none for metrics that are no share or count, or where none is sure."""
    metric, where = METRICS.get(found.metric), (*where, *found.alike.where)
    if not isinstance(metric, Count | Ratio) or not metric.is_additive:
        return ()
    by = _dimensions(ask, metric, where, min(MOST_CELLS, found.before.n + found.after.n))
    days = (found.before.start, found.before.end), (found.after.start, found.after.end)
    table = _cells(ask, metric, by, days, where, _dispersion(found.after)) if by else None
    if table is None:
        return ()
    named = [(each, {Dimension(name): value for name, value in each.where.items()}) for each in explain(table)]
    kept = [(each, values) for each, values in named if not NOBODY & set(values.values())]
    pairs = [[_row(ask, metric, span, values, where) for span in days] for _, values in kept]
    compared = together([difference(after, before) for before, after in pairs])
    return tuple(
        Reason(values, before, after, _contribution(metric, found, before, after), each.evidence, comparison)
        for (each, values), (before, after), comparison in zip(kept, pairs, compared, strict=True)
        if comparison.verdict is not Verdict.NOISE
    )


def _dimensions(ask: Ask, metric: Metric, where: Where, most_cells: int) -> tuple[Dimension, ...]:
    """Those that the metric has, that are not narrowed to one value, and that are not too many.

    Cells that are mostly empty say little of a segment and much of chance: they hide what fewer dimensions show.
    """
    fixed = {dimension for dimension, values in where if len(values) == 1}
    chosen: list[Dimension] = []
    sizes: list[int] = []
    for dimension in LOOKED_AT:
        size = len(ask.dimension_values.get(dimension, ())) + 1
        is_offered = dimension in metric.dimensions and dimension not in fixed
        if is_offered and 2 < size <= MOST_VALUES + 1 and prod([*sizes, size]) <= most_cells:
            chosen.append(dimension)
            sizes.append(size)
    return tuple(chosen)


def _dispersion(row: Row) -> float:
    """By how much more a count varies than chance alone makes it."""
    return max(1.0, (row.standard_error or 0.0) ** 2 / row.value) if row.value else 1.0


def _cells(
    ask: Ask, metric: Metric, by: tuple[Dimension, ...], days: Sequence[Span], where: Where, dispersion: float
) -> Cells | None:
    """What is counted and its base in each cell; of a share its lesser side, as that is what can multiply."""
    sides = [
        {row.group: row for row in ask(Question((metric.name,), by, None, *span, where, is_raw=True)).rows}
        for span in days
    ]
    groups = sorted({*sides[0], *sides[1]})
    if not groups:
        return None
    tops, bases = zip(*(_counted(metric, [side.get(group) for group in groups]) for side in sides), strict=True)
    if isinstance(metric, Ratio) and sum(each.sum() for each in tops) > sum(each.sum() for each in bases) / 2:
        tops = tuple(base - top for top, base in zip(tops, bases, strict=True))
    columns = {dimension.value: [group[place][1] for group in groups] for place, dimension in enumerate(by)}
    counts = (tops[0], bases[0], tops[1], bases[1])
    return cells(columns, counts if isinstance(metric, Ratio) else _as_shares(columns, tops, dispersion))


def _as_shares(columns: Mapping[str, Sequence[str]], tops: Sequence[Array], dispersion: float) -> tuple[Array, ...]:
    """Plain counts as shares: of what both periods count in a cell, how much came after; expected is what is usual.

    Usual is the median over the values of all dimensions, each weighing what it counted before: a storm moves the mean.
    """
    before, after = (top / dispersion for top in tops)
    shares, weights = [], []
    for column in columns.values():
        places = np.unique(np.asarray(column, dtype=str), return_inverse=True)[1]
        own = np.bincount(places, before), np.bincount(places, after)
        known = own[0] + own[1] > 0
        shares.append(own[1][known] / (own[0] + own[1])[known])
        weights.append(own[0][known])
    order = np.argsort(np.concatenate(shares))
    reached = np.cumsum(np.concatenate(weights)[order])
    usual = np.concatenate(shares)[order][int(np.searchsorted(reached, reached[-1] / 2))] if reached.size else 0.5
    return (before + after) * usual, before + after, after, before + after


def _counted(metric: Metric, rows: Sequence[Row | None]) -> tuple[Array, Array]:
    """What stands above the line and below it in each row."""
    values = np.array([row.value or 0.0 if row else 0.0 for row in rows])
    bases = np.array([float(row.n) if row else 0.0 for row in rows])
    if not isinstance(metric, Ratio):
        return values, bases
    if isinstance(metric, Rate):
        return np.round(values * bases / 1000), ROOM * bases
    return np.minimum(np.round(values * bases), bases), bases


def _row(ask: Ask, metric: Metric, span: Span, values: Mapping[Dimension, str], where: Where) -> Row:
    own = (*(each for each in where if each[0] not in values), *((name, (value,)) for name, value in values.items()))
    (row,) = ask(Question((metric.name,), (), None, *span, own, is_raw=True)).rows
    return row


def _contribution(metric: Metric, found: Why, before: Row, after: Row) -> float:
    """Of a count its rise; of a share what its own change makes of the whole, at its part of all that came after."""
    rise = (after.value or 0.0) - (before.value or 0.0)
    return rise * after.n / found.after.n if isinstance(metric, Ratio) and found.after.n else rise
