"""Laws of the seam: parts sum to the whole, periods tile, marts equal facts, a scope limits every answer."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from math import isclose
from pathlib import Path
from typing import Any

import pytest

from etl.config import Settings
from etl.engines import DuckEngine
from etl.errors import CheckFailed, UserError
from etl.folders import Folders
from etl.metrics.answer import LOCAL_ANALYST, Answer, Principal, Question, Row, Where
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.catalogue import METRICS
from etl.metrics.kinds import Balance, Quantile, Survival
from etl.schema import TABLES
from etl.schema.columns import text
from etl.vocabulary import Dimension, Grain
from etl.warehouse import Warehouse
from tests.etl.metrics.generations import Rows, ask_on, days_after, generation
from tests.etl.metrics.oracles import only
from tests.loaded import END, PRESENT, unsuppressed

PLAIN = Settings(Folders(Path()))
WHOLE = tuple(name for name in PRESENT if METRICS[name].is_additive and not METRICS[name].hidden_under)
ADDITIVE = tuple(name for name in WHOLE if not isinstance(METRICS[name], Balance | Survival))
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
    known = tuple(name for name in WHOLE if dimension in METRICS[name].dimensions)
    whole = {row.metric: row for row in small_ask(Question(known)).rows}
    split = small_ask(Question(known, (dimension,))).rows
    for name in known:
        parts = [row for row in split if row.metric == name]
        assert sum(row.n for row in parts) == whole[name].n > 0
        if not isinstance(METRICS[name], Quantile | Survival):
            total = whole[name].value
            is_count = METRICS[name].unit == "count"
            weights = [row.value if is_count else row.n * (row.value or 0.0) for row in parts]
            assert total is not None
            expected = total if is_count else total * whole[name].n
            assert isclose(sum(weight or 0.0 for weight in weights), expected, rel_tol=1e-9)


@pytest.mark.parametrize("grain", COARSE)
def test_periods_tile(small_ask: WarehouseAsk, grain: Grain) -> None:
    days = dict.fromkeys(ADDITIVE, 0)
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
        assert (alone.value, alone.n) == (row.value, row.n)
        is_whole = row.end == small_ask.calendar.period_of(row.start, grain).end
        assert row.complete == (alone.complete and is_whole)  # the watermark cuts the last one: it is not complete


@pytest.fixture(scope="module")
def factual(small_demo: Settings) -> WarehouseAsk:
    """The small demo asked as if its marts had been built with other settings."""
    ask = open_ask(unsuppressed(small_demo))
    vars(ask.standing)["has_marts"] = False
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


def test_a_span_backwards_is_refused(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="the first day is after the last"):
        small_ask(Question(("contacts",), start=date(2026, 11, 2), end=date(2026, 11, 1)))


def test_an_unknown_metric_names_the_nearest(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="unknown metric 'abandonmet'; did you mean abandonment"):
        small_ask(Question(("abandonmet",)))


def test_a_dimension_that_a_metric_lacks_lists_those_it_has(small_ask: WarehouseAsk) -> None:
    with pytest.raises(UserError, match="nps: has no dimension 'direction'; it has .*region"):
        small_ask(Question(("contacts", "nps"), (Dimension.DIRECTION,)))
    with pytest.raises(UserError, match="has no dimension 'direction'"):
        small_ask(Question(("csat",), where=only(Dimension.DIRECTION, "inbound")))


def test_nothing_loaded_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nothing is loaded yet"):
        open_ask(Settings(Folders(tmp_path)))


def test_a_generation_of_an_earlier_version_is_not_read(small_demo: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = (*TABLES["core_contacts"], text("mood", "declared since"))
    monkeypatch.setattr("etl.metrics.ask.TABLES", {**TABLES, "core_contacts": declared})
    with pytest.raises(CheckFailed, match="was published by an earlier version. Run cx load"):
        open_ask(small_demo)


@pytest.mark.parametrize("by", [(), (Dimension.TOUCHPOINT,), (Dimension.REGION,), (Dimension.TEAM,)], ids=str)
def test_a_scope_limits_every_answer(small_demo: Settings, small_ask: WarehouseAsk, by: tuple[Dimension, ...]) -> None:
    scope = only(Dimension.REGION, "North")
    scoped = open_ask(unsuppressed(small_demo), Principal("north", scope))
    known = tuple(name for name in METRICS if set(by) <= set(METRICS[name].dimensions))
    same(scoped(Question(known, by)), small_ask(Question(known, by, where=scope)))
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
        with pytest.raises(UserError, match="has no dimension 'direction'"):
            ask_on(connection, PLAIN, Principal("x", only(Dimension.DIRECTION, "inbound")))(Question(("nps",)))


def test_the_spread_of_the_last_weeks_is_found_once(small_demo: Settings) -> None:
    """Of the two statements behind a count by cause, a further day asks the one that is its own."""
    asked: list[str] = []

    class Listening(DuckEngine):
        def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
            asked.append(sql)
            return super().rows(sql, parameters)

    published = Warehouse(small_demo.folders).current()
    assert published is not None
    with closing(Warehouse(small_demo.folders).read(published)) as connection:
        ask = WarehouseAsk(Listening(connection), published, small_demo, LOCAL_ANALYST)
        first, counts = [], []
        for day in (END, END - timedelta(days=1), END):
            asked.clear()
            first.append(ask(Question(("failed_contacts",), (Dimension.CAUSE,), None, day - timedelta(days=6), day)))
            counts.append(sum("mart_day_failures" in sql for sql in asked))
    assert counts == [2, 1, 1]
    assert first[0] == first[2]
