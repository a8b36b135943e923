"""The form that labels the texts of the period's sample, one after the other, with the causes that they tell."""

from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.blocks import Selection
from dashboard.findings.context import moment
from dashboard.web import labels, source
from dashboard.web.forms import keep, show_form
from dashboard.web.markdown import literal
from dashboard.web.phrase import edition_of
from dashboard.web.state import Choices
from etl.analysis.voices.labelling import sample
from etl.analysis.voices.posts import Post, posts_of
from etl.enrich.causes.kept import labels_for
from etl.folders import Folders
from etl.labels import keep_label, text_id
from etl.metrics.answer import LOCAL_ANALYST, Ask


def label_form(selection: Selection, _choices: Choices) -> None:
    """The form for the period that the page shows."""
    show_form("label", "label", labels.LABEL_NOW, labels.LABEL, partial(_sample, selection))


def _sample(selection: Selection, folders: Folders) -> None:
    """How far the labelling is, and the next text that waits for its label."""
    ask = source.library().ask(LOCAL_ANALYST)
    drawn = _drawn(ask, selection)
    labelled = {label.text_id for label in ask.labels}
    waiting = [post for post in drawn if text_id(post.day, post.key) not in labelled]
    st.caption(labels.labelled(len(drawn) - len(waiting), len(drawn)) if waiting else labels.NOTHING_TO_LABEL)
    if waiting:
        told = frozenset(post.told for post in drawn if post.told)
        _form(waiting[0], _causes(str(folders.root), edition_of(folders), told), folders)


def _drawn(ask: Ask, selection: Selection) -> tuple[Post, ...]:
    """The sample of the period that the page shows, whatever it is filtered by."""
    at = moment(ask, selection)
    return sample(posts_of(ask, at.period)) if at else ()


@st.cache_data(max_entries=4, show_spinner=False)
def _causes(root: str, edition: tuple[float, ...], told: frozenset[str]) -> list[str]:
    del edition
    return labels_for(Folders(Path(root)), told)


def _form(post: Post, causes: list[str], folders: Folders) -> None:
    name = text_id(post.day, post.key)
    with st.form(f"label-{name}", border=False):
        st.markdown(literal(post.text))
        cause = st.selectbox(labels.LABEL_CAUSE, [labels.NOTHING_TOLD, *causes], filter_mode=None)
        if not st.form_submit_button(labels.KEEP, type="primary"):
            return
    keep(lambda author: keep_label(folders, name, None if cause == labels.NOTHING_TOLD else cause, author))
