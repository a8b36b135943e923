"""What happened on the leaderboard between two periods: breakdowns that began, got worse, recover or are resolved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, TypeAlias

from dashboard import format, strings
from dashboard.blocks import Section
from dashboard.findings.board import drills, state_words
from dashboard.findings.costs import customers, name_of
from dashboard.findings.readings import length
from dashboard.strings import brief as words
from dashboard.strings import brief_outcomes as outcomes
from dashboard.strings import causes
from etl.analysis.breakdowns import Breakdown, Leaderboard
from etl.analysis.persistence import GRADES
from etl.calendar import Period
from etl.metrics.answer import Where
from etl.vocabulary import State, Unit

Kind: TypeAlias = Literal["new", "relapsed", "worse", "recovering", "resolved"]
NEWS: Mapping[Kind, int] = MappingProxyType({"new": 0, "relapsed": 0, "worse": 0, "recovering": 1, "resolved": 2})
"""From bad to good."""
OPEN = (State.NEW, State.RELAPSED, State.RECURRING, State.PERSISTENT, State.CHRONIC)
MOST_OPEN = 3


@dataclass(frozen=True)
class Event:
    """What became of one breakdown in a period."""

    kind: Kind
    row: Breakdown


def events(now: Leaderboard, before: Leaderboard) -> list[Event]:
    """What differs between two leaderboards, that of the earlier period second; worst first, the best news last."""
    earlier = {row.cell: row for row in before.rows}
    known_until = before.weeks[-1] + timedelta(days=6) if before.weeks else date.min
    found = [
        Event(kind, row) for row in now.rows if (kind := _kind(row, earlier.get(row.cell), known_until)) is not None
    ]
    return sorted(found, key=lambda event: (NEWS[event.kind], event.row.rank or 0, event.row.cell))


def grave(found: Iterable[Event]) -> list[Event]:
    """Those that began or got worse."""
    return [event for event in found if not NEWS[event.kind]]


def _kind(row: Breakdown, earlier: Breakdown | None, known_until: date) -> Kind | None:
    state, before = row.standing.state, earlier.standing if earlier else None
    is_begun = row.opened is not None and row.opened > known_until
    if state is State.RESOLVED:
        return "resolved" if is_begun or before is None or before.state is not State.RESOLVED else None
    if state is State.RECOVERING:
        return "recovering" if before is None or before.state is not State.RECOVERING else None
    if state not in OPEN:
        return None
    if is_begun:
        return "relapsed" if row.standing.relapses > (before.relapses if before else 0) else "new"
    if before is not None and GRADES.index(row.standing.grade) > GRADES.index(before.grade):
        return "worse"
    return None


def told_event(event: Event, period: Period) -> str:
    """One event in a sentence."""
    row, age = event.row, event.row.standing.age_weeks
    since = outcomes.since(format.day(row.opened, has_weekday=False)) if row.opened and age > 1 else ""
    return outcomes.BEGAN[event.kind].format(
        name=strings.capitalised(name_of(row)),
        size=size_of(row, period),
        since=since,
        state=causes.STATES[row.standing.state],
        weeks=outcomes.weeks(format.count(age), is_one=age == 1),
    )


def size_of(row: Breakdown, period: Period) -> str:
    """`16 customers this week, 12.3 % of the 130 there`."""
    share = format.value(row.share, Unit.SHARE) if row.share is not None else ""
    return outcomes.size(customers(row.affected), share, format.count(row.exposed), length(period))


def broke(board: Leaderboard, found: Sequence[Event], told: Sequence[Event], where: Where) -> Section:
    """The leaderboard in words: what became of breakdowns that is not `told` elsewhere, and what stays open."""
    sentences = [told_event(event, board.period) for event in found if event not in told]
    ranked = [row for row in board.rows if row.rank is not None]
    named = {event.row.cell for event in found}
    going_on = [row for row in ranked if row.standing.state in OPEN and row.cell not in named]
    if going_on:
        entries = [_entry(row) for row in going_on[:MOST_OPEN]]
        more = len(going_on) - len(entries)
        sentences.append(outcomes.stays_open(entries, format.count(more) if more else ""))
    if blind := [row for row in board.rows if row.standing.state is State.UNKNOWN]:
        entries = [outcomes.blind(name_of(row), causes.STATES[row.standing.last_known]) for row in blind[:MOST_OPEN]]
        sentences.append(outcomes.not_judged(entries))
    if not sentences:
        sentences.append(outcomes.NOTHING_ELSE if told else line(board))
    return Section(words.BROKE, tuple(sentences), drills(ranked[:MOST_OPEN], board, where))


def line(board: Leaderboard) -> str:
    """A leaderboard on which nothing happened, in one sentence."""
    if not board.weeks or (board.rows and not any(week.upper is not None for row in board.rows for week in row.trend)):
        return outcomes.NO_WEEK
    ranked = sum(row.rank is not None for row in board.rows)
    return outcomes.none_began(format.count(ranked), is_one=ranked == 1) if ranked else outcomes.NOTHING_OPEN


def _entry(row: Breakdown) -> str:
    return causes.entry(name_of(row), customers(row.affected), state_words(row))
