"""The filter line: widgets that show the selection of the URL and write the reader's choice back into it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import streamlit as st

from dashboard import format as words
from dashboard.blocks import Control, Selection
from dashboard.strings import length
from dashboard.web import labels
from dashboard.web.acknowledge import acknowledge_form
from dashboard.web.annotate import annotation_form
from dashboard.web.label import label_form
from dashboard.web.phrase import phrase_form
from dashboard.web.plan import plan_form
from dashboard.web.state import DEFAULT, NAMES, VERSUS_CHOICES, Choices, length_name, query_from, selection_from
from etl.vocabulary import Dimension, Grain

MOST_PERIODS: Mapping[Grain, int] = MappingProxyType(
    {Grain.DAY: 120, Grain.WEEK: 110, Grain.MONTH: 60, Grain.QUARTER: 24, Grain.YEAR: 20}
)
WIDTHS: Mapping[str, int] = MappingProxyType(
    {"period": 190, "versus": 158, "metric": 176, "variant": 190, "split": 120, "span": 120}
)
SPANS: Mapping[Grain, tuple[int, ...]] = MappingProxyType(
    {
        Grain.DAY: (14, 30, 60, 90, 180),
        Grain.WEEK: (13, 26, 52, 104),
        Grain.MONTH: (6, 12, 24, 36),
        Grain.QUARTER: (4, 8, 12),
        Grain.YEAR: (3, 5, 10),
    }
)
MOST_OPTIONS = 200
LETTER, ARROW, WIDEST = 6.3, 45, 340
"""Pixels: of a letter on average, of what stands around the words of a choice, and of the widest one."""


def current_query() -> dict[str, list[str]]:
    """What the URL says under the names that we know; anything else in it is never read."""
    return {name: st.query_params.get_all(name) for name in NAMES if name in st.query_params}


def filter_line(controls: Sequence[Control], selection: Selection, choices: Choices) -> None:
    """The controls of a page in one line that wraps, in the page's order."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filter-line"):
        for control in controls:
            _WIDGETS[control](selection, choices)


def _grain(selection: Selection, choices: Choices) -> None:
    _show("grain", length_name(selection))
    names = {name: labels.grain(*length) for name, length in choices.lengths.items()}
    st.segmented_control(
        labels.GRAIN, list(names), format_func=partial(_named, names), key=_key("grain"), required=True,
        on_change=_write, args=("grain", choices), label_visibility="collapsed",
    )  # fmt: skip


def _period(selection: Selection, choices: Choices) -> None:
    grain, fiscal = selection.grain, selection.fiscal
    periods = {period.key: period for period in choices.periods(grain, MOST_PERIODS[grain], fiscal=fiscal)}
    chosen = selection.period
    if chosen is not None and chosen not in periods:
        periods[chosen] = choices.calendar.parse(chosen)
    names = {key: words.period(grain, key, period.start, period.end) for key, period in periods.items()}
    label = labels.best_covered if choices.opens_early(selection.where) else labels.latest
    latest = label(grain, is_fiscal=fiscal)
    _select("period", labels.PERIOD, {"": latest} | names, chosen or "", choices)


def _versus(selection: Selection, choices: Choices) -> None:
    names: dict[str, str] = {choice: labels.VERSUS_WORDS[choice] for choice in VERSUS_CHOICES}
    grain, fiscal = selection.grain, selection.fiscal
    for period in choices.periods(grain, MOST_PERIODS[grain], fiscal=fiscal)[1:]:
        names[period.key] = labels.versus(words.period(grain, period.key, period.start, period.end))
    _select("versus", labels.VERSUS, names, selection.versus, choices)


def _metric(selection: Selection, choices: Choices) -> None:
    names = choices.metrics or {DEFAULT.metric: DEFAULT.metric}
    own = next(iter(choices.variants_of(selection.metric)), selection.metric)
    _select("metric", labels.METRIC, names, own, choices)


def _variant(selection: Selection, choices: Choices) -> None:
    """The switch between the ways to count a metric; none where there is but one."""
    if names := choices.variants_of(selection.metric):
        _select("variant", labels.VARIANT, names, selection.metric, choices)


