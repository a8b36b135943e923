"""The label form: it shows a text of the period literally, keeps what a person says of it, and goes on to the next."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboard.web import labels, source
from dashboard.web.cache import Library, Publications
from etl.folders import Folders
from etl.labels import read_labels, text_id
from tests.dashboard.canned import CannedAsk
from tests.dashboard.views.test_root_causes import WEEK, posts
from tests.dashboard.web.test_pages import script


def run(folders: Folders, said: tuple[dict[str, Any], ...]) -> AppTest:
    ask = CannedAsk(posts=said, labels=read_labels(folders))
    source.install(Library(Publications(lambda: 7, lambda _: ask, tuple, folders)))
    return AppTest.from_function(script, args=("root_causes",), default_timeout=30).run()


def test_a_text_is_labelled_and_the_next_one_shown(tmp_path: Path) -> None:
    folders, said = Folders(tmp_path), posts()[-2:]
    app = run(folders, said)
    assert labels.labelled(0, 2) in [caption.value for caption in app.caption]
    chosen = next(box for box in app.selectbox if box.label == labels.LABEL_CAUSE)
    chosen.set_value("late delivery")
    button = next(each for each in app.button if "label-" in str(each.proto.form_id))
    app = button.click().run()
    assert not app.exception
    (kept,) = read_labels(folders)
    assert kept.text_id in {text_id(WEEK.end, each["record_key"]) for each in said}
    assert kept.cause == "late delivery"
    again = run(folders, said)
    assert labels.labelled(1, 2) in [caption.value for caption in again.caption]
