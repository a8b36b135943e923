"""What `cx inspect --propose` writes and prints, and that a load takes it."""

from pathlib import Path

from tests.etl.cli.calls import cx
from tests.etl.cli.test_inspect import KEYS

CALLS = (
    "Call No,Started,Queue,Outcome,Wait (sec),Talk (sec)\n"
    "1,2024-01-31 10:00,Billing,Answered,5,60\n2,2024-01-31 10:05,Billing,Missed,20,\n"
)


def test_a_mapping_is_written_and_loads(tmp_path: Path) -> None:
    file, mapping = tmp_path / "calls.csv", tmp_path / "calls.toml"
    file.write_text(CALLS)
    told = cx(tmp_path / "nowhere", "inspect", file, "--propose", mapping, "--json")
    assert (told.code, told.document["proposed"]) == (0, str(mapping))
    assert told.document.keys() >= KEYS
    assert told.document["source"] is None
    assert [question["field"] for question in told.document["undecided"]] == ["zone"]
    assert "state no zone" in told.document["undecided"][0]["question"]
    assert not (tmp_path / "nowhere").exists()
    loaded = cx(tmp_path / "data", "load", "--mapping", mapping, file, "--json")
    assert (loaded.code, loaded.file["source"], loaded.file["loaded"]) == (0, "calls", 2)


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    file, mapping = tmp_path / "calls.csv", tmp_path / "calls.toml"
    file.write_text(CALLS)
    mapping.write_text("mine")
    told = cx(tmp_path / "nowhere", "inspect", file, "--propose", mapping)
    assert (told.code, mapping.read_text()) == (2, "mine")
    assert "--force" in told.told
    assert cx(tmp_path / "nowhere", "inspect", file, "--propose", mapping, "--force").code == 0
    assert mapping.read_text().startswith("# Proposed by cx inspect")


def test_a_place_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text(CALLS)
    told = cx(tmp_path / "nowhere", "inspect", tmp_path / "calls.csv", "--propose", tmp_path / "none" / "x.toml")
    assert (told.code, "expected a file name" in told.told) == (2, True)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"%PDF-1.7")
    told = cx(tmp_path / "nowhere", "inspect", tmp_path / "x.csv", "--propose", tmp_path / "x.toml")
    assert (told.code, (tmp_path / "x.toml").exists()) == (1, False)
