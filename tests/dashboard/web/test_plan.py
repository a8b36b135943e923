"""The plan form: what is entered is kept and shown, what is wrong is said, and a plan can be closed."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.web import labels, source
from dashboard.web.cache import Library, Publications
from etl.actions import Actions
from etl.folders import Folders
from etl.metrics.plans import enter, read_plans
from etl.vocabulary import PlanState
from tests.dashboard.canned import CannedAsk
from tests.dashboard.web.test_pages import script


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(tmp_path)
    ask, edition = CannedAsk(), Actions(folders)
    source.install(Library(Publications(lambda: 7, lambda _: ask, lambda: edition.edition, folders)))
    return folders


def breakdowns() -> AppTest:
    return AppTest.from_function(script, args=("breakdowns",), default_timeout=20).run()


def labelled(widgets: Any, label: str) -> Any:
    return next(widget for widget in widgets if widget.label == label)


def test_what_is_entered_is_kept_and_what_is_missing_is_told(folders: Folders) -> None:
    app = breakdowns()
    labelled(app.button, labels.KEEP).click().run()
    assert "cause is empty" in app.error[0].value
    labelled(app.selectbox, labels.PLAN_CAUSE).set_value("late delivery")
    labelled(app.selectbox, labels.PLAN_TOUCHPOINT).set_value("delivery")
    labelled(app.selectbox, labels.PLAN_COMPARATOR).set_value("shop")
    labelled(app.text_input, labels.PLAN_TITLE).set_value("Second van")
    labelled(app.text_input, labels.PLAN_OWNER).set_value("Ada")
    labelled(app.text_input, labels.PLAN_TARGET).set_value("0.02")
    labelled(app.button, labels.KEEP).click().run()
    assert not app.exception
    (plan,) = read_plans(folders)
    assert (plan.cause, plan.touchpoint, plan.title, plan.owner) == ("late delivery", "delivery", "Second van", "Ada")
    assert (plan.target, plan.window, plan.comparator) == (0.02, 8, ("late delivery", "shop"))
    assert (str(plan.opened), str(plan.due)) == ("2026-03-11", "2026-04-08")


def test_an_open_plan_is_closed(folders: Folders) -> None:
    given = {"cause": "a", "touchpoint": "b", "title": "c", "owner": "d", "due": "2026-03-31", "opened": "2026-03-01"}
    enter(folders, given, "ada", ["a"], ["b"])
    app = breakdowns()
    labelled(app.selectbox, labels.PLAN_CLOSE).set_value(read_plans(folders)[0].key).run()
    labelled(app.button, labels.PLAN_DONE).click().run()
    assert not app.exception
    assert [plan.state for plan in read_plans(folders)] == [PlanState.DONE]
