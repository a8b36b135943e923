"""Tickets, chats and complaints: the versions, wrappings and settings of the formats that the samples do not show."""

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from etl.config import Folders, load_settings
from etl.pipeline import FileReport, load
from etl.sources.cfpb_api import flatten as flat_complaints
from etl.sources.documents.intercom import flatten as flat_conversations
from etl.sources.documents.markup import plain_text
from etl.sources.documents.zendesk import flatten as flat_tickets
from etl.sources.freshdesk_api import flatten as flat_freshdesk
from etl.sources.front import flatten as flat_front
from etl.warehouse import Warehouse
from tests.etl.contents import data_folder, loaded
from tests.etl.sources.landed import SAMPLES, landed

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


def file(folder: Path, content: object, name: str = "export") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def report(folder: Path, content: object) -> FileReport:
    (only,) = loaded(folder / "data", file(folder, content)).files
    return only


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    warehouse = Warehouse(Folders(folder / "data"))
    published = warehouse.current()
    assert published is not None
    with closing(warehouse.read(published)) as connection:
        return connection.execute(sql).fetchall()


def told(folder: Path, content: object) -> tuple[str, str | None, int | None, int | None, int | None]:
    found = report(folder, content)
    return found.status, found.source, found.read, found.loaded, found.quarantined


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
    loaded(tmp_path / "data", file(tmp_path, [TICKET], "tickets"), file(tmp_path, [METRICS], "metrics"))
    contact = "SELECT interaction_count, channel, first_response_seconds, is_answered FROM core_contacts"
    assert query(tmp_path, contact) == [(2, "email", 5400, True)]


def test_metrics_alone_say_how_long_the_first_reply_took(tmp_path: Path) -> None:
    assert told(tmp_path, {"ticket_metrics": [METRICS], "count": 1})[2:] == (1, 1, 0)
    assert query(
        tmp_path, "SELECT CAST(started_at AS VARCHAR), CAST(answered_at AS VARCHAR) FROM core_interactions"
    ) == [("2024-05-06 08:00:00", "2024-05-06 09:30:00")]


def test_a_rating_is_about_the_ticket_that_it_names(tmp_path: Path) -> None:
    rating = {"id": 3, "ticket_id": 1, "score": "bad", "created_at": "2024-05-07T08:00:00Z", "requester_id": 5}
    loaded(tmp_path / "data", file(tmp_path, [TICKET], "tickets"), file(tmp_path, [rating], "ratings"))
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


def test_tickets_without_ids_and_dates_are_refused(tmp_path: Path) -> None:
    found = report(tmp_path, {"tickets": [{"subject": "a", "description": "b", "tags": []}]})
    assert found.status == "refused"
    assert "created_at" in (found.reason or "")


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


@pytest.mark.parametrize(
    "content",
    [
        {"type": "conversation.list", "pages": {"page": 1}, "conversations": [CONVERSATION]},
        {"type": "notification_event", "topic": "conversation.user.created", "data": {"item": CONVERSATION}},
        CONVERSATION,
        json.dumps(CONVERSATION) + "\n",
    ],
    ids=["page", "webhook", "object", "line"],
)
def test_a_conversation_in_each_wrapping(tmp_path: Path, content: object) -> None:
    assert told(tmp_path, content) == ("loaded", "intercom", 1, 1, 0)
    rows = "SELECT CAST(started_at AS VARCHAR), channel, direction FROM core_interactions"
    assert query(tmp_path, rows) == [("2024-05-06 08:00:00", "chat", "inbound")]


def test_a_bot_that_began_and_a_customer_who_wrote_make_an_inbound_contact(tmp_path: Path) -> None:
    loaded(tmp_path / "data", SAMPLES / "intercom.json")
    contact = "SELECT direction, interaction_count, is_answered FROM core_contacts ORDER BY started_at DESC LIMIT 1"
    assert query(tmp_path, contact) == [("inbound", 2, False)]


@pytest.mark.parametrize(
    ("hours", "seconds"), [("00:30:00", 1800), ("26:00", 93_600), ("1.5", 5400), ("", None), ("-1", None)]
)
def test_freshdesk_counts_hours_where_it_does_not_tell_the_time(
    tmp_path: Path, hours: str, seconds: int | None
) -> None:
    header = "Ticket ID,Status,Created time,First response time (in hrs)\n"
    assert report(tmp_path, f"{header}1,Open,2024-05-06 08:00:00,{hours}\n").loaded == 1
    assert query(tmp_path, "SELECT CAST(epoch(answered_at - started_at) AS INTEGER) FROM core_interactions") == [
        (seconds,)
    ]


def test_freshdesk_times_are_of_the_accounts_zone(tmp_path: Path) -> None:
    settings = data_folder(tmp_path / "data")
    (settings.folders.root / "settings.toml").write_text(
        '[sources.freshdesk]\nzone = "Asia/Kolkata"\n', encoding="utf-8"
    )
    load(load_settings(tmp_path / "data"), [SAMPLES / "freshdesk.csv"])
    times = "SELECT CAST(min(started_at) AS VARCHAR), CAST(min(answered_at) AS VARCHAR) FROM core_interactions"
    assert query(tmp_path, times) == [("2024-05-06 02:30:00", "2024-05-06 03:15:00")]


