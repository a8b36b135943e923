"""Calls in the less usual forms of their vendors: XML instead of JSON, reports that leave columns out."""

import base64
import json
from pathlib import Path

import pytest

from tests.etl.sources.exported import query, report, told

FREESWITCH = """<?xml version="1.0"?>
<cdr core-uuid="c" switchname="pbx">
  <variables>
    <uuid>9f1c0001-0000-4000-8000-000000000000</uuid>
    <DP_MATCH>a</DP_MATCH><DP_MATCH>b</DP_MATCH>
    <start_stamp>2024-03-04%2010%3A00%3A00</start_stamp>
    <start_epoch>1709542800</start_epoch><answer_epoch>1709542810</answer_epoch>
    <duration>70</duration><billsec>60</billsec><hold_accum_seconds>15</hold_accum_seconds>
    <hangup_cause>NORMAL_CLEARING</hangup_cause>
  </variables>
  <callflow profile_index="1">
    <caller_profile>
      <caller_id_number>%2B493012345671</caller_id_number><destination_number>1000</destination_number>
      <context>public</context>
    </caller_profile>
  </callflow>
</cdr>
"""
CISCO = """"cdrRecordType","globalCallID_callManagerId","dateTimeOrigination","callingPartyNumber",\
"originalCalledPartyNumber","finalCalledPartyNumber","dateTimeConnect","dateTimeDisconnect","duration"
INTEGER,INTEGER,INTEGER,VARCHAR(50),VARCHAR(50),VARCHAR(50),INTEGER,INTEGER,INTEGER
1,1,1709542800,"3035550120","3035550110","3035550110",1709542805,1709542920,115
1,1,1709542860,"3035550121","4155550100","4155550100",0,1709542890,0
"""
PARTS = "SELECT started_at::VARCHAR, disposition, wait_seconds, talk_seconds, hold_seconds FROM core_interactions"


def test_freeswitch_as_xml(tmp_path: Path) -> None:
    assert told(tmp_path, FREESWITCH) == ("loaded", "freeswitch_json", 1, 1, 0)
    assert query(tmp_path, f"{PARTS} WHERE direction = 'inbound'") == [("2024-03-04 09:00:00", "answered", 10, 45, 15)]
    assert query(tmp_path, "SELECT count(customer_identifier) FROM core_interactions") == [(1,)]


def test_cisco_without_ids(tmp_path: Path) -> None:
    assert told(tmp_path, CISCO) == ("loaded", "cisco_cucm", 2, 2, 0)
    assert query(tmp_path, f"{PARTS} ORDER BY 1") == [
        ("2024-03-04 09:00:00", "answered", 5, 115, None),
        ("2024-03-04 09:01:00", "abandoned", 30, 0, None),
    ]


def test_ringcentral_without_sessions(tmp_path: Path) -> None:
    call = {
        "id": "a", "startTime": "2024-03-04T09:00:00.000Z", "type": "Voice", "direction": "Inbound", "duration": 62,
        "action": "Phone Call", "result": "Accepted", "from": {"phoneNumber": "+493012345671"},
    }  # fmt: skip
    assert told(tmp_path, {"records": [call]}) == ("loaded", "ringcentral", 1, 1, 0)
    assert query(tmp_path, PARTS) == [("2024-03-04 09:00:00", "answered", None, 62, None)]


def test_connect_searched_with_times_in_words(tmp_path: Path) -> None:
    header = "Contact ID,Channel,Initiation timestamp,Queue,Agent,Customer endpoint,Contact duration"
    row = 's-1,Voice,"May 14, 2024, 9:01:22 AM",Billing,,+12065550100,00:04:00'
    assert told(tmp_path, f"{header}\n{row}\n") == ("loaded", "amazon_connect_search", 1, 1, 0)
    assert query(tmp_path, PARTS) == [("2024-05-14 09:01:22", "abandoned", None, None, None)]


