"""Recoveries: what shows that a failed customer is content again, what does not, and how many are still pending."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any, TypeAlias

from etl.metrics.answer import Question
from etl.vocabulary import Grain
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.test_vectors import PLAIN

Sign: TypeAlias = Callable[[Rows, str], object]
MONTH, SECOND = timedelta(days=30), timedelta(seconds=1)


def scored(score: int, kind: str = "nps", after: timedelta = MONTH) -> Sign:
    """An answer of the customer."""
    return lambda rows, customer: rows.answer(
        kind=kind, score=score, responded_at=NOON + after, customer_identifier=customer
    )


def posted(tone: int, after: timedelta = MONTH, **values: Any) -> Sign:
    """A mention by the customer."""
    return lambda rows, customer: rows.mention(
        tone, **{"author_identifier": customer, **values}, posted_at=NOON + after
    )


def called(reason: str | None, after: timedelta = MONTH, **values: Any) -> Sign:
    """Another contact of the customer."""
    return lambda rows, customer: rows.leg(
        started_at=NOON + after, customer_identifier=customer, reason=reason, **values
    )


RECOVERED: Sequence[Sequence[Sign]] = (
    [scored(9)],
    [scored(4, "csat5")],
    [scored(6, "csat7", timedelta())],
    [posted(1)],
    [posted(-1), posted(1)],
    [scored(10), called("delivery")],
    [scored(10), called("refund", MONTH + SECOND)],
    [scored(10), called("refund", disposition="abandoned", wait_seconds=3)],
    [scored(10), called("refund", direction="outbound", is_queued=False)],
)
NOT_RECOVERED: Sequence[Sequence[Sign]] = (
    [],
    [scored(8)],
    [scored(10, after=MONTH + SECOND)],
    [scored(10, after=-SECOND)],
    [posted(1, MONTH + SECOND)],
    [posted(0)],
    [posted(1, is_own=True)],
    [posted(1, is_repost=True)],
    [posted(1, author_identifier=None)],
    [scored(10), called("refund")],
    [scored(10), called("refund", timedelta())],
)


def test_content_and_not_back_is_recovered() -> None:
    """One complaint each; all are in the base, whether or not anybody contacted the customer, known or not."""
    rows = Rows()
    cases = {rows.leg(customer_identifier=f"c{place}", is_complaint=True, reason="refund"): signs
             for place, signs in enumerate((*RECOVERED, *NOT_RECOVERED))}  # fmt: skip
    for place, signs in enumerate(cases.values()):
        for follow in signs:
            follow(rows, f"c{place}")
    rows.leg(is_complaint=True, reason="refund")
    for source in ("calls", "survey", "posts"):
        rows.delivered(source, days_after(120))
    with closing(generation(rows)) as connection:
        found = connection.execute(
            "SELECT contact_key, content_at IS NOT NULL AND returned_at IS NULL FROM core_aftermaths "
            "WHERE contact_key <= ? ORDER BY 1",
            [len(cases)],
        ).fetchall()
        (row,) = ask_on(connection, PLAIN)(Question(("recovery_rate",), start=NOON.date(), end=NOON.date())).rows
    assert [is_recovered for _, is_recovered in found] == [True] * len(RECOVERED) + [False] * len(NOT_RECOVERED)
    failed = len(cases) + 1  # and the complaint without a customer
    assert (row.n, row.value) == (failed, len(RECOVERED) / failed)


def test_younger_failures_are_pending() -> None:
    rows = Rows()
    for days in (0, 20, 45, 46, 60):
        rows.leg(started_at=days_after(days), customer_identifier=f"c{days}", is_complaint=True)
    rows.answer(customer_identifier="c0", responded_at=days_after(1))
    for source in ("calls", "survey"):
        rows.delivered(source, days_after(61))
    with closing(generation(rows)) as connection:
        found = ask_on(connection, PLAIN)(Question(("recovery_rate",), grain=Grain.MONTH)).rows
    assert [(row.period, row.value, row.n, row.notes) for row in found] == [
        ("2026-03", 0.5, 2, ()),
        ("2026-04", None, 0, ("pending 2: not 30 days old",)),
        ("2026-05", None, 0, ("pending 1: not 30 days old",)),
    ]


def test_without_a_source_of_signs_it_cannot_be_told() -> None:
    rows = Rows()
    rows.leg(customer_identifier="c0", is_complaint=True)
    rows.delivered("calls", days_after(60))
    with closing(generation(rows)) as connection:
        (row,) = ask_on(connection, PLAIN)(Question(("recovery_rate",))).rows
    assert (row.value, row.reason) == (None, "no source records it")
