"""Tables made of JSON documents: read as the documents they were, whichever tool flattened them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.reading.flattened import document
from etl.reading.ways import unflattened
from tests.etl.sources.exported import file, land, query, report, told

CALL = {
    "ContactId": "c-1",
    "Channel": "VOICE",
    "InitiationMethod": "INBOUND",
    "InitiationTimestamp": "2024-04-08T14:59:38Z",
    "LastUpdateTimestamp": "2024-04-08T15:03:02Z",
    "Agent": {"AgentInteractionDuration": 33, "CustomerHoldDuration": 4, "AfterContactWorkDuration": 32},
    "Queue": {"Name": "Support", "Duration": 7},
}
TICKET = {
    "id": 12,
    "created_at": "2024-03-04T09:00:00Z",
    "status": "solved",
    "requester_id": 7,
    "submitter_id": 7,
    "subject": "Printer",
    "tags": ["a"],
    "via": {"channel": "chat"},
    "satisfaction_rating": {"score": "good"},
}


def flat(value: dict[str, Any], mark: str, before: str = "") -> dict[str, Any]:
    """A document as one level of names, joined with a mark."""
    found: dict[str, Any] = {}
    for name, held in value.items():
        found |= flat(held, mark, f"{before}{name}{mark}") if isinstance(held, dict) else {before + name: held}
    return found


def table(row: dict[str, Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([row.keys(), row.values()])
    return text.getvalue()


@pytest.mark.parametrize(
    "row",
    [
        flat(CALL, "."),
        flat(CALL, "_"),
        {name.lower(): value for name, value in flat(CALL, "_").items()},
        {"": 0, **flat(CALL, ".")},
        {**CALL, "Agent": json.dumps(CALL["Agent"]), "Queue": str(CALL["Queue"])},
    ],
    ids=["dots", "underscores", "lower case", "with an index", "as JSON and as Python"],
)
def test_calls(tmp_path: Path, row: dict[str, Any]) -> None:
    assert told(tmp_path, table(row)) == ("loaded", "amazon_connect", 1, 1, 0)
    parts = query(tmp_path, "SELECT wait_seconds, talk_seconds, hold_seconds, wrap_up_seconds FROM core_interactions")
    assert parts == [(7, 33, 4, 32)]


@pytest.mark.parametrize("row", [flat(TICKET, "."), flat(TICKET, "_"), TICKET], ids=["dots", "underscores", "pandas"])
def test_documents_that_code_makes_flat(tmp_path: Path, row: dict[str, Any]) -> None:
    assert told(tmp_path, table(row)) == ("loaded", "zendesk_tickets", 1, 1, 0)
    assert query(tmp_path, "SELECT channel, started_at::VARCHAR FROM core_interactions") == [
        ("chat", "2024-03-04 09:00:00")
    ]
    assert query(tmp_path, "SELECT score FROM core_responses") == [(1,)]


def test_nested_columns_of_parquet(tmp_path: Path) -> None:
    path = tmp_path / "calls"
    pq.write_table(pa.Table.from_pylist([CALL]), path)
    assert [(found.source, found.loaded) for found in land(tmp_path, path)] == [("amazon_connect", 1)]
    assert query(tmp_path, "SELECT queue, talk_seconds FROM core_interactions") == [("Support", 33)]


def test_ids_keep_their_zeros_and_blanks_are_nothing() -> None:
    columns = ("id", "number", "open", "tags/0", "tags/1", "items[0].id", "rated", "rated.by")
    cells = ("007", "12.0", "True", "a", "b", "5", "yes", "me")
    assert document(columns, cells) == {
        "id": "007", "number": "12", "open": True, "tags": ["a", "b"], "items": [{"id": "5"}], "rated": "yes",
        "rated.by": "me",
    }  # fmt: skip
    assert document(("a", "b.c", "d"), ("", None, "{no json")) == {"d": "{no json"}


@pytest.mark.parametrize("mark", [".", "_"])
@pytest.mark.parametrize("is_table", [True, False], ids=["table", "JSON"])
def test_lists_come_back(tmp_path: Path, mark: str, is_table: bool) -> None:
    comment = {"id": "1_2", "created_time": "2024-03-04T09:00:00+0000", "message": "hi", "from": {"id": "9"}}
    post = {"id": "1_1", "created_time": "2024-03-04T08:00:00+0000", "message": "news", "from": {"id": "1"}}
    comments = {str(place): {**comment, "id": f"1_{place + 2}"} for place in range(12)}
    row = flat({**post, "comments": {"data": comments}}, mark)
    assert told(tmp_path, table(row) if is_table else [row]) == ("loaded", "facebook", 13, 13, 0)


def test_what_counts_from_elsewhere_is_no_list() -> None:
    others = {"a_1": 1, "a_2": 2, "b": 0, "b_0": 1, "c_0": 1, "c_0_d": 2, "rating_0_10": 9}
    assert unflattened({**others, "e_0_x_0": 5, "e_0_y": 6}) == {**others, "e": [{"x": [5], "y": 6}]}


def test_what_two_columns_tell_of_one_thing_is_kept_twice() -> None:
    assert document(("user", "user.id", "a.b", "a/b"), ('{"id": 1}', "2", "3", "4")) == {
        "user": {"id": 1}, "user.id": "2", "a": {"b": "3"}, "a.b": "4",
    }  # fmt: skip
    assert unflattened({"user.id": 2, "user": {"id": 1}}) == {"user": {"id": 1}, "user.id": 2}


def test_a_header_in_another_form_is_the_same_header(tmp_path: Path) -> None:
    header = "call_id,agent,date,time,topic,answered_y_n,resolved,speed_of_answer_in_seconds,avg_talk_duration"
    row = "ID1,Ann,2021-01-01,09:12:58,Billing,Y,Y,21,00:01:05"
    assert told(tmp_path, f"{header},satisfaction_rating\n{row},4\n")[:2] == ("loaded", "call_center")
    assert query(tmp_path, "SELECT wait_seconds, talk_seconds FROM core_interactions") == [(21, 65)]


def test_what_nothing_knows_is_refused_with_a_way_on(tmp_path: Path) -> None:
    path = file(tmp_path, "street,beds\nMain,2\n")
    assert "no known source comes close. Let cx inspect FILE --propose" in str(
        report(tmp_path, path.read_text()).reason
    )
