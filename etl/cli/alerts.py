"""`cx alerts` and `cx acknowledge`: what is out of order, how it would be told, how good the rules are, who knows."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say
from etl.vocabulary import AlertState, Condition, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from etl.analysis.alerts.cases import Case
    from etl.analysis.alerts.evaluate import Alert, AlertBoard
    from etl.analysis.alerts.messages import Message
    from etl.analysis.alerts.score import Score, Trouble

SHOWN = ("state", "alert", "since", "value", "low", "high", "n", "quiet", "owner", "also")
SCORED = ("rule", "alarms", "followed", "during", "pending", "precision", "by_chance", "lead_days")


def alerts(
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="As it stood then.")] = None,
    every: Annotated[bool, typer.Option("--all", help="List those that stand still, too.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Leave with 1 while an alert fires.")] = False,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List what is out of order: each alert with its state, how it would be told, and how good its rule is.

    Alerts of one breakdown are one row, as on the page; `also` names the earlier ones. With --json each stands alone,
    and `case` names the row that it is part of.
    Evaluated on the published data as of their newest day, never by the clock. Leaves with 0 also while alerts fire.
    """
    from etl.analysis.alerts.cases import cases, counted
    from etl.analysis.alerts.evaluate import alert_board
    from etl.analysis.alerts.messages import messages
    from etl.analysis.alerts.score import missed, scores, troubles
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    board = alert_board(desk, desk.calendar.parse(as_of).end if as_of else None)
    found = troubles(desk, board.as_of) if board.as_of else ()
    told = messages(board.alerts, desk.published_at, desk.alerting.quiet_hours)
    grouped = cases(board.alerts)
    graded = [_score(score) for score in scores(board, found)]
    if as_json:
        unseen = [_trouble(each) for each in missed(board, found)]
        head = {"generation": desk.generation, "as_of": board.as_of, "firing": counted(board)[0]}
        row_of = {alert.key: case.alert.key for case in grouped for alert in case.alerts}
        rows = [_record(alert) | {"case": row_of[alert.key]} for alert in board.alerts]
        groups = [_message(each) for each in told]
        print_json({**head, "alerts": rows, "messages": groups, "rules": graded, "missed": unseen, **_orphans(board)})
    elif board.as_of is None:
        say("No source has a complete day yet, so nothing can be watched.")
    else:
        _print(board, [each for each in grouped if every or each.alert.state is not AlertState.OK])
        print_table(SCORED, [[rounded(row[name]) for name in SCORED] for row in graded])
        say(f"Troubles that came without an alarm before: {len(missed(board, found))}.")
    if strict and board.firing:
        raise typer.Exit(1)


def acknowledge(
    alert: Annotated[str, typer.Argument(metavar="ALERT", help="Its name as in cx alerts.")],
    note: Annotated[str, typer.Option(metavar="TEXT", help="What is done about it.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take it back, so that it is told again.")] = False,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Say that somebody knows of an alert, which is then told no more until it has recovered and is raised anew.

    It holds for all alerts of its row in cx alerts.
    """
    from etl.analysis.alerts.cases import acknowledge as keep
    from etl.analysis.alerts.cases import case_of
    from etl.analysis.alerts.cases import withdraw as take_back
    from etl.analysis.alerts.evaluate import alert_board
    from etl.errors import UserError
    from etl.metrics.ask import open_ask

    folders = settings_of(data).folders
    desk = open_ask(settings_of(data))
    board = alert_board(desk)
    found = board.named(alert)
    if found.opened is None or board.as_of is None or not found.is_open:
        raise UserError(f"{alert}: it is {found.state.value}; there is nothing to acknowledge.")
    case = case_of(found, board)
    if withdraw:
        take_back(folders, case, getuser())
    else:
        keep(folders, case, board.as_of, note, getuser())
    state = AlertState.FIRING if withdraw else AlertState.ACKNOWLEDGED
    also = [each.key for each in case.alerts if each.key != alert]
    if as_json:
        told = {"alert": alert, "opened": found.opened.start, "state": state.value, "note": note}
        print_json(told | ({"also": also} if also else {}))
    else:
        say(f"{', '.join([alert, *also])}, open since {found.opened.start}: {state.value}.")


def _print(board: "AlertBoard", rows: "Sequence[Case]") -> None:
    """For a person: the alerts, those of one breakdown in one row."""
    from etl.analysis.alerts.cases import counted

    firing, known = counted(board)
    say(f"As of {board.as_of}: {firing} firing, {known} acknowledged.")
    told = [_record(case.alert) | {"also": ", ".join(each.key for each in case.before)} for case in rows]
    print_table(SHOWN, [[rounded(row[name]) for name in SHOWN] for row in told])


def _record(alert: "Alert") -> dict[str, Any]:
    """One alert; value, base and range are those of its last signal, and of its last period where it has none."""
    rule, told, known = alert.rule, alert.signal or alert.observed, alert.acknowledgement
    return {
        "alert": alert.key,
        "rule": rule.name,
        "title": rule.title,
        "condition": rule.condition.value,
        "metric": rule.metric or None,
        "where": {dimension.value: list(values) for dimension, values in alert.where},
        "state": alert.state.value,
        "since": alert.opened and alert.opened.start,
        "known_since": alert.opened and alert.opened.end,
        "last_signal": alert.signal and alert.signal.end,
        "observed": alert.observed and alert.observed.end,
        "quiet": alert.standing.quiet,
        "episodes": len(alert.standing.episodes),
        "value": told.value if told else None,
        "n": told.n if told else None,
        "unit": _unit(alert),
        "low": told.low if told else None,
        "high": told.high if told else None,
        "missing_data": rule.condition is Condition.SILENCE,
        "group": rule.group,
        "owner": alert.owner,
        "acknowledged": known and {"author": known.author, "at": known.at, "note": known.note},
    }


def _unit(alert: "Alert") -> str | None:
    from etl.metrics.catalogue import METRICS

    if alert.rule.metric:
        return METRICS[alert.rule.metric].unit.value
    return Unit.SHARE.value if alert.rule.condition is Condition.BREAKDOWN else None


def _message(message: "Message") -> dict[str, Any]:
    keys = [alert.key for alert in message.alerts]
    return {
        "key": message.key,
        "group": message.group,
        "alerts": keys,
        "due_at": message.due_at,
        "held": message.is_held,
    }


def _score(score: "Score") -> dict[str, Any]:
    return {
        "rule": score.rule.name,
        "alarms": score.alarms,
        "followed": score.followed,
        "during": score.during,
        "pending": score.pending,
        "precision": score.precision,
        "by_chance": score.by_chance,
        "lead_days": score.lead_days,
    }


def _trouble(trouble: "Trouble") -> dict[str, Any]:
    where = {dimension.value: list(values) for dimension, values in trouble.where}
    return {"day": trouble.day, "until": trouble.end, "where": where, "title": trouble.title}


def _orphans(board: "AlertBoard") -> dict[str, Any]:
    """Acknowledgements of what the data no longer show, as after a correction."""
    return {"outdated_acknowledgements": [{"alert": each.alert, "since": each.opened} for each in board.orphans]}
