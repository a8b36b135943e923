"""Call logs of telephone systems: orders without a header, clocks that ids give away, events that make one call."""

import re
from datetime import UTC, datetime

import pytest

from etl.errors import FileRefused
from etl.sources import asterisk_cdr, cisco_cucm, freeswitch_cdr
from etl.sources.asterisk_queue_log import LINE, fold
from etl.sources.base import Head, Questions, Source
from etl.sources.call_volumes_interval import SOURCE as INTERVALS
from etl.sources.call_volumes_interval import complete as complete_intervals
from etl.sources.telephony.clocks import Clock, is_time, offset_of, read_time, told_clock

EPOCH = 1_709_564_400  # 2024-03-04 15:00:00 UTC
CALL = ("100", "200", "from-internal", "SIP/100-1", "SIP/200-2", "Dial", "SIP/200")
TIMES = ("2024-03-04 10:00:00", "2024-03-04 10:00:05", "2024-03-04 10:00:20", "20", "15", "ANSWERED", "DOCUMENTATION")
UUID = "32f60000-d9fd-11ee-8a01-0242ac110002"
LINKED = ("pbx-1709564400.7", "", "", "pbx-1709564400.2", "4")
STAMPS = ("2024-03-04 09:00:00", "", "2024-03-04 09:00:05", "5", "0", "NO_ANSWER")


def head(*records: tuple[str, ...]) -> Head:
    return Head("table", records[0], records[1:])


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (("", "100", "200", "ctx", '"A" <100>', *CALL[3:], *TIMES), {"src": "100", "calldate": TIMES[0]}),
        (("", "100", "200", "ctx", '"A" <100>', *CALL[3:], *TIMES, "1709564400.7"), {"uniqueid": "1709564400.7"}),
        (
            ("", "100", "200", "ctx", '"A" <100>', *CALL[3:], *TIMES, *LINKED),
            {"uniqueid": "pbx-1709564400.7", "linkedid": "pbx-1709564400.2", "sequence": "4"},
        ),
        (('"A" <100>', *CALL, *TIMES, "acc", "1709564400.7", "", "9"), {"accountcode": "acc", "sequence": "9"}),
        (('"A" <100>', *CALL, *TIMES, "acc", "1709564400.7"), {"billsec": "15", "uniqueid": "1709564400.7"}),
        ((TIMES[0], '"A" <100>', *CALL, *TIMES[3:], "", "1709564400.7", ""), {"dst": "200", "duration": "20"}),
    ],
    ids=["driver, 16", "driver, 17", "driver, 21", "custom, 19", "custom, 17", "table"],
)
def test_orders_of_asterisk(record: tuple[str, ...], named: dict[str, str]) -> None:
    names = asterisk_cdr.names(head(record, record))
    assert names is not None
    assert len(names) == len(record)
    assert named.items() <= dict(zip(names, record, strict=True)).items()
    assert freeswitch_cdr.names(head(record, record)) is None
    assert cisco_cucm.names(head(record, record)) is None


PLACES = {"src": "100", "dst": "200", "calldate": TIMES[0], "duration": "20", "uniqueid": "1709564400.7"}


@pytest.mark.parametrize(
    "record",
    [
        ("3", "code", *CALL[:3], '"A" <100>', *CALL[3:], *TIMES, "1709564400.7", ""),
        ('"A" <100>', *CALL, *TIMES, "1709564400.7", "", "3", "code"),
        ("1709564400.7", "1709564400.7", *TIMES[:3], *CALL[:2], *TIMES[3:6], "SIP/100-1"),
    ],
    ids=["number and account first", "number and account last", "few"],
)
def test_other_orders_of_asterisk(record: tuple[str, ...]) -> None:
    names = asterisk_cdr.names(head(record, record))
    assert names is not None
    assert PLACES.items() <= dict(zip(names, record, strict=True)).items()
    assert len(set(names)) == len(record)
    assert "sequence" not in names


def test_no_order_of_asterisk() -> None:
    record = ("3", "code", *CALL[:3], '"A" <100>', *CALL[3:], *TIMES, "1709564400.7")
    assert asterisk_cdr.names(head(record, record)) is not None
    for place, text in ((13, "x"), (15, "MAYBE"), (13, "5")):
        wrong = (*record[:place], text, *record[place + 1 :])
        assert asterisk_cdr.names(head(wrong, wrong)) is None, text
    spoilt = asterisk_cdr.names(head(*[record] * 4, (*record[:10], "x", *record[11:])))
    assert (spoilt or ())[10] == "calldate"


