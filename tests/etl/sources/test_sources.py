"""Every source: its golden, recognised by itself alone, loaded twice as once, split as whole, in any of its forms."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.config import load_settings
from etl.delivery import prepare
from etl.errors import FileRefused
from etl.folders import Folders
from etl.pipeline import load
from etl.reading.read import read
from etl.sources.catalogue import SOURCES
from etl.vocabulary import LoadStatus
from tests.etl.contents import loaded
from tests.etl.sources.landed import Landing, golden_of, golden_rows, landed, samples
from tests.etl.sources.workbooks import workbook

SAMPLES = {sample.stem: sample for sample in samples()}
# Two formats of which one is the other with parts left out: who asks for more has the file (catalogue.choose).
# Of the last ones the one is a table of what the other is as documents.
ASKS_LESS: dict[str, tuple[str, ...]] = {
    "threads": ("instagram",), "x_v1": ("x_archive",), "call_volumes_daily": ("call_volumes_interval",),
    "cfpb": ("cfpb_api",), "google_play_reviews": ("google_play_json", "google_play_listed"), "x_table": ("x_v2",),
    "amazon_connect_search": ("amazon_connect",),
    # Records that may be rows of a table, too: of any tool's, or of that of the same system.
    "delighted": ("nps_table",), "zendesk_satisfaction_ratings": ("nps_table",), "freshdesk_api": ("zendesk_export",),
    "zendesk_tickets": ("zendesk_export",), "google_play_json": ("google_play_reviews", "google_play_listed"),
    "x_v2": ("x_table",),
}  # fmt: skip


@pytest.fixture(params=list(SAMPLES.values()), ids=list(SAMPLES))
def sample(request: pytest.FixtureRequest) -> Path:
    """The sample of each source."""
    path: Path = request.param
    return path


def golden(name: str) -> Any:
    return json.loads(golden_of(SAMPLES[name]).read_text(encoding="utf-8"))


def parts(sample: Path, folder: Path) -> list[Path]:
    """The sample as two files, split in the middle of its records."""
    text = sample.read_text(encoding="utf-8")
    if sample.suffix == ".json":
        records = json.loads(text)
        halves = [json.dumps(half) for half in (records[: len(records) // 2], records[len(records) // 2 :])]
    elif sample.suffix == ".xml":
        halves = half_feeds(text)
    elif sample.suffix == ".txt":
        halves = half_logs(text)
    else:
        rows = list(csv.reader(io.StringIO(text)))
        head = header_rows(sample)
        header, body = rows[:head], rows[head:]
        halves = [as_csv([*header, *half]) for half in (body[: len(body) // 2], body[len(body) // 2 :])]
    paths = [folder / f"part {number}{sample.suffix}" for number in (1, 2)]
    for path, half in zip(paths, halves, strict=True):
        path.write_text(half, encoding="utf-8", newline="")
    return paths


def header_rows(sample: Path) -> int:
    """How many rows of a sample come before its records, as a load finds them."""
    with tempfile.TemporaryDirectory() as folder:
        landing = Landing(Path(folder) / "data")
        room = Path(folder) / "room"
        room.mkdir()
        return prepare(landing.connection, sample, room, landing.context).staged.plain.header_rows


def half_feeds(text: str) -> list[str]:
    """A feed in two, each with all that stands around the entries."""
    tag = "entry" if "<entry" in text else "item"
    start, *rest = re.split(rf"(?=<{tag}[ >])", text)
    last, _, end = rest[-1].rpartition(f"</{tag}>")
    entries = [*rest[:-1], f"{last}</{tag}>"]
    middle = len(entries) // 2
    return [start + "".join(half) + end for half in (entries[:middle], entries[middle:])]


def half_logs(text: str) -> list[str]:
    """A log in two, cut where a blank line stands: between two calls."""
    first, _, second = text.partition("\n\n")
    return [first + "\n", second]


def as_csv(rows: list[list[str]]) -> str:
    return "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)


def test_every_source_has_a_sample_and_a_golden() -> None:
    assert SAMPLES.keys() == SOURCES.keys()
    assert all(golden_of(sample).exists() for sample in SAMPLES.values())


def test_golden(sample: Path, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "data")
    delivered = landing.deliver(sample)
    assert (delivered.source, delivered.status) == (sample.stem, LoadStatus.LOADED)
    assert golden_rows(landing.connection) == golden(sample.stem)


def test_recognised_by_one_source_alone(sample: Path, tmp_path: Path) -> None:
    assert read(sample, tmp_path, SOURCES.values()).source == sample.stem
    others = [
        source for source in SOURCES.values() if source.name not in (sample.stem, *ASKS_LESS.get(sample.stem, ()))
    ]
    with pytest.raises(FileRefused, match=r"not recognised|one column|no objects|not of posts"):
        read(sample, tmp_path, others)


def test_loaded_twice_is_loaded_once(sample: Path, tmp_path: Path) -> None:
    landing = Landing(tmp_path / "data")
    landing.deliver(sample)
    once = landing.contents()
    again = tmp_path / f"again{sample.suffix}"
    again.write_bytes(sample.read_bytes() + b"\n")  # the same records in another file
    delivered = landing.deliver(again)
    assert (delivered.status, delivered.counts.loaded, delivered.counts.updated) == (LoadStatus.LOADED, 0, 0)
    assert landing.contents() == once


def test_split_is_whole(sample: Path, tmp_path: Path) -> None:
    whole = Landing(tmp_path / "whole")
    whole.deliver(sample)
    halves = parts(sample, tmp_path)
    for name, files in (("in order", halves), ("reversed", halves[::-1])):
        landing = Landing(tmp_path / name)
        assert [landing.deliver(file).status for file in files] == [LoadStatus.LOADED] * 2
        assert landing.contents() == whole.contents(), name


@pytest.mark.parametrize("name", ["amazon_connect", "call_center", "qualtrics", "twcs"])
def test_a_whole_load_lands_the_same(tmp_path: Path, name: str) -> None:
    run = loaded(tmp_path / "data", SAMPLES[name])
    assert [(report.source, report.status) for report in run.files] == [(name, LoadStatus.LOADED)]
    assert landed(Folders(tmp_path / "data")) == golden(name)


def lines(records: list[Any]) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


def pretty(records: list[Any]) -> str:
    return "".join(f"{json.dumps(record, indent=2)}\n" for record in records)


@pytest.mark.parametrize("form", [lines, pretty])
def test_json_in_its_other_forms(tmp_path: Path, form: Callable[[list[Any]], str]) -> None:
    path = tmp_path / "records"
    path.write_text(form(json.loads(SAMPLES["amazon_connect"].read_text(encoding="utf-8"))), encoding="utf-8")
    loaded(tmp_path / "data", path)
    assert landed(Folders(tmp_path / "data")) == golden("amazon_connect")


def test_one_pretty_printed_object(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text(pretty(json.loads(SAMPLES["amazon_connect"].read_text(encoding="utf-8"))[:1]), encoding="utf-8")
    assert [(file.read, file.loaded) for file in loaded(tmp_path / "data", path).files] == [(1, 1)]


def test_a_workbook_is_the_table_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    with SAMPLES["call_center"].open(encoding="utf-8", newline="") as file:
        path.write_bytes(workbook(list(csv.reader(file))))
    loaded(tmp_path / "data", path)
    assert landed(Folders(tmp_path / "data")) == golden("call_center")
    report = load(load_settings(tmp_path / "data"), [SAMPLES["call_center"]]).files[0]
    assert (report.loaded, report.updated, report.unchanged, report.quarantined) == (0, 0, 6, 4)


def test_the_first_record_may_be_longer_than_the_first_look(tmp_path: Path) -> None:
    record = {"Attributes": {"note": "x" * 300_000}, **json.loads(SAMPLES["amazon_connect"].read_text("utf-8"))[3]}
    path = tmp_path / "records"
    path.write_text(lines([record]), encoding="utf-8")
    plain = read(path, tmp_path, SOURCES.values())
    assert (plain.source, plain.layout, plain.path) == ("amazon_connect", "ndjson", path)
