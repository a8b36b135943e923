"""The catalogue of faults between deliveries (F-032 to F-052, F-080): what one does to what an earlier one brought."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from etl.config import load_settings
from etl.pipeline import FileReport, load
from etl.warehouse import Warehouse
from tests.etl import exports
from tests.etl.cli.calls import cx
from tests.etl.contents import data_folder, delivered
from tests.etl.exports import MONDAY, Record, call
from tests.etl.test_clock import MAPPING


def of_day(case: str, day: int, version: int = 0, wait: int = 10) -> Record:
    """The one call of a day; each case has calls and a caller of its own."""
    return call(f"{case}-{day}", MONDAY + timedelta(days=day), f"+12125550{case}", version=version, wait=wait)


def of_days(case: str, first: int, last: int) -> list[Record]:
    return [of_day(case, day) for day in range(first, last + 1)]


@dataclass(frozen=True)
class Sequel:
    """Two deliveries, what the second reports (loaded, updated, unchanged, superseded), and what both together hold."""

    first: Sequence[Record]
    second: Sequence[Record]
    counts: tuple[int, int, int, int]
    held: Sequence[Record]


CORRECTED = [of_day("037", 0), of_day("037", 1, wait=99), of_day("037", 2)]
NEWER = [of_day("041", 0, version=1, wait=99)]
SEQUELS = {
    "F-032 a writer paused and went on": Sequel(
        of_days("032", 0, 0), of_days("032", 0, 1), (1, 0, 1, 0), of_days("032", 0, 1)
    ),
    "F-036 weeks that overlap": Sequel(
        of_days("036", 0, 6), of_days("036", 5, 11), (5, 0, 2, 0), of_days("036", 0, 11)
    ),
    "F-037 corrected under the same name": Sequel(of_days("037", 0, 2), CORRECTED, (0, 1, 2, 0), CORRECTED),
    "F-038 records are missing now": Sequel(
        of_days("038", 0, 1), of_days("038", 0, 0), (0, 0, 1, 0), of_days("038", 0, 1)
    ),
    "F-039 a record of 30 days ago": Sequel(
        of_days("039", 30, 31), of_days("039", 0, 0), (1, 0, 0, 0), [*of_days("039", 0, 0), *of_days("039", 30, 31)]
    ),
    "F-041 older than what is held": Sequel(NEWER, of_days("041", 0, 0), (0, 0, 0, 1), NEWER),
}


def deliver(root: Path, parts: Sequence[Sequence[Record]]) -> list[FileReport]:
    """What one load says of a file for each of the parts."""
    paths = [exports.write_calls(root.parent / f"{place}.json", records) for place, records in enumerate(parts)]
    return list(load(load_settings(root), paths).files)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to which the first deliveries came."""
    root = tmp_path_factory.mktemp("deliveries") / "data"
    data_folder(root)
    deliver(root, [sequel.first for sequel in SEQUELS.values()])
    return root


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, FileReport]:
    """What the load of the second deliveries says, each under the name of the first."""
    return dict(zip(SEQUELS, deliver(folder, [sequel.second for sequel in SEQUELS.values()]), strict=True))


@pytest.mark.parametrize("name", SEQUELS)
def test_a_delivery_after_another(reports: dict[str, FileReport], name: str) -> None:
    found = reports[name]
    assert (found.loaded, found.updated, found.unchanged, found.superseded) == SEQUELS[name].counts


@pytest.mark.usefixtures("reports")
def test_both_deliveries_are_as_if_they_were_one(folder: Path, tmp_path: Path) -> None:
    data_folder(tmp_path / "data")
    deliver(tmp_path / "data", [sequel.held for sequel in SEQUELS.values()])
    whole, parts = delivered(tmp_path / "data"), delivered(folder)
    assert {table for table in whole if whole[table] != parts[table]} == set()
    assert len(whole["core_records"]) == sum(len(sequel.held) for sequel in SEQUELS.values())


@pytest.mark.parametrize("source", [None, "qualtrics"], ids=["F-045 as found", "F-045 as named"])
def test_a_file_in_the_folder_of_another_source(tmp_path: Path, source: str | None) -> None:
    data_folder(tmp_path / "data")
    (tmp_path / "qualtrics").mkdir()
    path = exports.write_calls(tmp_path / "qualtrics" / "answers.csv", of_days("045", 0, 1))
    (found,) = load(load_settings(tmp_path / "data"), [path], source).files
    expected = ("loaded", "amazon_connect", 2) if source is None else ("refused", None, None)
    assert (found.status, found.source, found.loaded) == expected


def test_an_inbox_that_is_gone_takes_nothing_with_it(tmp_path: Path) -> None:
    """F-052: what was loaded stays, in the same generation."""
    root = tmp_path / "data"
    inbox = data_folder(root).folders.inbox
    inbox.mkdir()
    exports.write_calls(inbox / "calls.json", of_days("052", 0, 1))
    assert cx(root, "load", "--json").document["generation"] == 1
    before = delivered(root)
    shutil.rmtree(inbox)
    outcome = cx(root, "load", "--json")
    assert (outcome.code, outcome.document) == (0, {"generation": 1, "files": []})
    assert "nothing to load" in outcome.told
    assert delivered(root) == before


def test_a_zone_that_is_declared_later_is_that_of_earlier_deliveries_too(tmp_path: Path) -> None:
    """F-080: until then the zone is marked as assumed."""
    root = data_folder(tmp_path / "data").folders.root
    (tmp_path / "mails.toml").write_text(MAPPING.replace('zone = "Europe/Berlin"\n', ""), encoding="utf-8")
    told = []
    for number, settings in enumerate(("", '[sources.mails]\nzone = "Europe/Berlin"\n')):
        (root / "settings.toml").write_text(settings, encoding="utf-8")
        path = tmp_path / f"{number}.csv"
        path.write_text(f"Nr,Came,Answered\n{number},2026-06-01 09:00:00,\n", encoding="utf-8")
        words = ("load", str(path), "--mapping", str(tmp_path / "mails.toml"), "--json")
        (found,) = cx(root, *words).document["files"]
        told.append((found["zone"], found["zone_assumed"]))
    assert told == [("UTC", True), ("Europe/Berlin", False)]
    warehouse = Warehouse(load_settings(root).folders)
    published = warehouse.current()
    assert published
    with warehouse.read(published) as connection:
        times = connection.execute("SELECT CAST(event_at AS VARCHAR) FROM core_records").fetchall()
    assert times == [("2026-06-01 07:00:00",)] * 2
