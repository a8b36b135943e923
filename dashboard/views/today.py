"""Today: what moved in the last complete period, whether it is real, where, and how far the data reach."""

from collections.abc import Sequence

from dashboard import format, strings
from dashboard.blocks import Block, Cards, Control, Kpi, Note, Page, Selection, Side
from dashboard.findings.alerts import on_today
from dashboard.findings.context import Moment, context_line, moment
from dashboard.findings.course import course
from dashboard.findings.freshness import freshness_table
from dashboard.findings.headline import headline
from dashboard.findings.kpis import unfed
from dashboard.findings.movers import Move, believable, moves_table, segment_bars
from dashboard.findings.overview import KPIS, overview
from dashboard.findings.readings import is_drawn, lacking
from dashboard.findings.remarks import remark_line
from dashboard.strings import sentences
from etl.analysis.alerts.evaluate import alert_board
from etl.metrics.answer import Ask
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS

NAME = "today"
TITLE = "Today"
ORDER = 10
ICON = "today"
CONTROLS: tuple[Control, ...] = ("grain", "period", "versus", "where")
FEWEST_BESIDE = 4
FEWEST_CARDS = 3


def build(ask: Ask, selection: Selection) -> Page:
    """The page for the chosen period, else the last complete one, else the one that has just begun."""
    at = moment(ask, selection)
    if at is None:
        return _page(selection, strings.NO_DATA_HEADLINE, "", (Note(strings.NO_DATA), *_freshness(ask)))
    seen = overview(ask, selection, at)
    shown, moves, lead, furthest = seen.shown, seen.moves, seen.lead, seen.furthest
    sentence = headline(shown, at.words, at.versus.words, furthest, believable(moves))
    blocks: list[Block] = [*_alerts(ask, selection), *([Cards(shown)] if shown else [])]
    blocks += _courses(shown, at)
    if remarks := remark_line(shown, ask.sources):
        blocks.append(Note(remarks))
    blocks += _what_changed(moves, furthest, at, selection) if shown else []
    if missing := (*unfed(seen.kpis), *_not_filtered(selection)):
        blocks.append(Note(sentences.not_fed(missing)))
    contacts = seen.found.get(("contacts", at.period.key))
    owner = _owner(lead or next((move.metric for move in believable(moves)), None))
    context = context_line(ask, selection, at, contacts, owner)
    return _page(selection, sentence, context, (*blocks, *_freshness(ask)))


def _page(selection: Selection, sentence: str, context: str, blocks: tuple[Block, ...]) -> Page:
    return Page(NAME, TITLE, sentence, context, CONTROLS, selection, blocks)


def _alerts(ask: Ask, selection: Selection) -> list[Block]:
    """What needs somebody now; not on a page of an earlier period or of a part of the company."""
    if selection.period or selection.where or not ask.alerting.rules:
        return []
    note = on_today(ask, alert_board(ask))
    return [note] if note else []


def _courses(shown: Sequence[Kpi], at: Moment) -> list[Block]:
    """Where a company has few numbers, the course of each, with its scale and its interval."""
    drawn = [kpi for kpi in shown if sum(is_drawn(point) for point in kpi.spark) > 1]
    if len(shown) >= FEWEST_CARDS or not drawn:
        return []
    charts = tuple(course(METRICS[kpi.metric], at.period.grain, kpi.spark, None, kpi) for kpi in drawn)
    return [Side(charts)] if len(charts) > 1 else list(charts)


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
