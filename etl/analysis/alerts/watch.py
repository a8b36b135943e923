"""What each rule watches, period by period: a signal, quiet, or not known, from the data up to a day and no later."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from etl.alerting import AlertRule
from etl.analysis.breakdowns import histories
from etl.analysis.compare import margins
from etl.analysis.persistence import GRADES, Machine
from etl.analysis.signals.chart import SignalPoint, signal_chart
from etl.analysis.signals.rules import Rule
from etl.analysis.signals.verdict import variation
from etl.analysis.symbols import History, Week
from etl.errors import unknown
from etl.metrics.answer import Ask, Cell, CellWeeks, Question, Row, SourceState, Where
from etl.metrics.catalogue import BREAKDOWN_RATE, METRICS
from etl.metrics.filters import only
from etl.vocabulary import UNASSIGNED, UNKNOWN, Condition, Dimension, State, Symbol, Variation

SERIOUS = (Variation.CONCERN, Variation.CHANGE)
TO_LAST_DAY = timedelta(days=6)
"""From the first day of a week to its last."""


@dataclass(frozen=True)
class Observation:
    """One period: its days, what it says, the value and its base, and the range or target that it is held to.

    Of a breakdown the value is the share of the customers there whom it failed. Days of a source have none.
    """

    start: date
    end: date
    symbol: Symbol
    value: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Watched:
    """One thing that a rule watches, the whole company where `where` is empty, with its periods, the oldest first."""

    rule: AlertRule
    where: Where
    observations: tuple[Observation, ...] = field(repr=False)

    @property
    def key(self) -> str:
        """What it is called when it is acknowledged: `abandonment`, `failure_rate/touchpoint=web chat`."""
        places = "; ".join(f"{dimension.value}={'|'.join(values)}" for dimension, values in self.where)
        return f"{self.rule.name}/{places}" if places else self.rule.name


def watch(ask: Ask, rule: AlertRule, through: date) -> Iterator[Watched]:
    """All that a rule watches, up to a day; an unknown metric or dimension is a UserError."""
    if rule.condition is Condition.SILENCE:
        yield from _sources(ask, rule, through)
    elif rule.condition is Condition.BREAKDOWN:
        yield from _cells(ask, rule, through)
    else:
        if rule.metric not in METRICS:
            raise unknown("metric", rule.metric, METRICS, rule.origin)
        for where in _segments(ask, rule):
            read = _against_target if rule.condition is Condition.TARGET else _against_range
            yield Watched(rule, where, tuple(read(ask, rule, where, through)))


def _segments(ask: Ask, rule: AlertRule) -> Iterator[Where]:
    """The filter of the rule, once for each value of the dimension that it watches by."""
    where = rule.where
    if rule.by is None:
        yield where
        return
    for value in ask.dimension_values.get(rule.by, ()):
        if value not in (UNKNOWN, UNASSIGNED):
            yield (*where, (rule.by, (value,)))


def _against_range(ask: Ask, rule: AlertRule, where: Where, through: date) -> Iterator[Observation]:
    """Each complete period against the range that its own past makes one expect."""
    chart = signal_chart(ask, rule.metric, rule.grain, where, through)
    for point in chart.points:
        if _is_over(ask, point.row):
            bounds = (point.limits.lower, point.limits.upper) if point.limits else (None, None)
            yield _seen(point.row, _symbol(point, rule), *bounds)


def _symbol(point: SignalPoint, rule: AlertRule) -> Symbol:
    """A signal is one for the worse, or any of a metric that has neither good nor bad."""
    if not point.is_judged:
        return Symbol.UNKNOWN
    flags = point.flags if rule.condition is Condition.PATTERN else _outside(point)
    goodness = METRICS[rule.metric].goodness
    serious = [direction for _, direction in flags if variation(direction, goodness) in SERIOUS]
    return Symbol.SIGNAL if serious else Symbol.QUIET


def _outside(point: SignalPoint) -> tuple[tuple[Rule, int], ...]:
    return tuple(flag for flag in point.flags if flag[0] is Rule.OUTSIDE)


def _against_target(ask: Ask, rule: AlertRule, where: Where, through: date) -> Iterator[Observation]:
    """Each complete period against its target: a signal where its whole interval misses it."""
    metric, touchpoint = METRICS[rule.metric], only(where, Dimension.TOUCHPOINT)
    for row in ask(Question((rule.metric,), (), rule.grain, None, through, where)).rows:
        if not _is_over(ask, row):
            continue
        target = ask.target(rule.metric, touchpoint, ask.calendar.parse(row.period))
        found = margins(row, target, metric.goodness)
        symbol = Symbol.UNKNOWN if found is None else Symbol.SIGNAL if max(found) < 0 else Symbol.QUIET
        yield _seen(row, symbol, target, target)


def _seen(row: Row, symbol: Symbol, low: float | None, high: float | None) -> Observation:
    return Observation(row.start, row.end, symbol, row.value, row.n, low, high)


def _is_over(ask: Ask, row: Row) -> bool:
    """Whether it is of a whole complete period, not of one that the day asked for cuts."""
    if not row.complete:
        return False
    period = ask.calendar.parse(row.period)
    return (period.start, period.end) == (row.start, row.end)


def _cells(ask: Ask, rule: AlertRule, through: date) -> Iterator[Watched]:
    """Each breakdown that ever signalled, week by week: a signal where it signals in the rule's state or a graver one.

    Four quiet weeks end such an alert as they end the breakdown.
    """
    weeks, judged = judged_cells(ask, through, rule.where)
    for cell, history in judged.items():
        if Symbol.SIGNAL in history.symbols:
            machine, observations = Machine(), []
            counted = zip(weeks.failed[cell], weeks.customers[cell.touchpoint], history.limits, strict=True)
            for start, symbol, (failed, there, upper) in zip(weeks.starts, history.symbols, counted, strict=True):
                machine.step(symbol)
                told = _reached(machine, rule.state) if symbol is Symbol.SIGNAL else symbol
                share = Week(there, failed, symbol is not Symbol.UNKNOWN).share
                observations.append(Observation(start, start + TO_LAST_DAY, told, share, there, None, upper))
            yield Watched(rule, of_cell(cell), tuple(observations))


def judged_cells(ask: Ask, through: date, where: Where = ()) -> tuple[CellWeeks, dict[Cell, History]]:
    """The complete weeks up to a day, and the history of each breakdown cell over them."""
    weeks = ask.weeks(through, where)
    least = ask.minimum_n(BREAKDOWN_RATE)
    return weeks, histories(weeks, least, lambda place: ask.target(BREAKDOWN_RATE, place))


def of_cell(cell: Cell) -> Where:
    """The filter that a cell is."""
    return (Dimension.CAUSE, (cell.cause,)), (Dimension.TOUCHPOINT, (cell.touchpoint,))


def _reached(machine: Machine, least: State) -> Symbol:
    """What a week with a signal says of the rule."""
    return Symbol.SIGNAL if GRADES.index(machine.standing().state) >= GRADES.index(least) else Symbol.QUIET


def _sources(ask: Ask, rule: AlertRule, through: date) -> Iterator[Watched]:
    """Each source day by day: a signal on days of a gap, and from when it trails the newest one by too much."""
    newest = min(through, ask.as_of or through)
    for source in ask.sources:
        if source.first_day is None or source.first_day > newest:
            continue
        days = [source.first_day + timedelta(days=number) for number in range((newest - source.first_day).days + 1)]
        observations = tuple(Observation(day, day, _delivered(source, day, rule.after_days)) for day in days)
        yield Watched(rule, ((Dimension.SOURCE, (source.source,)),), observations)


def _delivered(source: SourceState, day: date, patience: int) -> Symbol:
    if day in source.gap_days:
        return Symbol.SIGNAL
    if source.watermark is None or day > source.watermark:
        behind = (day - (source.watermark or day)).days
        return Symbol.SIGNAL if behind > patience else Symbol.UNKNOWN
    return Symbol.QUIET
