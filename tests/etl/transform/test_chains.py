"""Chains: the vectors of the definitions, and a plain second implementation on random contacts."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.engines import Connection
from etl.metrics.answer import Question, Row
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation

WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)
SHORT_SECONDS = 5


def chained(connection: Connection) -> list[tuple[int, int, int, int]]:
    """Contact, chain, place and length of each contact in a chain of a known customer."""
    rows = connection.execute(
        "SELECT contact_key, chain_key, position, chain_length FROM core_chain_contacts WHERE is_identified ORDER BY 1"
    ).fetchall()
    return [tuple(row) for row in rows]


def calls(*moments: datetime, **values: Any) -> Rows:
    """One customer's answered calls, and a later day so that all have matured."""
    rows = Rows()
    for moment in moments:
        rows.leg(started_at=moment, customer_identifier="c0", **values)
    rows.delivered("calls", max(moments) + 3 * WEEK)
    return rows


def asked(rows: Rows, metric: str, start: datetime, end: datetime) -> Row:
    with closing(generation(rows)) as connection:
        (row,) = ask_on(connection)(Question((metric,), start=start.date(), end=end.date(), is_raw=True)).rows
    return row


JANUARY = datetime(2026, 1, 28, 10)  # noqa: DTZ001 (an instant of the tables, in UTC without a zone)
VECTOR = (JANUARY, JANUARY + WEEK, JANUARY + 2 * WEEK + SECOND)
MONTHS = {
    "january": (JANUARY.replace(day=1), JANUARY.replace(day=31)),
    "february": (JANUARY.replace(month=2, day=1), JANUARY.replace(month=2, day=28)),
    "both": (JANUARY.replace(day=1), JANUARY.replace(month=2, day=28)),
}


def test_exactly_seven_days_join_and_a_second_more_does_not() -> None:
    with closing(generation(calls(*VECTOR))) as connection:
        assert chained(connection) == [(1, 1, 1, 2), (2, 1, 2, 2), (3, 3, 1, 1)]


@pytest.mark.parametrize(
    ("months", "fcr", "repeats"),
    [("january", (0, 1), (1, 2)), ("february", (1, 1), (0, 1)), ("both", (1, 2), (1, 3))],
)
def test_a_chain_belongs_to_the_period_of_its_first_contact(
    months: str, fcr: tuple[int, int], repeats: tuple[int, int]
) -> None:
    for metric, (top, bottom) in (("fcr7", fcr), ("repeat_rate", repeats)):
        row = asked(calls(*VECTOR), metric, *MONTHS[months])
        assert row.value == pytest.approx(top / bottom)
        assert row.n == bottom


def test_lengths_one_one_one_three() -> None:
    rows = calls(
        NOON, NOON + 3 * WEEK, NOON + 6 * WEEK, *(NOON + 9 * WEEK + day * timedelta(days=2) for day in range(3))
    )
    assert asked(rows, "fcr7", NOON, NOON + 12 * WEEK).value == pytest.approx(0.75)
    assert asked(rows, "repeat_rate", NOON, NOON + 12 * WEEK).value == pytest.approx(2 / 6)


@pytest.mark.parametrize(
    ("values", "joined"),
    [
        ({}, True),
        ({"channel": "chat", "is_queued": False}, True),
        ({"reason": "billing"}, False),
        ({"reason": "unassigned"}, True),
        ({"direction": "outbound"}, False),
        ({"disposition": "abandoned", "wait_seconds": 5}, False),
        ({"disposition": "abandoned", "wait_seconds": 5.001}, True),
        ({"disposition": "abandoned"}, True),
        ({"customer_identifier": "c1"}, False),
        ({"customer_identifier": None}, False),
    ],
)
def test_what_a_second_contact_must_be_to_join(values: Mapping[str, Any], joined: bool) -> None:
    rows = calls(NOON)
    rows.leg(**{"started_at": days_after(1), "customer_identifier": "c0", **values})
    rows.delivered("calls", days_after(30))
    with closing(generation(rows)) as connection:
        assert (chained(connection)[0] == (1, 1, 1, 2)) == joined


CONTACTS = st.lists(
    st.fixed_dictionaries(
        {
            "gap": st.sampled_from([0, 1, 3600, 604_799, 604_800, 604_801, 700_000]),
            "customer_identifier": st.sampled_from(["c0", "c0", "c1", None]),
            "reason": st.sampled_from([None, "unassigned", "billing"]),
            "channel": st.sampled_from(["phone", "email"]),
            "direction": st.sampled_from(["inbound", "inbound", "inbound", "outbound"]),
            "disposition": st.sampled_from(["answered", "answered", "abandoned"]),
            "wait_seconds": st.sampled_from([None, 0, 5, 6]),
        }
    ),
    max_size=16,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contacts=CONTACTS)
def test_a_plain_implementation_makes_the_same_chains(contacts: list[dict[str, Any]]) -> None:
    rows, moment = Rows(), NOON
    for contact in contacts:
        moment += timedelta(seconds=contact.pop("gap"))
        rows.leg(started_at=moment, **contact)
    rows.delivered("calls", moment + WEEK)
    with closing(generation(rows)) as connection:
        assert chained(connection) == plain(rows.interactions)


def plain(legs: Sequence[Mapping[str, Any]]) -> list[tuple[int, int, int, int]]:
    """Contact after contact in order of time, each put to the last chain of its customer and reason or opening one."""
    chains: list[list[Mapping[str, Any]]] = []
    last: dict[tuple[str, str], int] = {}
    for leg in sorted(legs, key=lambda leg: (leg["started_at"], leg["contact_key"])):
        wait = leg["wait_seconds"]
        is_short = leg["disposition"] == "abandoned" and wait is not None and wait <= SHORT_SECONDS
        if leg["direction"] != "inbound" or leg["customer_identifier"] is None or is_short:
            continue
        problem = (leg["customer_identifier"], "" if leg["reason"] in (None, "unassigned") else leg["reason"])
        place = last.get(problem)
        if place is None or leg["started_at"] - chains[place][-1]["started_at"] > WEEK:
            last[problem] = place = len(chains)
            chains.append([])
        chains[place].append(leg)
    return sorted(
        (leg["contact_key"], chain[0]["contact_key"], place, len(chain))
        for chain in chains
        for place, leg in enumerate(chain, 1)
    )
