"""Laws of the seam: parts sum to the whole, periods tile, marts equal facts, nothing is said beyond the watermark."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from etl.config import Folders, Settings
from etl.engines import Connection
from etl.errors import CheckFailed, UserError
from etl.metrics.answer import Answer, Principal, Question, Row, Where
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension, Grain
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.oracles import only
from tests.loaded import unsuppressed

PLAIN = Settings(Folders(Path()))
SHOWN = unsuppressed(PLAIN)
ADDITIVE = tuple(name for name in METRICS if name not in ("nps", "first_response_p50", "first_response_p90"))
SEGMENTED = tuple(name for name in METRICS if name != "contacts")
COARSE = (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


def key(row: Row) -> tuple[Any, ...]:
    return row.metric, row.period, row.group


def same(left: Answer, right: Answer) -> None:
    """Both say the same of everything."""
    assert sorted(map(key, left.rows)) == sorted(map(key, right.rows))
    others = {key(row): row for row in right.rows}
    for row in left.rows:
        other = others[key(row)]
        assert (row.n, row.complete, row.reason, row.through) == (other.n, other.complete, other.reason, other.through)
        for one, two in ((row.value, other.value), (row.low, other.low), (row.high, other.high)):
            assert one == two or isclose(one or 0.0, two or 0.0, rel_tol=1e-12), (row, other)


@pytest.mark.parametrize("dimension", Dimension)
def test_parts_over_a_dimension_sum_to_the_whole(small_ask: WarehouseAsk, dimension: Dimension) -> None:
    known = tuple(name for name in METRICS if dimension in METRICS[name].dimensions)
    whole = {row.metric: row for row in small_ask(Question(known)).rows}
    split = small_ask(Question(known, (dimension,))).rows
    for name in known:
        parts = [row for row in split if row.metric == name]
        assert sum(row.n for row in parts) == whole[name].n > 0
        if METRICS[name].unit != "seconds" or name in ("asa", "aht"):
            total = whole[name].value
            weights = [row.value if name == "contacts" else row.n * (row.value or 0.0) for row in parts]
            assert total is not None
            expected = total if name == "contacts" else total * whole[name].n
            assert isclose(sum(weight or 0.0 for weight in weights), expected, rel_tol=1e-9)


@pytest.mark.parametrize("grain", COARSE)
def test_periods_tile(small_ask: WarehouseAsk, grain: Grain) -> None:
    days = {name: 0 for name in ADDITIVE}
    for row in small_ask(Question(ADDITIVE, grain=Grain.DAY)).rows:
        days[row.metric] += row.n
    rows = small_ask(Question(ADDITIVE, grain=grain)).rows
    for name in ADDITIVE:
        mine = [row for row in rows if row.metric == name]
        assert sum(row.n for row in mine) == days[name] > 0
        assert all(left.end + timedelta(days=1) == right.start for left, right in zip(mine, mine[1:], strict=False))


@pytest.mark.parametrize("grain", COARSE)
def test_a_period_is_the_same_in_a_course_and_on_its_own(small_ask: WarehouseAsk, grain: Grain) -> None:
    for row in small_ask(Question(tuple(METRICS), grain=grain)).rows[::3]:
        (alone,) = small_ask(Question((row.metric,), start=row.start, end=row.end)).rows
        assert (alone.value, alone.n, alone.complete) == (row.value, row.n, row.complete)


@pytest.fixture(scope="module")
def factual(small_demo: Settings) -> WarehouseAsk:
    """The small demo asked as if its marts had been built with other settings."""
    ask = open_ask(unsuppressed(small_demo))
    vars(ask.standing)["_has_marts"] = False
    return ask


@pytest.mark.parametrize("by", [(), (Dimension.CHANNEL,), (Dimension.REGION,), (Dimension.TOUCHPOINT,)], ids=str)
@pytest.mark.parametrize("where", [(), only(Dimension.CHANNEL, "phone"), only(Dimension.SOURCE, "qualtrics")], ids=str)
def test_marts_say_what_the_facts_say(
    small_ask: WarehouseAsk, factual: WarehouseAsk, by: tuple[Dimension, ...], where: Where
) -> None:
    question = Question(tuple(METRICS), by, Grain.MONTH, where=where)
    same(small_ask(question), factual(question))


def test_a_dimension_that_no_mart_holds_is_asked_from_the_facts(small_ask: WarehouseAsk) -> None:
    queues = small_ask.dimension_values[Dimension.QUEUE]
    every = ((Dimension.QUEUE, queues),)
    same(
        small_ask(Question(("contacts",), grain=Grain.WEEK)),
        small_ask(Question(("contacts",), (), Grain.WEEK, where=every)),
    )


def test_an_unfinished_period_counts_the_days_to_the_watermark(small_ask: WarehouseAsk) -> None:
    assert small_ask.as_of == date(2026, 11, 21)
    day = date(2026, 11, 22)
    (week,) = small_ask(Question(("contacts",), grain=Grain.WEEK, start=date(2026, 11, 16), end=day)).rows
    days = small_ask(Question(("contacts",), grain=Grain.DAY, start=date(2026, 11, 16), end=day)).rows
    assert (week.complete, week.through) == (False, date(2026, 11, 21))
    assert week.n == sum(row.n for row in days) > 0
    assert (days[-1].value, days[-1].complete, days[-1].reason) == (None, False, "not complete before 2026-11-23")


@pytest.mark.parametrize("metric", METRICS)
def test_a_period_after_the_watermark_says_when_it_will_be_complete(small_ask: WarehouseAsk, metric: str) -> None:
    (row,) = small_ask(Question((metric,), start=date(2027, 1, 1), end=date(2027, 1, 31))).rows
    assert (row.value, row.n, row.complete, row.reason) == (None, 0, False, "not complete before 2027-02-01")
    (open_ended,) = small_ask(Question((metric,), start=date(2027, 1, 1))).rows
    assert open_ended.reason == "not complete before 2027-01-02"


def test_a_period_before_the_first_delivery_says_so(small_ask: WarehouseAsk) -> None:
    (row,) = small_ask(Question(("contacts",), start=date(2025, 1, 1), end=date(2025, 1, 31))).rows
    assert (row.value, row.reason) == (None, "before the first delivery")
    (open_ended,) = small_ask(Question(("contacts",), end=date(2025, 1, 31))).rows
    assert open_ended.reason == "before the first delivery"


def test_a_span_backwards_is_refused(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="the first day is after the last"):
        small_ask(Question(("contacts",), start=date(2026, 11, 2), end=date(2026, 11, 1)))


def calls_a_day(rows: Rows, source: str, days: range, count: int, **values: Any) -> None:
    for day in days:
        for _ in range(count):
            rows.leg(source=source, started_at=days_after(day), **values)


@pytest.fixture(scope="module")
def uneven() -> Iterator[Connection]:
    """Ten weeks of calls with a day left out, chats that end after five weeks, and a quiet line."""
    rows = Rows()
    calls_a_day(rows, "calls", range(60), 10)
    calls_a_day(rows, "calls", range(61, 71), 10)
    calls_a_day(rows, "chats", range(36), 1, channel="chat")
    with closing(generation(rows)) as connection:
        yield connection


def days(connection: Connection, first: int, last: int, where: Where = ()) -> tuple[Row, ...]:
    """Contacts of each day, counted from the first of the rows."""
    question = Question(("contacts",), (), Grain.DAY, days_after(first).date(), days_after(last).date(), where)
    return ask_on(connection, PLAIN)(question).rows


def test_a_day_left_out_is_unknown_and_never_zero(uneven: Connection) -> None:
    before, gap, after = days(uneven, 59, 61)
    assert (before.value, before.complete) == (10.0, True)
    assert (gap.value, gap.complete) == (None, False)
    assert gap.reason == "without chats since 2026-04-06, calls: 1 day unknown"
    assert (after.value, after.complete) == (10.0, True)


def test_a_period_that_holds_such_a_day_is_not_complete(uneven: Connection) -> None:
    (row,) = ask_on(uneven, PLAIN)(Question(("contacts",), start=days_after(56).date(), end=days_after(62).date())).rows
    assert (row.value, row.complete) == (60.0, False)
    assert "calls: 1 day unknown" in row.notes


def test_a_stale_source_counts_to_its_end_and_is_named_afterwards(uneven: Connection) -> None:
    last, cut, later = days(uneven, 34, 36)
    assert (last.value, last.notes) == (11.0, ())
    assert (cut.value, cut.notes, cut.complete) == (10.0, ("without chats since 2026-04-06",), True)
    assert later.notes == cut.notes
    (week,) = ask_on(uneven, PLAIN)(
        Question(("contacts",), start=days_after(28).date(), end=days_after(41).date())
    ).rows
    assert (week.value, week.complete) == (147.0, False)


def test_of_a_stale_source_alone_there_is_nothing_after_its_end(uneven: Connection) -> None:
    last, after = days(uneven, 34, 35, only(Dimension.SOURCE, "chats"))
    assert (last.value, last.complete) == (1.0, True)
    assert (after.value, after.reason) == (None, "without chats since 2026-04-06")


def test_a_covered_day_without_a_row_counts_none() -> None:
    rows = Rows()
    calls_a_day(rows, "calls", range(3), 2)
    rows.delivered("calls", days_after(9))
    with closing(generation(rows)) as connection:
        assert [(row.value, row.n, row.complete) for row in days(connection, 2, 4)] == [
            (2.0, 2, True),
            (0.0, 0, True),
            (0.0, 0, True),
        ]


def test_a_source_whose_rows_all_lie_after_its_watermark_holds_back_its_metric() -> None:
    rows = Rows()
    calls_a_day(rows, "calls", range(20), 1)
    rows.answer(source="chats", responded_at=days_after(9))
    rows.leg(source="chats", started_at=days_after(10))
    with closing(generation(rows)) as connection:
        assert days(connection, 10, 10)[0].reason == f"not complete before {days_after(11).date()}"


def test_a_young_source_has_no_complete_day() -> None:
    rows = Rows()
    rows.leg()
    with closing(generation(rows)) as connection:
        ask = ask_on(connection)
        assert ask.as_of is None
        (row,) = ask(Question(("contacts",))).rows
        assert (row.value, row.reason) == (None, "not complete before 2026-03-03")


@pytest.mark.parametrize("metric", SEGMENTED)
def test_too_few_show_their_base_and_no_value(metric: str) -> None:
    rows = Rows()
    rows.leg(wait_seconds=1, handle_seconds=1)
    rows.leg(channel="chat", is_queued=False, disposition="message", answered_at=days_after(0))
    rows.answer()
    rows.answer(kind="csat5", score=5)
    for source in ("calls", "survey"):
        rows.delivered(source, days_after(1))
    with closing(generation(rows)) as connection:
        (row,) = ask_on(connection)(Question((metric,))).rows
    assert (row.value, row.low, row.high, row.n, row.reason) == (None, None, None, 1, "too few (n=1)")


def test_an_unknown_metric_names_the_nearest(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="unknown metric 'abandonmet'; did you mean abandonment"):
        small_ask(Question(("abandonmet",)))


def test_a_dimension_that_a_metric_lacks_lists_those_it_has(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="nps: unknown dimension 'direction'; .*region"):
        small_ask(Question(("contacts", "nps"), (Dimension.DIRECTION,)))
    with pytest.raises(UserError, match="unknown dimension 'direction'"):
        small_ask(Question(("csat",), where=only(Dimension.DIRECTION, "inbound")))


def test_nothing_loaded_is_said(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed, match="nothing is loaded yet"):
        open_ask(Settings(Folders(tmp_path)))


@pytest.mark.parametrize("by", [(), (Dimension.TOUCHPOINT,), (Dimension.REGION,), (Dimension.TEAM,)], ids=str)
def test_a_scope_limits_every_answer(small_demo: Settings, small_ask: WarehouseAsk, by: tuple[Dimension, ...]) -> None:
    scope = only(Dimension.REGION, "North")
    scoped = open_ask(unsuppressed(small_demo), Principal("north", scope))
    same(scoped(Question(tuple(METRICS), by)), small_ask(Question(tuple(METRICS), by, where=scope)))
    elsewhere = scoped(Question(("contacts",), where=only(Dimension.REGION, "South"))).rows
    assert [row.n for row in elsewhere] == [0]
    assert scoped.dimension_values[Dimension.REGION] == ("North",)


def test_a_scope_hides_what_only_others_have() -> None:
    rows = Rows()
    rows.leg(region="North", team="red")
    rows.leg(region="South", team="blue")
    rows.delivered("calls", days_after(1))
    with closing(generation(rows)) as connection:
        ask = ask_on(connection, PLAIN, Principal("north", only(Dimension.REGION, "North")))
        assert ask.dimension_values[Dimension.TEAM] == ("red",)
        with pytest.raises(UserError, match="unknown dimension 'direction'"):
            ask_on(connection, PLAIN, Principal("x", only(Dimension.DIRECTION, "inbound")))(Question(("nps",)))


def test_a_changed_threshold_counts_at_once(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    changed = replace(small_demo, metrics={"service_level": {"threshold_seconds": 60}})
    for grain in (None, Grain.WEEK):
        question = Question(("service_level", "abandonment"), grain=grain)
        (before, *_), (after, *_) = small_ask(question).rows, open_ask(changed)(question).rows
        assert after.n == before.n
        assert (after.value or 0) > (before.value or 1)


def test_a_changed_week_counts_at_once(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    sundays = open_ask(replace(unsuppressed(small_demo), week_start="sunday"))
    metrics = ("contacts", "service_level", "nps", "aht_p90", "first_response_p50")
    rows = sundays(Question(metrics, grain=Grain.WEEK, start=date(2026, 10, 4))).rows
    assert {row.start.isoweekday() for row in rows} == {7}
    for row in rows:
        (alone,) = small_ask(Question((row.metric,), start=row.start, end=row.end)).rows
        assert (row.value, row.n) == (alone.value, alone.n)


def test_a_fiscal_quarter_is_its_three_months(small_demo: Settings, small_ask: WarehouseAsk) -> None:
    fiscal = open_ask(replace(small_demo, fiscal_start=9))
    period = fiscal.calendar.parse("F2027-Q1")
    (quarter,) = fiscal(Question(("contacts",), start=period.start, end=period.end)).rows
    months = small_ask(Question(("contacts",), grain=Grain.MONTH, start=period.start, end=period.end)).rows
    assert [row.period for row in months] == ["2026-09", "2026-10", "2026-11"]
    assert quarter.n == sum(row.n for row in months) > 0


def test_a_source_declared_inactive_lets_go_at_once(small_demo: Settings) -> None:
    settings = replace(small_demo, sources={"twcs": {"active": False}})
    assert [state.source for state in open_ask(settings).sources if not state.is_active] == ["twcs"]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("where", [(), only(Dimension.CHANNEL, "phone"), only(Dimension.CHANNEL, "chat")], ids=str)
def test_as_many_rows_stand_behind_a_number_as_it_says(small_ask: WarehouseAsk, metric: str, where: Where) -> None:
    period = small_ask.calendar.parse("2026-10")
    (row,) = small_ask(Question((metric,), start=period.start, end=period.end, where=where)).rows
    behind = small_ask.rows(METRICS[metric], period, where, "bottom")
    assert len(behind.rows) == row.n
    assert len({tuple(found.values()) for found in behind.rows}) == row.n
    if row.unit == "share":
        assert len(small_ask.rows(METRICS[metric], period, where, "top").rows) == round((row.value or 0) * row.n)


def test_rows_know_the_file_they_came_from(small_ask: WarehouseAsk) -> None:
    behind = small_ask.rows(METRICS["service_level"], small_ask.calendar.parse("2026-11-20"), (), "bottom")
    assert behind.unit == "interaction"
    assert all(
        row["file"] and row["record_number"] and row["business_day"] == date(2026, 11, 20) for row in behind.rows
    )


def test_rows_after_the_watermark_stand_behind_nothing(small_ask: WarehouseAsk) -> None:
    assert small_ask.rows(METRICS["contacts"], small_ask.calendar.parse("2026-11-22"), (), "bottom").rows == ()


def test_a_side_that_a_metric_lacks_is_refused(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="contacts: unknown side 'top'"):
        small_ask.rows(METRICS["contacts"], small_ask.calendar.parse("2026-10"), (), "top")
