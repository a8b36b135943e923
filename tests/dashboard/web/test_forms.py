"""What all forms share: no day in them comes from the clock, and without a folder there is none."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.web import labels, source
from dashboard.web.cache import Library, Publications
from etl.folders import Folders
from tests.dashboard.canned import CannedAsk
from tests.dashboard.web.test_pages import page, script


@pytest.mark.parametrize(("name", "label"), [("trends", labels.DAYS), ("breakdowns", labels.PLAN_DUE)])
def test_where_no_day_has_data_the_days_are_asked_for(name: str, label: str, tmp_path: Path) -> None:
    ask = CannedAsk(first_day=None, as_of=None, values={})
    source.install(Library(Publications(lambda: 7, lambda _: ask, tuple, Folders(tmp_path))))
    app = AppTest.from_function(script, args=(name,), default_timeout=20).run()
    (days,) = [each for each in app.date_input if each.label == label]
    assert not days.value
    next(button for button in app.button if button.label == labels.KEEP).click().run()
    assert not app.exception
    assert "empty" in app.error[0].value


@pytest.mark.parametrize("name", ["trends", "breakdowns", "root_causes", "alerts"])
def test_without_a_folder_nothing_can_be_entered(name: str) -> None:
    assert labels.KEEP not in [button.label for button in page(name).button]
