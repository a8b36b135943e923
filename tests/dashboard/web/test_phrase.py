"""The phrase form: what is entered tells a cause from then on, what can't be read is said and not kept."""

from pathlib import Path

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.web import labels, source
from dashboard.web.cache import Library, Publications
from etl.actions import Actions
from etl.enrich.causes.kept import KIND, taxonomy_of
from etl.enrich.causes.telling import told_of
from etl.folders import Folders
from tests.dashboard.canned import CannedAsk
from tests.dashboard.web.test_pages import script


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders, ask = Folders(tmp_path), CannedAsk()
    edition = Actions(folders)
    source.install(Library(Publications(lambda: 7, lambda _: ask, lambda: edition.edition, folders)))
    return folders


def entered(phrase: str, new_cause: str) -> AppTest:
    app = AppTest.from_function(script, args=("root_causes",), default_timeout=30).run()
    inputs = {field.label: field for field in app.text_input}
    inputs[labels.PHRASE_TEXT].set_value(phrase)
    inputs[labels.NEW_CAUSE].set_value(new_cause)
    return next(button for button in app.button if button.label == labels.KEEP).click().run()


def test_what_is_entered_tells_a_cause(folders: Folders) -> None:
    app = entered("coffee ~2 cold", "cold drinks")
    assert not app.exception
    (kept,) = Actions(folders).current(KIND)
    assert (kept.content or {})["cause"] == "cold drinks"
    told = told_of(pa.array(["my coffee was cold"]), taxonomy_of(folders))
    assert told["cause"].to_pylist() == ["cold drinks"]


def test_what_can_not_be_read_is_told_and_not_kept(folders: Folders) -> None:
    app = entered("~2 cold", "cold drinks")
    assert "without a word before it" in app.error[0].value
    assert Actions(folders).current(KIND) == ()
