"""Business time against a loop over minutes, and over days on which the clock is changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.calendar.business_hours import Interval, OpeningHours, business_seconds

NINE_TO_FIVE = (((9 * 3600, 17 * 3600),),) * 5 + ((), ())
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
MINUTES = [minutes * 60 for minutes in range(0, 1441, 5)]

intervals = st.tuples(st.sampled_from(MINUTES[:-1]), st.sampled_from(MINUTES))
weeks = st.lists(st.lists(intervals, max_size=2).map(tuple), min_size=7, max_size=7).map(tuple)


def seconds(hours: OpeningHours, start: datetime, end: datetime) -> float:
    starts, ends = (np.array([moment], dtype="datetime64[us]") for moment in (start, end))
    return float(business_seconds(starts, ends, hours)[0])


def is_open(hours: OpeningHours, instant: datetime) -> bool:
    """What the clock on the wall says."""
    wall = instant.replace(tzinfo=UTC).astimezone(ZoneInfo(hours.zone))
    second = wall.hour * 3600 + wall.minute * 60
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)

    def of(day: date) -> tuple[Interval, ...]:
        return () if day in hours.holidays else hours.weekly[day.weekday()]

    return any(begin <= second and (second < end or end <= begin) for begin, end in of(today)) or any(
        end <= begin and second < end for begin, end in of(yesterday)
    )


@settings(max_examples=40, deadline=None)
@given(
    weeks,
    st.sampled_from(ZONES),
    st.datetimes(datetime.fromisoformat("2026-03-01"), datetime.fromisoformat("2026-11-30")),
    st.integers(0, 3 * 1440),
    st.sets(st.dates(date(2026, 3, 1), date(2026, 12, 3)), max_size=3),
)
def test_it_is_what_a_loop_over_minutes_counts(
    weekly: tuple[tuple[Interval, ...], ...], zone: str, start: datetime, minutes: int, holidays: set[date]
) -> None:
    hours = OpeningHours(zone, weekly, frozenset(holidays))
    begin = start.replace(second=0, microsecond=0)
    counted = sum(is_open(hours, begin + timedelta(minutes=minute)) for minute in range(minutes))
    assert seconds(hours, begin, begin + timedelta(minutes=minutes)) == counted * 60


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25)])
def test_clock_changes_count_as_the_wall_says(zone: str, day: date) -> None:
    hours = OpeningHours(zone, (((0, 9000), (9900, 21600)),) * 7)
    begin = datetime.fromisoformat(day.isoformat()) - timedelta(hours=16)
    counted = sum(is_open(hours, begin + timedelta(minutes=minute)) for minute in range(48 * 60))
    assert seconds(hours, begin, begin + timedelta(hours=48)) == counted * 60


def test_nights_weekends_and_holidays_do_not_count() -> None:
    hours = OpeningHours("Europe/Berlin", NINE_TO_FIVE, frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
    thursday = datetime.fromisoformat("2026-04-02T14:30")  # 16:30 in Berlin
    tuesday = datetime.fromisoformat("2026-04-07T07:10")  # 9:10 in Berlin
    assert seconds(hours, thursday, tuesday) == 40 * 60
    assert seconds(hours, tuesday, thursday) == 0
    assert seconds(OpeningHours("UTC", ((),) * 7), thursday, tuesday) == 0


def test_a_missing_instant_has_no_business_time() -> None:
    starts = np.array(["2026-04-01T08:00", "NaT"], dtype="datetime64[us]")
    ends = np.array(["NaT", "2026-04-01T08:00"], dtype="datetime64[us]")
    assert np.isnan(business_seconds(starts, ends, OpeningHours("UTC", NINE_TO_FIVE))).all()
    assert business_seconds(starts[:0], ends[:0], OpeningHours("UTC", NINE_TO_FIVE)).size == 0


def test_many_pairs_add_up_over_any_instant_between() -> None:
    generator = np.random.default_rng(7)
    starts = np.datetime64("2026-01-01T00:00:00", "us") + generator.integers(0, 10**12, 5_000).astype("timedelta64[us]")
    middles = starts + generator.integers(0, 10**11, 5_000).astype("timedelta64[us]")
    ends = middles + generator.integers(0, 10**12, 5_000).astype("timedelta64[us]")
    hours = OpeningHours("Australia/Lord_Howe", NINE_TO_FIVE)
    parts = business_seconds(starts, middles, hours) + business_seconds(middles, ends, hours)
    assert np.allclose(business_seconds(starts, ends, hours), parts, rtol=0, atol=1e-6)
