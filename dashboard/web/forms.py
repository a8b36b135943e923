"""What all forms share: a popover that says what went wrong, a choice by name, and what follows once one is kept."""

from collections.abc import Callable, Mapping
from getpass import getuser

import streamlit as st

from dashboard.web import labels, source
from dashboard.web.markdown import literal
from etl.errors import CxError
from etl.folders import Folders


def show_form(name: str, icon: str, label: str, purpose: str, draw: Callable[[Folders], None]) -> None:
    """A popover that `draw` fills; nothing where the pages have no folder to keep anything in.

    What `draw` can't read or may not keep is said inside.
    """
    folders = source.library().folders
    if folders is None:
        return
    with st.popover(label, icon=f":material/{icon}:", help=purpose, key=name):
        try:
            draw(folders)
        except CxError as error:
            st.error(literal(str(error)))


def choice(label: str, names: Mapping[str, str]) -> str | None:
    """A key chosen by its name; None until one is."""
    return st.selectbox(label, list(names), index=None, format_func=names.__getitem__, filter_mode=None)


def keep(write: Callable[[str], object], said: str = labels.KEPT) -> None:
    """Keep it in the name of who serves the pages, say so, and draw the page anew; raises what `write` raises."""
    write(getuser())
    st.toast(said)
    st.rerun()
