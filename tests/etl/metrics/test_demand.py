"""Failure demand, self-service containment, repeats by contact date and promises: the printed vectors and the edges."""

from contextlib import closing
from datetime import timedelta
from typing import Any

from etl.metrics.answer import Question, Row
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.test_vectors import PLAIN

HOUR = timedelta(hours=1)


def asked(rows: Rows, *metrics: str, days: int = 0) -> dict[str, Row]:
    """The values of the first day and so many after it, a long time later."""
    for source in {row["source"] for row in rows.interactions}:
        rows.delivered(source, days_after(60))
    with closing(generation(rows)) as connection:
        question = Question(metrics, start=NOON.date(), end=days_after(days).date())
        return {row.metric: row for row in ask_on(connection, PLAIN)(question).rows}


def test_failure_demand_counts_breakdowns_and_repeats_among_known_causes() -> None:
    """100 contacts: 20 unknown, 30 breakdown, 15 repeats, 5 of them breakdown too: 40/80."""
    rows = Rows(causes=[("tariff change", False)])
    plans = [(None, 19), ("unassigned", 1), ("wrong invoice", 25), ("tariff change", 40)]
    for cause, count in plans:
        for number in range(count):
            rows.leg(cause=cause, reason=f"first {cause} {number}", customer_identifier=f"{cause}{number}")
    for cause, count in (("wrong invoice", 5), ("tariff change", 10)):
        for number in range(count):
            rows.leg(
                cause=cause, reason=f"first {cause} {number}", customer_identifier=f"{cause}{number}",
                started_at=NOON + HOUR,
            )  # fmt: skip
    found = asked(rows, "failure_demand", "repeat_contacts")
    assert (found["failure_demand"].value, found["failure_demand"].n) == (0.5, 80)
    assert found["failure_demand"].notes == ("20.0 % of the contacts have no known cause",)
    assert found["repeat_contacts"].value == 15


def test_repeats_count_on_their_own_day() -> None:
    rows = Rows()
    for days in (0, 5, 12, 20):
        rows.leg(customer_identifier="c0", started_at=days_after(days))
    with closing(generation(rows)) as connection:
        ask = ask_on(connection, PLAIN)
        day_by_day = {
            days: ask(Question(("repeat_contacts",), start=days_after(days).date(), end=days_after(days).date())).rows
            for days in (0, 5, 12)
        }
    assert {days: row.value for days, (row,) in day_by_day.items()} == {0: 0.0, 5: 1.0, 12: 1.0}


def test_containment_is_finished_and_not_followed() -> None:
    """50 sessions, 30 finished, 6 of those called within 24 h: 48 %; another reason and a day later do not count."""
    rows = Rows()
    for number in range(50):
        outcome = "contained" if number < 30 else "abandoned"
        rows.leg(
            disposition=outcome, is_queued=False, customer_identifier=f"c{number}",
            reason="invoice" if number % 2 else None,
        )  # fmt: skip
    for number in range(6):
        rows.leg(started_at=NOON + 24 * HOUR, customer_identifier=f"c{number}", reason="invoice")
    rows.leg(started_at=NOON + 24 * HOUR + timedelta(seconds=1), customer_identifier="c7", reason="invoice")
    rows.leg(started_at=NOON + HOUR, customer_identifier="c9", reason="delivery")
    rows.leg(started_at=NOON + HOUR, customer_identifier="c10", disposition="contained", is_queued=False)
    rows.leg(disposition="contained", is_queued=False)
    found = asked(rows, "containment")["containment"]
    assert (found.value, found.n) == (25 / 51, 51)
    rows.interactions = rows.interactions[:-2]
    found = asked(rows, "containment")["containment"]
    assert (found.value, found.n) == (24 / 50, 50)


PROMISES = [
    ("billing line", "answer_within_seconds", 60),
    ("billing line", "most_transfers", 1),
    ("e-mail desk", "first_response_within_seconds", 3600),
]


def test_a_journey_keeps_every_promise_that_can_be_measured() -> None:
    rows = Rows(promises=PROMISES)
    kept, broken, unknown = range(3)
    cases: tuple[tuple[dict[str, Any], int], ...] = (
        ({"wait_seconds": 60, "is_transferred": True}, kept),
        ({"wait_seconds": 61}, broken),
        ({"wait_seconds": 30, "disposition": "abandoned"}, unknown),
        ({"wait_seconds": 90, "disposition": "abandoned"}, broken),
        ({"is_queued": False}, unknown),
        ({}, kept),
        ({"touchpoint": "e-mail desk", "channel": "email", "answered_at": NOON + HOUR, "is_queued": False}, kept),
        ({"touchpoint": "e-mail desk", "channel": "email", "is_queued": False}, broken),
        ({"touchpoint": "e-mail desk"}, unknown),
        ({"touchpoint": "web chat", "wait_seconds": 900}, unknown),
        ({"customer_identifier": None, "wait_seconds": 900}, unknown),
    )
    for place, (values, _) in enumerate(cases):
        rows.leg(**{"touchpoint": "billing line", "customer_identifier": f"c{place}", **values})
    found = asked(rows, "promise_kept")["promise_kept"]
    counts = [sum(outcome == wanted for _, outcome in cases) for wanted in (kept, broken)]
    assert (found.value, found.n) == (counts[0] / sum(counts), sum(counts))
    measured, promised = 2 + 2 + 1 + 1 + 1 + 1, 6 * 2 + 3
    assert found.notes == (f"{100 * measured / promised:.1f} % of the promises could be measured",)


def test_one_broken_promise_breaks_the_journey_of_several_contacts() -> None:
    rows = Rows(promises=PROMISES)
    for days, wait in ((0, 10), (3, 100), (6, 10)):
        rows.leg(started_at=days_after(days), customer_identifier="c0", touchpoint="billing line", wait_seconds=wait)
    rows.leg(customer_identifier="c1", touchpoint="billing line", wait_seconds=10)
    found = asked(rows, "promise_kept")["promise_kept"]
    assert (found.value, found.n) == (0.5, 2)


def test_without_promises_it_cannot_be_told() -> None:
    rows = Rows()
    rows.leg(customer_identifier="c0", touchpoint="billing line", wait_seconds=10)
    found = asked(rows, "promise_kept")["promise_kept"]
    assert (found.value, found.reason) == (None, "no source records it")
