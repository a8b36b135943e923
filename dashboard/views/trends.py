"""Trends: one metric over time, against its target and another span, and by one dimension."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dashboard import format, strings
from dashboard.blocks import Block, Control, Note, Page, Selection, Series
from dashboard.findings.context import Moment, context_line, moment
from dashboard.findings.course import course, split_course
from dashboard.findings.happened import marks, redefinitions, told_marks
from dashboard.findings.headline import single
from dashboard.findings.history import foretold, marked, restated_table, restatements
from dashboard.findings.kpis import build_kpis
from dashboard.findings.overview import first_told
from dashboard.findings.readings import (
    by_period,
    drill,
    is_drawn,
    lacking,
    length,
    period_words,
    points,
)
from dashboard.findings.remarks import answered, remark_line
from dashboard.findings.signals import expected, is_good, standing, verdict, with_signals
from dashboard.findings.standouts import stand_outs
from dashboard.findings.variants import under_each
from dashboard.findings.voices import campaigns_behind
from dashboard.strings import sentences
from etl.calendar import Period
from etl.errors import unknown
from etl.metrics.answer import Ask, Question, Row
from etl.metrics.base import Metric
from etl.metrics.catalogue import metric_named
from etl.metrics.filters import only
from etl.vocabulary import Dimension, Goodness, Grain, Unit

NAME = "trends"
TITLE = "Trends"
ORDER = 20
ICON = "trending_up"
CONTROLS: tuple[Control, ...] = ("metric", "variant", "grain", "period", "span", "versus", "split", "where", "annotate")
SPANS: Mapping[Grain, int] = MappingProxyType(
    {Grain.DAY: 42, Grain.WEEK: 26, Grain.MONTH: 24, Grain.QUARTER: 12, Grain.YEAR: 6}
)
MOST_PERIODS = 400


def build(ask: Ask, selection: Selection) -> Page:
    """The page for one metric; an unknown metric, dimension or period is a UserError.

    Without a choice it is contacts or, where no source brings those, the first number that any does.
    """
    at = moment(ask, selection)
    if at is not None and selection.metric == Selection.metric and not selection.where:
        selection = replace(selection, metric=first_told(ask, selection.metric))
    metric = metric_named(selection.metric)
    if at is None:
        return Page(NAME, TITLE, strings.NO_DATA_HEADLINE, "", CONTROLS, selection, (Note(strings.NO_DATA),))
    if unknown_by := lacking(metric, selection.where):
        words = sentences.needs_dimension(metric.label, strings.joined(unknown_by), _names(metric))
        return Page(NAME, TITLE, words, context_line(ask, selection, at, None), CONTROLS, selection, ())
    periods = _periods(ask, selection, at)
    others = _others(ask, selection, at, periods)
    rows = _rows(ask, selection, metric, (*others, *periods))
    blocks, sentence = _course(ask, selection, at, metric, periods, others, rows)
    each = under_each(ask, metric, at.period, at.words, selection.where)
    blocks += [each] if each else []
    blocks += campaigns_behind(ask, metric, at.period, selection.where)
    blocks += _split(ask, selection, metric, periods) if selection.split else []
    context = context_line(ask, selection, at, None, is_counted=metric.unit is Unit.COUNT)
    return Page(NAME, TITLE, sentence, context, CONTROLS, selection, tuple(blocks))


def _periods(ask: Ask, selection: Selection, at: Moment) -> tuple[Period, ...]:
    """The periods drawn: up to the page's own, or the one that has begun right after it; none before any record."""
    calendar = ask.calendar
    begun = calendar.shift(at.period, 1)
    is_next = not selection.period and begun.start <= at.as_of <= begun.end
    last = begun if is_next else at.period
    wanted = min(selection.span or SPANS[at.period.grain], MOST_PERIODS)
    periods = calendar.between(calendar.shift(last, 1 - wanted).start, last.end, last.grain, fiscal=last.is_fiscal)
    first = min((source.first_day for source in ask.sources if source.first_day), default=periods[0].start)
    return tuple(period for period in periods if period.end >= first) or (last,)


def _others(ask: Ask, selection: Selection, at: Moment, periods: Sequence[Period]) -> tuple[Period, ...]:
    """For each period drawn the one it is compared with: of last year, of the span just before, or of a chosen one."""
    if selection.versus == "last_year":
        return tuple(ask.calendar.last_year(period) for period in periods)
    steps = len(periods)
    if selection.versus != "previous":
        other, grain = at.versus.period, at.period.grain
        steps = len(ask.calendar.between(other.start, at.period.start, grain, fiscal=other.is_fiscal)) - 1
    return tuple(ask.calendar.shift(period, -steps) for period in periods)


