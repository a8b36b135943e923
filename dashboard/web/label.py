"""The form that labels the texts of the period's sample, one after the other, with the causes that they tell."""

from getpass import getuser
from pathlib import Path

import streamlit as st

from dashboard.blocks import Selection
from dashboard.findings.context import moment
from dashboard.web import labels, source
from dashboard.web.markdown import literal
from dashboard.web.phrase import edition_of
from dashboard.web.state import Choices
from etl.analysis.voices.labelling import sample
from etl.analysis.voices.posts import Post, posts_of
from etl.config import Folders
from etl.enrich.causes.kept import labels_for
from etl.errors import CxError
from etl.labels import keep_label, text_id
from etl.metrics.answer import LOCAL_ANALYST, Ask


def label_form(selection: Selection, choices: Choices) -> None:
    """A popover with the form; nothing where the pages have no folder to keep it in."""
    del choices
    folders = source.library().folders
    if folders is None:
        return
    with st.popover(":material/label:", help=labels.LABEL, key="label"):
        try:
            ask = source.library().ask(LOCAL_ANALYST)
            drawn = _drawn(ask, selection)
            causes = _causes(
                str(folders.root), edition_of(folders), frozenset(post.told for post in drawn if post.told)
            )
        except CxError as error:
            st.error(literal(str(error)))
            return
        labelled = {label.text_id for label in ask.labels}
        waiting = [post for post in drawn if text_id(post.day, post.key) not in labelled]
        st.caption(labels.labelled(len(drawn) - len(waiting), len(drawn)) if waiting else labels.NOTHING_TO_LABEL)
        if waiting:
            _form(waiting[0], causes, folders)


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
    try:
        keep_label(folders, name, None if cause == labels.NOTHING_TOLD else cause, getuser())
    except CxError as error:
        st.error(literal(str(error)))
        return
    st.rerun()
