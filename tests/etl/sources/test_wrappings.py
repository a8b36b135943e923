"""The same records whatever a program made of them: flat with ways as names, rows, columns, pages, under their keys."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.reading.ways import unflattened
from tests.etl.sources.exported import file, land, query, report, told

THREADS: list[dict[str, Any]] = [
    {
        "id": f"Ug{number}",
        "snippet": {
            "channelId": "UC0",
            "topLevelComment": {
                "id": f"Ug{number}",
                "snippet": {
                    "textDisplay": "Too late",
                    "authorChannelId": {"value": f"UC{number}"},
                    "publishedAt": f"2024-03-04T1{number}:00:00Z",
                },
            },
        },
        "replies": {
            "comments": [{"id": f"Ug{number}.1", "snippet": {"textDisplay": "So do I", "publishedAt": "2024-03-05"}}]
        },
    }
    for number in (1, 2)
]
TWEETS = [
    {"tweet_id": 1, "author_id": "ann", "inbound": True, "created_at": "Mon Mar 04 09:00:00 +0000 2024", "text": "Hi"},
    {
        "tweet_id": 2,
        "author_id": "Acme",
        "inbound": False,
        "created_at": "Mon Mar 04 09:05:00 +0000 2024",
        "text": "Hello",
    },
]
for _tweet in TWEETS:
    _tweet["in_response_to_tweet_id"] = 1 if _tweet["tweet_id"] == 2 else None


def flat(document: Mapping[str, Any], way: str = "") -> dict[str, Any]:
    """A document as pandas' json_normalize makes it flat."""
    found: dict[str, Any] = {}
    for name, value in document.items():
        found |= flat(value, f"{way}{name}.") if isinstance(value, dict) else {way + name: value}
    return found


def table(records: list[dict[str, Any]], index: bool = False) -> str:
    """Records as a CSV table, with numbers before them where asked for."""
    text = io.StringIO()
    names = list(dict.fromkeys(name for record in records for name in record))
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*([""] if index else []), *names])
    writer.writerows(
        [*([number] if index else []), *(record.get(name) for name in names)] for number, record in enumerate(records)
    )
    return text.getvalue()


def by_column(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    names = dict.fromkeys(name for record in records for name in record)
    return {name: {str(row): record.get(name) for row, record in enumerate(records)} for name in names}


FLAT = [flat(thread) for thread in THREADS]
FORMS: dict[str, Any] = {
    "objects": THREADS,
    "flat": FLAT,
    "flat with nulls": [{**record, "pageInfo.total": None, "replies": None} for record in FLAT],
    "pages": [[THREADS[0]], [THREADS[1]]],
    "by column": by_column(THREADS),
    "flat by column": by_column(FLAT),
    "split": {"columns": list(FLAT[0]), "index": [0, 1], "data": [list(record.values()) for record in FLAT]},
    "under keys": {thread["id"]: thread for thread in THREADS},
    "flat lines": "".join(json.dumps(record) + "\n" for record in FLAT),
    "flat table": table(FLAT),
    "table with objects in cells": table(THREADS),
    "numbered table": table(FLAT, index=True),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_nested_records_in_any_form(tmp_path: Path, form: Any) -> None:
    found = report(tmp_path, form)
    assert (found.status, found.source, found.loaded, found.quarantined) == ("loaded", "youtube", 4, 0)
    rows = query(tmp_path, "SELECT CAST(posted_at AS VARCHAR), author_identifier IS NOT NULL FROM core_mentions")
    assert sorted(rows) == [
        ("2024-03-04 11:00:00", True),
        ("2024-03-04 12:00:00", True),
        ("2024-03-05 00:00:00", False),
        ("2024-03-05 00:00:00", False),
    ]


@pytest.mark.parametrize(
    "form",
    [TWEETS, {"data": TWEETS, "meta": {}}, by_column(TWEETS), "".join(json.dumps(tweet) + "\n" for tweet in TWEETS)],
    ids=["array", "wrapped", "by column", "lines"],
)
def test_rows_of_a_table_as_json(tmp_path: Path, form: Any) -> None:
    assert told(tmp_path, form) == ("loaded", "twcs", 2, 2, 0)
    rows = query(
        tmp_path, "SELECT direction, CAST(started_at AS VARCHAR), parent_key IS NOT NULL FROM core_interactions"
    )
    assert sorted(rows) == [("inbound", "2024-03-04 09:00:00", False), ("outbound", "2024-03-04 09:05:00", True)]


def test_what_is_no_record_among_rows_is_put_aside(tmp_path: Path) -> None:
    assert told(tmp_path, [*TWEETS, 5, "x"]) == ("loaded", "twcs", 4, 2, 2)
    assert query(tmp_path, "SELECT DISTINCT reason FROM core_quarantine") == [
        ("not a JSON object; expected one object a record",)
    ]


def test_the_same_reviews_flat_and_whole_are_one_delivery(tmp_path: Path) -> None:
    whole, rows = file(tmp_path, THREADS, "whole.json"), file(tmp_path, table(FLAT), "rows.csv")
    first, second = land(tmp_path, whole, rows)
    assert (first.loaded, second.loaded, second.unchanged) == (4, 0, 4)


def test_a_name_that_is_taken_stays_a_name() -> None:
    assert unflattened({"user": "ann", "user.id": 5, "a.b": 1, "a.c.d": None}) == {
        "user": "ann",
        "user.id": 5,
        "a": {"b": 1},
    }


def test_an_array_with_a_record_on_each_line_holds_them_all(tmp_path: Path) -> None:
    lines = ",\n".join(json.dumps(thread) for thread in THREADS)
    assert told(tmp_path, f"[{lines}]\n") == ("loaded", "youtube", 4, 4, 0)
