"""`cx check` finds what does not hold; `cx doctor` shows what is in force and what is out of order."""

import json
from pathlib import Path

import duckdb
import pytest

from etl.folders import Folders
from etl.warehouse import Warehouse
from tests.etl.cli.calls import HEADER, Outcome, calls, cx


@pytest.fixture
def loaded(data: Path, tmp_path: Path) -> Path:
    """A data folder with one generation of 28 calls."""
    path = tmp_path / "calls.csv"
    path.write_text(HEADER + calls(*range(1, 29)), encoding="utf-8")
    assert cx(data, "load", path).code == 0
    return data


def checks(outcome: Outcome) -> dict[str, tuple[bool, str]]:
    return {check["name"]: (check["ok"], check["detail"]) for check in outcome.document["checks"]}


def tamper(data: Path, statement: str) -> None:
    """Change the published file behind the program's back; the pointer knows its new size."""
    published, pointer = data / "warehouse" / "w1.duckdb", data / "warehouse" / "CURRENT"
    with duckdb.connect(published) as connection:
        connection.execute(statement)
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"bytes": published.stat().st_size}))


def test_a_sound_generation(loaded: Path) -> None:
    outcome = cx(loaded, "check", "--json")
    found = checks(outcome)
    assert (outcome.code, [name for name, (holds, _) in found.items() if not holds]) == (0, [])
    assert found["accounting"] == (True, "adds up in each load (1); records read: 28")
    assert found["watermark call_center"] == (
        True, "complete to 2024-03-27, newest event 2024-03-28 09:00 UTC",
    )  # fmt: skip
    assert found["mart_day_interactions"][0]


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE core_loads SET loaded_count = 27", "accounting"),
        ("DELETE FROM held_call_center WHERE event_at < '2024-03-02'", "records_are_unique"),
        ("UPDATE core_sources SET watermark_at = '2025-01-01'", "watermark call_center"),
        ('UPDATE mart_day_contacts SET "contacts.bottom" = 3', "mart_day_contacts"),
        ("DELETE FROM mart_day_contacts WHERE split = 'region product'", "mart_day_contacts"),
        ("UPDATE mart_day_interactions_bins SET row_count = 9", "mart_day_interactions_bins"),
        ("UPDATE mart_week_touchpoint SET customer_count = 99", "mart_week_touchpoint"),
    ],
)
def test_what_does_not_hold_is_found(loaded: Path, statement: str, name: str) -> None:
    tamper(loaded, statement)
    outcome = cx(loaded, "check", "--json")
    assert outcome.code == 1
    assert not checks(outcome)[name][0]


def test_nothing_is_published_yet(data: Path) -> None:
    outcome = cx(data, "check")
    assert outcome.code == 1
    assert "none is published; run cx load first" in outcome.out


def test_doctor_tells_each_setting_with_its_origin(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (loaded / "settings.toml").write_text("[metrics.nps]\ntarget = 40\n", encoding="utf-8")
    monkeypatch.setenv("CX_COMPANY__ZONE", "Europe/Berlin")
    outcome = cx(loaded, "doctor", "--json")
    found = checks(outcome)
    assert outcome.code == 0
    assert found["setting metrics.nps.target"] == (True, f"40 (from {loaded / 'settings.toml'})")
    assert found["setting company.zone"] == (True, "Europe/Berlin (from CX_COMPANY__ZONE)")
    assert found["setting company.week_start"] == (True, "monday (from default)")
    assert found["version duckdb"] == (True, duckdb.__version__)
    assert found["identifier key"] == (True, "mode 0600")
    assert found["lock"] == (True, "free")
    assert found["generation"][1].startswith("published 1 of ")
    assert (loaded / ".identifier_key").read_text() not in outcome.out


def test_doctor_of_an_empty_folder_and_of_none(data: Path) -> None:
    assert cx(data, "doctor").code == 0
    assert list(data.iterdir()) == []
    missing = cx(data / "none", "doctor", "--json")
    assert (missing.code, checks(missing)["folder data"][0]) == (1, False)


def test_doctor_sees_what_is_out_of_order(loaded: Path) -> None:
    (loaded / ".identifier_key").chmod(0o644)
    (loaded / "raw").chmod(0o755)
    (loaded / "warehouse" / "CURRENT").write_text("{", encoding="utf-8")
    outcome = cx(loaded, "doctor", "--json")
    found = checks(outcome)
    assert outcome.code == 1
    assert [name for name, (holds, _) in found.items() if not holds] == ["folder raw", "identifier key", "generation"]
    assert found["folder raw"][1] == "mode 0755; expected 0700"
    assert "the pointer is unusable" in found["generation"][1]


def test_doctor_sees_a_running_load(loaded: Path) -> None:
    with Warehouse(Folders(loaded)).lock():
        assert checks(cx(loaded, "doctor", "--json"))["lock"] == (True, "held: a load is running")
