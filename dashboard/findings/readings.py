"""Rows of answers read for a page: as points of a series, and judged as a change or against a target."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from dashboard import format, strings
from dashboard.blocks import Point, Selection, Status
from dashboard.strings import history
from dashboard.tables import Drill
from etl.analysis.compare import Comparison, margins
from etl.analysis.compare import per_day as divided
from etl.calendar import Calendar, Period
from etl.metrics.answer import Row, Where
from etl.metrics.base import Metric
from etl.vocabulary import Goodness, Grain, Unit, Verdict

DAYS_OF_WEEK = 7
UNEVEN = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
"""Grains whose periods differ in length."""
Found: TypeAlias = Mapping[tuple[str, str], Row]


@dataclass(frozen=True)
class Versus:
    """The period that another is compared with, and how a sentence calls it."""

    period: Period
    words: str


def by_period(rows: Iterable[Row]) -> Found:
    """Ungrouped rows under (metric, period key)."""
    return MappingProxyType({(row.metric, row.period): row for row in rows if not row.group})


def versus(calendar: Calendar, period: Period, selection: Selection) -> Versus:
    """The chosen comparison period; whole weeks that do not lie 364 days after last year's say how far they do."""
    if chosen := _chosen(calendar, period, selection.versus):
        return Versus(chosen, period_words(chosen))
    if selection.versus != "last_year":
        return Versus(calendar.shift(period, -1), strings.previous(length(period)))
    earlier = calendar.last_year(period)
    words = strings.last_year(period.grain, length(period))
    if period.grain is Grain.DAY and earlier.start.weekday() != period.start.weekday():
        words = strings.other_weekday(words, earlier.start.weekday())
    if period.grain is Grain.WEEK and earlier.key[-2:] != period.key[-2:]:
        words = strings.other_week(week_number(earlier), week_number(period))
    if days := calendar.unusual_distance(period, earlier):
        words += strings.far_apart(format.count(days))
    return Versus(earlier, words)


def _chosen(calendar: Calendar, period: Period, versus: str) -> Period | None:
    """The period that a reader named to be compared with; only an earlier one of the same length serves."""
    if versus in ("previous", "last_year"):
        return None
    other = calendar.parse(versus)
    is_like = (other.grain, other.is_fiscal) == (period.grain, period.is_fiscal)
    return other if is_like and other.start < period.start else None


def length(period: Period) -> str:
    """What the period is called by its length."""
    return strings.length(period.grain, is_fiscal=period.is_fiscal)


def week_number(period: Period) -> str:
    """`W53`."""
    return period.key.rpartition("-")[2]


def points(
    periods: Sequence[Period], rows: Mapping[str, Row], *, drawn_at: Sequence[Period] | None = None
) -> tuple[Point, ...]:
    """One point a period from its row (by period key); without a row it is a hole that says so.

    `drawn_at` are the periods whose places are taken on the axis when they are not the points' own.
    """
    places = drawn_at or periods
    return tuple(
        _point(period, place.start, rows.get(period.key)) for period, place in zip(periods, places, strict=True)
    )


def drill(row: Row | None, period: Period, where: Where) -> Drill | None:
    """What leads to the rows behind a number; None where there are none."""
    return Drill(row.metric, period, where, row.n, row.claim) if row is not None and row.n else None


def lacking(metric: Metric, where: Where) -> tuple[str, ...]:
    """The dimensions of a filter that a metric is not known by; with one of them it cannot be asked."""
    return tuple(dimension.value for dimension, _ in where if dimension not in metric.dimensions)


def is_drawn(point: Point) -> bool:
    """Whether it has a value."""
    return point.value is not None


def period_words(period: Period) -> str:
    """The period in words."""
    return format.period(period.grain, period.key, period.start, period.end)


def status(row: Row | None, target: float | None, goodness: Goodness) -> Status:
    """Where the interval lies against the target; with the target inside it, it cannot be told."""
    if target is None or goodness is Goodness.NEUTRAL:
        return "no target"
    found = margins(row, target, goodness)
    if found is None:
        return "cannot tell"
    if min(found) >= 0:
        return "on target"
    return "off target" if max(found) < 0 else "cannot tell"


def size(comparison: Comparison, unit: Unit) -> float | None:
    """The change as pages print it: in the metric's unit, for counts relative to the value before."""
    return comparison.relative if unit is Unit.COUNT else comparison.change


def is_better(comparison: Comparison, goodness: Goodness) -> bool | None:
    """Whether a believable change goes the good way; None for neutral metrics and for what may be noise."""
    if comparison.verdict is not Verdict.REAL or goodness is Goodness.NEUTRAL or not comparison.change:
        return None
    return (comparison.change > 0) == (goodness is Goodness.HIGHER)


def daily(row: Row | None) -> float | None:
    """A count per day."""
    return None if row is None or row.unit != Unit.COUNT else divided(row).value


def unfinished_words(start: date, end: date, through: date | None) -> str:
    """`unfinished: 4 of 7 days`."""
    done = 0 if through is None else max(0, (min(through, end) - start).days + 1)
    return strings.unfinished(format.count(done), format.count((end - start).days + 1))


def _point(period: Period, place: date, row: Row | None) -> Point:
    words = period_words(period)
    if row is None:
        return Point(period.key, place, None, None, None, 0, False, strings.NO_ROW, words)
    reason = row.reason or (None if row.complete else incomplete_words(row, period))
    return Point(
        period.key, place, row.value, row.low, row.high, row.n, row.complete, reason, words,
        daily(row) if period.grain in UNEVEN else None, claim=row.claim, nowcast=row.nowcast,
        probable=row.nowcast.probable if row.nowcast else None,
    )  # fmt: skip


def incomplete_words(row: Row, period: Period) -> str:
    """`unfinished: 4 of 7 days; calls through Thu, posts through Fri`, and which source is missing since when."""
    is_open = row.through is None or row.through < period.end
    parts = [unfinished_words(period.start, period.end, row.through)] if is_open and row.sources_through else []
    if is_open and len({day for _, day in row.sources_through}) > 1:
        has_date = period.days > DAYS_OF_WEEK
        days = sorted({day for _, day in row.sources_through})
        names = [strings.joined([name for name, own in row.sources_through if own == day]) for day in days]
        ways = [(name, _short_day(day, has_date=has_date)) for name, day in zip(names, days, strict=True)]
        parts.append(history.through(ways))
    return "; ".join([*parts, *row.missing]) or unfinished_words(period.start, period.end, row.through)


def _short_day(day: date, *, has_date: bool) -> str:
    """`Thu`, or where weekdays repeat `Thu 5 Mar`."""
    weekday, number, month, *_ = format.day(day).split()
    return f"{weekday} {number} {month}" if has_date else weekday
