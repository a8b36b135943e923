"""From a number to its rows: a click on a bar or a choice from a list shows exactly what it counts."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from dashboard import format as words
from dashboard.tables import Drill
from dashboard.web import labels, source
from dashboard.web.markdown import literal
from etl.cli.tables import csv_text
from etl.metrics.answer import LOCAL_ANALYST, Ask, Question

PARAMETER = "rows"
SEPARATOR = "~"
MOST_ROWS = 1_000
ROW_HEIGHT, MOST_SHOWN = 34, 9
WIDTH = 420
HIDDEN = ("contact_key", "record_key", "chain_key", "customer_id", "person", "business_day")
"""Keys and hashes mean nothing to a reader, the day stands in the moment; the file for download has them."""
FIRST = ("started_at", "channel", "touchpoint", "cause")

Drills = Sequence[tuple[str, Drill]]


def clicked(key: str, drills: Drills) -> None:
    """A chart's callback: what the click chose becomes the choice of the list below it."""
    points = st.session_state[f"chart-{key}"].selection.points
    names = [name for name, _ in drills]
    place = points[0].get("point_index") if points else None
    st.session_state[_key(key)] = names[place] if place is not None and place < len(names) else None
    _remember(key)


def show_drill(key: str, drills: Drills, invitation: str = labels.DRILL_CHOICE) -> None:
    """The list to choose from, and the rows behind the choice; the choice stands in the URL."""
    by_name = dict(drills)
    _recall(key, by_name)
    _remember(key)
    name = st.selectbox(
        labels.DRILL, list(by_name), index=None, key=_key(key), placeholder=invitation,
        on_change=_remember, args=(key,), filter_mode=None, width=WIDTH, label_visibility="collapsed",
    )  # fmt: skip
    if name is not None:
        _show_rows(name, by_name[name], key)


def _show_rows(name: str, drill: Drill, key: str) -> None:
    library = source.library()
    ask = library.ask(LOCAL_ANALYST)
    found = library.rows(ask, LOCAL_ANALYST, drill)
    titles = {state.source: state.title for state in ask.sources}
    count = words.count(len(found.rows))
    st.markdown(f"**{literal(labels.rows_behind(name, count, found.unit, is_one=len(found.rows) == 1))}**")
    if len(found.rows) != drill.count:
        st.caption(literal(labels.NEWER_ROWS))
    st.caption(literal(labels.CLAIM))
    st.code(f"cx trace {claim_of(ask, drill)}", language=None, wrap_lines=True)
    if not found.rows:
        return
    shown = [{column: value for column, value in row.items() if column not in HIDDEN} for row in found.rows[:MOST_ROWS]]
    columns = {
        _title(column): [titles.get(str(row[column])) or _text(row[column]) for row in shown]
        for column in _ordered(shown)
    }
    st.dataframe(
        pa.table(columns),
        hide_index=True, row_height=ROW_HEIGHT, height=ROW_HEIGHT * (min(len(shown), MOST_SHOWN) + 1) + 2,
        alt=labels.rows_behind(name, count, found.unit, is_one=len(found.rows) == 1), key=f"rows-{key}",
    )  # fmt: skip
    if len(found.rows) > MOST_ROWS:
        st.caption(literal(labels.first_rows(words.count(MOST_ROWS))))
    st.download_button(
        labels.DOWNLOAD, lambda: csv_text(found.rows).encode("utf-8-sig"), f"{drill.metric}-{drill.period.key}.csv",
        "text/csv", key=f"download-{key}", on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def claim_of(ask: Ask, drill: Drill) -> str:
    """The id by which the number can be replayed; asked for where the page did not carry it."""
    if drill.claim:
        return drill.claim
    (row,) = ask(Question((drill.metric,), start=drill.period.start, end=drill.period.end, where=drill.where)).rows
    return row.claim


def _ordered(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The columns in which any row says something: first what a reader looks for, last what is the same in all."""
    filled = [column for column in rows[0] if any(row[column] is not None for row in rows)]
    alike = {column for column in filled if column not in FIRST and len({row[column] for row in rows}) == 1}
    order = (*(column for column in FIRST if column in filled), *(column for column in filled if column not in FIRST))
    return sorted(order, key=lambda column: column in alike)


def _title(column: str) -> str:
    return column.replace("_", " ").removeprefix("is ").capitalize()


def _text(value: Any) -> str | None:
    """A cell as plain text, which no grid takes for markup or a formula."""
    if value is None:
        return None
    if isinstance(value, bool):
        return labels.YES if value else labels.NO
    return str(value)


def _key(key: str) -> str:
    return f"drill-{key}"


def _recall(key: str, by_name: Mapping[str, Drill]) -> None:
    """Take the choice of the URL when the page is opened, and forget one that is offered no longer."""
    if _key(key) not in st.session_state:
        place, _, name = st.query_params.get(PARAMETER, "").partition(SEPARATOR)
        if place == key and name in by_name:
            st.session_state[_key(key)] = name
    if st.session_state.get(_key(key)) not in (None, *by_name):
        st.session_state[_key(key)] = None


def _remember(key: str) -> None:
    name = st.session_state.get(_key(key))
    if name is not None:
        st.query_params[PARAMETER] = f"{key}{SEPARATOR}{name}"
    elif st.query_params.get(PARAMETER, "").startswith(f"{key}{SEPARATOR}"):
        del st.query_params[PARAMETER]