def test_the_linked_id_of_asterisk_is_the_one_that_records_share() -> None:
    record = ("1709564400.2", "1709564400.2", *TIMES[:3], *CALL[:2], *TIMES[3:6], "SIP/100-1")
    names = asterisk_cdr.names(head(record, ("1709564400.2", "1709564400.7", *record[2:])))
    assert (names or ())[:2] == ("linkedid", "uniqueid")


def test_numbers_that_could_be_others_name_nobody_who_called() -> None:
    record = (*TIMES[:3], "1045", "3001", *CALL[:2], *TIMES[3:6], "1709564400.7")
    assert asterisk_cdr.names(head(record, record)) is None


@pytest.mark.parametrize(
    ("record", "place"),
    [
        (("A", "100", "200", "default", *STAMPS, UUID, "", "", "PCMU", "PCMU"), 10),
        (("10.0.0.1", "A", "100", "200", "default", *STAMPS, UUID, "", ""), 11),
        (("", "100", "200", "default", "A", "sofia/1", "", "bridge", "", *STAMPS, "3", UUID, ""), 16),
    ],
    ids=["example", "with address", "asterisk"],
)
def test_templates_of_freeswitch(record: tuple[str, ...], place: int) -> None:
    names = freeswitch_cdr.names(head(record, record))
    assert names is not None
    assert (names[place], names[names.index("hangup_cause")]) == ("uuid", "hangup_cause")
    assert record[names.index("destination_number")] == "200"
    assert asterisk_cdr.names(head(record, record)) is None


def test_cisco_by_places() -> None:
    told = {
        "cdrRecordType": "1",
        "dateTimeOrigination": str(EPOCH),
        "dateTimeConnect": "0",
        "dateTimeDisconnect": str(EPOCH + 9),
        "pkid": "7689e493-f151-4173-885f-ca81be94258f",
    }
    record = tuple(told.get(name, "0") for name in cisco_cucm.NAMES[:94])
    types = ("INTEGER",) * 90 + ("VARCHAR(50)",) * 4
    assert cisco_cucm.names(head(record, record)) == cisco_cucm.NAMES[:94]
    assert cisco_cucm.names(head(types, record)) == cisco_cucm.NAMES[:94]
    assert cisco_cucm.names(head(record[:93], record[:93])) is None
    assert cisco_cucm.names(head(("2", *record[1:]), record)) is None
    source = cisco_cucm.SOURCE
    assert cisco_cucm.complete(source, Head("table", cisco_cucm.NAMES, (types,)), Questions()).header_rows == 2
    assert cisco_cucm.complete(source, Head("table", cisco_cucm.NAMES, (record,)), Questions()).header_rows == 1


def local(second: float, hours: float, form: str) -> str:
    return datetime.fromtimestamp(second + hours * 3600, UTC).strftime(form)


@pytest.mark.parametrize(
    ("form", "hours", "clock"),
    [
        ("%Y-%m-%d %H:%M:%S", -5, Clock("%Y-%m-%d", -18_000)),
        ("%d/%m/%y %H:%M", 5.5, Clock("%d/%m/%y", 19_800)),
        ("%m/%d/%Y %I:%M:%S %p", 0, Clock("%m/%d/%Y", 0)),
        ("%d.%m.%Y %H:%M:%S", 13, Clock("%d.%m.%Y", 46_800)),
    ],
)
def test_ids_tell_zone_and_order(form: str, hours: float, clock: Clock) -> None:
    """4 March and 3 April are told apart by nothing but the ids."""
    pairs = [(local(EPOCH + late, hours, form), float(EPOCH)) for late in (0, 1, 4, 70)]
    assert told_clock(pairs) == clock


def test_ids_that_tell_nothing() -> None:
    assert told_clock([]) is None
    assert told_clock([("2024-03-04 10:00:00", None), (None, 5.0)]) is None
    assert told_clock([("2024-03-04 10:00:00", float(EPOCH - 400 * 86_400))]) is None
    assert offset_of(600.0 + 3600) is None  # ten minutes after is too late to be sure
    assert offset_of(-30.0 + 3600) == 3600
    assert (is_time("2024-03-04T10:00:00"), is_time("2024-03-04"), is_time(None)) == (True, False, False)
    assert read_time("2024-02-30 10:00:00", "%Y-%m-%d") is None