def _split(selection: Selection, choices: Choices) -> None:
    offered = [dimension for dimension in Dimension if dimension in _offered(choices) or dimension == selection.split]
    names = {dimension.value: labels.by(dimension) for dimension in offered}
    _select("split", labels.SPLIT, {"": labels.NO_SPLIT} | names, selection.split or "", choices)


def _span(selection: Selection, choices: Choices) -> None:
    name = length(selection.grain, is_fiscal=selection.fiscal)
    lengths = sorted({*SPANS[selection.grain], *((selection.span,) if selection.span else ())})
    names = {str(count): labels.span(words.count(count), name) for count in lengths}
    _select("span", labels.SPAN, {"": labels.USUAL_SPAN} | names, str(selection.span or ""), choices)


def _where(selection: Selection, choices: Choices) -> None:
    """One list a dimension, and a label that counts those in use, already on the first run."""
    chosen = dict(selection.where)
    with st.popover(labels.filters(len(chosen)), icon=":material/tune:", key="filters"):
        offered = [dimension for dimension in Dimension if dimension in chosen or dimension in _offered(choices)]
        if not offered:
            st.caption(labels.NOTHING_TO_FILTER)
        for dimension in offered:
            values = choices.values[dimension]
            asked = chosen.get(dimension, ())
            _show(dimension, list(asked))
            st.multiselect(
                labels.DIMENSIONS[dimension], list(dict.fromkeys((*values[:MOST_OPTIONS], *asked))),
                key=_key(dimension), on_change=_write, args=(dimension, choices), placeholder=labels.NO_FILTER,
                format_func=partial(_named, choices.sources if dimension is Dimension.SOURCE else {}),
                select_all=False,
            )  # fmt: skip
        if chosen:
            st.button(labels.CLEAR, key="clear-filters", on_click=_clear, args=(choices,), width="stretch")


_WIDGETS: Mapping[Control, Callable[[Selection, Choices], None]] = MappingProxyType(
    {
        "grain": _grain,
        "period": _period,
        "versus": _versus,
        "metric": _metric,
        "variant": _variant,
        "split": _split,
        "span": _span,
        "where": _where,
        "annotate": annotation_form,
        "plan": plan_form,
        "acknowledge": acknowledge_form,
        "phrase": phrase_form,
        "label": label_form,
    }
)


def _offered(choices: Choices) -> list[Dimension]:
    """The dimensions along which the data differ."""
    return [dimension for dimension in Dimension if len(choices.values.get(dimension, ())) > 1]


def _select(name: str, label: str, names: Mapping[str, str], value: str, choices: Choices) -> None:
    _show(name, value)
    st.selectbox(
        label, list(names), format_func=partial(_named, names), key=_key(name), on_change=_write,
        args=(name, choices), label_visibility="collapsed", width=_width(name, _named(names, value)), filter_mode=None,
    )  # fmt: skip


def _width(name: str, chosen: str) -> int:
    """As wide as usual, or as the words chosen take."""
    return max(WIDTHS[name], min(int(len(chosen) * LETTER) + ARROW, WIDEST))


def _named(names: Mapping[str, str], value: str) -> str:
    return names.get(value, value)


def _key(name: str) -> str:
    return f"choose-{name}"


def _show(name: str, value: Any) -> None:
    """Make the widget show the value of the URL; written only when it differs, for a reader may be quicker."""
    if st.session_state.get(_key(name)) != value:
        st.session_state[_key(name)] = value


def _write(name: str, choices: Choices) -> None:
    """Put what a widget now holds into the URL; another grain has other periods and spans."""
    value = st.session_state[_key(name)]
    query = current_query() | {
        "metric" if name == "variant" else name: list(value) if isinstance(value, list) else [str(value)]
    }
    if name == "grain":
        query = {known: values for known, values in query.items() if known not in ("period", "span")}
        query = {known: values for known, values in query.items() if known != "versus" or values[0] in VERSUS_CHOICES}
    _keep(query, choices)


def _clear(choices: Choices) -> None:
    _keep({name: values for name, values in current_query().items() if name not in set(Dimension)}, choices)


def _keep(query: Mapping[str, Sequence[str]], choices: Choices) -> None:
    st.query_params.from_dict(query_from(selection_from(query, choices)))
