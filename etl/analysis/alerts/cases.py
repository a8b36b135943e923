"""Alerts as a reader counts them: a breakdown that several rules tell of is one, with its history."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from etl import alerting
from etl.analysis.alerts.evaluate import Alert, AlertBoard
from etl.folders import Folders
from etl.vocabulary import AlertState, Condition


@dataclass(frozen=True)
class Case:
    """What needs somebody: the newest alert of it, and those of the same breakdown that were raised before."""

    alert: Alert
    before: tuple[Alert, ...] = ()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All of its alerts, newest first."""
        return self.alert, *self.before


def cases(alerts: Sequence[Alert]) -> tuple[Case, ...]:
    """Alerts, newest first, as cases in the same order; what somebody acknowledged stays apart from what nobody did."""
    found: dict[Hashable, list[Alert]] = {}
    for alert in alerts:
        is_breakdown = alert.rule.condition is Condition.BREAKDOWN
        found.setdefault((alert.state, alert.where if is_breakdown else alert.key), []).append(alert)
    return tuple(Case(newest, tuple(rest)) for newest, *rest in found.values())


def counted(board: AlertBoard) -> tuple[int, int]:
    """How many cases need somebody, and how many somebody acknowledged."""
    found = Counter(case.alert.state for case in cases(board.open))
    return found[AlertState.FIRING], found[AlertState.ACKNOWLEDGED]


def case_of(alert: Alert, board: AlertBoard) -> Case:
    """The case that an alert of the board belongs to."""
    return next(case for case in cases(board.alerts) if alert in case.alerts)


def acknowledge(folders: Folders, case: Case, as_of: date, note: str, author: str) -> None:
    """Keep that somebody knows of all alerts of a case."""
    for alert in case.alerts:
        if alert.opened:
            alerting.acknowledge(folders, alert.key, alert.opened.start, as_of, note, author)


def withdraw(folders: Folders, case: Case, author: str) -> None:
    """Take back that somebody knows of a case, so that all of its alerts are told again."""
    for alert in case.alerts:
        if alert.opened:
            alerting.withdraw(folders, alert.key, alert.opened.start, author)