def keyed(*columns: str, **cells: str) -> Source:
    record = tuple(cells.get(column, "x") for column in columns)
    return asterisk_cdr.complete(asterisk_cdr.SOURCE, Head("table", columns, (record, record)), Questions())


def test_keys_of_asterisk() -> None:
    bare = ("calldate", "src", "dst", "duration", "billsec", "disposition")
    assert keyed(*bare).key[:2] == ("calldate", "uniqueid")
    assert keyed(*bare).is_known_by_nature
    assert keyed(*bare, "uniqueid", "sequence").key == ("uniqueid", "sequence")
    assert not keyed(*bare, "uniqueid", "sequence").is_known_by_nature
    assert keyed(*bare, "uniqueid", "sequence", sequence="").is_known_by_nature
    assert keyed(*bare, "uniqueid").conversation == ("uniqueid",)
    assert keyed(*bare, "uniqueid", "linkedid").conversation == ("linkedid",)
    assert keyed(*bare, "uniqueid", "linkedid", linkedid="NULL").conversation == ("uniqueid",)


def waits(*lines: str) -> list[tuple[object, ...]]:
    told = ("entered", "outcome", "waited", "talked", "agent", "is_handed_on")
    return [tuple(record.get(name) for name in told) for record in fold(lines)]


@pytest.mark.parametrize(
    ("event", "outcome"),
    [
        ("Ada|COMPLETEAGENT|20|50|1", ("answered", 20.0, 50.0, "Ada", False)),
        ("Ada|TRANSFER|600|ctx|20|50", ("answered", 20.0, 50.0, "Ada", True)),
        ("Ada|TRANSFER|600|ctx|20|50|1", ("answered", 20.0, 50.0, "Ada", True)),
        ("Ada|BLINDTRANSFER|600|ctx|20|50|1", ("answered", 20.0, 50.0, "Ada", True)),
        ("Ada|ATTENDEDTRANSFER|BRIDGE|b-1|20|50|1", ("answered", 20.0, 50.0, "Ada", True)),
        ("NONE|ABANDON|1|2|45", ("abandoned", 45.0, None, None, False)),
        ("NONE|EXITWITHTIMEOUT|1|2|60", ("flow_out", 60.0, None, None, False)),
        ("NONE|EXITWITHKEY|2|1|1|30", ("flow_out", 30.0, None, None, False)),
        ("NONE|EXITEMPTY|1|1|5", ("flow_out", 5.0, None, None, False)),
    ],
)
def test_events_that_end_a_wait(event: str, outcome: tuple[object, ...]) -> None:
    lines = [f"{EPOCH}|{EPOCH}.1|q|NONE|ENTERQUEUE||+1|1", f"{EPOCH + 70}|{EPOCH}.1|q|{event}"]
    assert waits(*lines) == [(EPOCH, *outcome)]
    assert waits(*lines, *lines) == [(EPOCH, *outcome)]


def test_a_call_may_come_again_and_agents_make_no_call() -> None:
    again = [f"{EPOCH + at}|{EPOCH}.1|q|NONE|{event}" for at, event in [
        (0, "ENTERQUEUE||+1|1"), (5, "EXITWITHTIMEOUT|1|1|5"), (9, "ENTERQUEUE||+1|1"), (12, "ABANDON|1|1|3"),
    ]]  # fmt: skip
    agents = [f"{EPOCH}|NONE|NONE|Ada|PAUSEALL|", f"{EPOCH}|{EPOCH}.1|q|Ada|RINGNOANSWER|1000"]
    assert [record["wait"] for record in fold([*agents, *again])] == [f"{EPOCH}.1|q", f"{EPOCH}.1|q|2"]
    assert [outcome for _, outcome, *_ in waits(*again)] == ["flow_out", "abandoned"]


