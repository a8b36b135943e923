"""What breakdowns cost, against hand-written SQL: answers of the failed and the others, lists, minutes, parts."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from etl.calendar import Period
from etl.config import Settings
from etl.engines import Connection
from etl.metrics.answer import Cell
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.metrics.tolls.values import Sample
from etl.vocabulary import Dimension, Grain
from etl.warehouse import Warehouse

FAILED = """
    WITH failed AS (
        SELECT coalesce(customer_id, 'contact ' || contact_key) AS who, coalesce(cause, '(unknown)') AS cause,
            coalesce(touchpoint, '(unknown)') AS place, started_at, contact_key, customer_id, product, region,
            is_abandoned OR is_unresolved OR is_complaint OR is_repeated AS on_record, is_low_score
        FROM core_failures AS failure WHERE business_day BETWEEN $start AND $end
            AND business_day <= (SELECT watermark_day FROM core_sources WHERE source = failure.source))
"""
ANSWERS = """
    , given AS (
        SELECT DISTINCT ON (who) coalesce(customer_id, 'contact ' || contact_key) AS who, score, responded_at
        FROM core_scores AS answer WHERE kind = 'nps' AND business_day BETWEEN $start AND $end
            AND (customer_id IS NOT NULL OR contact_key IS NOT NULL)
            AND business_day <= (SELECT watermark_day FROM core_sources WHERE source = answer.source)
        ORDER BY who, responded_at DESC, record_key DESC)
    SELECT cause, place, count(DISTINCT given.who), sum(score) FROM given JOIN (
        SELECT who, cause, place, min(started_at) AS since FROM failed WHERE on_record GROUP BY ALL) AS failed
        ON failed.who = given.who AND since <= responded_at GROUP BY ALL
    UNION ALL SELECT NULL, NULL, count(*), sum(score) FROM given
        WHERE who NOT IN (SELECT who FROM failed WHERE on_record)
"""
LISTS = """
    SELECT cause, place, count(DISTINCT customer_id) FILTER (WHERE on_record),
        count(DISTINCT customer_id) FILTER (WHERE is_low_score)
    FROM failed WHERE customer_id IS NOT NULL
        AND contact_key NOT IN (SELECT contact_key FROM core_contacts WHERE channel = 'social') GROUP BY ALL
"""
MINUTES = """
    , chain AS (SELECT DISTINCT failed.cause, place, chain_key
        FROM failed JOIN core_chain_contacts USING (contact_key))
    SELECT chain.cause, place, sum(customer_seconds) / 60 FROM chain JOIN core_journeys USING (chain_key) GROUP BY ALL
"""
PARTS = """
    SELECT cause, place, coalesce(product, '(unknown)'), coalesce(region, '(unknown)'), count(*)
    FROM failed GROUP BY ALL
"""


@pytest.fixture(scope="module")
def ask(small_demo: Settings) -> WarehouseAsk:
    """Ask on the small demo."""
    return open_ask(small_demo)


@pytest.fixture(scope="module")
def hand(small_demo: Settings) -> Iterator[Connection]:
    """The same generation, to be asked by hand."""
    published = Warehouse(small_demo.folders).current()
    assert published is not None
    with closing(Warehouse(small_demo.folders).read(published)) as connection:
        yield connection


@pytest.fixture(scope="module")
def period(ask: WarehouseAsk) -> Period:
    """The last complete month."""
    assert ask.as_of is not None
    return ask.calendar.last_complete(ask.as_of, Grain.MONTH)


def by_hand(hand: Connection, sql: str, period: Period) -> list[tuple[object, ...]]:
    return hand.execute(f"{FAILED}{sql}", {"start": period.start, "end": period.end}).fetchall()


def test_answers_of_those_failed_and_of_those_who_were_not(ask: WarehouseAsk, hand: Connection, period: Period) -> None:
    found = ask.toll.scores(period.start, period.end)
    summed = {cell: sum(strata.values(), Sample()) for cell, strata in found.cells.items()}
    unaffected = sum(found.unaffected.values(), Sample())
    told: dict[tuple[str | None, ...], tuple[int, int]] = {(None, None): (unaffected.n, unaffected.total)}
    told |= {(cell.cause, cell.touchpoint): (one.n, one.total) for cell, one in summed.items()}
    assert found.scale == "nps"
    assert told == {(cause, place): (n, total) for cause, place, n, total in by_hand(hand, ANSWERS, period)}
    assert len(told) > 10


def test_where_few_are_asked_to_recommend_satisfaction_is_compared(ask: WarehouseAsk, period: Period) -> None:
    found = ask.toll.scores(period.end, period.end)
    answers = sum(found.unaffected.values(), Sample())
    assert found.scale == "csat"
    assert answers.n > 0
    assert answers.squares == 100 * answers.total
    assert answers.total % 100 == 0


def test_customers_are_on_the_lists_that_saw_them(ask: WarehouseAsk, hand: Connection, period: Period) -> None:
    found = ask.toll.sightings(period.start, period.end)
    told = {
        (cell.cause, cell.touchpoint): tuple(
            sum(count for on, count in one.lists.items() if on[place]) for place in (0, 1)
        )
        for cell, one in found.items()
        if any(on[0] or on[1] for on in one.lists)
    }
    assert told == {(cause, place): (one, two) for cause, place, one, two in by_hand(hand, LISTS, period)}
    linked = {cell: size.linked for cell, size in ask.affected(period.start, period.end).affected.items()}
    assert all(sum(one.occasions.values()) <= linked[cell] for cell, one in found.items() if one.occasions)


def test_minutes_are_those_of_the_chains_it_failed(ask: WarehouseAsk, hand: Connection, period: Period) -> None:
    found = ask.toll.tolls(period.start, period.end)
    expected = {Cell(str(cause), str(place)): minutes for cause, place, minutes in by_hand(hand, MINUTES, period)}
    assert {cell for cell, toll in found.items() if toll.minutes} == {cell for cell, sum_ in expected.items() if sum_}
    assert all(found[cell].minutes == pytest.approx(float(str(sum_))) for cell, sum_ in expected.items())


def test_voices_are_unknown_under_a_filter_that_posts_lack(ask: WarehouseAsk, period: Period) -> None:
    (team, *_) = ask.dimension_values[Dimension.TEAM]
    under = ask.toll.tolls(period.start, period.end, ((Dimension.TEAM, (team,)),))
    assert {toll.voices for toll in under.values()} == {None}
    whole = ask.toll.tolls(period.start, period.end)
    assert sum(toll.voices or 0 for toll in whole.values()) > 0


def test_parts_add_up_to_the_failed_contacts(ask: WarehouseAsk, hand: Connection, period: Period) -> None:
    found = ask.toll.parts(period.start, period.end)
    told = Counter(
        {
            (cell.cause, cell.touchpoint, part.product, part.region): part.failed
            for cell, parts in found.items()
            for part in parts
            if part.failed
        }
    )
    assert told == {tuple(place): count for *place, count in by_hand(hand, PARTS, period)}
    assert all(part.failed <= part.contacts for parts in found.values() for part in parts)


def test_a_filter_narrows_those_failed_but_not_who_is_unaffected(ask: WarehouseAsk, period: Period) -> None:
    days = (period.end - timedelta(days=29), period.end)
    whole = ask.toll.scores(*days)
    cell = max(whole.cells, key=lambda cell: whole.affected[cell])
    narrow = ask.toll.scores(*days, ((Dimension.CAUSE, (cell.cause,)),))
    assert narrow.unaffected == whole.unaffected
    assert narrow.cells[cell] == whole.cells[cell]
    assert {each.cause for each in narrow.cells} == {cell.cause}