def test_days_with_shares_as_spreadsheets_write_them(tmp_path: Path) -> None:
    header = "date;incoming_calls;answered_calls;abandoned_calls;service_level_20_seconds"
    assert told(tmp_path, f"{header}\n2024-01-01;217;204;13;76,28%\n2024-01-02;200;182;18;0,7273\n")[1:] == (
        "call_volumes_daily", 2, 2, 0,
    )  # fmt: skip
    shares = query(tmp_path, "SELECT CAST(reported_service_level AS DOUBLE) FROM core_volumes ORDER BY started_at")
    assert shares == [(0.7628,), (0.7273,)]


VOLUMES = """SELECT strftime(min(started_at), '%H:%M'), strftime(max(started_at), '%H:%M'), min(interval_seconds),
    sum(offered_count), sum(answered_count), sum(answer_wait_seconds)::DOUBLE, sum(talk_seconds)::DOUBLE
    FROM core_volumes"""


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        ("09:00-09:05", "09:05-09:10", 5),
        ("09:00 - 09:29", "09:30 - 09:59", 30),
        ("9:00 AM - 9:30 AM", "9:30 AM - 10:00 AM", 30),
        ("09:00 bis 10:00", "10:00 bis 11:00", 60),
    ],
)
def test_ranges_of_time_are_no_offsets(tmp_path: Path, begin: str, end: str, minutes: int) -> None:
    rows = "\n".join(f"2024-05-{day},{time},10,8,2" for day in (13, 14) for time in (begin, end))
    told(tmp_path, f"Date,Time Interval,Calls Offered,Calls Answered,Calls Abandoned\n{rows}\n")
    last = "10:00" if minutes == 60 else f"09:{minutes % 60:02}"
    assert query(tmp_path, VOLUMES) == [("09:00", last, minutes * 60, 40, 32, None, None)]


def test_intervals_with_ends_and_averages(tmp_path: Path) -> None:
    header = "Queue,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned"
    averages = "Average queue answer time,Average agent interaction time,Service level 20 seconds"
    row = "Sales,2024-05-13T09:00:00Z,2024-05-13T09:15:00Z,10,8,2,12.5,2:05,85"
    assert told(tmp_path, f"{header},{averages}\n{row}\n")[1:] == ("call_volumes_interval", 1, 1, 0)
    assert query(tmp_path, VOLUMES) == [("09:00", "09:00", 900, 10, 8, 100, 1000)]
    assert query(tmp_path, "SELECT reported_service_level::DOUBLE FROM core_volumes") == [(0.85,)]


def test_averages_of_no_day_are_not_of_a_day(tmp_path: Path) -> None:
    header = "Date,Calls Offered,Calls Answered,Calls Abandoned,ASA (sec),Avg Talk Time"
    rows = "2024-05-13 09:00,10,8,2,:12,0:02:00\n2024-05-13 09:30,0,0,0,-,\n2024-05-13 10:00,5,4,1,x,0:01:00"
    assert told(tmp_path, f"{header}\n{rows}\n")[1:] == ("call_volumes_daily", 3, 2, 1)
    assert query(tmp_path, VOLUMES) == [("09:00", "09:30", 1800, 10, 8, 96, 960)]


def test_a_day_a_row_with_halves_of_the_day(tmp_path: Path) -> None:
    header = "Date,9:00 AM - 10:00 AM,10:00 AM - 11:00 AM,11:00 AM - 12:00 PM,12:00 PM - 1:00 PM"
    assert told(tmp_path, f"{header}\n5/13/2024,1,2,3,4\n5/14/2024,,6,7,8\n")[1:] == ("call_volumes_wide", 7, 7, 0)
    assert query(tmp_path, VOLUMES) == [("09:00", "12:00", 3600, 31, None, None, None)]


