"""Breakdowns: the leaderboard of causes that failed customers at a touchpoint, with how persistent each is."""

from datetime import date, timedelta

from dashboard import format, strings
from dashboard.blocks import Block, Control, Note, Page, Selection
from dashboard.findings.board import QUIET, quiet_table, ranked_table, state_words, told_by_words
from dashboard.findings.context import Moment, context_line, moment
from dashboard.findings.costs import behind_table, customers, in_all, name_of, silent_table, value_table
from dashboard.findings.overview import is_told
from dashboard.findings.plans import plan_blocks
from dashboard.findings.readings import length
from dashboard.findings.voices import typical_table
from dashboard.strings import causes, costs
from etl.analysis.breakdowns import Breakdown, Leaderboard, leaderboard
from etl.analysis.plans import care_for, follow
from etl.metrics.answer import Ask, Cell
from etl.metrics.tolls.values import TollAsk
from etl.vocabulary import Unit

NAME = "breakdowns"
TITLE = "Breakdowns"
ORDER = 40
ICON = "format_list_numbered"
CONTROLS: tuple[Control, ...] = ("grain", "period", "where", "plan")
MOST_NAMED = 3
RATE = "failure_rate"


def build(ask: Ask, selection: Selection) -> Page:
    """The page for the chosen period, else the last complete one; states are of its last complete week."""
    at = moment(ask, selection)
    if at is None:
        return _page(selection, strings.NO_DATA_HEADLINE, "", (Note(strings.NO_DATA),))
    board = leaderboard(ask, at.period, selection.where)
    context = context_line(ask, selection, at, None, is_compared=False)
    blocks: list[Block] = []
    if not board.weeks:
        blocks.append(Note(causes.NO_WEEK))
    elif not board.rows:
        blocks.append(Note(causes.NO_CELLS if board.total.contacts else causes.NO_FAILURES))
    ranked = [row for row in board.rows if row.rank is not None]
    day = at.days[1] if selection.period else ask.as_of or at.period.end
    if at.is_unfinished and board.weeks:
        blocks.append(Note(_so_far(board, at)))
    if ranked:
        table = ranked_table(board, selection.where, _owners(ask, ranked, day), is_unfinished=at.is_unfinished)
        blocks.append(table)
    blocks.extend(plan_blocks(ask, board, day))
    if ranked:
        blocks.extend(_costs(board, ranked, ask.toll))
        if quotes := typical_table(ask, at.period, selection.where, [row.cell.cause for row in ranked]):
            blocks.append(quotes)
    if quiet := quiet_table(board, selection.where):
        blocks.append(quiet)
    blocks.extend(
        Note(said) for said in (told_by_words(board.total.told, board.total.contacts), _unassigned(board)) if said
    )
    headline = _headline(board) if board.total.contacts or is_told(ask, RATE) else causes.UNTOLD
    return _page(selection, headline, context, tuple(blocks))


def _so_far(board: Leaderboard, at: Moment) -> str:
    """Up to which day an unfinished period is ranked, beside what, and of which week the states are."""
    days = board.period.days
    last = format.days(board.weeks[-1], board.weeks[-1] + timedelta(days=6))
    return causes.so_far(format.count(days), length(board.period), format.day(at.days[1]), last, is_one=days == 1)


def _owners(ask: Ask, ranked: list[Breakdown], through: date) -> dict[Cell, str]:
    """Who takes care of each open breakdown."""
    followed = follow(ask, through)
    return {row.cell: care_for(ask, row.cell, followed).owner for row in ranked}


def _costs(board: Leaderboard, ranked: list[Breakdown], toll: TollAsk) -> list[Block]:
    """How many kept silent, what the ranking rests on, and the ranking by value where one is given."""
    silent = silent_table(ranked)
    tables = (value_table(board, toll), behind_table(ranked))
    return [silent or Note(costs.NO_SILENT), *(table for table in tables if table)]


def _page(selection: Selection, headline: str, context: str, blocks: tuple[Block, ...]) -> Page:
    return Page(NAME, TITLE, headline, context, CONTROLS, selection, blocks)


def _headline(board: Leaderboard) -> str:
    """The worst breakdown and how many more there are, or that there is none."""
    ranked = [row for row in board.rows if row.rank is not None]
    grain = length(board.period)
    if not board.weeks:
        return causes.NO_WEEK_HEADLINE
    quiet = sum(row.standing.state in QUIET for row in board.rows)
    if not ranked and quiet:
        return causes.none_open(grain, customers(board.total.customers), format.count(quiet), is_one=quiet == 1)
    if not ranked:
        return causes.no_breakdown(customers(board.total.customers), grain, is_any=board.total.customers > 0)
    worst = ranked[0]
    if len(ranked) > 1 and not worst.is_named:
        first = [row for row in ranked if row.group == worst.group][:MOST_NAMED]
        counts = [customers(first[0].affected), *(format.count(row.affected) for row in first[1:])]
        entries = [causes.entry(name_of(row), n, state_words(row)) for row, n in zip(first, counts, strict=True)]
        more = len(ranked) - len(first)
        return causes.tied_headline(format.count(len(ranked)), entries, format.count(more) if more else "", grain)
    since = format.day(worst.opened, has_weekday=False) if worst.opened else strings.MISSING
    total = in_all(worst)
    silent = costs.with_silent(total) if total else ""
    clauses = [
        causes.board_headline(name_of(worst), customers(worst.affected), grain, silent, state_words(worst), since)
    ]
    more = len(ranked) - 1
    if more:
        clauses.append(causes.further(format.count(more), is_one=more == 1))
    return f"{'; '.join(clauses)}."


def _unassigned(board: Leaderboard) -> str:
    """What no code assigns, with its share."""
    loose, total = board.unassigned.contacts, board.total.contacts
    if not loose:
        return ""
    return causes.unassigned_customers(format.count(loose), format.value(loose / total, Unit.SHARE))