def _rows(ask: Ask, selection: Selection, metric: Metric, periods: Sequence[Period]) -> Mapping[str, Row]:
    start, end = min(period.start for period in periods), max(period.end for period in periods)
    grain, fiscal = periods[0].grain, periods[0].is_fiscal
    rows = answered(ask, Question((metric.name,), (), grain, start, end, selection.where, fiscal=fiscal, nowcast=True))
    return {row.period: row for row in rows if not row.group}


def _course(
    ask: Ask,
    selection: Selection,
    at: Moment,
    metric: Metric,
    periods: Sequence[Period],
    others: Sequence[Period],
    rows: Mapping[str, Row],
) -> tuple[list[Block], str]:
    """The chart of the metric alone, or the sentence that says why there is none; and the page's finding."""
    grain = periods[0].grain
    until = [period for period in periods if period.start <= at.period.start] or [at.period]
    before = {metric.name: rows[at.versus.period.key]} if at.versus.period.key in rows else {}
    if at.is_unfinished:
        question = Question((metric.name,), (), None, *at.before, selection.where)
        before = {row.metric: row for row in answered(ask, question)}
    (kpi,) = build_kpis(ask, [metric], until, by_period(rows.values()), before, at.versus, selection)
    restated = restatements(ask, metric, periods, selection.where)
    chart = expected(ask, metric, periods[-1], selection.where)
    drawn = with_signals(marked(points(periods, rows), restated, metric.unit), chart)
    if not any(is_drawn(point) for point in drawn):
        reason = next((point.reason for point in reversed(drawn) if point.reason), strings.NO_ROW)
        return [Note(sentences.no_metric_values(metric.label, reason))], single(kpi, at.words)
    behind = Series(_behind(selection, at), points(others, rows, drawn_at=periods), is_muted=True)
    touchpoint = only(selection.where, Dimension.TOUCHPOINT)
    is_judged = metric.goodness is not Goodness.NEUTRAL
    aims = tuple(ask.target(metric.name, touchpoint, period) for period in periods) if is_judged else ()
    has_behind = sum(is_drawn(point) for point in behind.points) > 1
    trend = course(metric, grain, drawn, behind if has_behind else None, kpi, aims)
    span = periods[0].start, periods[-1].end
    happened = (*marks(ask, selection.where, *span), *redefinitions(ask, metric, *span))
    ways = [(period_words(each), drill(rows.get(each.key), each, selection.where)) for each in reversed(periods)]
    drills = tuple((name, way) for name, way in ways if way)
    trend = replace(trend, marks=happened, verdict=verdict(chart), is_good=is_good(chart), drills=drills)
    blocks: list[Block] = [trend, *foretold(drawn, metric), *told_marks(happened)]
    blocks += restated_table(metric, periods, restated)
    if remarks := [line for line in (remark_line([kpi], ask.sources), *_far_apart(ask, periods, others)) if line]:
        blocks.append(Note(strings.SEPARATOR.join(strings.capitalised(remark) for remark in remarks)))
    return blocks, single(kpi, at.words, standing(chart))


def _behind(selection: Selection, at: Moment) -> str:
    """What the muted line is called."""
    return strings.SPAN_VERSUS.get(selection.versus) or strings.span_up_to(period_words(at.versus.period))


def _far_apart(ask: Ask, periods: Sequence[Period], others: Sequence[Period]) -> list[str]:
    """That some are drawn before last year's of another distance than whole weeks have."""
    distances = [ask.calendar.unusual_distance(*pair) for pair in zip(periods, others, strict=True)]
    far = [days for days in distances if days]
    if not far:
        return []
    counts = format.count(len(far)), format.count(len(periods))
    return [sentences.far_from_last_year(*counts, length(periods[0]), format.count(far[0]))]


def _split(ask: Ask, selection: Selection, metric: Metric, periods: Sequence[Period]) -> list[Block]:
    known = {dimension.value: dimension for dimension in Dimension}
    dimension = known.get(selection.split or "")
    if dimension is None:
        raise unknown("dimension", selection.split or "", known)
    if dimension not in metric.dimensions:
        return [Note(sentences.needs_dimension(metric.label, dimension.value, _names(metric)))]
    grain, where = periods[0].grain, selection.where
    question = Question((metric.name,), (dimension,), grain, periods[0].start, periods[-1].end, where)
    rows = answered(ask, replace(question, fiscal=periods[0].is_fiscal))
    block = split_course(metric, grain, dimension, periods, rows)
    if block is None:
        return [Note(sentences.no_split_values(metric.label, dimension.value))]
    return [block, *stand_outs(ask, metric, dimension, periods[-1], where)]


def _names(metric: Metric) -> list[str]:
    return [dimension.value for dimension in metric.dimensions]
