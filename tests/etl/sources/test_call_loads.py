"""Calls as they are loaded: other headers, wrappings and versions than the samples have, and files that are refused."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from etl.sources.cisco_cucm import NAMES
from tests.etl.sources.exported import file, land, query
from tests.etl.sources.landed import SAMPLES

Rows = Sequence[Sequence[object]]


def table(folder: Path, rows: Rows, delimiter: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file(folder, text.getvalue())


def sample(name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return records


def landed(folder: Path, *files: Path, ask: str) -> list[tuple[Any, ...]]:
    """The answer to a query on what these files landed as."""
    reports = land(folder, *files)
    assert [str(report.status) for report in reports] == ["loaded"] * len(files), [r.reason for r in reports]
    return query(folder, ask)


def refused(folder: Path, path: Path) -> str:
    (report,) = land(folder, path)
    assert str(report.status) == "refused"
    return report.reason or ""


CALLS = "SELECT CAST(started_at AS VARCHAR), direction, disposition, wait_seconds, talk_seconds FROM core_interactions "


@pytest.mark.parametrize(
    "header",
    [
        "call_id,agent,date,time,topic,answered,resolved,speed_of_answer_in_seconds,avg_talk_duration,satisfaction_rating",
        "Call_ID,Agent,Date,Time,Topic,Answered_Y_N,Resolved_Y_N,Speed_of_Answer_in_Seconds,Talk_Duration,"
        "Satisfaction_Rating",
    ],
)
def test_a_call_center_by_other_names(tmp_path: Path, header: str) -> None:
    rows = [
        header.split(","),
        ["1", "Ada", "2024-03-04", "09:00:05", "Streaming", "Yes", "No", "12.0", "00:02:30", "5.0"],
        ["2", "Bo", "2024-03-04", "09:15:00", "Streaming", "No", "No", "", "", ""],
    ]
    assert landed(tmp_path, table(tmp_path, rows), ask=CALLS + "ORDER BY 1") == [
        ("2024-03-04 09:00:05", "inbound", "answered", 12, 150),
        ("2024-03-04 09:15:00", "inbound", "abandoned", None, None),
    ]


def test_unique_ids_tell_day_from_month(tmp_path: Path) -> None:
    """All numbers are 12 or less: 4 March in New York, half past three in the afternoon of UTC."""
    rows = [
        ["calldate", "clid", "src", "dst", "duration", "billsec", "disposition", "uniqueid", "linkedid", "sequence"],
        ["04/03/24 10:30", "", "+12125550100", "600", "20", "15", "ANSWERED", "pbx-1709566200.1", "1709566200.1", "1"],
        ["04/03/24 10:31", "", "600", "+12125550117", "9", "0", "NO ANSWER", "1709566260.2", "1709566200.1", "2"],
    ]
    assert landed(tmp_path, table(tmp_path, rows, ";"), ask=CALLS + "ORDER BY 1") == [
        ("2024-03-04 15:30:00", "inbound", "answered", 5, 15),
        ("2024-03-04 15:31:00", "outbound", "abandoned", 9, None),
    ]


def test_branches_of_one_call_without_numbers_stay_apart(tmp_path: Path) -> None:
    """Two telephones rang at once for a caller who withheld the number; one line of the log came twice."""
    branch = ["2024-03-04 10:00:00", "", "600", "SIP/t-1", "SIP/201-2", "9", "0", "NO ANSWER", "1709564400.1"]
    other = [*branch[:4], "SIP/202-3", *branch[5:]]
    header = ["calldate", "src", "dst", "channel", "dstchannel", "duration", "billsec", "disposition", "uniqueid"]
    ask = "SELECT count(*), count(DISTINCT contact_key), sum(wait_seconds) FROM core_interactions"
    assert landed(tmp_path, table(tmp_path, [header, branch, other, branch]), ask=ask) == [(2, 1, 18)]


def test_without_ids_nothing_tells_day_from_month(tmp_path: Path) -> None:
    rows = [
        ["calldate", "src", "dst", "duration", "billsec", "disposition"],
        ["04/03/24 10:30", "114", "113", "20", "15", "ANSWERED"],
    ]
    assert "no date tells day from month" in refused(tmp_path, table(tmp_path, rows))


@pytest.mark.parametrize("kept", [1, 2], ids=["with types", "without both"])
def test_cisco_without_names(tmp_path: Path, kept: int) -> None:
    told = {
        "cdrRecordType": "1",
        "globalCallID_callId": "77",
        "dateTimeOrigination": "1709539200",
        "dateTimeConnect": "1709539222",
        "dateTimeDisconnect": "1709539342",
        "duration": "120",
        "callingPartyNumber": "+12125550100",
        "origDeviceName": "SIP-Trunk",
        "destDeviceName": "SEP001122334455",
        "pkid": "7689e493-f151-4173-885f-ca81be94258f",
    }
    rows = [NAMES, ["INTEGER"] * len(NAMES), [told.get(name, "0") for name in NAMES]]
    assert landed(tmp_path, table(tmp_path, rows[kept:]), ask=CALLS) == [
        ("2024-03-04 08:00:00", "inbound", "answered", 22, 120)
    ]


@pytest.mark.parametrize("wrapped", [False, True], ids=["single", "wrapped"])
def test_genesys_alone_and_wrapped(tmp_path: Path, wrapped: bool) -> None:
    (first, *_) = sample("genesys_cloud")
    content = {"conversations": [first], "totalHits": 1} if wrapped else first
    sums = ", ".join(f"sum({part}_seconds)" for part in ("wait", "talk", "hold", "wrap_up"))
    ask = f"SELECT {sums}, count(DISTINCT contact_key) FROM core_interactions"
    (found,) = landed(tmp_path, file(tmp_path, content), ask=ask)
    assert [float(value) for value in found] == [40, 160, 20, 15.25, 1]


@pytest.mark.parametrize("form", ["single", "wrapped", "lines"])
def test_ringcentral_alone_wrapped_and_in_lines(tmp_path: Path, form: str) -> None:
    records = sample("ringcentral")[:2]
    content = {
        "single": records[0],
        "wrapped": {"uri": "https://example.com", "records": records, "paging": {"page": 1}},
        "lines": "".join(json.dumps(record) + "\n" for record in records),
    }[form]
    expected = 194 if form == "single" else pytest.approx(255.06)
    ask = "SELECT sum(talk_seconds) FROM core_interactions"
    assert [float(row[0]) for row in landed(tmp_path, file(tmp_path, content), ask=ask)] == [expected]


def test_a_call_and_its_legs_count_once(tmp_path: Path) -> None:
    records = sample("zendesk_talk")[:4]
    calls = file(tmp_path, {"calls": records[:1], "count": 1}, "calls")
    legs = file(tmp_path, {"legs": records[1:], "count": 3}, "legs")
    ask = "SELECT sum(talk_seconds), sum(hold_seconds), sum(wrap_up_seconds), count(*) FROM core_interactions"
    assert landed(tmp_path / "1", calls, legs, ask=ask) == [(100, 15, 30, 4)]
    assert landed(tmp_path / "2", legs, calls, ask=ask) == [(100, 15, 30, 4)]
    assert landed(tmp_path / "3", legs, ask=ask) == [(60, 15, 10, 3)]
    ask = "SELECT direction, is_answered, transfer_count, hold_seconds, handle_seconds FROM core_contacts"
    assert landed(tmp_path / "4", legs, calls, ask=ask) == [("inbound", True, 1, 15, 145)]
    assert landed(tmp_path / "5", legs, ask=ask) == [("internal", True, 1, 15, 85)]


def test_contact_records_of_amazons_first_years(tmp_path: Path) -> None:
    first, *_ = sample("amazon_connect")
    old = {name: value for name, value in first.items() if name not in ("Channel", "LastUpdateTimestamp")}
    old |= {"AWSContactTraceRecordFormatVersion": "2017-03-10", "Agent": None, "ContactId": "old"}
    stream = json.dumps(old, indent=1) + json.dumps({**old, "ContactId": "older"}, indent=1)  # nothing between them
    ask = "SELECT channel, disposition, wait_seconds FROM core_interactions ORDER BY conversation_id"
    assert landed(tmp_path, file(tmp_path, stream), ask=ask) == [("phone", "abandoned", 20)] * 2


def test_days_without_a_date_are_refused(tmp_path: Path) -> None:
    rows = [
        ["Index", "Incoming Calls", "Answered Calls", "Answer Rate", "Abandoned Calls"],
        ["1", "217", "204", "94.01%", "13"],
    ]
    assert "'Date' is missing" in refused(tmp_path, table(tmp_path, rows))


def test_intervals_by_queue_and_half_hour(tmp_path: Path) -> None:
    rows: Rows = [
        ["Date", "Interval", "Queue", "Calls Offered", "Answered", "Abandoned"],
        *(["2024-03-04", time, queue, 10, 8, 2] for time in ("08:00", "08:30") for queue in ("a", "b")),
    ]
    ask = "SELECT count(*), sum(interval_seconds), sum(offered_count), sum(answered_count) FROM core_volumes"
    assert landed(tmp_path, table(tmp_path, rows, "\t"), ask=ask) == [(4, 7200, 40, 32)]
