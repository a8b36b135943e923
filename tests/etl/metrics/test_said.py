"""What the failed wrote to us: in failed contacts and low answers, not in praise, and only within the days."""

from contextlib import closing
from datetime import date

from etl.metrics.answer import Cell
from etl.metrics.tolls.values import Saying
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation

BILLING = {"cause": "wrong invoice", "touchpoint": "billing"}
WORDS = "INSERT INTO core_verbatims VALUES (?, 'by hand', 'message', ?, ?, ?)"


def test_words_of_failed_contacts_and_of_low_answers() -> None:
    rows = Rows()
    failed = [
        rows.leg(is_resolved=False, customer_identifier=who, started_at=days_after(day), **BILLING)
        for who, day in (("a", 0), ("b", 0), ("c", 40))
    ]
    content = rows.leg(customer_identifier="d", **BILLING)
    unhappy = rows.leg(customer_identifier="e", **BILLING)
    for who, score in (("d", 9), ("e", 2)):
        rows.answer(score=score, customer_identifier=who, responded_at=days_after(1))
    rows.mention(1, record_key=failed[1])
    for source in ("calls", "survey", "posts"):
        rows.delivered(source, days_after(60))
    said = {failed[0]: "twice", failed[1]: "thanks", failed[2]: "late", content: "nice", 10_000: "good", 10_001: "bad"}
    with closing(generation(rows)) as connection:
        for key, text in said.items():
            day = 40 if key == failed[2] else 1 if key >= 10_000 else 0
            connection.execute(WORDS, [key, True, days_after(day).date(), text])
        connection.execute(WORDS, [failed[0], False, NOON.date(), "sorry"])
        found = ask_on(connection).toll.said(NOON.date(), NOON.date())
    assert unhappy not in said
    assert found == {
        Cell("wrong invoice", "billing"): (
            Saying(failed[0], date(2026, 3, 2), "a", "twice"),
            Saying(10_001, date(2026, 3, 3), "e", "bad"),
        )
    }
