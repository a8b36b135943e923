"""Nowcasts asked: the elapsed part of earlier periods, what had been delivered at that age, and when there is none."""

from datetime import date, datetime, timedelta

import pytest

from etl.engines import Connection
from etl.metrics.answer import Answer, Question
from etl.metrics.ask import WarehouseAsk
from etl.metrics.base import FACT_TABLES
from etl.metrics.nowcast import Known, Nowcast, backtest
from etl.metrics.sofar import DELIVERED
from etl.metrics.unfinished import kind
from etl.schema import TABLES
from etl.vocabulary import Dimension, Grain
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation

MONDAY = date(2026, 3, 2)
WEEKS = 21
LAST_WEEK = MONDAY + timedelta(weeks=WEEKS)


def growing(days: int = 7 * WEEKS + 4) -> Rows:
    """One contact on each of Monday to Thursday, two on other days, and one at 18:00 of each day but the last."""
    rows = Rows()
    for day in range(days):
        for hour in range(1 if day % 7 < 4 else 2):
            rows.leg(started_at=days_after(day) - timedelta(hours=hour))
        if day < days - 1:
            rows.leg(started_at=days_after(day) + timedelta(hours=6), channel="chat")
    return rows


def nowcasts(connection: Connection, grain: Grain = Grain.WEEK, end: date = LAST_WEEK + timedelta(days=6)) -> Answer:
    return ask_on(connection)(Question(("contacts",), (), grain, MONDAY, end, nowcast=True))


def test_an_unfinished_week_grows_as_the_weeks_before() -> None:
    answer = nowcasts(generation(growing()))
    assert [row.nowcast for row in answer.rows[:-1]] == [None] * WEEKS
    week = answer.rows[-1]
    assert (week.through, week.value, week.complete) == (LAST_WEEK + timedelta(days=2), 6, False)
    assert week.nowcast == Nowcast(17, 17, 17, WEEKS, None, 6)  # 6 of 17 contacts by each Wednesday


def test_each_segment_has_its_own() -> None:
    connection = generation(growing())
    question = Question(
        ("contacts",), (Dimension.CHANNEL,), Grain.WEEK, LAST_WEEK, LAST_WEEK + timedelta(days=6), nowcast=True
    )
    found = {row.group[0][1]: row.nowcast for row in ask_on(connection)(question).rows}
    assert {name: told.so_far for name, told in found.items() if told} == {"chat": 3, "phone": 3}
    assert {name: told.point for name, told in found.items() if told} == {"chat": 7, "phone": 10}


def test_a_day_that_has_begun_is_told_from_the_same_time_of_days_of_its_kind() -> None:
    connection = generation(growing())
    today = LAST_WEEK + timedelta(days=3)
    (row,) = nowcasts(connection, Grain.DAY, today).rows[-1:]
    assert (row.value, row.reason) == (None, f"not complete before {today + timedelta(days=1)}")
    assert row.nowcast
    assert (row.nowcast.so_far, row.nowcast.m, row.nowcast.point) == (1, 60, 2)


def test_so_far_is_what_had_happened_by_that_share_of_the_day() -> None:
    desk = ask_on(generation(growing()))
    days = desk.calendar.between(MONDAY + timedelta(days=3), MONDAY + timedelta(days=4), Grain.DAY)
    thursday, friday = (day.start for day in days)
    assert desk.so_far("contacts", days, 0.5) == {thursday: Known(0, 2), friday: Known(1, 3)}  # at 11:00 and 12:00
    assert desk.so_far("contacts", days, 0.75) == {thursday: Known(1, 2), friday: Known(2, 3)}  # at 18:00
    assert desk.so_far("contacts", days, 1.0) == {thursday: Known(2, 2), friday: Known(3, 3)}


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_days_of_the_demo_lie_in_their_intervals(small_ask: WarehouseAsk, share: float) -> None:
    days = small_ask.calendar.between(small_ask.sources[0].first_day or MONDAY, small_ask.as_of or MONDAY, Grain.DAY)
    found = small_ask.so_far("contacts", days, share)
    held = backtest([found[day.start] for day in days if kind(day) == 0])
    assert len(held) >= 60
    assert 0.8 <= sum(held) / len(held) <= 1.0