CONTACT = {
    "ContactId": "c-1", "Channel": "VOICE", "InitiationMethod": "INBOUND",
    "LastUpdateTimestamp": "2024-03-04T09:06:00Z", "InitiationTimestamp": "2024-03-04T09:00:00Z",
    "Queue": {"Duration": 40, "EnqueueTimestamp": "2024-03-04T09:00:10Z"},
    "Agent": {"AgentInteractionDuration": 200, "ConnectedToAgentTimestamp": "2024-03-04T09:00:50Z"},
}  # fmt: skip
MESSAGE = json.dumps(CONTACT)
SECOND = json.dumps({**CONTACT, "ContactId": "c-2"})
CODED = base64.b64encode((MESSAGE + SECOND).encode()).decode()  # nothing stands between the two


@pytest.mark.parametrize(
    "envelope",
    [
        {"invocationId": "i", "records": [{"recordId": "1", "data": CODED}]},
        {"Records": [{"kinesis": {"partitionKey": "p", "data": CODED}, "eventSource": "aws:kinesis"}]},
        {"Records": [{"SequenceNumber": "1", "Data": CODED}], "MillisBehindLatest": 0},
        {"Records": [{"messageId": str(place), "body": body} for place, body in enumerate((MESSAGE, SECOND))]},
        {"logGroup": "g", "logEvents": [{"id": "1", "message": MESSAGE}, {"id": "2", "message": SECOND}]},
    ],
)
def test_contacts_in_messages(tmp_path: Path, envelope: object) -> None:
    assert told(tmp_path, envelope) == ("loaded", "amazon_connect", 2, 2, 0)
    assert query(tmp_path, PARTS) == [("2024-03-04 09:00:00", "answered", 40, 200, None)] * 2


def test_a_message_without_a_record_is_put_aside(tmp_path: Path) -> None:
    records = [{"data": CODED}, {"data": base64.b64encode(b"hello").decode()}]
    assert told(tmp_path, {"records": records})[1:] == ("amazon_connect", 3, 2, 1)


@pytest.mark.parametrize(
    ("day", "time", "talk"),
    [
        ("2024-05-13 00:00:00", "09:12:58", "0:02:23"),
        ("2024-05-13 00:00:00", "1899-12-30 09:12:58", "1899-12-30 00:02:23"),
        ("2024-05-13", "09:12:58", "0 days 00:02:23"),
        ("5/13/2024 12:00:00 AM", "1899-12-30 09:12:58", "2:23"),
        ("2024-05-13", "09:12:58", "0.00165509259259259"),
    ],
)
def test_days_with_midnight_and_lengths_as_times(tmp_path: Path, day: str, time: str, talk: str) -> None:
    told(tmp_path, f"Call ID,Call Date,Time,Wait Time,Talk Time,Status\n1,{day},{time},0:40,{talk},Answered\n")
    assert query(tmp_path, PARTS)[0][:2] == ("2024-05-13 09:12:58", "answered")
    assert query(tmp_path, "SELECT talk_seconds FROM core_interactions") == [(143,)]


@pytest.mark.parametrize("header", ["Wait Time (min)", "Waited", "Espera ms"])
def test_lengths_of_another_unit_are_not_guessed(tmp_path: Path, header: str) -> None:
    found = report(tmp_path, f"Call ID,Start,{header},Talk Time,Status\n1,2024-05-13 09:00,2,3,Answered\n")
    assert (found.status, found.loaded) == ("refused", None)
    assert "'Wait'" in str(found.reason)


def test_a_range_is_no_time_of_a_call(tmp_path: Path) -> None:
    rows = "2024-05-13,09:00-09:05,5,100,Answered\n2024-05-13,09:00:00-04:00,5,100,Answered"
    assert told(tmp_path, f"Date,Time,Wait Time,Talk Time,Status\n{rows}\n")[1:] == ("call_table", 2, 1, 1)
    assert query(tmp_path, PARTS) == [("2024-05-13 13:00:00", "answered", 5, 100, None)]
