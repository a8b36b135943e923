"""The brief of a period: a headline and its sections, or five lines when nothing happened."""

from dataclasses import dataclass

from dashboard import format, strings
from dashboard.blocks import Section, Selection
from dashboard.findings.alerts import for_brief
from dashboard.findings.briefing import earlier, health, hit, moved, moves, promises
from dashboard.findings.briefing.moves import Event, grave
from dashboard.findings.briefing.quoted import quoted
from dashboard.findings.briefing.why import why
from dashboard.findings.context import Moment, moment
from dashboard.findings.costs import name_of
from dashboard.findings.headline import is_tested
from dashboard.findings.overview import Overview, overview, whole
from dashboard.findings.readings import length
from dashboard.strings import brief as words
from dashboard.strings import brief_outcomes as outcomes
from etl.analysis.alerts.evaluate import AlertBoard, alert_board
from etl.analysis.breakdowns import Leaderboard, leaderboard
from etl.calendar import Span
from etl.metrics.answer import Ask

MOST_NAMED = 2


@dataclass(frozen=True)
class Brief:
    """What the brief says, and the numbers that it was written from."""

    headline: str
    sections: tuple[Section, ...]
    seen: Overview


def brief(ask: Ask, selection: Selection, at: Moment) -> Brief:
    """Write it; the same data and period give the same words."""
    seen = overview(ask, selection, at)
    if (reach := _reach(ask)) is None or at.period.start > reach[1] or at.period.end < reach[0]:
        told = outcomes.outside(at.words, *(format.day(day) for day in reach or at.days))
        return Brief(told, (Section(words.DATA, health.health(ask, selection, at).sentences[:1]),), seen)
    board = leaderboard(ask, at.period, selection.where)
    before = leaderboard(ask, at.versus.period, selection.where)
    found = moves.events(board, before)
    previous = _previous(ask, selection, at)
    said = earlier.earlier(ask, seen, previous, board, before, selection.where) if previous else None
    watched = alert_board(ask, at.days[1]) if not selection.where else AlertBoard(None, ())
    raised = any(alert.opened and alert.opened.end >= at.period.start for alert in watched.firing)
    if _is_quiet(seen, found) and not raised:
        sentences = _five_lines(ask, selection, seen, board, said)
        is_told = any(is_tested(kpi) for kpi in seen.shown)
        has_failures = hit.are_failures_told(ask)
        quiet = words.quiet_headline(length(at.period), at.words, has_failures=has_failures)
        headline = quiet if is_told else words.thin_headline(at.words)
        return Brief(headline, (Section(words.MOVED, sentences),), seen)
    things = moved.moved(seen, grave(found), selection.where)
    sections = (
        things.section,
        why(ask, selection, seen),
        hit.hit(ask, selection, at, board),
        quoted(ask, at.period, selection.where),
        moves.broke(board, found, things.told, selection.where) if hit.are_failures_told(ask) else None,
        for_brief(ask, watched),
        promises.promises(ask, at),
        said,
        health.health(ask, selection, at),
    )
    return Brief(_headline(seen, board, found), tuple(section for section in sections if section), seen)


def _reach(ask: Ask) -> Span | None:
    """The first and the last day that has data."""
    first = min((source.first_day for source in ask.sources if source.first_day), default=None)
    return (first, ask.as_of) if first and ask.as_of else None


def _previous(ask: Ask, selection: Selection, at: Moment) -> Overview | None:
    """The numbers of the brief before; None where the data do not reach back to it."""
    earlier_period = ask.calendar.shift(at.period, -1)
    reach = _reach(ask)
    if reach is None or earlier_period.end < reach[0]:
        return None
    chosen = Selection(selection.grain, earlier_period.key, where=selection.where, fiscal=selection.fiscal)
    then = moment(ask, chosen)
    return whole(ask, chosen, then) if then else None


def _is_quiet(seen: Overview, found: list[Event]) -> bool:
    """Whether nothing moved beyond chance, nowhere, and no breakdown changed."""
    return not (any(kpi.is_believable for kpi in seen.shown) or moved.places(seen) or found)


def _five_lines(
    ask: Ask, selection: Selection, seen: Overview, board: Leaderboard, said: Section | None
) -> tuple[str, ...]:
    """The numbers, the customers, the breakdowns if any can be told, the brief before, the data: a sentence each."""
    rest = moved.standing_still(seen)
    return (
        words.all_held(seen.at.versus.words, rest) if rest else words.no_comparison(seen.at.versus.words),
        hit.line(ask, selection, seen.at),
        *((moves.line(board),) if hit.are_failures_told(ask) else ()),
        said.sentences[0] if said else outcomes.NO_BRIEF_BEFORE,
        health.health(ask, selection, seen.at).sentences[0],
    )


def _headline(seen: Overview, board: Leaderboard, found: list[Event]) -> str:
    """The change that matters most, and what broke or is open."""
    clauses = [_first(seen)]
    began = [name_of(event.row) for event in grave(found) if event.kind != "worse"]
    ranked = [row for row in board.rows if row.standing.state in moves.OPEN]
    ended = [name_of(event.row) for event in found if event.kind == "resolved"]
    if began:
        rest = format.count(len(began) - MOST_NAMED) if len(began) > MOST_NAMED else ""
        clauses.append(words.began(began[:MOST_NAMED], format.count(len(began)), rest, is_one=len(began) == 1))
    elif ranked:
        more = len(ranked) - 1
        clauses.append(words.worst_open(name_of(ranked[0]), format.count(more) if more else "", is_one=more == 1))
    elif ended:
        clauses.append(words.ended(ended[:MOST_NAMED]))
    return words.headline(clauses)


def _first(seen: Overview) -> str:
    lead, furthest = seen.lead, seen.furthest
    if lead:
        label, value = moved.label_of(lead), moved.now_of(lead)
        verb = words.verb(is_up=(lead.change or 0) > 0)
        return words.lead(label, verb, value, moved.before_of(lead), furthest.place if furthest else "")
    if found := moved.places(seen):
        move = found[0]
        value = format.value(move.after.value, move.metric.unit)
        label = strings.inside(move.label)
        return words.only_place(move.place, label, words.verb(is_up=move.size > 0), value)
    if seen.shown and not any(is_tested(kpi) for kpi in seen.shown):
        return words.no_comparison(seen.at.versus.words).removesuffix(".")
    return words.steady(moved.standing_still(seen))
