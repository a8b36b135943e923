"""The form that enters a plan to mend a breakdown, and closes one."""

from datetime import date, timedelta
from getpass import getuser

import streamlit as st

from dashboard import format as words
from dashboard.blocks import Selection
from dashboard.strings import plans
from dashboard.web import labels, source
from dashboard.web.markdown import literal
from dashboard.web.state import Choices
from etl.config import Folders
from etl.errors import CxError
from etl.metrics.catalogue import BREAKDOWN_RATE
from etl.metrics.plans import FEWEST_WEEKS, MOST_LETTERS, MOST_WEEKS, USUAL_WEEKS, change, enter, measurable, read_plans
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension, PlanState

USUAL_TIME = timedelta(days=28)


def plan_form(_selection: Selection, choices: Choices) -> None:
    """A popover with the form; nothing where the pages have no folder to keep it in."""
    folders = source.library().folders
    if folders is None:
        return
    with st.popover(":material/assignment_add:", help=labels.PLAN, key="plan"):
        _form(choices, folders)
        _closing(folders)


def _form(choices: Choices, folders: Folders) -> None:
    causes, touchpoints = _names(choices, Dimension.CAUSE), _names(choices, Dimension.TOUCHPOINT)
    newest = choices.last_day or date.today()  # noqa: DTZ011 (only where no day has data)
    metrics = {name: choices.metrics.get(name, plans.BREAKDOWN_RATE) for name in measurable()}
    with st.form("plan-form", clear_on_submit=True, border=False):
        cause = st.selectbox(labels.PLAN_CAUSE, causes, index=None, filter_mode=None)
        touchpoint = st.selectbox(labels.PLAN_TOUCHPOINT, touchpoints, index=None, filter_mode=None)
        title = st.text_input(labels.PLAN_TITLE, max_chars=MOST_LETTERS)
        owner = st.text_input(labels.PLAN_OWNER, max_chars=MOST_LETTERS)
        first, last = st.columns(2)
        opened = first.date_input(labels.PLAN_OPENED, newest, key="plan-opened")
        due = last.date_input(labels.PLAN_DUE, newest + USUAL_TIME, key="plan-due")
        metric = st.selectbox(labels.PLAN_METRIC, list(metrics), format_func=metrics.__getitem__, filter_mode=None)
        target = st.text_input(labels.PLAN_TARGET)
        window = st.number_input(labels.PLAN_WINDOW, FEWEST_WEEKS, MOST_WEEKS, USUAL_WEEKS)
        other = st.selectbox(
            labels.PLAN_COMPARATOR, touchpoints, index=None, placeholder=labels.NO_COMPARATOR, filter_mode=None
        )
        if not st.form_submit_button(labels.KEEP, type="primary"):
            return
    given = {
        "cause": cause or "", "touchpoint": touchpoint or "", "title": title, "owner": owner, "opened": str(opened),
        "due": str(due), "metric": metric or BREAKDOWN_RATE, "target": target, "window": str(window),
        "comparator": f"touchpoint={other}" if other else "",
    }  # fmt: skip
    try:
        enter(folders, given, getuser(), causes, touchpoints)
    except CxError as error:
        st.error(literal(str(error)))
        return
    st.toast(labels.KEPT)
    st.rerun()


def _names(choices: Choices, dimension: Dimension) -> list[str]:
    return [name for name in choices.values.get(dimension, ()) if name not in (UNKNOWN, UNASSIGNED)]


def _closing(folders: Folders) -> None:
    """A list of the open plans, to say of one that it is done or given up."""
    known = {plan.key: plan for plan in read_plans(folders) if plan.state is PlanState.OPEN}
    if not known:
        return
    names = {key: f"{words.day(plan.due, has_weekday=False)}: {plan.title}" for key, plan in known.items()}
    key = st.selectbox(labels.PLAN_CLOSE, list(names), index=None, format_func=names.__getitem__, filter_mode=None)
    if key is None:
        return
    for state, label in ((PlanState.DONE, labels.PLAN_DONE), (PlanState.DROPPED, labels.PLAN_DROP)):
        if st.button(label, key=f"plan-{state.value}"):
            try:
                change(folders, key, {"state": state.value}, getuser())
            except CxError as error:
                st.error(literal(str(error)))
                return
            st.rerun()
