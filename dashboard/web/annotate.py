"""The form that keeps what happened, for everybody's charts, and takes it back."""

from datetime import date, timedelta
from getpass import getuser

import streamlit as st

from dashboard import format as words
from dashboard.blocks import Selection
from dashboard.web import labels, source
from dashboard.web.markdown import literal
from dashboard.web.state import Choices
from etl.actions import Actions
from etl.annotations import KIND, MOST_LETTERS, annotate, read_annotations, withdraw
from etl.config import Folders
from etl.errors import CxError
from etl.vocabulary import AnnotationKind

KINDS = [kind.value for kind in AnnotationKind if kind is not AnnotationKind.GAP]
MOST_LISTED = 20


def annotation_form(selection: Selection, choices: Choices) -> None:
    """A popover with the form; nothing where the pages have no folder to keep it in."""
    folders = source.library().folders
    if folders is None:
        return
    with st.popover(":material/bookmark_add:", help=labels.ANNOTATE, key="annotate"):
        _form(selection, choices, folders)
        _withdrawal(folders)


def _form(selection: Selection, choices: Choices, folders: Folders) -> None:
    with st.form("annotation", clear_on_submit=True, border=False):
        title = st.text_input(labels.WHAT_HAPPENED, max_chars=MOST_LETTERS)
        kind = st.selectbox(labels.KIND, KINDS, filter_mode=None)
        newest = choices.last_day or date.today()  # noqa: DTZ011 (only where no day has data)
        days = st.date_input(labels.DAYS, (newest, newest), max_value=newest + timedelta(days=366))
        note = st.text_input(labels.REMARK, max_chars=MOST_LETTERS)
        is_narrow = bool(selection.where) and st.checkbox(labels.ONLY_FILTERED, value=True)
        if not st.form_submit_button(labels.KEEP, type="primary"):
            return
    chosen = days if isinstance(days, tuple) else (days,)
    where = "; ".join(f"{dimension.value}={value}" for dimension, values in selection.where for value in values)
    given = {"title": title, "kind": kind, "note": note, "where": where if is_narrow else ""}
    given |= {"start": str(chosen[0]), "end": str(chosen[-1])} if chosen else {"start": ""}
    try:
        annotate(folders, given, getuser())
    except CxError as error:
        st.error(literal(str(error)))
        return
    st.toast(labels.KEPT)
    st.rerun()


def _withdrawal(folders: Folders) -> None:
    """A list of what the app keeps, to take one back."""
    keys = {edit.key for edit in Actions(folders).current(KIND)}
    mine = [each for each in read_annotations(folders) if each.key in keys][-MOST_LISTED:]
    if not mine:
        return
    names = {each.key: f"{words.day(each.start, has_weekday=False)}: {each.title}" for each in reversed(mine)}
    key = st.selectbox(labels.TAKE_BACK, list(names), index=None, format_func=names.__getitem__, filter_mode=None)
    if key is not None and st.button(labels.TAKE_BACK_NOW, key="withdraw"):
        try:
            withdraw(folders, key, getuser())
        except CxError as error:
            st.error(literal(str(error)))
            return
        st.rerun()
