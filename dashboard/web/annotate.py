"""The form that keeps what happened, for everybody's charts, and takes it back."""

from datetime import timedelta
from functools import partial

import streamlit as st

from dashboard import format as words
from dashboard.blocks import Selection
from dashboard.web import labels
from dashboard.web.forms import choice, keep, show_form
from dashboard.web.state import Choices
from etl.actions import Actions
from etl.annotations import KIND, MOST_LETTERS, annotate, read_annotations, withdraw
from etl.folders import Folders
from etl.vocabulary import AnnotationKind

KINDS = [kind.value for kind in AnnotationKind if kind is not AnnotationKind.GAP]
MOST_LISTED = 20


def annotation_form(selection: Selection, choices: Choices) -> None:
    """The form for what the page shows."""
    show_form("annotate", "bookmark_add", labels.ANNOTATE_NOW, labels.ANNOTATE, partial(_forms, selection, choices))


def _forms(selection: Selection, choices: Choices, folders: Folders) -> None:
    _form(selection, choices, folders)
    _withdrawal(folders)


def _form(selection: Selection, choices: Choices, folders: Folders) -> None:
    with st.form("annotation", clear_on_submit=True, border=False):
        title = st.text_input(labels.WHAT_HAPPENED, max_chars=MOST_LETTERS)
        kind = st.selectbox(labels.KIND, KINDS, filter_mode=None)
        newest = choices.last_day
        latest = newest + timedelta(days=366) if newest else None
        days = st.date_input(labels.DAYS, [newest, newest] if newest else [], max_value=latest)
        note = st.text_input(labels.REMARK, max_chars=MOST_LETTERS)
        is_narrow = bool(selection.where) and st.checkbox(labels.ONLY_FILTERED, value=True)
        if not st.form_submit_button(labels.KEEP, type="primary"):
            return
    chosen = days if isinstance(days, tuple) else (days,)
    where = "; ".join(f"{dimension.value}={value}" for dimension, values in selection.where for value in values)
    given = {"title": title, "kind": kind, "note": note, "where": where if is_narrow else ""}
    given |= {"start": str(chosen[0]), "end": str(chosen[-1])} if chosen else {"start": ""}
    keep(lambda author: annotate(folders, given, author))


def _withdrawal(folders: Folders) -> None:
    """A list of what the app keeps, to take one back."""
    keys = {edit.key for edit in Actions(folders).current(KIND)}
    mine = [each for each in read_annotations(folders) if each.key in keys][-MOST_LISTED:]
    if not mine:
        return
    names = {each.key: f"{words.day(each.start, has_weekday=False)}: {each.title}" for each in reversed(mine)}
    key = choice(labels.TAKE_BACK, names)
    if key is not None and st.button(labels.TAKE_BACK_NOW, key="withdraw"):
        keep(lambda author: withdraw(folders, key, author), labels.TAKEN_BACK)
