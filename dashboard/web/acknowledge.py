"""The form that acknowledges an alert, so that it is told no more, and takes that back."""

from collections.abc import Mapping

import streamlit as st

from dashboard.blocks import Selection
from dashboard.findings.alerts import name_of
from dashboard.web import labels, source
from dashboard.web.forms import choice, keep, show_form
from dashboard.web.state import Choices
from etl.alerting import MOST_LETTERS
from etl.analysis.alerts.cases import Case, acknowledge, cases, withdraw
from etl.analysis.alerts.evaluate import AlertBoard, alert_board
from etl.folders import Folders
from etl.metrics.answer import LOCAL_ANALYST, Ask
from etl.vocabulary import AlertState


def acknowledge_form(_selection: Selection, _choices: Choices) -> None:
    """The form for the alerts that are open, whatever the page shows."""
    show_form("acknowledge", "how_to_reg", labels.ACKNOWLEDGE_NOW, labels.ACKNOWLEDGE, _forms)


def _forms(folders: Folders) -> None:
    ask = source.library().ask(LOCAL_ANALYST)
    board = alert_board(ask)
    if not board.open:
        st.caption(labels.NOTHING_OPEN)
        return
    _form(ask, board, folders)
    _withdrawal(ask, board, folders)


def _form(ask: Ask, board: AlertBoard, folders: Folders) -> None:
    found = {case.alert.key: case for case in cases(board.firing)}
    if not found:
        return
    with st.form("acknowledgement", clear_on_submit=True, border=False):
        key = choice(labels.WHICH_ALERT, _names(ask, found))
        note = st.text_input(labels.WHAT_IS_DONE, max_chars=MOST_LETTERS)
        if not st.form_submit_button(labels.KEEP, type="primary") or key is None:
            return
    as_of = board.as_of
    if as_of:
        keep(lambda author: acknowledge(folders, found[key], as_of, note, author), labels.ACKNOWLEDGED)


def _withdrawal(ask: Ask, board: AlertBoard, folders: Folders) -> None:
    known = [alert for alert in board.open if alert.state is AlertState.ACKNOWLEDGED]
    found = {case.alert.key: case for case in cases(known)}
    if not found:
        return
    key = choice(labels.TAKE_BACK, _names(ask, found))
    if key and st.button(labels.TAKE_BACK_NOW, key="unacknowledge"):
        keep(lambda author: withdraw(folders, found[key], author), labels.TAKEN_BACK)


def _names(ask: Ask, found: Mapping[str, Case]) -> dict[str, str]:
    return {key: name_of(case.alert, ask.sources) for key, case in found.items()}
