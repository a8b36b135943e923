"""How good the rules are: how many alarms trouble followed, how far ahead of it, and which trouble came unseen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from etl.alerting import AlertRule
from etl.analysis.alerts.evaluate import Alert, AlertBoard
from etl.analysis.alerts.watch import TO_LAST_DAY, judged_cells, of_cell
from etl.analysis.persistence import GRADES, Machine
from etl.metrics.answer import Ask, Where
from etl.vocabulary import AnnotationKind, Condition, State, Symbol

HORIZON = timedelta(weeks=6)
"""So long after an alarm what follows it is held to be what it warned of."""


@dataclass(frozen=True)
class Trouble:
    """What an alarm should have warned of: from which day on it was known, and the day it ended (None: it goes on).

    A breakdown that became persistent, in the week that ends on `day`, or an outage that somebody noted.
    """

    day: date
    end: date | None
    where: Where
    title: str = ""

    def is_on(self, day: date) -> bool:
        """Whether it was known by a day and not over."""
        return self.day <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Score:
    """One rule: its alarms, how many a trouble followed within six weeks, and how many came while one was on.

    Alarms too young to be judged are `pending`. `by_chance` is the share of all periods watched of which the same would
    be true; `lead_days` the median of how far ahead those followed came.
    """

    rule: AlertRule
    alarms: int
    followed: int
    during: int
    pending: int
    by_chance: float | None
    lead_days: float | None

    @property
    def precision(self) -> float | None:
        """Of the alarms that can be judged, those followed by trouble or raised during it."""
        judged = self.alarms - self.pending
        return (self.followed + self.during) / judged if judged else None


def troubles(ask: Ask, through: date) -> tuple[Trouble, ...]:
    """The breakdowns that became persistent up to a day, and the outages noted, the oldest first."""
    weeks, judged = judged_cells(ask, through)
    found: list[Trouble] = []
    for cell, history in judged.items():
        found += [Trouble(day, end, of_cell(cell)) for day, end in _grave(weeks.starts, history.symbols)]
    for each in ask.annotations:
        if each.kind is AnnotationKind.OUTAGE and each.start <= through:
            found.append(Trouble(each.start, each.end, tuple(each.where.items()), each.title))
    return tuple(sorted(found, key=lambda trouble: (trouble.day, trouble.where)))


def _grave(starts: Sequence[date], symbols: Iterable[Symbol]) -> Iterator[tuple[date, date | None]]:
    """Of each bout that became persistent, the last day of the week in which it did and of that in which it closed."""
    machine, reached = Machine(), None
    for start, symbol in zip(starts, symbols, strict=True):
        machine.step(symbol)
        is_grave = machine.is_open and GRADES.index(machine.standing().grade) >= GRADES.index(State.PERSISTENT)
        if reached is None and is_grave:
            reached = start + TO_LAST_DAY
        elif reached is not None and not machine.is_open:
            yield reached, start + TO_LAST_DAY
            reached = None
    if reached is not None:
        yield reached, None


def scores(board: AlertBoard, found: Sequence[Trouble]) -> tuple[Score, ...]:
    """One score for each rule that warns of trouble; silence and persistence itself are facts, not warnings."""
    rules = {alert.rule.name: alert.rule for alert in board.alerts if is_warning(alert.rule)}
    return tuple(
        _score(rule, [alert for alert in board.alerts if alert.rule.name == name], board, found)
        for name, rule in sorted(rules.items())
    )


def is_warning(rule: AlertRule) -> bool:
    """Whether a rule can come before the trouble that it is about."""
    is_late = rule.condition is Condition.BREAKDOWN and GRADES.index(rule.state) >= GRADES.index(State.PERSISTENT)
    return rule.condition is not Condition.SILENCE and not is_late


def _score(rule: AlertRule, alerts: Sequence[Alert], board: AlertBoard, found: Sequence[Trouble]) -> Score:
    leads, during, pending, alarms = [], 0, 0, 0
    hits, periods = 0, 0
    for alert in alerts:
        mine = [trouble for trouble in found if concerns(alert.where, trouble.where)]
        for day in raised(alert):
            alarms += 1
            lead = ahead(day, mine)
            if any(trouble.is_on(day) for trouble in mine):
                during += 1
            elif lead is not None:
                leads.append(lead)
            else:
                pending += board.as_of is not None and day + HORIZON > board.as_of
        past = [each.end for each in alert.watched.observations if board.as_of and each.end + HORIZON <= board.as_of]
        hits += sum(_is_trouble(day, mine) for day in past)
        periods += len(past)
    lead_days = float(median(leads)) if leads else None
    return Score(rule, alarms, len(leads), during, pending, hits / periods if periods else None, lead_days)


def _is_trouble(day: date, found: Sequence[Trouble]) -> bool:
    return any(trouble.is_on(day) for trouble in found) or ahead(day, found) is not None


def raised(alert: Alert) -> list[date]:
    """The days by whose end each of its episodes was known."""
    return [alert.watched.observations[episode.opened].end for episode in alert.standing.episodes]


def ahead(day: date, found: Iterable[Trouble]) -> int | None:
    """By how many days an alarm came before the first trouble that followed it within the horizon."""
    leads = [(trouble.day - day).days for trouble in found if day < trouble.day <= day + HORIZON]
    return min(leads, default=None)


def concerns(where: Where, other: Where) -> bool:
    """Whether two filters do not exclude each other: what only one of them names may be anything in the other."""
    chosen = dict(other)
    return all(dimension not in chosen or {*values} & {*chosen[dimension]} for dimension, values in where)


def missed(board: AlertBoard, found: Sequence[Trouble]) -> tuple[Trouble, ...]:
    """The troubles before which no alarm was raised within the horizon, nor one that still stood."""
    warnings = [alert for alert in board.alerts if is_warning(alert.rule)]
    return tuple(trouble for trouble in found if not any(_warned(alert, trouble) for alert in warnings))


def _warned(alert: Alert, trouble: Trouble) -> bool:
    if not concerns(alert.where, trouble.where):
        return False
    seen = alert.watched.observations
    for episode in alert.standing.episodes:
        day, over = seen[episode.opened].end, episode.recovered
        is_standing = day < trouble.day and (over is None or seen[over].end >= trouble.day)
        if is_standing or trouble.day - HORIZON <= day < trouble.day:
            return True
    return False
