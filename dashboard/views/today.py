"""Today: what moved in the last complete period, whether it is real, where, and how far the data reach."""

from collections.abc import Sequence
from datetime import timedelta

from dashboard import format, strings
from dashboard.blocks import Block, Cards, Control, Kpi, Note, Page, Selection, Side
from dashboard.findings.context import Moment, context_line, moment
from dashboard.findings.freshness import freshness_table
from dashboard.findings.headline import headline, leading
from dashboard.findings.kpis import build_kpis, has_course, unfed
from dashboard.findings.movers import Move, believable, compare_segments, moves_table, segment_bars, strongest
from dashboard.findings.readings import Found, by_period, lacking
from dashboard.findings.remarks import answered, remark_line
from dashboard.strings import sentences
from etl.metrics.answer import Answer, Ask, Question
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension

NAME = "today"
TITLE = "Today"
ORDER = 10
ICON = "today"
CONTROLS: tuple[Control, ...] = ("grain", "period", "versus", "where")
KPIS = (
    "nps",
    "csat",
    "promise_kept",
    "failure_rate",
    "recovery_rate",
    "fcr7",
    "complaint_rate",
    "private_to_public",
    "service_level",
    "abandonment",
    "first_response_p50",
    "contacts",
)
SPLITS = (Dimension.TOUCHPOINT, Dimension.CHANNEL, Dimension.PRODUCT, Dimension.REGION)
SPARK_PERIODS = 13
LONGEST_LATE = timedelta(days=37)
"""So much earlier than the page's own period can that of a metric lie whose rows take days to mature."""
FEWEST_BESIDE = 4


def build(ask: Ask, selection: Selection) -> Page:
    """The page for the chosen period, else the last complete one, else the one that has just begun."""
    at = moment(ask, selection)
    if at is None:
        return _page(selection, strings.NO_DATA_HEADLINE, "", (Note(strings.NO_DATA), *_freshness(ask)))
    kpis, found = _kpis(ask, selection, at)
    shown = tuple(kpi for kpi in kpis if has_course(kpi))
    moves = _moves(ask, selection, at, tuple(kpi.metric for kpi in shown if kpi.value is not None and not kpi.period))
    lead = leading(shown)
    furthest = strongest(moves, lead.metric, is_up=(lead.change or 0) > 0) if lead else None
    sentence = headline(shown, at.words, at.versus.words, furthest, believable(moves))
    blocks: list[Block] = [Cards(shown)] if shown else []
    if remarks := remark_line(shown):
        blocks.append(Note(remarks))
    blocks += _what_changed(moves, furthest, at, selection) if shown else []
    if missing := (*unfed(kpis), *_not_filtered(selection)):
        blocks.append(Note(sentences.not_fed(missing)))
    contacts = found.get(("contacts", at.period.key))
    owner = _owner(lead or next((move.metric for move in believable(moves)), None))
    context = context_line(ask, selection, at, contacts, owner)
    return _page(selection, sentence, context, (*blocks, *_freshness(ask)))


def _page(selection: Selection, sentence: str, context: str, blocks: tuple[Block, ...]) -> Page:
    return Page(NAME, TITLE, sentence, context, CONTROLS, selection, blocks)


def _kpis(ask: Ask, selection: Selection, at: Moment) -> tuple[tuple[Kpi, ...], Found]:
    """All KPIs from one question over the periods drawn; a second one only where like must be cut to like."""
    period, other, fiscal = at.period, at.versus.period, at.period.is_fiscal
    earliest = ask.calendar.period_of(other.start - LONGEST_LATE, period.grain, fiscal=fiscal)
    first = min(ask.calendar.shift(period, 1 - SPARK_PERIODS), earliest, key=lambda each: each.start)
    periods = ask.calendar.between(first.start, period.end, period.grain, fiscal=fiscal)
    names = tuple(name for name in KPIS if not lacking(METRICS[name], selection.where))
    question = Question(names, (), period.grain, first.start, period.end, selection.where, fiscal=fiscal)
    found = by_period(answered(ask, question))
    before = {name: row for name in names if (row := found.get((name, other.key)))}
    if at.is_unfinished:
        before = {row.metric: row for row in answered(ask, Question(names, (), None, *at.before, selection.where))}
    return build_kpis(ask, [METRICS[name] for name in names], periods, found, before, at.versus, selection), found


def _moves(ask: Ask, selection: Selection, at: Moment, names: Sequence[str]) -> tuple[Move, ...]:
    """The changes of all segments: one question a dimension and period, for the metrics that know the dimension."""
    answers = []
    for dimension in SPLITS:
        metrics = tuple(name for name in names if dimension in METRICS[name].dimensions)
        if metrics and len(ask.dimension_values.get(dimension, ())) > 1:
            answers.append((dimension, *_split(ask, selection, at, metrics, dimension)))
    return compare_segments(answers, METRICS)


def _split(
    ask: Ask, selection: Selection, at: Moment, metrics: tuple[str, ...], dimension: Dimension
) -> tuple[Answer, Answer]:
    """The answers after and before; neighbouring whole periods come from one question."""
    by, where, period = (dimension,), selection.where, at.period
    if selection.versus == "previous" and not at.is_unfinished:
        both = ask(Question(metrics, by, period.grain, at.before[0], period.end, where, fiscal=period.is_fiscal))
        after, before = (
            Answer(both.generation, tuple(row for row in both.rows if row.period == key))
            for key in (period.key, at.versus.period.key)
        )
        return after, before
    after = ask(Question(metrics, by, None, period.start, period.end, where))
    return after, ask(Question(metrics, by, None, *at.before, where))


def _what_changed(moves: Sequence[Move], furthest: Move | None, at: Moment, selection: Selection) -> list[Block]:
    real = believable(moves)
    tested = sum(move.comparison.p is not None for move in moves)
    if not real:
        if not tested:
            return [Note(sentences.nothing_tested(at.versus.words))]
        dimensions = list(dict.fromkeys(move.dimension.value for move in moves))
        return [Note(sentences.no_moves(format.count(tested), dimensions, at.versus.words))]
    table = moves_table(real, tested)
    if not furthest:
        return [table]
    blocks = (segment_bars(moves, furthest, at.period, at.versus, selection.where), table)
    return [Side(blocks)] if len(real) >= FEWEST_BESIDE else list(blocks)


def _owner(finding: Kpi | Metric | None) -> str:
    """Who is on what the headline tells."""
    return strings.owner_of(finding.label, finding.owner or strings.NO_OWNER) if finding else ""


def _not_filtered(selection: Selection) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The metrics that cannot be filtered as chosen, with the reason."""
    lacks = {METRICS[name].label: lacking(METRICS[name], selection.where) for name in KPIS}
    labels = tuple(label for label, dimensions in lacks.items() if dimensions)
    dimensions = dict.fromkeys(dimension for found in lacks.values() for dimension in found)
    return ((labels, sentences.not_known_by(list(dimensions))),) if labels else ()


def _freshness(ask: Ask) -> tuple[Block, ...]:
    return (freshness_table(ask.sources),) if ask.sources else ()