@pytest.mark.parametrize(
    ("created", "started"),
    [
        ("22/Dec/25 2:38 PM", "2025-12-22 14:38:00"),
        ("22/Dec/2025 14:38", "2025-12-22 14:38:00"),
        ('"22 Dec 2025, 14:38"', "2025-12-22 14:38:00"),
        ("2025-12-22 18:45:55.01", "2025-12-22 18:45:55.01"),
        ("2025-12-22T18:45:55.010+0100", "2025-12-22 17:45:55.01"),
        ("12/22/2025 14:38", "2025-12-22 14:38:00"),
        ("22.12.25 14:38", "2025-12-22 14:38:00"),
    ],
)
def test_jira_writes_dates_as_each_user_likes(tmp_path: Path, created: str, started: str) -> None:
    header = "Issue key,Summary,Status,Reporter,Created,Updated,Custom field ([CHART] Date of First Response)\n"
    assert report(tmp_path, f"{header}A-1,Help,Open,mia,{created},{created},2025-12-22 19:00:00.5\n").loaded == 1
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [(started,)]


def test_jira_without_dates_is_refused(tmp_path: Path) -> None:
    found = report(tmp_path, "Issue Type,Issue key,Issue id,Summary,Status,Resolution\nBug,A-1,1,x,Open,Fixed\n")
    assert found.status == "refused"
    assert "Jira issues" in (found.reason or "")
    assert "'Created'" in (found.reason or "")


def test_the_first_comment_of_another_is_the_first_reply(tmp_path: Path) -> None:
    rows = (
        "Issue key,Summary,Status,Reporter,Created,Comment,Comment,Comment\n"
        "A-1,Help,Open,mia,22/Dec/25 2:38 PM,22/Dec/25 2:39 PM;mia;me again,22/Dec/25 3:00 PM;ada;ok,"
        "22/Dec/25 2:50 PM;bob;looking\n"
    )
    assert report(tmp_path, rows).loaded == 1
    assert query(tmp_path, "SELECT epoch(answered_at - started_at) FROM core_interactions") == [(720,)]


def test_salesforce_reports_use_labels_and_the_users_zone(tmp_path: Path) -> None:
    settings = data_folder(tmp_path / "data")
    (settings.folders.root / "settings.toml").write_text(
        '[sources.salesforce_case]\nzone = "America/New_York"\n', encoding="utf-8"
    )
    report_rows = (
        '"Case Owner","Case Number","Subject","Status","Case Origin","Date/Time Opened","Closed"\n'
        '"Ada","00001001","Help","Closed","Email","5/22/2024 3:04 PM","1"\n'
    )
    (found,) = load(
        load_settings(tmp_path / "data"), [file(tmp_path, report_rows), SAMPLES / "salesforce_case.csv"][:1]
    ).files
    assert (found.source, found.loaded) == ("salesforce_case", 1)
    rows = "SELECT CAST(started_at AS VARCHAR), channel, is_resolved FROM core_interactions"
    assert query(tmp_path, rows) == [("2024-05-22 19:04:00", "email", True)]


def test_salesforce_exports_are_in_utc_whatever_the_users_zone(tmp_path: Path) -> None:
    settings = data_folder(tmp_path / "data")
    (settings.folders.root / "settings.toml").write_text('[company]\nzone = "America/New_York"\n', encoding="utf-8")
    load(load_settings(tmp_path / "data"), [SAMPLES / "salesforce_case.csv"])
    first = "SELECT CAST(min(started_at) AS VARCHAR), CAST(min(business_day) AS VARCHAR) FROM core_interactions"
    assert query(tmp_path, first) == [("2024-05-06 08:00:00", "2024-05-06")]


def test_a_salesforce_export_without_cases_is_loaded_empty(tmp_path: Path) -> None:
    header = (SAMPLES / "salesforce_case.csv").read_text(encoding="utf-8").splitlines()[0]
    assert told(tmp_path, header + "\n") == ("loaded", "salesforce_case", 0, 0, 0)


def test_salesforce_cases_for_import_are_refused(tmp_path: Path) -> None:
    found = report(
        tmp_path, '"Guid","AccountId","Description","Origin","Status","Subject"\n1,"#N/A","#N/A",Phone,New,x\n'
    )
    assert found.status == "refused"
    assert found.reason


@pytest.mark.parametrize("sample", ["complaints.csv", "cfpb.csv", "cfpb_api.json"])
def test_each_complaint_is_one(tmp_path: Path, sample: str) -> None:
    loaded(tmp_path / "data", SAMPLES / sample)
    assert query(tmp_path, "SELECT DISTINCT is_complaint FROM core_contacts") == [(True,)]
    assert query(tmp_path, "SELECT DISTINCT is_complaint FROM core_failures") == [(True,)]


@pytest.mark.parametrize(
    ("date", "time"),
    [("22-04-15", "03:53:50 PM"), ("22-04-2015", "15:53:50"), ("4/22/2015", "3:53:50 PM"), ("2015-04-22", "15:53:50")],
)
def test_complaints_without_the_months_name(tmp_path: Path, date: str, time: str) -> None:
    header = "Ticket #,Customer Complaint,Date,Time,Received Via,Status\n"
    assert report(tmp_path, f"{header}1,Slow,{date},{time},Internet,Open\n").loaded == 1
    assert query(tmp_path, "SELECT CAST(started_at AS VARCHAR) FROM core_interactions") == [("2015-04-22 15:53:50",)]


def test_complaints_of_the_cfpb_nested_in_a_search_result(tmp_path: Path) -> None:
    hits = json.loads((SAMPLES / "cfpb_api.json").read_text(encoding="utf-8"))
    loaded(tmp_path / "nested" / "data", file(tmp_path, {"took": 3, "hits": {"total": 6, "hits": hits}}))
    loaded(tmp_path / "plain" / "data", SAMPLES / "cfpb_api.json")
    assert landed(Folders(tmp_path / "nested" / "data")) == landed(Folders(tmp_path / "plain" / "data"))
