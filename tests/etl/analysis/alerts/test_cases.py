"""Alerts of one breakdown are one case: counted once, and acknowledged and taken back together."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from etl.alerting import AlertRule, read_alerting
from etl.analysis.alerts.cases import acknowledge, case_of, cases, counted, withdraw
from etl.analysis.alerts.evaluate import Alert, AlertBoard
from etl.analysis.alerts.machine import standing
from etl.analysis.alerts.watch import Observation, Watched
from etl.folders import Folders
from etl.metrics.answer import Where
from etl.vocabulary import Condition, Dimension, Symbol

DAY = date(2026, 3, 2)
PLACE: Where = ((Dimension.CAUSE, ("late delivery",)), (Dimension.TOUCHPOINT, ("delivery",)))


def firing(name: str, condition: Condition = Condition.BREAKDOWN, where: Where = PLACE) -> Alert:
    seen = Observation(DAY, DAY, Symbol.SIGNAL)
    watched = Watched(AlertRule(name, name, condition), where, (seen,))
    return Alert(watched, standing([Symbol.SIGNAL], 1, 1), seen, seen, seen, None)


LASTS, BEGAN = firing("lasts"), firing("began")
ELSEWHERE = firing("began", where=(PLACE[0], (Dimension.TOUCHPOINT, ("shop",))))
RATES = firing("rate", Condition.OUTSIDE), firing("share", Condition.OUTSIDE)
BOARD = AlertBoard(DAY, (LASTS, *RATES, BEGAN, ELSEWHERE))


def test_alerts_of_one_breakdown_are_one_row_those_of_metrics_are_not() -> None:
    assert [[each.key for each in case.alerts] for case in cases(BOARD.alerts)] == [
        [LASTS.key, BEGAN.key], [RATES[0].key], [RATES[1].key], [ELSEWHERE.key],
    ]  # fmt: skip
    assert counted(BOARD) == (4, 0)
    assert case_of(BEGAN, BOARD).alert == LASTS
    assert case_of(replace(ELSEWHERE), BOARD).before == ()


def test_a_case_is_acknowledged_and_taken_back_as_a_whole(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    acknowledge(folders, case_of(BEGAN, BOARD), DAY, "a new carrier", "Ann")
    kept = read_alerting(folders).acknowledgements
    assert {(each.alert, each.opened, each.note, each.author) for each in kept} == {
        (LASTS.key, DAY, "a new carrier", "Ann"), (BEGAN.key, DAY, "a new carrier", "Ann"),
    }  # fmt: skip
    withdraw(folders, case_of(LASTS, BOARD), "Ann")
    assert read_alerting(folders).acknowledgements == ()
