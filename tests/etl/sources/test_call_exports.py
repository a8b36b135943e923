"""Calls in the less usual forms of their vendors: XML instead of JSON, reports that leave columns out."""

from pathlib import Path

from tests.etl.sources.exported import query, told

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
