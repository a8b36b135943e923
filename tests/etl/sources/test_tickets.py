"""Tickets and chats from APIs: the versions and wrappings of the formats that the samples do not show."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from etl.sources.cfpb_api import flatten as flat_complaints
from etl.sources.documents.intercom import flatten as flat_conversations
from etl.sources.documents.markup import plain_text
from etl.sources.documents.zendesk import flatten as flat_tickets
from etl.sources.freshdesk_api import flatten as flat_freshdesk
from etl.sources.front import flatten as flat_front
from tests.etl.sources.exported import file, land, query, report, told
from tests.etl.sources.landed import SAMPLES

TICKET = {
    "id": 1,
    "requester_id": 5,
    "submitter_id": 5,
    "created_at": "2024-05-06T08:00:00Z",
    "updated_at": "2024-05-06T09:00:00Z",
    "status": "open",
    "subject": "Help",
    "description": "It broke",
    "via": {"channel": "web"},
}
METRICS = {"ticket_id": 1, "created_at": "2024-05-06T08:00:00Z", "reply_time_in_minutes": {"calendar": 90}}
COMMENT = {"id": 8, "ticket_id": 1, "author_id": 5, "created_at": "2024-05-06T08:30:00Z", "body": "Hm", "public": True}
CONVERSATION = {
    "type": "conversation",
    "id": "7",
    "created_at": 1714982400,
    "updated_at": 1714982400,
    "source": {"type": "conversation", "body": "<p>Hi</p>", "author": {"type": "user", "id": "u"}},
    "open": True,
}
ODD: list[Any] = [
    {},
    {"id": None, "via": [], "comments": [None, 3, {"id": 1}], "satisfaction_rating": "good", "tags": {"a": 1}},
    {"ticket": [1], "ticket_id": {}, "events": "none"},
    {"ticket_id": 1, "reply_time_in_minutes": [5]},
    {"id": 1, "source": [], "contacts": {"contacts": {}}, "conversation_parts": [1], "statistics": 4},
    {"part_type": None, "author": "me"},
    {"is_inbound": None, "recipients": {"handle": 1}, "_links": [], "author": 3},
    {"_source": None, "tags": [1, None]},
    {"conversations": [[], {"incoming": 1}], "requester": "x", "stats": []},
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("flatten", [flat_tickets, flat_conversations, flat_freshdesk, flat_front, flat_complaints])
def test_nothing_of_another_shape_raises_or_vanishes(flatten: Any, odd: Mapping[str, Any]) -> None:
    flat = list(flatten(odd))
    assert len(flat) >= 1
    assert all(isinstance(record, dict) for record in flat)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>two</p><div>three &amp; four</div>", "One\ntwo\nthree & four"),
        ("<style>p {}</style><b>Bold</b> words\nin one line", "Bold words in one line"),
        ("1 < 2 & 4 > 3", "1 < 2 & 4 > 3"),
        ("plain,\nas it is", "plain,\nas it is"),
        ("<p></p>", None),
        ("", None),
    ],
)
def test_markup_is_read_as_text(html: str, text: str | None) -> None:
    assert plain_text(html) == text


def test_a_ticket_and_its_metrics_are_one_contact(tmp_path: Path) -> None:
    land(tmp_path, file(tmp_path, [TICKET], "tickets"), file(tmp_path, [METRICS], "metrics"))
    contact = "SELECT interaction_count, channel, first_response_seconds, is_answered FROM core_contacts"
    assert query(tmp_path, contact) == [(2, "email", 5400, True)]


def test_metrics_alone_say_how_long_the_first_reply_took(tmp_path: Path) -> None:
    assert told(tmp_path, {"ticket_metrics": [METRICS], "count": 1})[2:] == (1, 1, 0)
    assert query(
        tmp_path, "SELECT CAST(started_at AS VARCHAR), CAST(answered_at AS VARCHAR) FROM core_interactions"
    ) == [("2024-05-06 08:00:00", "2024-05-06 09:30:00")]


def test_a_rating_is_about_the_ticket_that_it_names(tmp_path: Path) -> None:
    rating = {"id": 3, "ticket_id": 1, "score": "bad", "created_at": "2024-05-07T08:00:00Z", "requester_id": 5}
    land(tmp_path, file(tmp_path, [TICKET], "tickets"), file(tmp_path, [rating], "ratings"))
    assert query(tmp_path, "SELECT kind, score, channel, is_inferred FROM core_scores") == [
        ("thumbs", 0, "email", False)
    ]


@pytest.mark.parametrize(
    "content",
    [
        {"tickets": [TICKET], "users": [{"id": 5}], "count": 1, "next_page": None},
        {"ticket": TICKET},
        [TICKET],
        json.dumps(TICKET) + "\n",
        json.dumps(TICKET, indent=2),
        {"results": [{**TICKET, "result_type": "ticket"}]},
    ],
    ids=["page", "single", "array", "line", "object", "search"],
)
def test_a_ticket_in_each_wrapping(tmp_path: Path, content: object) -> None:
    assert told(tmp_path, content) == ("loaded", "zendesk_tickets", 1, 1, 0)
    assert query(tmp_path, "SELECT text FROM core_verbatims") == [("Help\n\nIt broke",)]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None, "nice_id": 1, "created_at": "2024/05/06 04:00:00 -0400", "status_id": 1, "via_id": 4},
        {"id": None, "_id": "436bf9b0", "created_at": "2024-05-05T22:00:00 -10:00", "via": "web"},
    ],
    ids=["first version", "documents of a database"],
)
def test_tickets_of_other_versions(tmp_path: Path, changes: Mapping[str, Any]) -> None:
    assert told(tmp_path, [{**TICKET, **changes}]) == ("loaded", "zendesk_tickets", 1, 1, 0)
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [("2024-05-06 08:00:00",)]


def test_tickets_without_ids_and_dates_are_refused(tmp_path: Path) -> None:
    found = report(tmp_path, {"tickets": [{"subject": "a", "description": "b", "tags": []}]})
    assert found.status == "refused"
    assert "created_at" in (found.reason or "")


def test_a_wrapped_ticket_of_freshdesk_is_none_of_zendesk(tmp_path: Path) -> None:
    ticket = {**{key: TICKET[key] for key in ("id", "created_at", "subject", "requester_id")}, "status": 4, "source": 3}
    assert told(tmp_path, {"ticket": {**ticket, "tags": []}}) == ("loaded", "freshdesk_api", 1, 1, 0)
    assert query(tmp_path, "SELECT channel, is_resolved FROM core_interactions") == [("phone", True)]


@pytest.mark.parametrize(
    ("changes", "direction"),
    [
        ({"via": {"channel": "email", "source": {"from": {"address": "mia@example.com"}}}}, "inbound"),
        ({"via": {"channel": "web", "source": {"from": {}}}}, "outbound"),
        ({"via": {"channel": "web"}, "public": False}, "internal"),
        ({"via": {"channel": "rule"}}, "outbound"),
        ({"via": {"channel": "web"}, "author": {"role": "end-user"}}, "inbound"),
    ],
)
def test_who_wrote_a_comment(tmp_path: Path, changes: Mapping[str, Any], direction: str) -> None:
    assert told(tmp_path, [{**COMMENT, **changes}])[2:] == (1, 1, 0)
    is_automatic = changes["via"]["channel"] == "rule"
    assert query(tmp_path, "SELECT direction, is_automatic FROM core_interactions") == [(direction, is_automatic)]


def test_a_list_of_comments_is_one_ticket_whose_first_author_asked(tmp_path: Path) -> None:
    answer = {**COMMENT, "id": 9, "author_id": 6, "created_at": "2024-05-06T08:40:00Z", "body": "Yes?"}
    comments = [{key: value for key, value in entry.items() if key != "ticket_id"} for entry in (COMMENT, answer)]
    assert told(tmp_path, {"comments": comments, "count": 2, "next_page": None})[2:] == (2, 2, 0)
    contact = "SELECT direction, interaction_count, first_response_seconds FROM core_contacts"
    assert query(tmp_path, contact) == [("inbound", 2, 600)]


@pytest.mark.parametrize(
    "content",
    [
        {"type": "conversation.list", "pages": {"page": 1}, "conversations": [CONVERSATION]},
        {"type": "notification_event", "topic": "conversation.user.created", "data": {"item": CONVERSATION}},
        CONVERSATION,
        json.dumps(CONVERSATION) + "\n",
        {**CONVERSATION, "created_at": "2024-05-06T08:00:00.000Z", "updated_at": "2024-05-06 10:00:00+02:00"},
    ],
    ids=["page", "webhook", "object", "line", "times in ISO"],
)
def test_a_conversation_in_each_wrapping(tmp_path: Path, content: object) -> None:
    assert told(tmp_path, content) == ("loaded", "intercom", 1, 1, 0)
    rows = "SELECT CAST(started_at AS VARCHAR), channel, direction FROM core_interactions"
    assert query(tmp_path, rows) == [("2024-05-06 08:00:00", "chat", "inbound")]


def test_answers_are_told_of_times_in_iso_too(tmp_path: Path) -> None:
    told_at = {"first_admin_reply_at": "2024-05-06T08:02:00Z", "last_close_at": "2024-05-06T09:00:00Z"}
    assert told(tmp_path, {**CONVERSATION, "created_at": "2024-05-06T08:00:00Z", "statistics": told_at})[3] == 1
    times = "SELECT CAST(answered_at AS VARCHAR), CAST(closed_at AS VARCHAR) FROM core_interactions"
    assert query(tmp_path, times) == [("2024-05-06 08:02:00", "2024-05-06 09:00:00")]


def test_a_bot_that_began_and_a_customer_who_wrote_make_an_inbound_contact(tmp_path: Path) -> None:
    land(tmp_path, SAMPLES / "intercom.json")
    contact = "SELECT direction, interaction_count, is_answered FROM core_contacts ORDER BY started_at DESC LIMIT 1"
    assert query(tmp_path, contact) == [("inbound", 2, False)]
