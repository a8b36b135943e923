"""The form that enters a plan to mend a breakdown, and closes one."""

from datetime import timedelta
from functools import partial

import streamlit as st

from dashboard import format as words
from dashboard.blocks import Selection
from dashboard.strings import plans
from dashboard.web import labels
from dashboard.web.forms import choice, keep, show_form
from dashboard.web.state import Choices
from etl.folders import Folders
from etl.metrics.catalogue import BREAKDOWN_RATE
from etl.metrics.plans import FEWEST_WEEKS, MOST_LETTERS, MOST_WEEKS, USUAL_WEEKS, change, enter, measurable, read_plans
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension, PlanState

USUAL_TIME = timedelta(days=28)


def plan_form(_selection: Selection, choices: Choices) -> None:
    """The form for any breakdown, whatever the page shows."""
    show_form("plan", "assignment_add", labels.PLAN_NOW, labels.PLAN, partial(_forms, choices))


def _forms(choices: Choices, folders: Folders) -> None:
    _form(choices, folders)
    _closing(folders)


def _form(choices: Choices, folders: Folders) -> None:
    causes, touchpoints = _names(choices, Dimension.CAUSE), _names(choices, Dimension.TOUCHPOINT)
    newest = choices.last_day
    metrics = {name: choices.metrics.get(name, plans.BREAKDOWN_RATE) for name in measurable()}
    with st.form("plan-form", clear_on_submit=True, border=False):
        cause = st.selectbox(labels.PLAN_CAUSE, causes, index=None, filter_mode=None)
        touchpoint = st.selectbox(labels.PLAN_TOUCHPOINT, touchpoints, index=None, filter_mode=None)
        title = st.text_input(labels.PLAN_TITLE, max_chars=MOST_LETTERS)
        owner = st.text_input(labels.PLAN_OWNER, max_chars=MOST_LETTERS)
        first, last = st.columns(2)
        opened = first.date_input(labels.PLAN_OPENED, newest, key="plan-opened")
        due = last.date_input(labels.PLAN_DUE, newest + USUAL_TIME if newest else None, key="plan-due")
        metric = st.selectbox(labels.PLAN_METRIC, list(metrics), format_func=metrics.__getitem__, filter_mode=None)
        target = st.text_input(labels.PLAN_TARGET)
        window = st.number_input(labels.PLAN_WINDOW, FEWEST_WEEKS, MOST_WEEKS, USUAL_WEEKS)
        other = st.selectbox(
            labels.PLAN_COMPARATOR, touchpoints, index=None, placeholder=labels.NO_COMPARATOR, filter_mode=None
        )
        if not st.form_submit_button(labels.KEEP, type="primary"):
            return
    given = {
        "cause": cause or "", "touchpoint": touchpoint or "", "title": title, "owner": owner,
        "opened": str(opened or ""), "due": str(due or ""), "metric": metric or BREAKDOWN_RATE, "target": target,
        "window": str(window), "comparator": f"touchpoint={other}" if other else "",
    }  # fmt: skip
    keep(lambda author: enter(folders, given, author, causes, touchpoints))


def _names(choices: Choices, dimension: Dimension) -> list[str]:
    return [name for name in choices.values.get(dimension, ()) if name not in (UNKNOWN, UNASSIGNED)]


def _closing(folders: Folders) -> None:
    """A list of the open plans, to say of one that it is done or given up."""
    known = {plan.key: plan for plan in read_plans(folders) if plan.state is PlanState.OPEN}
    if not known:
        return
    names = {key: f"{words.day(plan.due, has_weekday=False)}: {plan.title}" for key, plan in known.items()}
    key = choice(labels.PLAN_CLOSE, names)
    if key is None:
        return
    for state, label in ((PlanState.DONE, labels.PLAN_DONE), (PlanState.DROPPED, labels.PLAN_DROP)):
        if st.button(label, key=f"plan-{state.value}"):
            keep(partial(change, folders, key, {"state": state.value}))
