"""Alerts: what is out of order and who knows, how it would be told, how good the rules are, and what they missed."""

from dashboard import format, strings
from dashboard.blocks import Block, Control, Note, Page, Selection
from dashboard.findings.alerts import as_told, audit, name_of, open_table, over_table, rules_table
from dashboard.strings import alerts as words
from etl.analysis.alerts.cases import counted
from etl.analysis.alerts.evaluate import AlertBoard, alert_board
from etl.analysis.alerts.messages import messages
from etl.analysis.alerts.score import missed, scores, troubles
from etl.metrics.answer import Ask

NAME = "alerts"
TITLE = "Alerts"
ORDER = 50
ICON = "notifications"
CONTROLS: tuple[Control, ...] = ("acknowledge",)


def build(ask: Ask, selection: Selection) -> Page:
    """All alerts as of the newest complete day."""
    board = alert_board(ask)
    if board.as_of is None:
        return _page(selection, strings.NO_DATA_HEADLINE, "", (Note(words.NO_DATA), Note(strings.NO_DATA)))
    found = troubles(ask, board.as_of)
    watched = {alert.rule.name for alert in board.alerts if alert.observed}
    graded = [each for each in scores(board, found) if each.rule.name in watched]
    unseen = missed(board, found)
    due = messages(board.alerts, ask.published_at, ask.alerting.quiet_hours)
    tables = (open_table(board, ask.sources), over_table(board, ask.sources))
    blocks: list[Block] = [table for table in tables if table]
    if not ask.alerting.rules:
        blocks.append(Note(words.NO_RULE))
    else:
        blocks.append(as_told(due, ask.sources))
        blocks += [table for table in (rules_table(graded),) if table]
        blocks.append(audit(graded, unseen))
    context = words.context(format.day(board.as_of), strings.published(format.instant(ask.published_at)))
    return _page(selection, _headline(ask, board), context, tuple(blocks))


def _page(selection: Selection, headline: str, context: str, blocks: tuple[Block, ...]) -> Page:
    return Page(NAME, TITLE, headline, context, CONTROLS, selection, blocks)


def _headline(ask: Ask, board: AlertBoard) -> str:
    """How much needs somebody, that somebody is on all of it, or that all is in order."""
    firing, known = counted(board)
    if firing:
        newest = name_of(board.firing[0], ask.sources)
        told = format.count(known) if known else ""
        return words.headline(format.count(firing), told, newest, is_firing_one=firing == 1, is_known_one=known == 1)
    if known:
        return words.all_known(format.count(known), is_one=known == 1)
    watched = sum(alert.observed is not None for alert in board.alerts)
    return words.in_order(format.count(watched), is_one=watched == 1) if watched else words.NOTHING_WATCHED
