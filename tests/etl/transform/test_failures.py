"""Failed contacts: each way to fail a customer, and what does not count as one."""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from tests.etl.metrics.generations import NOON, Rows, days_after, generation

LATER = NOON + timedelta(minutes=10)
WAYS = ("is_abandoned", "is_unresolved", "is_low_score", "is_complaint", "is_repeated")


def failed(rows: Rows) -> dict[int, set[str]]:
    """Of each failed contact the ways in which it failed."""
    with closing(generation(rows)) as connection:
        found = connection.execute(f"SELECT contact_key, {', '.join(WAYS)} FROM core_failures").fetchall()
    return {key: {way for way, holds in zip(WAYS, flags, strict=True) if holds} for key, *flags in found}


@pytest.mark.parametrize(
    ("values", "ways"),
    [
        ({"disposition": "abandoned", "wait_seconds": 6}, {"is_abandoned"}),
        ({"disposition": "abandoned"}, {"is_abandoned"}),
        ({"is_resolved": False}, {"is_unresolved"}),
        ({"is_complaint": True}, {"is_complaint"}),
        ({"is_complaint": True, "is_resolved": False}, {"is_complaint", "is_unresolved"}),
    ],
)
def test_what_the_contact_itself_says(values: Mapping[str, Any], ways: set[str]) -> None:
    rows = Rows()
    rows.leg(**values)
    assert failed(rows) == {1: ways}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"is_resolved": True},
        {"disposition": "abandoned", "wait_seconds": 5},
        {"disposition": "abandoned", "wait_seconds": 60, "is_queued": False},
        {"disposition": "abandoned", "wait_seconds": 60, "channel": "chat", "answered_at": LATER},
        {"disposition": "callback"},
        {"disposition": "voicemail"},
        {"direction": "outbound", "is_resolved": False},
        {"direction": "internal", "is_complaint": True},
    ],
)
def test_what_is_no_failure(values: Mapping[str, Any]) -> None:
    rows = Rows()
    rows.leg(**values)
    assert failed(rows) == {}


@pytest.mark.parametrize(
    ("kind", "score", "is_low"),
    [("nps", 6, True), ("nps", 7, False), ("csat5", 2, True), ("csat5", 3, False), ("ces7", 1, False)],
)
def test_a_bottom_score_fails_the_contact_it_is_about(kind: str, score: int, is_low: bool) -> None:
    rows = Rows()
    rows.leg(customer_identifier="c0")
    rows.answer(kind=kind, score=score, responded_at=days_after(2), customer_identifier="c0")
    assert failed(rows) == ({1: {"is_low_score"}} if is_low else {})


def test_an_answer_that_is_not_counted_fails_nobody() -> None:
    rows = Rows()
    rows.leg(customer_identifier="c0")
    rows.answer(score=0, responded_at=days_after(2), customer_identifier="c0", is_counted=False)
    assert failed(rows) == {}


def test_every_contact_of_a_chain_but_the_last_failed() -> None:
    rows = Rows()
    for day in (0, 5, 12):
        rows.leg(started_at=days_after(day), customer_identifier="c0")
    rows.leg(started_at=days_after(25), customer_identifier="c0")
    assert failed(rows) == {1: {"is_repeated"}, 2: {"is_repeated"}}


def test_a_transfer_is_one_contact_and_its_last_leg_says_how_it_ended() -> None:
    rows = Rows()
    first = rows.leg(is_resolved=False)
    rows.leg(contact_key=first, started_at=LATER, is_resolved=True)
    assert failed(rows) == {}


def test_what_was_resolved_and_opened_again_is_unresolved() -> None:
    rows = Rows()
    first = rows.leg(is_resolved=True)
    rows.leg(contact_key=first, started_at=LATER, is_resolved=False)
    rows.leg(contact_key=first, started_at=LATER + timedelta(minutes=1))
    assert failed(rows) == {1: {"is_unresolved"}}


@pytest.mark.parametrize(("wait", "is_failure"), [(3, False), (None, True), (6, True)])
def test_given_up_twice_is_short_only_if_both_times_were(wait: int | None, is_failure: bool) -> None:
    rows = Rows()
    first = rows.leg(disposition="abandoned", wait_seconds=4)
    rows.leg(contact_key=first, started_at=LATER, disposition="abandoned", wait_seconds=wait)
    assert failed(rows) == ({1: {"is_abandoned"}} if is_failure else {})


def test_one_who_is_answered_after_all_was_not_abandoned() -> None:
    rows = Rows()
    first = rows.leg(disposition="abandoned", wait_seconds=90)
    rows.leg(contact_key=first, started_at=LATER, disposition="answered")
    assert failed(rows) == {}


def test_an_unlinked_contact_counts_as_a_person_of_its_own() -> None:
    rows = Rows()
    for customer in ("c0", "c0", None, None):
        rows.leg(customer_identifier=customer, is_resolved=False)
    with closing(generation(rows)) as connection:
        people = connection.execute("SELECT count(DISTINCT person) FROM core_failures").fetchall()
    assert people == [(3,)]
