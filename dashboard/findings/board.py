"""The leaderboard of breakdowns as tables: what broke, for how many, since when, and how it stands."""

from collections.abc import Sequence
from datetime import date

from dashboard import format, strings
from dashboard.blocks import Column, Course, Drill, Table
from dashboard.strings import causes
from etl.analysis.breakdowns import Breakdown, Leaderboard
from etl.metrics.answer import Where
from etl.vocabulary import Dimension, State, Symbol, Unit

FAILED = "failed_contacts"
QUIET = (State.RESOLVED, State.UNKNOWN)


def name_of(row: Breakdown) -> str:
    """The breakdown by name."""
    return causes.broke(row.cell.cause, row.cell.touchpoint)


def ranked_table(board: Leaderboard, where: Where) -> Table:
    """The open breakdowns in the order of their severity."""
    rows = [row for row in board.rows if row.rank is not None]
    titles = causes.BOARD_COLUMNS
    units = {2: Unit.COUNT, 3: Unit.SHARE, 7: Unit.COUNT, 9: Unit.SHARE}
    named = [name_of(row) for row in rows if row.is_named]
    return Table(
        title=causes.board_title(named if len(rows) > 1 else [], format.count(len(rows)), is_one=len(rows) == 1),
        columns=tuple(Column(title, units.get(place)) for place, title in enumerate(titles)),
        rows=tuple(
            (
                name_of(row), _rank(row), row.affected, row.share, _interval(row),
                _course(row), state_words(row), row.standing.age_weeks, _day(row.first_seen),
                row.linked / row.affected if row.affected else None,
            )
            for row in rows
        ),
        note=causes.BOARD_NOTE,
        drills=drills(rows, board, where),
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
            (name_of(row), row.affected, row.share, _course(row), state_words(row), _day(row.first_seen))
            for row in rows
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


def state_words(row: Breakdown) -> str:
    """The state with its history: `relapsed ×1`, `quiet 2 weeks`, `high from the start`, the last week known."""
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
        words.append(causes.as_of(_day(row.observed)))
    return ", ".join(words)


def _rank(row: Breakdown) -> str:
    return causes.rank_words(*(format.count(each) for each in (row.rank, row.rank_low, row.rank_high)))


def _interval(row: Breakdown) -> str:
    interval = format.interval(row.low, row.high, Unit.SHARE)
    return causes.interval_with_base(interval, format.count(row.exposed)) if interval else strings.MISSING


def _course(row: Breakdown) -> Course:
    signals = sum(week.symbol is Symbol.SIGNAL for week in row.trend)
    last = next((week.share for week in reversed(row.trend) if week.share is not None), None)
    return Course(
        tuple(week.share for week in row.trend),
        tuple(week.symbol is Symbol.SIGNAL for week in row.trend),
        causes.course(format.count(len(row.trend)), format.count(signals), format.value(last, Unit.SHARE)),
    )


def _day(day: date | None) -> str:
    return format.day(day, has_weekday=False) if day else strings.MISSING
