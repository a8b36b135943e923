"""Whether a product or a region explains a breakdown: its contacts now against those before it began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from etl.analysis.localise.explain import explain
from etl.analysis.localise.table import cells as table
from etl.calendar import Period
from etl.metrics.answer import Ask, Cell, Where
from etl.metrics.tolls.values import Part
from etl.vocabulary import Dimension

BASELINE_DAYS = 91
MOST_SEGMENTS = 2
LEAST_SHIFT = 0.05
"""A segment that always had the same share of a cell's failures explains nothing: there the cell has its place."""
SPLIT_BY = (Dimension.PRODUCT, Dimension.REGION)


@dataclass(frozen=True)
class Segment:
    """A product, a region or both in which a breakdown sits, with its failed contacts and those of the whole cell."""

    where: Mapping[str, str]
    failed: int
    whole: int


def segments(ask: Ask, period: Period, where: Where, opened: Mapping[Cell, date]) -> Mapping[Cell, tuple[Segment, ...]]:
    """For each cell the few segments that explain why it fails more than before the earliest of them opened.

    None where localisation names none, or where the history does not reach back far enough.
    """
    first = min((source.first_day for source in ask.sources if source.first_day), default=None)
    if not opened or first is None:
        return {}
    until = min(opened.values()) - timedelta(days=1)
    since = max(first, until - timedelta(days=BASELINE_DAYS - 1))
    if since >= until:
        return {}
    now = ask.toll.parts(period.start, period.end, where)
    before = ask.toll.parts(since, until, where)
    return {cell: found for cell in opened if (found := explained(before.get(cell, ()), now.get(cell, ())))}


def explained(before: Sequence[Part], now: Sequence[Part]) -> tuple[Segment, ...]:
    """The segments that rose, most evidence first, each with its failed contacts now."""
    there = {(part.product, part.region): part for part in now}
    usual = {(part.product, part.region): part for part in before}
    places = sorted({*there, *usual})
    if len(places) < 2 or not there:
        return ()
    nothing = Part("", "", 0, 0)
    pairs = [(usual.get(place, nothing), there.get(place, nothing)) for place in places]
    dimensions = {name.value: [place[axis] for place in places] for axis, name in enumerate(SPLIT_BY)}
    counts = [
        [min(one.failed, one.contacts) for one, _ in pairs], [one.contacts for one, _ in pairs],
        [min(two.failed, two.contacts) for _, two in pairs], [two.contacts for _, two in pairs],
    ]  # fmt: skip
    whole = _failed(now, {})
    found = [
        Segment(one.where, _failed(now, one.where), whole)
        for one in explain(table(dimensions, counts))
        if one.contribution > 0 and _share(now, one.where) - _share(before, one.where) >= LEAST_SHIFT
    ]
    return tuple(found[:MOST_SEGMENTS])


def _share(parts: Sequence[Part], where: Mapping[str, str]) -> float:
    """The share of a cell's failed contacts that lie in a segment; 0 where none failed."""
    whole = _failed(parts, {})
    return _failed(parts, where) / whole if whole else 0.0


def _failed(parts: Sequence[Part], where: Mapping[str, str]) -> int:
    return sum(part.failed for part in parts if all(getattr(part, name) == value for name, value in where.items()))
