"""The annotation form: what is entered is kept and drawn, what is wrong is said, and it can be taken back."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.web import labels, source
from dashboard.web.cache import Library, Publications
from etl.actions import Actions
from etl.annotations import annotate, read_annotations
from etl.folders import Folders
from tests.dashboard.canned import CannedAsk
from tests.dashboard.web.test_pages import script


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    folders = Folders(tmp_path)
    ask = CannedAsk()
    edition = Actions(folders)
    source.install(Library(Publications(lambda: 7, lambda _: ask, lambda: edition.edition, folders)))
    return folders


def trends() -> AppTest:
    return AppTest.from_function(script, args=("trends",), default_timeout=20).run()


def test_what_is_entered_is_kept(folders: Folders) -> None:
    app = trends()
    app.text_input[0].set_value("App 4.2")
    app.button[0].click().run()
    assert not app.exception
    (kept,) = read_annotations(folders)
    assert (kept.title, kept.kind.value, kept.version) == ("App 4.2", "release", 1)


def test_an_empty_title_is_told(folders: Folders) -> None:
    app = trends()
    app.button[0].click().run()
    assert "the title is empty" in app.error[0].value
    assert read_annotations(folders) == ()


def test_what_was_kept_can_be_taken_back(folders: Folders) -> None:
    annotate(folders, {"start": "2026-03-02", "kind": "release", "title": "App 4.2"}, "ada")
    app = trends()
    chosen = next(box for box in app.selectbox if box.label == labels.TAKE_BACK)
    chosen.set_value(read_annotations(folders)[0].key).run()
    next(button for button in app.button if button.label == labels.TAKE_BACK_NOW).click().run()
    assert not app.exception
    assert read_annotations(folders) == ()
