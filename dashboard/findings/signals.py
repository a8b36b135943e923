"""What a metric's own past makes one expect, on its points and in a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import format, strings
from dashboard.blocks import Limits, Point
from dashboard.strings import signals as words
from etl.analysis.signals.chart import SignalChart, SignalPoint, signal_chart
from etl.analysis.signals.rules import Rule
from etl.calendar import Period
from etl.metrics.answer import Ask, Where
from etl.metrics.base import Metric
from etl.vocabulary import Grain, Variation


def expected(ask: Ask, metric: Metric, last: Period, where: Where) -> SignalChart:
    """The signal chart of a metric up to a period."""
    return signal_chart(ask, metric.name, last.grain, where, last.end, fiscal=last.is_fiscal)


def with_signals(drawn: Sequence[Point], chart: SignalChart) -> tuple[Point, ...]:
    """The points with what was expected of each, and the signals among them."""
    found = {point.row.period: point for point in chart.points}
    return tuple(_with(point, found.get(point.period)) for point in drawn)


def _with(point: Point, found: SignalPoint | None) -> Point:
    if found is None or found.limits is None or point.value is None:
        return point
    limits = Limits(found.limits.mean, found.limits.lower, found.limits.upper)
    flags = tuple(rule.value for rule, _ in found.flags)
    return replace(point, limits=limits, flags=flags, marks=tuple(rule.value for rule in found.marks))


def verdict(chart: SignalChart) -> str:
    """What the newest signals say, in sentences."""
    if chart.variation is None:
        return words.not_judged(chart.reason or "")
    sentences = [words.verdict(chart.variation, _finding(chart)), *_alarm(chart), *_promise(chart)]
    if chart.since:
        sentences.append(words.FROZEN)
    return " ".join((*sentences, *_basis(chart)))


def standing(chart: SignalChart) -> str:
    """Where it has been since when, while a signal goes on; else nothing."""
    return _finding(chart) if chart.since else ""


def is_good(chart: SignalChart) -> bool | None:
    """Whether an open signal is for the better; None where there is none, or no way is better."""
    return {Variation.IMPROVEMENT: True, Variation.CONCERN: False}.get(chart.variation or Variation.COMMON_CAUSE)


def _finding(chart: SignalChart) -> str:
    if chart.since is None:
        return words.no_signal(_counted(chart, _quiet(chart)))
    flagged = [point for point in chart.points if point.row.start >= chart.since.start and point.flags]
    raised = {flag for point in flagged for flag in point.flags if flag[1] == chart.direction}
    rule = next(rule for rule in Rule if (rule, chart.direction) in raised)
    quiet = _counted(chart, chart.quiet) if chart.quiet else ""
    return words.since(words.PLACES[rule, chart.direction > 0], _day(chart.since.start, chart), quiet)


def _quiet(chart: SignalChart) -> int:
    """How many periods have been judged since the last one with a flag."""
    judged = [point for point in chart.points if point.is_judged]
    last = max((place for place, point in enumerate(judged) if point.flags), default=-1)
    return len(judged) - 1 - last


def _alarm(chart: SignalChart) -> list[str]:
    """An alarm among the last seven periods, after the last in which a rule has raised anything."""
    found = chart.alarm
    judged = [point for point in chart.points if point.is_judged]
    if chart.since or found is None or found not in judged[len(judged) - _quiet(chart) :]:
        return []
    row = found.row
    return [words.alarm(format.period(chart.grain, row.period, row.start), is_up=found.alarm > 0)]


def _promise(chart: SignalChart) -> list[str]:
    if chart.assurance is None:
        return []
    return [words.promise(chart.assurance, format.value(chart.target, chart.metric.unit))]


def _basis(chart: SignalChart) -> list[str]:
    """What is to be known about the baseline: that it is thin, or new and why."""
    baseline = chart.baseline
    if baseline is None:
        return []
    told = [] if baseline.is_firm else [words.provisional(_counted(chart, baseline.points))]
    if rebase := baseline.rebase:
        told.append(words.rebased(format.day(rebase.day, has_weekday=False), rebase.reason, rebase.who))
    return told


def _counted(chart: SignalChart, count: int) -> str:
    is_fiscal = chart.points[-1].row.period.startswith(format.FISCAL)
    return words.counted(format.count(count), strings.length(chart.grain, is_fiscal=is_fiscal), is_one=count == 1)


def _day(day: date, chart: SignalChart) -> str:
    return format.day(day, has_weekday=chart.grain is Grain.DAY)
