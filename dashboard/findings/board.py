"""The leaderboard of breakdowns as tables: what broke, for how many, since when, and how it stands."""

from collections.abc import Mapping, Sequence

from dashboard import format, strings
from dashboard.findings.costs import day, harm_words, name_of, silent_words
from dashboard.findings.readings import length
from dashboard.strings import causes, costs
from dashboard.tables import Cell as Shown
from dashboard.tables import Column, Course, Drill, Table
from etl.analysis.breakdowns import Breakdown, Leaderboard
from etl.metrics.answer import Cell, Where
from etl.vocabulary import Dimension, State, Symbol, Unit

FAILED = "failed_contacts"
QUIET = (State.RESOLVED, State.UNKNOWN)


def ranked_table(board: Leaderboard, where: Where, owners: Mapping[Cell, str], *, is_unfinished: bool = False) -> Table:
    """The open breakdowns in the order of their severity, with who takes care of each."""
    rows = [row for row in board.rows if row.rank is not None]
    titles = causes.board_columns(length(board.period), is_unfinished=is_unfinished)
    units = {2: Unit.COUNT, 3: Unit.COUNT}
    has_silent = any(row.cost.affected for row in rows)
    shown = [place for place in range(len(titles)) if has_silent or place != causes.SILENT_COLUMN]
    named = [name_of(row) for row in rows if row.is_named]
    return Table(
        title=causes.board_title(named if len(rows) > 1 else [], format.count(len(rows)), is_one=len(rows) == 1),
        columns=tuple(Column(titles[place], units.get(place)) for place in shown),
        rows=tuple(tuple(_cells(row, rows, owners)[place] for place in shown) for row in rows),
        note=causes.board_note(has_harm=any(row.cost.harm for row in rows)),
        drills=drills(rows, board, where),
    )


def _cells(row: Breakdown, rows: Sequence[Breakdown], owners: Mapping[Cell, str]) -> tuple[Shown, ...]:
    return (
        name_of(row), _rank(row, rows), row.affected, row.cost.before, silent_words(row), harm_words(row.cost.harm),
        _course(row), state_words(row), _open_since(row), owners.get(row.cell) or strings.NO_OWNER,
    )  # fmt: skip


def quiet_table(board: Leaderboard, where: Where) -> Table | None:
    """What is resolved or unknown; None when nothing is."""
    rows = [row for row in board.rows if row.standing.state in QUIET]
    if not rows:
        return None
    is_more = any(row.rank is not None for row in board.rows)
    units = {1: Unit.COUNT, 2: Unit.SHARE}
    return Table(
        title=causes.quiet_title(format.count(len(rows)), is_one=len(rows) == 1, is_more=is_more),
        columns=tuple(Column(title, units.get(place)) for place, title in enumerate(causes.QUIET_COLUMNS)),
        rows=tuple(
            (name_of(row), row.affected, row.share, _course(row), state_words(row), day(row.first_seen)) for row in rows
        ),
        drills=drills(rows, board, where),
    )


def drills(rows: Sequence[Breakdown], board: Leaderboard, where: Where) -> tuple[tuple[str, Drill], ...]:
    """For each breakdown the way to the contacts that failed its customers in the period."""
    own = tuple((each, values) for each, values in where if each not in (Dimension.CAUSE, Dimension.TOUCHPOINT))
    return tuple(
        (
            name_of(row),
            Drill(
                FAILED, board.period,
                (*own, (Dimension.CAUSE, (row.cell.cause,)), (Dimension.TOUCHPOINT, (row.cell.touchpoint,))),
                row.contacts,
            ),
        )
        for row in rows
        if row.contacts
    )  # fmt: skip


def told_by_words(told: int, contacts: int) -> str:
    """How many of the failed contacts have a cause that only their words tell; empty where none has."""
    return causes.told_by_words(format.count(told), format.value(told / contacts, Unit.SHARE)) if told else ""


def state_words(row: Breakdown) -> str:
    """The state with its history: `relapsed once`, `quiet 2 weeks`, `high from the start`, the last week known."""
    standing = row.standing
    words = [causes.STATES[standing.state]]
    if standing.state is State.UNKNOWN:
        words.append(causes.last_known(causes.STATES[standing.last_known]))
    if standing.relapses and standing.state is not State.RELAPSED:
        words.append(causes.relapsed(format.count(standing.relapses)))
    elif standing.relapses:
        words = [causes.relapsed(format.count(standing.relapses))]
    if standing.quiet_weeks:
        words.append(causes.quiet(format.count(standing.quiet_weeks), is_one=standing.quiet_weeks == 1))
    if row.is_high_from_start:
        words.append(causes.HIGH_FROM_START)
    if row.observed and row.trend and row.observed != row.trend[-1].start:
        words.append(causes.as_of(day(row.observed)))
    return ", ".join(words)


def _rank(row: Breakdown, rows: Sequence[Breakdown]) -> str:
    """The rank where it is sure, else the ranks that the row may have, tied with others of its group."""
    told = costs.ranks(format.count(row.rank_low), format.count(row.rank_high))
    return costs.tied(told) if sum(other.group == row.group for other in rows) > 1 else told


def _open_since(row: Breakdown) -> str:
    weeks = row.standing.age_weeks
    return costs.open_since(day(row.opened), format.count(weeks), is_one=weeks == 1)


def _course(row: Breakdown) -> Course:
    signals = sum(week.symbol is Symbol.SIGNAL for week in row.trend)
    last = next((week.share for week in reversed(row.trend) if week.share is not None), None)
    return Course(
        tuple(week.share for week in row.trend),
        tuple(week.symbol is Symbol.SIGNAL for week in row.trend),
        causes.course(format.count(len(row.trend)), format.count(signals), format.value(last, Unit.SHARE)),
    )
