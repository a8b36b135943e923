"""The store of decisions: versions with their authors, no lost update, several processes at once, damage told."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.actions import FILE, Actions, Changed
from etl.errors import CheckFailed, UserError
from etl.folders import Folders

WRITER = """
import sys
from pathlib import Path
from etl.actions import Actions
from etl.folders import Folders
actions = Actions(Folders(Path(sys.argv[1])))
for number in range(25):
    actions.write("note", f"{sys.argv[2]}-{number}", {"number": number}, sys.argv[2])
"""


@pytest.fixture
def actions(tmp_path: Path) -> Actions:
    return Actions(Folders(tmp_path))


def test_nothing_is_made_by_reading(actions: Actions, tmp_path: Path) -> None:
    assert (actions.current("note"), actions.history("note", "a"), actions.edition) == ((), (), 0)
    assert not (tmp_path / FILE).exists()


def test_what_was_decided_stands_with_who_and_when(actions: Actions, tmp_path: Path) -> None:
    actions.write("note", "a", {"title": "Straße <b>"}, "ada")
    actions.write("note", "b", {"title": "two"}, "bob")
    actions.write("target", "a", {"value": 0.8}, "bob")
    first, second = actions.current("note")
    assert (first.content, first.author, first.version) == ({"title": "Straße <b>"}, "ada", 1)
    assert second.content == {"title": "two"}
    assert datetime.now(UTC) - first.edited_at < timedelta(minutes=5)
    assert actions.edition == 3
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_newer_version_takes_the_place_and_the_older_stays_in_the_history(actions: Actions) -> None:
    actions.write("note", "a", {"title": "one"}, "ada")
    actions.write("note", "a", {"title": "two"}, "bob", version=1)
    actions.write("note", "b", {"title": "three"}, "bob")
    actions.write("note", "a", None, "ada", version=2)
    assert [edit.key for edit in actions.current("note")] == ["b"]
    said = [(edit.version, edit.author, edit.content) for edit in actions.history("note", "a")]
    assert said == [(1, "ada", {"title": "one"}), (2, "bob", {"title": "two"}), (3, "ada", None)]
    assert [actions.version("note", key) for key in ("a", "b", "c")] == [3, 1, 0]


def test_who_saw_an_older_version_overwrites_nothing(actions: Actions) -> None:
    actions.write("note", "a", {"title": "one"}, "ada")
    actions.write("note", "a", {"title": "two"}, "bob", version=1)
    with pytest.raises(Changed, match="bob changed it at .* you saw version 1, it is 2 now"):
        actions.write("note", "a", {"title": "mine"}, "ada", version=1)
    assert [edit.content for edit in actions.current("note")] == [{"title": "two"}]


def test_several_processes_write_at_once(actions: Actions, tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in ("x", "y")]
    assert [writer.wait() for writer in writers] == [0, 0]
    expected = {f"{name}-{number}" for name in ("x", "y") for number in range(25)}
    assert {edit.key for edit in actions.current("note")} == expected


def test_a_damaged_store_is_told(actions: Actions, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database, but long enough to be taken for one" * 100)
    with pytest.raises(CheckFailed, match="Restore it from a backup"):
        actions.current("note")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Choose a data folder"):
        Actions(Folders(tmp_path / "missing")).write("note", "a", {}, "ada")
