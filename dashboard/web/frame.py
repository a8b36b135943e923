"""What surrounds each page: look, navigation on top, a tab bar on a phone, and words where there is no page."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.findings.context import opens_early
from dashboard.views import VIEWS, View
from dashboard.web import labels, source
from dashboard.web.filters import current_query, filter_line
from dashboard.web.look import ICON, style_rules
from dashboard.web.markdown import literal
from dashboard.web.render import show_page
from dashboard.web.state import Choices, selection_from
from etl.errors import CxError
from etl.metrics.answer import LOCAL_ANALYST, Ask

TABS = 5
"""Places of the tab bar; on 390 pixels more would cut their words."""
SEEN_PAGE, SEEN_QUERY = "seen-page", "seen-query"


def run(views: Mapping[str, View] = VIEWS) -> None:
    """One run of the script: the page that the URL names, or a friendly word when there is nothing to show."""
    st.set_page_config(page_title=labels.PRODUCT, page_icon=str(ICON), layout="wide")
    st.html(_style())
    st.logo(str(ICON), size="medium")
    pages = [
        st.Page(_opener(view), title=view.TITLE, icon=f":material/{view.ICON}:", url_path=name, default=place == 0)
        for place, (name, view) in enumerate(views.items())
    ]
    _carry_query()
    chosen = st.navigation(pages, position="top")
    st.session_state[SEEN_PAGE], st.session_state[SEEN_QUERY] = _asked_page(), current_query()
    chosen.run()
    _tab_bar(pages, chosen)


def _tab_bar(pages: Sequence[StreamlitPage], chosen: StreamlitPage) -> None:
    """The phone's navigation: as many pages as a thumb can tell apart, the others behind the last place."""
    is_full = len(pages) > TABS
    shown, others = (pages[: TABS - 1], pages[TABS - 1 :]) if is_full else (pages, ())
    with (
        st.bottom,
        st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="tab-bar"),
    ):
        for page in shown:
            st.page_link(page)
        if others:
            title = f"**{chosen.title}**" if chosen in others else labels.MORE
            with st.popover(title, icon=":material/more_horiz:", type="tertiary", key="tab-more"):
                for page in others:
                    st.page_link(page)


@cache
def _style() -> str:
    return f"<style>{style_rules()}</style>"


def _opener(view: View) -> Callable[[], None]:
    """A function of its own for each page: Streamlit tells pages apart by it."""

    def open_page() -> None:
        open_view(view)

    open_page.__name__ = view.NAME
    return open_page


def open_view(view: View) -> None:
    """Draw one page for what the URL says; a CxError becomes a page that says what to do."""
    library = source.library()
    try:
        ask = library.ask(LOCAL_ANALYST)
        choices = choices_of(ask)
        selection = selection_from(current_query(), choices)
        page = library.page(ask, LOCAL_ANALYST, view, selection)
    except CxError as error:
        show_trouble(error, is_damaged=not library.is_empty())
        return
    show_page(page, partial(filter_line, page.controls, page.selection, choices))


def choices_of(ask: Ask) -> Choices:
    """What a reader of this Ask can choose from."""
    first_days = [state.first_day for state in ask.sources if state.first_day]
    newest = [state.newest_at.date() for state in ask.sources if state.newest_at]
    return Choices(
        calendar=ask.calendar,
        first_day=min(first_days, default=None),
        last_day=ask.as_of or max(newest, default=None),
        metrics=source.metric_labels(),
        values=ask.dimension_values,
        sources={state.source: state.title for state in ask.sources},
        variants=source.variant_labels(),
        opens_early=partial(opens_early, ask),
    )


def show_trouble(error: CxError, *, is_damaged: bool) -> None:
    """Why there are no numbers and what to do, without a traceback."""
    with st.container(border=True, key="card-trouble"):
        st.title(labels.DAMAGED_TITLE if is_damaged else labels.NO_DATA_TITLE, anchor=False)
        st.text(str(error))
        for place, line in enumerate(labels.DAMAGED_HELP if is_damaged else labels.NO_DATA_HELP):
            if place % 2 and line.startswith("cx "):
                st.code(line, language=None)
            else:
                st.markdown(literal(line))


def _carry_query() -> None:
    """Take the reader's choices along to another page: its link names none, and Streamlit then drops the query.

    Before the navigation is drawn: a query that comes after it makes a second step in the browser's history.
    """
    state = st.session_state
    if not current_query() and state.get(SEEN_PAGE, _asked_page()) != _asked_page():
        st.query_params.from_dict(state[SEEN_QUERY])


def _asked_page() -> str:
    """Which page this run is for, by Streamlit's own mark; after the navigation it is never empty."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""
