"""The signal chart of a metric: every period with its limits and flags, and what the last ones say together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.analysis.signals.baseline import Judged, Judgement, judge
from etl.analysis.signals.fit import DAYS, WEEKDAY_VALUES, Course
from etl.analysis.signals.methods import method_of
from etl.analysis.signals.rhythm import RHYTHMS
from etl.analysis.signals.rules import IN_A_ROW, Flags, Rule
from etl.analysis.signals.verdict import assurance, variation
from etl.analysis.signals.xmr import FEWEST, FIRM
from etl.errors import unknown
from etl.metrics.answer import Ask, Question, Row, Where
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS, metric_named
from etl.metrics.filters import only
from etl.metrics.kinds import Count
from etl.rebases import Rebase
from etl.vocabulary import Assurance, Dimension, Grain, Variation


@dataclass(frozen=True)
class Limits:
    """What is expected of one period, in the metric's unit."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class SignalPoint:
    """One period: its row (`value` None and a `reason` where it says nothing), limits, and what is raised there.

    `flags` are the rules that it completes with their direction, `marks` those whose pattern it belongs to; an `alarm`
    is 1 upwards, -1 downwards. Frozen limits are kept in place by a bout that is open.
    """

    row: Row
    is_judged: bool
    limits: Limits | None = None
    flags: Flags = ()
    marks: tuple[Rule, ...] = ()
    alarm: int = 0
    is_frozen: bool = False


@dataclass(frozen=True)
class Baseline:
    """The periods that the newest limits rest on, whether they are enough, and what keeps them from moving."""

    first: Row
    last: Row
    points: int
    is_frozen: bool
    rebase: Rebase | None

    @property
    def is_firm(self) -> bool:
        """Whether they are enough to be held for good."""
        return self.points >= FIRM


@dataclass(frozen=True)
class SignalChart:
    """All periods of a metric, the newest limits, and the verdict on the last period judged.

    Where a bout is open, `since` is the row of its first period, `direction` where it points, `quiet` how many periods
    without a signal have followed its last. Without a `variation` the `reason` says why nothing can be said.
    """

    metric: Metric
    grain: Grain
    method: str
    points: tuple[SignalPoint, ...]
    limits: Limits | None
    variation: Variation | None
    assurance: Assurance | None
    target: float | None
    baseline: Baseline | None
    since: Row | None = None
    direction: int = 0
    quiet: int = 0
    reason: str | None = None

    @property
    def alarm(self) -> SignalPoint | None:
        """The newest alarm among the last seven periods judged."""
        judged = [point for point in self.points if point.is_judged]
        return next((point for point in reversed(judged[-IN_A_ROW:]) if point.alarm), None)


def signal_chart(
    ask: Ask,
    metric_name: str,
    grain: Grain,
    where: Where = (),
    end: date | None = None,
    *,
    fiscal: bool = False,
    holidays: Collection[date] | None = None,
) -> SignalChart:
    """The chart of a metric up to a day, by default the newest; one question for its whole history.

    Periods that are not complete, too small or unknown are holes. Holidays, by default the company's, are not
    judged. An unknown metric or dimension is a UserError.
    """
    metric = metric_named(metric_name)
    rows = ask(Question((metric.name,), (), grain, None, end, where, is_raw=True, fiscal=fiscal)).rows
    usable = _usable(ask, metric, rows)
    shown = [rows[place] for place in usable]
    method = method_of(metric, shown, grain)
    rebases = _rebases(ask, metric.name)
    closed = ask.holidays(only(where, Dimension.REGION)) if holidays is None else holidays
    left_out = np.array([grain is Grain.DAY and row.start in closed for row in shown], np.bool_)
    judged = judge(method.course, RHYTHMS[grain], _restarts(rebases, shown), left_out)
    points = _points(rows, usable, judged, _limits(method.course, judged))
    target = ask.target(metric.name, only(where, Dimension.TOUCHPOINT))
    return _chart(metric, grain, method.name, points, judged, shown, rebases, target)