TABLES = {
    "database, local time": (
        "time,callid,queuename,agent,event,data1,data2,data3,data4,data5",
        f"2024-03-04 10:00:00.25,{EPOCH}.1,q,NONE,ENTERQUEUE,,+12125550100,1,,",
        f"2024-03-04 10:40:00.25,{EPOCH}.1,q,Ada,COMPLETECALLER,20,2380,1,,",
    ),
    "database, one data column": (
        "id;time;callid;queuename;agent;event;data",
        f"1;{EPOCH}.25;{EPOCH}.1;q;NONE;ENTERQUEUE;|+12125550100|1",
        f"2;{EPOCH + 2400};{EPOCH}.1;q;Ada;COMPLETECALLER;20|2380|1",
    ),
    "PBXware": (
        "date_time,callid,queue_name,type,event,param1,param2,param3,entpos,expos,htime,ttime,time",
        f'{EPOCH}.25,{EPOCH}.1,q,NONE,ENTERQUEUE,,+12125550100,1,0,0,0,0,"2024-03-04 10:00:00"',
        f'{EPOCH + 20},{EPOCH}.1,q,Ada,CONNECT,,,,0,0,20,0,"2024-03-04 10:00:20"',
        f'{EPOCH + 2400},{EPOCH}.1,q,Ada,COMPLETECALLER,,,,0,1,20,2380,"2024-03-04 10:40:00"',
    ),
}


@pytest.mark.parametrize("lines", TABLES.values(), ids=TABLES)
def test_tables_of_the_queue_log(lines: tuple[str, ...]) -> None:
    assert all(re_matches(line) for line in lines)
    assert waits(*lines) == [(EPOCH + 0.25, "answered", 20.0, 2380.0, "Ada", False)]


def re_matches(line: str) -> bool:
    return re.match(LINE, line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "calldate,src,dst,disposition",
        "2024-03-04 10:00:00,100,200,ANSWERED",
        "1,2024-03-04T07:00:00Z,111",
        "Question,Answer",
        "1709564400|1|2",
    ],
)
def test_other_lines_are_no_queue_log(line: str) -> None:
    assert not re_matches(line)


def test_lines_that_are_none_stay_in_sight() -> None:
    records = list(fold(["what is this", f"{EPOCH}|NONE|q|NONE|ABANDON|1|1|5"]))
    assert records == [{"line": "what is this"}, {"event": "ABANDON", "entered": EPOCH}]


def intervals(*times: str, **columns: str) -> Source:
    names = ("DateTime", "Calls", *columns)
    records = tuple((time, "5", *columns.values()) for time in times)
    return complete_intervals(INTERVALS, Head("table", names, records), Questions())


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        (("2003-03-03T07:00:00Z", "2003-03-03T07:05:00Z", "2003-03-03T07:10:00Z"), 300),
        (("2024-03-04 08:00", "2024-03-04 08:30", "2024-03-05 08:00", "2024-03-05 08:30"), 1800),
        (("29.02.2024", "01.03.2024", "02.03.2024"), 86_400),
        (("04/03/2024 08:00", "04/03/2024 08:15", "04/03/2024 08:15", "04/03/2024 08:30"), 900),
    ],
)
def test_length_of_an_interval(times: tuple[str, ...], seconds: int) -> None:
    assert intervals(*times).targets[0].fields["interval_seconds"].value == seconds


def test_stated_zones_of_intervals() -> None:
    assert intervals("2003-03-03T07:00:00Z", "2003-03-03T07:05:00+01:00").event.states_zone
    assert not intervals("2003-03-03T07:00:00Z", "2003-03-03T07:05:00").event.states_zone


def test_intervals_since_1970() -> None:
    source = intervals(*(str((EPOCH + 300 * place) * 1000) for place in range(3)))
    assert (source.targets[0].fields["interval_seconds"].value, source.event.epoch) == (300, "auto")


def test_days_and_days_with_times_of_day() -> None:
    days = Head("table", ("date", "calls"), tuple((f"2024-03-{day:02}", "5") for day in (1, 4, 5, 6)))
    source = complete_intervals(INTERVALS, days, Questions())
    assert (source.event.columns, source.key) == (("Date",), ("Date",))
    assert source.targets[0].fields["interval_seconds"].value == 86_400
    halves = Head("table", ("Date", "Time", "Calls"), tuple(("2024-03-01", f"08:{at}", "5") for at in ("00", "30")))
    assert complete_intervals(INTERVALS, halves, Questions()).key == ("Date", "Interval")


def test_intervals_by_queue_and_without_length() -> None:
    assert intervals("2024-03-04 08:00", "2024-03-04 08:30", Queue="a").key == ("DateTime", "Queue")
    with pytest.raises(FileRefused, match="found 1 different times"):
        intervals("2024-03-04 08:00", "2024-03-04 08:00")
