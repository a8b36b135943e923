"""The form on Alerts: an alert is acknowledged with what is done, told no more, and taken back."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.web import labels, source
from dashboard.web.cache import Library, Publications
from etl.actions import Actions
from etl.alerting import Alerting, read_alerting
from etl.folders import Folders
from tests.dashboard.canned import WATCHED, CannedAsk
from tests.dashboard.web.test_pages import script

WORST = "began/cause=late delivery; touchpoint=delivery"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(tmp_path)
    watch(folders, WATCHED)
    return folders


def watch(folders: Folders, rules: Alerting) -> None:
    """Serve pages on which these rules watch."""

    def ask(_: object) -> CannedAsk:
        kept = read_alerting(folders).acknowledgements
        return CannedAsk(is_storm=True, alerting=replace(rules, acknowledgements=kept))

    edition = Actions(folders)
    source.install(Library(Publications(lambda: 7, ask, lambda: edition.edition, folders)))


def alerts() -> AppTest:
    return AppTest.from_function(script, args=("alerts",), default_timeout=20).run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_an_alert_is_acknowledged_and_taken_back(folders: Folders) -> None:
    app = alerts()
    assert app.title[0].value.startswith("4 alerts need somebody")
    app.selectbox[0].set_value(WORST)
    app.text_input[0].set_value("second van")
    press(app, labels.KEEP)
    assert not app.exception
    (kept,) = read_alerting(folders).acknowledgements
    assert (kept.alert, str(kept.opened), str(kept.as_of), kept.note) == (
        WORST, "2026-03-02", "2026-03-11", "second van",
    )  # fmt: skip
    assert app.title[0].value.startswith("3 alerts need somebody")
    chosen = next(box for box in app.selectbox if box.label == labels.TAKE_BACK)
    chosen.set_value(WORST).run()
    press(app, labels.TAKE_BACK_NOW)
    assert not app.exception
    assert read_alerting(folders).acknowledgements == ()


def test_without_a_choice_nothing_is_kept(folders: Folders) -> None:
    press(alerts(), labels.KEEP)
    assert read_alerting(folders).acknowledgements == ()


def test_a_row_is_offered_once_and_acknowledged_whole(folders: Folders) -> None:
    again = replace(WATCHED.rules[0], name="again", title="Breakdown is back")
    watch(folders, replace(WATCHED, rules=(*WATCHED.rules, again)))
    app = alerts()
    assert len(app.selectbox[0].options) == 4
    row = WORST.replace("began", "again")
    app.selectbox[0].set_value(row)
    press(app, labels.KEEP)
    assert {kept.alert for kept in read_alerting(folders).acknowledgements} == {WORST, row}
    assert app.title[0].value.startswith("3 alerts need somebody")
    next(box for box in app.selectbox if box.label == labels.TAKE_BACK).set_value(row).run()
    press(app, labels.TAKE_BACK_NOW)
    assert read_alerting(folders).acknowledgements == ()
