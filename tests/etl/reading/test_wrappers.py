"""Records that stand inside an object of their own, as APIs, event buses and connectors send them."""

import json
from pathlib import Path

import pytest

from tests.etl.sources.exported import query, told

RATING = {
    "id": 1, "ticket_id": 2, "requester_id": 3, "score": "bad", "comment": None, "created_at": "2024-03-04T09:00:00Z",
}  # fmt: skip
MESSAGES = [
    {"type": "SCHEMA", "stream": "ratings", "schema": {}},
    {"type": "RECORD", "stream": "ratings", "record": RATING},
    {"type": "RECORD", "stream": "ratings", "record": {**RATING, "id": 4}},
]
LANDED = ("loaded", "zendesk_satisfaction_ratings")


@pytest.mark.parametrize(
    "document",
    [
        {"satisfaction_rating": RATING},
        {"version": "0", "detail-type": "rating", "detail": RATING},
        {"Records": [{"eventID": "e", "record": RATING}]},
        {"type": "RECORD", "record": {"stream": "ratings", "data": RATING, "emitted_at": 1}},
        {"_airbyte_raw_id": "a", "_airbyte_extracted_at": 1, "_airbyte_data": RATING},
    ],
    ids=["alone", "an event", "a list of events", "two levels", "a connector's"],
)
def test_one_record(tmp_path: Path, document: object) -> None:
    assert told(tmp_path, document) == (*LANDED, 1, 1, 0)
    assert query(tmp_path, "SELECT score FROM core_responses") == [(0,)]


def test_messages_of_other_kinds_are_put_aside(tmp_path: Path) -> None:
    assert told(tmp_path, "".join(f"{json.dumps(message)}\n" for message in MESSAGES)) == (*LANDED, 3, 2, 1)


def test_a_page_without_records_adds_none(tmp_path: Path) -> None:
    pages = [{"satisfaction_ratings": [RATING]}, {"satisfaction_ratings": []}]
    assert told(tmp_path, "".join(f"{json.dumps(page)}\n" for page in pages)) == (*LANDED, 1, 1, 0)


def test_a_column_of_whole_records(tmp_path: Path) -> None:
    cell = json.dumps(RATING).replace('"', '""')
    assert told(tmp_path, f'_airbyte_ab_id,_airbyte_data\na,"{cell}"\n') == (*LANDED, 1, 1, 0)


CASES = [
    {"attributes": {"type": "Case"}, "CaseNumber": "1", "CreatedDate": "2024-03-04T09:00:00.000+0000", "Subject": "a"},
    {"attributes": {"type": "Case"}, "CaseNumber": "2", "CreatedDate": "2024-03-04T10:00:00.000+0000", "Owner": {}},
]


def test_rows_of_a_table_as_json(tmp_path: Path) -> None:
    assert told(tmp_path, {"totalSize": 2, "done": True, "records": CASES}) == ("loaded", "salesforce_case", 2, 2, 0)
    assert query(tmp_path, "SELECT max(started_at)::VARCHAR FROM core_interactions") == [("2024-03-04 10:00:00",)]
    more = [{**case, "CaseNumber": f"{case['CaseNumber']}0"} for case in CASES]
    lines = "".join(f"{json.dumps(case)}\n" for case in more)
    assert told(tmp_path, f"{lines}not json\n") == ("loaded", "salesforce_case", 3, 2, 1)
