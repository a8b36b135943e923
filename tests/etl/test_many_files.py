"""Faults of how much there is, and of what is the same in another spelling (F-050, F-051, F-072, F-081)."""

import os
from pathlib import Path

import pytest

import etl.pipeline
from etl.config import load_settings
from etl.inbox import MOST_BYTES, Refusal, take
from etl.pipeline import load
from tests.etl.contents import data_folder, delivered
from tests.etl.test_faults import calls, text

FILES = 150


def test_many_tiny_files_land_once(tmp_path: Path) -> None:
    """F-050: in one run; the next one takes none of them again."""
    settings = data_folder(tmp_path / "data")
    settings.folders.inbox.mkdir()
    for number in range(FILES):
        place = settings.folders.inbox / f"{number:03}.csv"
        place.write_text(text(calls(f"f050-{number}", count=1)), encoding="utf-8")
    paths = sorted(settings.folders.inbox.iterdir())
    first, second = load(settings, paths), load(settings, paths)
    assert [file.loaded for file in first.files] == [1] * FILES
    assert {file.status for file in second.files} == {"duplicate"}
    assert len(delivered(tmp_path / "data")["core_records"]) == FILES


def test_a_file_beyond_all_measure_is_refused_unread(tmp_path: Path) -> None:
    """F-051: the file is a sparse one."""
    path = tmp_path / "calls.csv"
    path.touch()
    os.truncate(path, MOST_BYTES + 1)
    refused = take(path, data_folder(tmp_path / "data").folders)
    assert isinstance(refused, Refusal)
    assert refused.reason == "has 68719476737 bytes; expected at most 68719476736. Export shorter spans of time."
    assert list((tmp_path / "data" / "raw").glob("*.bin")) == []


def test_an_id_in_two_spellings_of_unicode_is_one(tmp_path: Path) -> None:
    """F-072: composed in the first delivery, with marks of their own in the second."""
    settings = data_folder(tmp_path / "data")
    paths = [tmp_path / "first.csv", tmp_path / "second.csv"]
    for path, mark in zip(paths, ("caf\u00e9", "cafe\u0301"), strict=True):
        path.write_text(text([*calls(mark), *calls(path.stem)[1:]]), encoding="utf-8")
    found = load(settings, paths).files
    assert [(file.loaded, file.unchanged) for file in found] == [(4, 0), (2, 2)]


def test_a_wholly_broken_delivery_is_not_what_the_next_one_is_compared_with(tmp_path: Path) -> None:
    """F-053 to F-057."""
    settings = data_folder(tmp_path / "data")
    broken, whole = tmp_path / "broken.csv", tmp_path / "whole.csv"
    broken.write_text(text([[*row, "x"] for row in calls("", {"Call Id": ""}, count=1)]), encoding="utf-8")
    whole.write_text(text(calls("f053")), encoding="utf-8")
    first, second = load(settings, [broken, whole]).files
    assert (first.status, second.status, second.reason) == ("quarantined", "loaded", None)


def test_other_rules_of_clocks_land_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-081: they come with the engine, and what was delivered is kept as it came."""
    root = tmp_path / "data"
    settings = data_folder(root)
    path = tmp_path / "calls.csv"
    path.write_text(text(calls("f081")), encoding="utf-8")
    load(settings, [path])
    before = delivered(root)
    assert load(load_settings(root), []).generation == 1
    monkeypatch.setattr(etl.pipeline, "ENGINE_VERSION", "another")
    assert load(load_settings(root), []).generation == 2
    after = delivered(root)
    assert {table for table in before if before[table] != after[table]} == {"core_facts"}
