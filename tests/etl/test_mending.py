"""Quarantined records: exported as a file like theirs, mended, loaded again."""

import json
from pathlib import Path

import pytest

from etl.config import load_settings
from etl.errors import UserError
from etl.mending import export, put_aside
from etl.pipeline import load
from tests.etl.contents import loaded

HEADER = "Call Id;Date;Time;Topic;Answered (Y/N);Speed of answer in seconds;AvgTalkDuration\n"
CALLS = (
    f"{HEADER}C1;2021-01-13;09:00:00;Payment;Y;12;0:01:00\n"
    'C2;2021-01-13;09:10:00;"Pay; or ""not""";perhaps;14;0:01:30\n'
    "C3;2021-01-13;09:20:00\n"
)


def test_a_mended_table_loads(tmp_path: Path) -> None:
    path, mend = tmp_path / "calls.csv", tmp_path / "mend.csv"
    path.write_text(CALLS, encoding="utf-8")
    assert [(file.read, file.loaded, file.quarantined) for file in loaded(tmp_path / "data", path).files] == [(3, 1, 2)]
    settings = load_settings(tmp_path / "data")
    assert [(load.file, load.quarantined) for load in put_aside(settings)] == [(str(path), 2)]
    exported = export(settings, "calls.csv", mend)
    assert (exported.records, exported.broken_lines) == (2, 1)
    assert mend.read_text(encoding="utf-8") == (
        f'{HEADER}C2;2021-01-13;09:10:00;"Pay; or ""not""";perhaps;14;0:01:30\nC3;2021-01-13;09:20:00\n'
    )
    mended = mend.read_text(encoding="utf-8").replace("perhaps", "N").replace("09:20:00", "09:20:00;Online;Y;5;0:00:20")
    mend.write_text(mended, encoding="utf-8")
    assert [(file.read, file.loaded, file.quarantined) for file in load(settings, [mend]).files] == [(2, 2, 0)]


def test_a_mended_document_loads(tmp_path: Path) -> None:
    sample = Path(__file__).parent / "sources/samples/amazon_connect.json"
    record = {**json.loads(sample.read_text(encoding="utf-8"))[0], "Channel": "PIGEON"}
    path, mend = tmp_path / "contacts.json", tmp_path / "mend.json"
    path.write_text(json.dumps([record]), encoding="utf-8")
    loaded(tmp_path / "data", path)
    settings = load_settings(tmp_path / "data")
    export(settings, put_aside(settings)[0].sha256[:12], mend)
    mend.write_text(mend.read_text(encoding="utf-8").replace("PIGEON", "CHAT"), encoding="utf-8")
    assert [(file.read, file.loaded) for file in load(settings, [mend]).files] == [(1, 1)]


def test_an_unknown_name_lists_the_known(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(CALLS, encoding="utf-8")
    loaded(tmp_path / "data", path)
    with pytest.raises(UserError, match=r"nobody\.csv: no load .* those that did: calls\.csv"):
        export(load_settings(tmp_path / "data"), "nobody.csv", tmp_path / "mend.csv")
