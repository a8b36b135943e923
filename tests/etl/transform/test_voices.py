"""Votes and escalations: one voice a person, cause and day; what went public within 72 hours of a private contact."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from etl.metrics.answer import Question
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation

HOURS_72 = timedelta(hours=72)


def votes(rows: Rows) -> list[tuple[str, int, int]]:
    """Person, vote and mentions behind it."""
    with closing(generation(rows)) as connection:
        found = connection.execute(
            "SELECT person, vote, mention_count FROM core_votes ORDER BY 1, business_day"
        ).fetchall()
    return [tuple(row) for row in found]


def test_vector_of_many_posts() -> None:
    rows = Rows()
    for day, tone in ((0, -1), (0, -1), (0, 0), (1, 1), (1, -1)):
        rows.mention(tone, author_identifier="a", posted_at=days_after(day))
    rows.mention(1, author_identifier="b")
    rows.mention(-1, author_identifier="c", is_repost=True)
    rows.delivered("posts", days_after(3))
    assert votes(rows) == [("a", -1, 3), ("a", 0, 2), ("b", 1, 1)]
    with closing(generation(rows)) as connection:
        (row,) = ask_on(connection)(Question(("net_sentiment",), is_raw=True)).rows
    assert (row.value, row.n) == (0.0, 3)


def test_causes_are_voted_on_apart_and_our_own_words_never() -> None:
    rows = Rows()
    rows.mention(-1, author_identifier="a", cause="invoice")
    rows.mention(1, author_identifier="a", cause="delivery")
    rows.mention(1, author_identifier="us", is_own=True)
    rows.mention(None, author_identifier="b")
    assert sorted(vote for _, vote, _ in votes(rows)) == [-1, 1]


def test_a_cause_that_nobody_told_is_one_of_its_own() -> None:
    rows = Rows()
    for cause in (None, "unassigned"):
        rows.mention(-1, author_identifier="a", cause=cause)
    assert votes(rows) == [("a", -1, 2)]


def test_identifiers_of_one_customer_have_one_voice() -> None:
    rows = Rows()
    rows.mention(-1, author_identifier="handle:1")
    rows.mention(-1, author_identifier="handle:2")
    for handle in ("handle:1", "handle:2"):
        rows.known(handle, "c0")
    assert votes(rows) == [("c0", -1, 2)]


@pytest.mark.parametrize(
    ("after", "values", "contact", "is_public"),
    [
        (timedelta(0), {}, {}, True),
        (HOURS_72, {}, {}, True),
        (HOURS_72 + timedelta(seconds=1), {}, {}, False),
        (-timedelta(seconds=1), {}, {}, False),
        (timedelta(hours=1), {"tone": 0}, {}, False),
        (timedelta(hours=1), {"is_own": True}, {}, False),
        (timedelta(hours=1), {"is_repost": True}, {}, False),
        (timedelta(hours=1), {"author_identifier": "c1"}, {}, False),
        (timedelta(hours=1), {"rating": 1}, {}, True),
        (timedelta(hours=1), {}, {"channel": "social"}, False),
        (timedelta(hours=1), {}, {"channel": "email"}, True),
        (timedelta(hours=1), {}, {"direction": "outbound"}, False),
    ],
)
def test_what_counts_as_gone_public(
    after: timedelta, values: Mapping[str, Any], contact: Mapping[str, Any], is_public: bool
) -> None:
    rows = Rows()
    rows.leg(customer_identifier="c0", **contact)
    rows.mention(**{"tone": -1, "author_identifier": "c0", "posted_at": NOON + after, **values})
    with closing(generation(rows)) as connection:
        found = connection.execute("SELECT contact_key, record_key FROM core_escalations").fetchall()
    assert found == ([(1, 20_000)] if is_public else [])


def test_the_first_outcry_is_the_one() -> None:
    rows = Rows()
    rows.leg(customer_identifier="c0")
    for hours in (30, 2, 60):
        rows.mention(-1, author_identifier="c0", posted_at=NOON + timedelta(hours=hours))
    with closing(generation(rows)) as connection:
        assert connection.execute("SELECT record_key FROM core_escalations").fetchall() == [(20_001,)]