def test_without_a_wish_there_is_none() -> None:
    answer = ask_on(generation(growing()))(Question(("contacts",), (), Grain.WEEK, MONDAY, None))
    assert {row.nowcast for row in answer.rows} == {None}


def test_a_rate_is_not_nowcast() -> None:
    answer = ask_on(generation(growing()))(Question(("service_level",), (), Grain.WEEK, MONDAY, None, nowcast=True))
    assert {row.nowcast for row in answer.rows} == {None}


def test_the_week_that_the_watermark_cuts_is_not_complete() -> None:
    answer = ask_on(generation(growing()))(Question(("contacts",), (), Grain.WEEK, MONDAY, None, nowcast=True))
    week = answer.rows[-1]
    assert (week.end, week.complete, week.through) == (
        LAST_WEEK + timedelta(days=2),
        False,
        LAST_WEEK + timedelta(days=2),
    )
    assert week.nowcast
    assert week.nowcast.m == WEEKS


def test_eighteen_weeks_are_too_little() -> None:
    connection = generation(growing(7 * 18 + 4))
    last = MONDAY + timedelta(weeks=18)
    row = nowcasts(connection, end=last + timedelta(days=6)).rows[-1]
    assert row.nowcast == Nowcast(None, None, None, 18, "too little history", 6)


def test_counts_that_later_records_decide_are_not_foretold() -> None:
    connection = generation(growing())
    question = Question(("failed_contacts",), (), Grain.WEEK, LAST_WEEK, LAST_WEEK + timedelta(days=6), nowcast=True)
    assert {row.nowcast.reason for row in ask_on(connection)(question).rows if row.nowcast} <= {
        "not foretold: later records decide what counts"
    }


def test_a_source_that_stopped_inside_the_period_is_missed() -> None:
    rows = growing()
    for day in range(7 * WEEKS + 1):
        rows.leg(started_at=days_after(day), source="chats", channel="chat")
    connection = generation(rows)
    connection.execute("UPDATE core_sources SET is_active = FALSE WHERE source = 'chats'")
    connection.execute("UPDATE core_sources SET watermark_day = ? WHERE source = 'chats'", [LAST_WEEK])
    row = nowcasts(connection).rows[-1]
    assert row.nowcast == Nowcast(None, None, None, 0, f"without chats since {LAST_WEEK + timedelta(days=1)}")


def delivered_daily(connection: Connection, late_share: int) -> None:
    """As if each day had been delivered at its end, but one contact in `late_share` only with the day after."""
    connection.execute(
        "UPDATE core_records SET first_delivered_to = CAST(business_day AS TIMESTAMP) + INTERVAL 18 HOUR + "
        "to_days(CASE WHEN record_number % ? = 0 THEN 3 ELSE 0 END)",
        [late_share],
    )
    connection.execute(
        "INSERT INTO core_loads BY NAME (SELECT DISTINCT source, CAST(business_day AS TIMESTAMP) + INTERVAL 18 HOUR "
        "AS newest_event_at, business_day AS newest_day, 'loaded' AS status FROM core_records)"
    )


@pytest.mark.parametrize("late_share", [3, 1_000_000])
def test_what_came_late_before_is_expected_to_come_late_again(late_share: int) -> None:
    rows = growing(7 * WEEKS + 3)
    connection = generation(rows)
    delivered_daily(connection, late_share)
    newest = datetime.combine(LAST_WEEK + timedelta(days=2), NOON.time()) + timedelta(hours=6)
    connection.execute("UPDATE core_sources SET newest_event_at = ?", [newest])
    row = nowcasts(connection).rows[-1]
    assert row.nowcast
    assert row.nowcast.so_far == 4
    if late_share > 1_000:
        assert (row.nowcast.low, row.nowcast.point, row.nowcast.high) == (17, 17, 17)  # 4 of 17 by each Tuesday
    else:
        assert row.nowcast.point is not None
        assert row.nowcast.point > 17


def test_counts_that_a_system_had_added_up_are_asked_alike() -> None:
    desk = ask_on(generation(growing(3)))
    days = desk.calendar.between(MONDAY, MONDAY, Grain.DAY)
    assert desk.so_far("volume_offered", days, 0.5) == {MONDAY: Known(0, 0)}
    assert all(key in {column.name for column in TABLES[FACT_TABLES[fact]]} for fact, (key, _) in DELIVERED.items())