def _usable(ask: Ask, metric: Metric, rows: Sequence[Row]) -> list[int]:
    """The rows that are whole complete periods with a value on enough; counts from the first that is not nothing."""
    least = ask.minimum_n(metric.name)
    places: list[int] = []
    for place, row in enumerate(rows):
        if row.value is None or not row.complete or row.n < least or (not row.n and not isinstance(metric, Count)):
            continue
        is_inner = 0 < place < len(rows) - 1
        if (is_inner or _is_whole(ask, row)) and (places or row.value or not isinstance(metric, Count)):
            places.append(place)
    return places


def _is_whole(ask: Ask, row: Row) -> bool:
    """Whether a first or last period is not cut by the days asked for."""
    period = ask.calendar.parse(row.period)
    return (period.start, period.end) == (row.start, row.end)


def _rebases(ask: Ask, metric: str) -> tuple[Rebase, ...]:
    for rebase in ask.rebases:
        if rebase.metric not in METRICS:
            raise unknown("metric", rebase.metric, METRICS, rebase.origin)
    return tuple(rebase for rebase in ask.rebases if rebase.metric == metric)


def _restarts(rebases: Sequence[Rebase], shown: Sequence[Row]) -> list[int]:
    """The first period that begins on or after the day of each rebase."""
    begins = [[place for place, row in enumerate(shown) if row.start >= rebase.day] for rebase in rebases]
    return [places[0] for places in begins if places]


def _limits(course: Course, judged: Judged) -> list[Limits | None]:
    """Of each period judged, turned from the scale into the metric's unit."""
    centre, reach = (
        np.array([np.nan if each.expected is None else getattr(each.expected, name) for each in judged.periods])
        for name in ("centre", "reach")
    )
    levels = [course.restore(level).tolist() for level in (centre, centre - reach, centre + reach)]
    return [
        None if judgement.expected is None else Limits(*level)
        for judgement, *level in zip(judged.periods, *levels, strict=True)
    ]


def _points(
    rows: Sequence[Row], usable: Sequence[int], judged: Judged, limits: Sequence[Limits | None]
) -> tuple[SignalPoint, ...]:
    found: dict[int, tuple[Judgement, Limits | None]] = dict(
        zip(usable, zip(judged.periods, limits, strict=True), strict=True)
    )
    return tuple(
        SignalPoint(row, is_judged=False) if place not in found else _point(row, *found[place])
        for place, row in enumerate(rows)
    )


def _point(row: Row, judgement: Judgement, limits: Limits | None) -> SignalPoint:
    marks = tuple(rule for rule in Rule if rule in judgement.marks)
    return SignalPoint(row, limits is not None, limits, judgement.flags, marks, judgement.alarm, judgement.is_frozen)


def _chart(
    metric: Metric, grain: Grain, method: str, points: tuple[SignalPoint, ...], judged: Judged,
    shown: Sequence[Row], rebases: Sequence[Rebase], target: float | None,
) -> SignalChart:  # fmt: skip
    limits = next((point.limits for point in reversed(points) if point.limits), None)
    if limits is None:
        reason = _why_not(len(shown), grain)
        return SignalChart(metric, grain, method, points, None, None, None, target, None, reason=reason)
    bout = judged.bout
    first, last = shown[judged.basis[0]], shown[judged.basis[-1]]
    in_force = [rebase for rebase in rebases if rebase.day <= first.start]
    return SignalChart(
        metric=metric, grain=grain, method=method, points=points, limits=limits,
        variation=variation(bout.direction if bout else 0, metric.goodness),
        assurance=assurance(limits.lower, limits.upper, target, metric.goodness), target=target,
        baseline=Baseline(first, last, len(judged.basis), bout is not None, in_force[-1] if in_force else None),
        since=shown[bout.first] if bout else None, direction=bout.direction if bout else 0,
        quiet=bout.quiet if bout else 0,
    )  # fmt: skip


def _why_not(found: int, grain: Grain) -> str:
    """Why no period could be judged."""
    least = DAYS * WEEKDAY_VALUES if grain is Grain.DAY else FEWEST
    if found > least:
        return "its values do not vary, so nothing says what is usual"
    return f"too few ({found} complete {grain.value}s; more than {least} are needed)"
