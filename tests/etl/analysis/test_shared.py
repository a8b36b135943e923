"""Comparisons where a source ends, begins or fails: held against weeks made by hand."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from etl.analysis.spans import Pair, judged
from etl.analysis.why import why
from etl.engines import Connection
from etl.errors import UserError
from etl.metrics.answer import Question, Where
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension, Verdict
from tests.etl.analysis.changing import CALLS, CHATS, MAILS, changing_sources, daily
from tests.etl.metrics.generations import Rows, ask_on, days_after, generation
from tests.etl.metrics.oracles import only


@pytest.fixture(scope="module")
def changing() -> Iterator[Connection]:
    """Weeks of them."""
    with closing(changing_sources()) as connection:
        yield connection


@pytest.fixture
def ask(changing: Connection) -> WarehouseAsk:
    return ask_on(changing)


def week(number: int) -> tuple[date, date]:
    return days_after(7 * number).date(), days_after(7 * number + 6).date()


def compared(ask: WarehouseAsk, metric: str, after: int, before: int, where: Where = ()) -> Pair:
    rows = [ask(Question((metric,), (), None, *week(number), where)).rows[0] for number in (after, before)]
    (pair,) = judged(ask, [(rows[0], rows[1])], where)
    return pair


def values(pair: Pair) -> tuple[float | None, float | None, float | None, float | None]:
    """Before and after of all sources, then of those compared."""
    return pair.before.value, pair.after.value, pair.compared.before.value, pair.compared.after.value


def test_the_end_of_a_source_is_no_improvement(ask: WarehouseAsk) -> None:
    pair = compared(ask, "abandonment", 5, 4)
    assert values(pair) == pytest.approx((42 / 140, 0.1, 0.1, 0.1))
    assert (pair.comparison.change, pair.comparison.verdict) == (0.0, Verdict.NOISE)
    assert pair.compared.note == "compared without chats (nothing since 2026-04-06)"


def test_nor_is_it_a_fall_of_the_count(ask: WarehouseAsk) -> None:
    pair = compared(ask, "contacts", 5, 4)
    assert values(pair) == (140.0, 70.0, 70.0, 70.0)
    assert pair.comparison.verdict is Verdict.NOISE


def test_the_beginning_of_a_source_is_no_worsening(ask: WarehouseAsk) -> None:
    pair = compared(ask, "abandonment", 7, 6)
    assert values(pair) == pytest.approx((0.1, 42 / 140, 0.1, 0.1))
    assert pair.comparison.verdict is Verdict.NOISE
    assert pair.compared.note == "compared without mails (begins 2026-04-20)"


def test_one_ends_and_another_begins(ask: WarehouseAsk) -> None:
    pair = compared(ask, "abandonment", 7, 4)
    assert values(pair) == pytest.approx((0.3, 0.3, 0.1, 0.1))
    assert pair.compared.note == ("compared without mails (begins 2026-04-20) and chats (nothing since 2026-04-06)")


def test_with_no_source_in_common_there_is_no_verdict_but_a_reason(ask: WarehouseAsk) -> None:
    where = ((Dimension.SOURCE, (CHATS, MAILS)),)
    pair = compared(ask, "abandonment", 7, 4, where)
    assert values(pair)[:2] == (0.5, 0.5)
    assert (pair.comparison.change, pair.comparison.verdict) == (None, None)
    assert pair.comparison.note == "not comparable: no source covers both periods"


def test_a_source_that_fails_for_a_day_is_unknown_in_that_week(ask: WarehouseAsk) -> None:
    for after, before in ((8, 7), (9, 8)):
        pair = compared(ask, "abandonment", after, before)
        assert values(pair)[2:] == (0.5, 0.5)
        assert pair.compared.note == "compared without calls (1 day unknown)"


def test_a_source_alone_is_compared_as_ever(ask: WarehouseAsk) -> None:
    alone = compared(ask, "abandonment", 8, 7, only(Dimension.SOURCE, CALLS))
    assert values(alone) == pytest.approx((0.1, 0.1, 0.1, 0.1))
    assert (alone.compared.after, alone.compared.note) == (alone.after, "")
    counted = compared(ask, "contacts", 8, 7, only(Dimension.SOURCE, CALLS))
    assert (counted.before.value, counted.after.value, counted.comparison.verdict) == (70.0, 60.0, None)
    assert counted.comparison.note == "not comparable: 1 day unknown"


def test_what_a_source_brings_nothing_to_is_not_touched_by_its_end(ask: WarehouseAsk) -> None:
    pair = compared(ask, "contacts", 5, 4, only(Dimension.CHANNEL, "phone"))
    assert values(pair) == (70.0, 70.0, 70.0, 70.0)
    assert (pair.compared.after, pair.compared.note) == (pair.after, "")
    chats = compared(ask, "contacts", 5, 4, only(Dimension.CHANNEL, "chat"))
    assert values(chats)[:2] == (70.0, 0.0)
    assert chats.comparison.verdict is not Verdict.REAL


def test_a_quiet_week_is_known() -> None:
    rows = Rows()
    daily(rows, CALLS, range(71), 1, "phone")
    for day in (*range(21), *range(28, 71)):
        rows.leg(source="faxes", started_at=days_after(day), channel="letter")
    with closing(generation(rows)) as connection:
        pair = compared(ask_on(connection), "contacts", 3, 2)
    assert values(pair) == (77.0, 70.0, 77.0, 70.0)
    assert pair.compared.note == ""


def test_a_late_delivery_is_waited_for() -> None:
    rows = Rows()
    daily(rows, CALLS, range(71), 1, "phone")
    daily(rows, MAILS, range(66), 5, "email")
    with closing(generation(rows)) as connection:
        ask = ask_on(connection)
        pair = compared(ask, "abandonment", 9, 8)
    assert pair.after.through == days_after(64).date()
    assert values(pair) == pytest.approx((0.3, 0.3, 0.3, 0.3))
    assert pair.compared.note == ""


def test_what_moved_it_adds_up_over_the_shared_sources(ask: WarehouseAsk) -> None:
    after, before = map(ask.calendar.parse, ("2026-W15", "2026-W14"))
    found = why(ask, "abandonment", after, before, Dimension.CHANNEL)
    assert (found.before.n, found.after.n, found.effects.change) == (70, 70, 0.0)
    assert [each.name for each in found.effects.segments] == ["phone"]
    assert found.alike.left_out == {CHATS: "nothing since 2026-04-06"}


def test_what_cannot_be_compared_has_no_change_to_explain(ask: WarehouseAsk) -> None:
    after, before = map(ask.calendar.parse, ("2026-W17", "2026-W14"))
    with pytest.raises(UserError, match="no source covers both periods; there is no change to explain"):
        why(ask, "abandonment", after, before, None, ((Dimension.SOURCE, (CHATS, MAILS)),))
