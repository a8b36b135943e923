"""What `cx load` says: the contract's keys, the table for people, codes that the map lacks."""

from pathlib import Path

import pytest

from tests.etl.cli.calls import HEADER, calls, cx
from tests.etl.sources.landed import SAMPLES

KEYS = [
    "path", "source", "status", "read", "loaded", "updated", "unchanged", "superseded", "quarantined", "reason",
    "zone", "zone_assumed",
]  # fmt: skip
MAPPING = """
name = "shop"
title = "Calls of the shop"
required = ["Nr", "When"]
key = ["Nr"]
event = { kind = "when", column = "When" }
[interactions]
channel = { kind = "constant", value = "phone" }
direction = { kind = "constant", value = "inbound" }
disposition = { kind = "constant", value = "answered" }
topic = "Why"
"""


def put(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_the_inbox_is_the_default_and_is_made(data: Path) -> None:
    outcome = cx(data, "load", "--json")
    assert (outcome.code, outcome.document) == (0, {"generation": None, "files": []})
    assert f"{data / 'inbox'}: nothing to load" in outcome.told
    put(data / "inbox", "calls.csv", HEADER + calls(1, 2))
    outcome = cx(data, "load", "--json")
    assert (outcome.code, outcome.document["generation"], outcome.file["loaded"]) == (0, 1, 2)


def test_json_has_the_keys_of_the_contract(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "calls.csv", HEADER + calls(1, 2))
    outcome = cx(data, "load", path, "--json")
    assert sorted(outcome.file) == sorted(KEYS)
    assert outcome.file == {
        "path": str(path), "source": "call_center", "status": "loaded", "read": 2, "loaded": 2, "updated": 0,
        "unchanged": 0, "superseded": 0, "quarantined": 0, "reason": None, "zone": "UTC", "zone_assumed": True,
    }  # fmt: skip
    again = cx(data, "load", path, "--json")
    assert (again.code, again.document["generation"], again.file["status"]) == (0, 1, "duplicate")


def test_the_table_for_people_has_a_line_a_file(data: Path, tmp_path: Path) -> None:
    good, bad = put(tmp_path, "calls.csv", HEADER + calls(1)), put(tmp_path, "\x1b[31mbad.csv", "")
    outcome = cx(data, "load", good, bad)
    lines = outcome.out.splitlines()
    assert outcome.code == 1
    assert lines[0].split()[:4] == ["file", "source", "status", "read"]
    assert lines[1].split()[:5] == [str(good), "call_center", "loaded", "1", "1"]
    assert lines[2].split()[:3] == [str(tmp_path / "\\x1b[31mbad.csv"), "refused", "the"]
    assert "\x1b" not in outcome.out + outcome.told


def test_a_missing_data_folder_is_made_beside_what_exists(tmp_path: Path) -> None:
    data = tmp_path / "new"
    outcome = cx(data, "load", put(tmp_path, "calls.csv", HEADER + calls(1)), "--json")
    assert (outcome.code, outcome.file["loaded"]) == (0, 1)
    assert outcome.told.startswith(f"{data}: made this data folder.")


def test_codes_without_a_meaning_come_with_their_line(data: Path, tmp_path: Path) -> None:
    content = HEADER + calls(1, 2, 3).replace("Streaming", '"Gift, cards"', 2).replace("Streaming", "Fax")
    told = cx(data, "load", put(tmp_path, "calls.csv", content)).told
    lines = ['  call_center,topic,"Gift, cards",,,,   (rows: 2)', "  call_center,topic,Fax,,,,   (rows: 1)"]
    assert [line for line in told.splitlines() if line.startswith("  ")] == lines
    put(data, "map.csv", "source,field,value,reason,cause,touchpoint,is_complaint\n" + "".join(
        f"{line.split('   ')[0].strip()}\n" for line in lines
    ))  # fmt: skip
    assert "Codes without" not in cx(data, "load").told


def test_a_record_of_two_tables_is_listed_once_and_a_damaged_key_is_told(data: Path) -> None:
    outcome = cx(data, "load", SAMPLES / "airline_tweets.csv", SAMPLES / "google_play_reviews.csv", "--json")
    tweets, reviews = outcome.document["files"]
    assert tweets["reason"].startswith("tweet_id was damaged by a spreadsheet (5.70001E+17): records are known by ")
    assert reviews["reason"].startswith("6 of 11 records in quarantine/")
    lines = [line for line in outcome.told.splitlines() if line.startswith("  ")]
    assert lines == ["  airline_tweets,label,seat swap,,,,   (rows: 1)"]


def test_a_mapping_file_declares_one_more_source(data: Path, tmp_path: Path) -> None:
    mapping = put(tmp_path, "shop.toml", MAPPING)
    path = put(tmp_path, "shop.csv", "Nr,When,Why\n1,2024-03-04 10:00:00,Fax\n2,2024-03-04 11:00:00,Fax\n")
    assert cx(data, "load", path).code == 1
    outcome = cx(data, "load", path, "--mapping", mapping, "--json")
    assert (outcome.code, outcome.file["source"], outcome.file["loaded"]) == (0, "shop", 2)
    wrong = cx(data, "load", path, "--mapping", mapping, "--source", "twcs")
    assert (wrong.code, wrong.told.endswith("Name one of them.\n")) == (2, True)


@pytest.mark.parametrize(("source", "code"), [("call_center", 0), ("twcs", 1)])
def test_source_by_name(data: Path, tmp_path: Path, source: str, code: int) -> None:
    path = put(tmp_path, "calls.csv", HEADER + calls(1))
    assert cx(data, "load", path, "--source", source).code == code
