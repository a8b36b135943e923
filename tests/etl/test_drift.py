"""What a load says of a file whose columns, kinds or volume differ from the delivery before (F-053 to F-057)."""

import json
from pathlib import Path

import pytest

from etl.config import load_settings
from etl.pipeline import load
from tests.etl.contents import loaded

COLUMNS = ("Call Id", "Date", "Time", "Topic", "Answered (Y/N)", "Speed of answer in seconds", "AvgTalkDuration")
CALL = ("C1", "2021-01-13", "09:00:00", "Payment", "Y", "12", "0:01:00")


def written(path: Path, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Path:
    path.write_text("".join(",".join(row) + "\n" for row in (columns, *rows)), encoding="utf-8")
    return path


def told(tmp_path: Path, columns: tuple[str, ...], row: tuple[str, ...]) -> str:
    loaded(tmp_path / "data", written(tmp_path / "first.csv", (*COLUMNS, "Agent"), (*CALL, "Diane")))
    settings = load_settings(tmp_path / "data")
    return load(settings, [written(tmp_path / "second.csv", columns, row)]).files[0].reason or ""


SECOND = ("C2", *CALL[1:])
CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "F-053 a new column": ((*COLUMNS, "Agent", "Mood"), (*SECOND, "Becky", "fine"), "new columns, not read: 'Mood'"),
    "F-053 one like a column that is read": (
        (*COLUMNS, "Agent", "Avg-Talk.Duration"),
        (*SECOND, "Becky", "7"),
        "new columns, not read: 'Avg-Talk.Duration'",
    ),
    "F-054 a missing column": (COLUMNS, SECOND, "columns that are missing now: 'Agent'"),
    "F-055 a renamed column": (
        (*COLUMNS, "Agents"),
        (*SECOND, "Becky"),
        "columns perhaps renamed: 'Agent' to 'Agents'",
    ),
    "F-056 another order": (("Agent", *COLUMNS), ("Becky", *SECOND), "columns in another order"),
    "F-057 another kind": (
        (*COLUMNS, "Agent"),
        (*SECOND, "7"),
        "columns of another kind: 'Agent' was text and is number",
    ),
}


@pytest.mark.parametrize(("columns", "row", "sentence"), CASES.values(), ids=list(CASES))
def test_drift_is_told(tmp_path: Path, columns: tuple[str, ...], row: tuple[str, ...], sentence: str) -> None:
    assert sentence in told(tmp_path, columns, row)


def test_no_drift_is_not_told(tmp_path: Path) -> None:
    assert told(tmp_path, (*COLUMNS, "Agent"), (*SECOND, "Becky")) == ""


def test_a_new_name_of_documents_is_told_where_it_only_begins_like_a_known_one(tmp_path: Path) -> None:
    post = {"id": "1", "type": "Create", "actor": "a", "published": "2024-03-04T09:00:00Z"}
    held = {"id": "p1", "published": post["published"], "content": "Hi", "to": ["as:Public"]}
    document = {**post, "to": [], "object": held}
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text(json.dumps([document]), encoding="utf-8")
    second.write_text(json.dumps([{**document, "id": "2", "topic": "x", "to_list": "y"}]), encoding="utf-8")
    reasons = [file.reason or "" for file in loaded(tmp_path / "data", first, second).files]
    assert "new columns, not read: 'topic'" in reasons[1]
    assert "to_list" not in reasons[1]


def test_far_fewer_records_than_the_weekday_brings(tmp_path: Path) -> None:
    days = ("2021-01-04", "2021-01-11", "2021-01-18", "2021-01-25")
    counts = (40, 44, 48, 6)
    files = [
        written(tmp_path / f"{day}.csv", COLUMNS, *((f"{day} {n}", day, *CALL[2:]) for n in range(count)))
        for day, count in zip(days, counts, strict=True)
    ]
    reasons = [file.reason or "" for file in loaded(tmp_path / "data", *files).files]
    assert "brings 6 records; deliveries that end on this weekday usually bring 44" in reasons[3]
    assert not any("usually bring" in reason for reason in reasons[:3])
