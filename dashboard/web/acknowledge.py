"""The form that acknowledges an alert, so that it is told no more, and takes that back."""

from collections.abc import Callable, Sequence
from getpass import getuser

import streamlit as st

from dashboard.blocks import Selection
from dashboard.findings.alerts import name_of
from dashboard.web import labels, source
from dashboard.web.markdown import literal
from dashboard.web.state import Choices
from etl.alerting import MOST_LETTERS, acknowledge, withdraw
from etl.analysis.alerts.evaluate import Alert, AlertBoard, alert_board
from etl.config import Folders
from etl.errors import CxError
from etl.metrics.answer import LOCAL_ANALYST, Ask
from etl.vocabulary import AlertState


def acknowledge_form(selection: Selection, choices: Choices) -> None:
    """A popover with the form; nothing where the pages have no folder to keep it in."""
    del selection, choices
    folders = source.library().folders
    if folders is None:
        return
    with st.popover(labels.ACKNOWLEDGE_NOW, icon=":material/how_to_reg:", help=labels.ACKNOWLEDGE, key="acknowledge"):
        try:
            ask = source.library().ask(LOCAL_ANALYST)
            board = alert_board(ask)
        except CxError as error:
            st.error(literal(str(error)))
            return
        if not board.open or board.as_of is None:
            st.caption(labels.NOTHING_OPEN)
            return
        _form(ask, board, folders)
        _withdrawal(ask, board, folders)


def _form(ask: Ask, board: AlertBoard, folders: Folders) -> None:
    if not board.firing or board.as_of is None:
        return
    with st.form("acknowledgement", clear_on_submit=True, border=False):
        key = _choice(labels.WHICH_ALERT, ask, board.firing)
        note = st.text_input(labels.WHAT_IS_DONE, max_chars=MOST_LETTERS)
        if not st.form_submit_button(labels.KEEP, type="primary") or key is None:
            return
    opened = board.named(key).opened
    if opened is not None:
        _kept(lambda: acknowledge(folders, key, opened.start, board.as_of or opened.end, note, getuser()))


def _withdrawal(ask: Ask, board: AlertBoard, folders: Folders) -> None:
    known = [alert for alert in board.open if alert.state is AlertState.ACKNOWLEDGED]
    if not known:
        return
    key = _choice(labels.TAKE_BACK, ask, known)
    opened = board.named(key).opened if key else None
    if key and opened and st.button(labels.TAKE_BACK_NOW, key="unacknowledge"):
        _kept(lambda: withdraw(folders, key, opened.start, getuser()))


def _choice(label: str, ask: Ask, alerts: Sequence[Alert]) -> str | None:
    names = {alert.key: name_of(alert, ask.sources) for alert in alerts}
    return st.selectbox(label, list(names), index=None, format_func=names.__getitem__, filter_mode=None)


def _kept(decide: Callable[[], None]) -> None:
    """Keep a decision and draw the page anew; what went wrong is said."""
    try:
        decide()
    except CxError as error:
        st.error(literal(str(error)))
        return
    st.toast(labels.ACKNOWLEDGED)
    st.rerun()
