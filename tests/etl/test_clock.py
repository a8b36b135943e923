"""Days on which the clock is changed: their hours, their labels, and the business day of each instant around them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from etl.calendar.clock import hour_labels, hours_of, start_of_day
from etl.engines import scratch
from etl.sources.times import Zones, business_day

CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29), 23.0),
    ("Europe/Berlin", date(2026, 10, 25), 25.0),
    ("America/New_York", date(2026, 3, 8), 23.0),
    ("America/New_York", date(2026, 11, 1), 25.0),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
]


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_a_day_has_the_hours_that_pass(zone: str, day: date, hours: float) -> None:
    assert hours_of(day, day, zone) == hours
    assert hours_of(day - timedelta(days=1), day + timedelta(days=1), zone) == 48 + hours
    assert hours_of(day + timedelta(days=7), day + timedelta(days=7), zone) == 24


def test_the_clock_says_what_it_skips_and_repeats() -> None:
    spring = hour_labels(date(2026, 3, 29), "Europe/Berlin")
    assert (len(spring), spring[1:4]) == (23, ("01:00", "03:00", "04:00"))
    autumn = hour_labels(date(2026, 10, 25), "Europe/Berlin")
    assert (len(autumn), autumn[1:5]) == (25, ("01:00", "02:00 CEST", "02:00 CET", "03:00"))
    assert hour_labels(date(2026, 6, 1), "America/New_York") == tuple(f"{hour:02}:00" for hour in range(24))
    assert len(hour_labels(date(2026, 4, 5), "Australia/Lord_Howe")) == 25


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


def test_a_duration_over_a_change_is_the_time_that_passed() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before, after = datetime(2026, 3, 28, 23, tzinfo=berlin), datetime(2026, 3, 29, 23, tzinfo=berlin)
    assert (after.astimezone(UTC) - before.astimezone(UTC)).total_seconds() == 23 * 3600
