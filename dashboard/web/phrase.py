"""The form that adds a phrase to the taxonomy, so that posts which say it have a cause from the next load on."""

from pathlib import Path

import streamlit as st

from dashboard.blocks import Selection
from dashboard.web import labels
from dashboard.web.forms import keep, show_form
from dashboard.web.state import Choices
from etl.actions import Actions
from etl.enrich.causes.kept import FILE, keep_phrase, taxonomy_of
from etl.folders import Folders

MOST_LETTERS = 80


def phrase_form(_selection: Selection, _choices: Choices) -> None:
    """The form for the whole taxonomy, whatever the page shows."""
    show_form("phrase", "playlist_add", labels.PHRASE_NOW, labels.PHRASE, _form)


def edition_of(folders: Folders) -> tuple[float, ...]:
    """What the list of causes depends on: the company's file and what people added."""
    path = folders.root / FILE
    return (path.stat().st_mtime if path.exists() else 0.0, float(Actions(folders).edition))


@st.cache_data(max_entries=4, show_spinner=False)
def _causes(root: str, edition: tuple[float, ...]) -> list[str]:
    del edition
    return [cause.name for cause in taxonomy_of(Folders(Path(root))).causes]


def _form(folders: Folders) -> None:
    causes = _causes(str(folders.root), edition_of(folders))
    with st.form("phrase-form", clear_on_submit=True, border=False):
        phrase = st.text_input(labels.PHRASE_TEXT, max_chars=MOST_LETTERS)
        cause = st.selectbox(labels.PHRASE_CAUSE, causes, filter_mode=None)
        new = st.text_input(labels.NEW_CAUSE, max_chars=MOST_LETTERS)
        if not st.form_submit_button(labels.KEEP, type="primary"):
            return
    theme = "" if not new.strip() or new.strip() in causes else labels.NEW_THEME
    told = new.strip() or cause
    keep(lambda author: keep_phrase(folders, phrase.strip(), told, author, theme=theme), labels.PHRASE_KEPT)
