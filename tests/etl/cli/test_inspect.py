"""What `cx inspect` says, and that it changes nothing."""

import json
from pathlib import Path

import pytest

from etl.sources.catalogue import SOURCES
from tests.etl.cli.calls import HEADER, calls, cx
from tests.etl.sources.landed import SAMPLES, samples

KEYS = {
    "path", "source", "alternatives", "encoding", "columns", "ignored", "unknown", "read", "quarantined", "problems",
    "sample", "note",
}  # fmt: skip


def sample(name: str) -> Path:
    return SAMPLES / name


def test_a_call_center_table(tmp_path: Path) -> None:
    document = cx(tmp_path / "nowhere", "inspect", sample("call_center.csv"), "--json").document
    assert document.keys() >= KEYS
    assert (document["source"], document["encoding"], document["alternatives"]) == ("call_center", "utf-8", [])
    assert (document["read"], document["quarantined"]) == (10, 4)
    assert {"file": "Topic", "field": "interactions.topic"} in document["columns"]
    times = "interactions.started_at, responses.responded_at"
    assert {"file": "Date", "field": times} in document["columns"]
    known = ", ".join(SOURCES["call_center"].targets[0].fields["disposition"].map)
    assert document["problems"][0] == {
        "line": 7, "column": "Answered (Y/N)", "found": "maybe", "reason": f"expected one of {known}",
    }  # fmt: skip
    assert [row["table"] for row in document["sample"]] == [
        "interactions", "responses", "interactions", "interactions", "responses",
    ]  # fmt: skip
    assert document["sample"][0]["started_at"] == "2024-03-04T09:00:05"
    assert document["sample"][0]["talk_seconds"] == 150.0


def test_nothing_is_changed_and_no_data_folder_is_needed(tmp_path: Path) -> None:
    assert cx(tmp_path / "nowhere", "inspect", sample("twcs.csv")).code == 0
    assert list(tmp_path.iterdir()) == []


def test_texts_are_masked_and_nobody_is_named(tmp_path: Path) -> None:
    out = cx(tmp_path, "inspect", sample("twcs.csv"), "--json").out
    assert "Mail me: [EMAIL]" in out
    assert "jo@example.com" not in out
    assert not {"customer_identifier", "agent_id", "record_key"} & json.loads(out)["sample"][0].keys()


def test_each_answer_has_its_own_text(tmp_path: Path) -> None:
    rows = cx(tmp_path, "inspect", sample("qualtrics.csv"), "--json").document["sample"]
    told = {row["question"]: row["verbatim"] for row in rows if row["language"] == "en"}
    assert told == {
        "how likely are you to recommend us?": None,
        "what should we improve?": "Nothing. Call me on [PHONE].",
        "which product do you use?": None,
    }


def test_known_parts_of_a_record_are_no_drift(data: Path, tmp_path: Path) -> None:
    record = json.loads(sample("amazon_connect.json").read_text(encoding="utf-8"))[0]
    record |= {"Recording": {"Type": "AUDIO"}, "Mood": "fine", "Attributes": {"topic": "router", "shoe": 42}}
    path = tmp_path / "record.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    document = cx(data, "inspect", path, "--json").document
    assert document["unknown"] == ["Attributes.shoe", "Mood"]
    assert "Recording.Type" in document["ignored"]
    assert {"file": "Queue.Name", "field": "interactions.queue"} in document["columns"]


def test_a_byte_order_mark_is_told_and_an_unknown_column_is_drift(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text((HEADER + calls(1)).replace("\n", ",x\n"), encoding="utf-8-sig")
    document = cx(data, "inspect", path, "--json").document
    assert (document["encoding"], document["unknown"], document["read"]) == ("utf-8-sig", ["x"], 1)


def test_the_closest_sources_of_what_is_not_recognised(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text((HEADER + calls(1)).replace("Date", "Day"), encoding="utf-8")
    outcome = cx(data, "inspect", path, "--json")
    assert (outcome.code, outcome.document["source"], outcome.document["read"]) == (1, None, None)
    best = outcome.document["alternatives"][0]
    assert (best["source"], 0.5 < best["share"] < 1) == ("call_center", True)


@pytest.mark.parametrize("name", [path.name for path in samples()])
def test_for_people(tmp_path: Path, name: str) -> None:
    out = cx(tmp_path, "inspect", sample(name)).out
    assert f"source: {name.partition('.')[0]}\n" in out
    assert "row 1: table " in out
    assert ("tweet_id was damaged by a spreadsheet" in out) == (name == "airline_tweets.csv")
