"""Days on which the clock is changed: their hours, and the business day of each instant around them."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from etl.calendar.clock import start_of_day
from etl.config import load_settings
from etl.engines import scratch
from etl.metrics.ask import open_ask
from etl.pipeline import load
from etl.sources.declaration import parse_source
from etl.sources.times import Zones, business_day
from etl.warehouse import Warehouse
from tests.etl.contents import data_folder

MAPPING = """
name = "mails"
title = "Mails"
required = ["Nr", "Came", "Answered"]
key = ["Nr"]
event = { kind = "when", column = "Came" }
zone = "Europe/Berlin"
[interactions]
channel = { kind = "constant", value = "email" }
direction = { kind = "constant", value = "inbound" }
disposition = { kind = "constant", value = "message" }
answered_at = { kind = "when", column = "Answered" }
"""
MAILS = """Nr,Came,Answered
1,2026-03-29 01:30:00,2026-03-29 03:30:00
2,2026-06-01 01:30:00,2026-06-01 03:30:00
3,2026-10-25 01:30:00,2026-10-25 03:30:00
4,2026-11-01 01:30:00,2026-11-01 03:30:00
"""
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29), 23.0),
    ("Europe/Berlin", date(2026, 10, 25), 25.0),
    ("America/New_York", date(2026, 3, 8), 23.0),
    ("America/New_York", date(2026, 11, 1), 25.0),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
]
TIMES = {
    "F-078 and F-079 in Europe/Berlin": {
        "2026-03-29 02:30:00": "2026-03-29 01:30:00",
        "2026-10-25 02:30:00": "2026-10-25 01:30:00",
        "2026-10-25 02:30:00+02:00": "2026-10-25 00:30:00",
        "2026-10-25 02:30:00+01:00": "2026-10-25 01:30:00",
    },
    "F-078 and F-079 in Australia/Lord_Howe": {
        "2026-04-05 01:45:00": "2026-04-04 15:15:00",
        "2026-10-04 02:15:00": "2026-10-03 15:45:00",
    },
}
TWICE = {"F-078 and F-079 in Europe/Berlin": 2, "F-078 and F-079 in Australia/Lord_Howe": 1}
"""Local times, and the UTC instants they are read as: by their offset, else the second of two, or after the gap."""


def hours_of(first: date, last: date, zone: str) -> float:
    """From the beginning of one local day to the end of another."""
    return (start_of_day(last + timedelta(days=1), zone) - start_of_day(first, zone)) / timedelta(hours=1)


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_a_day_has_the_hours_that_pass(zone: str, day: date, hours: float) -> None:
    assert hours_of(day, day, zone) == hours
    assert hours_of(day - timedelta(days=1), day + timedelta(days=1), zone) == 48 + hours
    assert hours_of(day + timedelta(days=7), day + timedelta(days=7), zone) == 24


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_every_instant_around_a_change_lands_on_its_local_day(zone: str, day: date, hours: float) -> None:
    begin = start_of_day(day - timedelta(days=1), zone)
    instants = [begin + timedelta(minutes=15 * step) for step in range(int((48 + hours) * 4))]
    connection = scratch()
    connection.execute("CREATE TABLE moments AS SELECT unnest(?) AS moment", [instants])
    days = connection.table("moments").order("moment").project(business_day(Zones(zone, zone), "moment"))
    found = [row[0] for row in days.fetchall()]
    told = [instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() for instant in instants]
    assert found == told
    assert found.count(day) == hours * 4


@pytest.mark.parametrize("name", TIMES)
def test_a_time_that_comes_twice_or_never(tmp_path: Path, name: str) -> None:
    data_folder(tmp_path / "data")
    file = tmp_path / "mails.csv"
    file.write_text("Nr,Came,Answered\n" + "".join(f"{place},{local},\n" for place, local in enumerate(TIMES[name])))
    mapping = MAPPING.replace("Europe/Berlin", name.split()[-1])
    settings = load_settings(tmp_path / "data")
    (report,) = load(
        settings, [file], "mails", [replace(parse_source(mapping, "mails.toml"), declaration=mapping)]
    ).files
    assert f"{TWICE[name]} times come twice when the clock in {name.split()[-1]} is put back" in (report.reason or "")
    warehouse = Warehouse(settings.folders)
    published = warehouse.current()
    assert published
    with warehouse.read(published) as connection:
        found = connection.execute("SELECT CAST(event_at AS VARCHAR) FROM core_records ORDER BY record_id").fetchall()
    assert [instant for (instant,) in found] == list(TIMES[name].values())


def test_a_duration_over_a_change_is_the_time_that_passed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('[company]\nzone = "Europe/Berlin"\n')
    settings = load_settings(tmp_path / "data")
    file = tmp_path / "mails.csv"
    file.write_text(MAILS)
    (report,) = load(
        settings, [file], "mails", [replace(parse_source(MAPPING, "mails.toml"), declaration=MAPPING)]
    ).files
    assert report.loaded == 4
    ask = open_ask(settings)
    rows = ask.rows("first_response_p50", ask.calendar.parse("2026"), ()).rows
    assert [(row["business_day"], row["first_response_seconds"]) for row in rows] == [
        (date(2026, 3, 29), 1 * 3600),
        (date(2026, 6, 1), 2 * 3600),
        (date(2026, 10, 25), 3 * 3600),
    ]
