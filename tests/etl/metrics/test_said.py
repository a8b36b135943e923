"""What the failed wrote to us: in failed contacts and low answers, not in praise, and only within the days."""

from contextlib import closing
from datetime import date

import pytest

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


@pytest.mark.parametrize("kind", ["nps", "csat5", "csat7", "csat10", "thumbs", "ces7", "ces5"])
def test_an_answer_is_read_where_its_score_failed_the_contact(kind: str) -> None:
    """What the failures call a low score is what is taken for a low answer here, score by score."""
    rows = Rows()
    for score in range(11):
        rows.leg(is_resolved=False, customer_identifier=f"c{score}", **BILLING)
        rows.answer(kind=kind, score=score, customer_identifier=f"c{score}", responded_at=days_after(1))
    for source in ("calls", "survey"):
        rows.delivered(source, days_after(60))
    with closing(generation(rows)) as connection:
        for score in range(11):
            connection.execute(WORDS, [10_000 + score, True, days_after(1).date(), "words"])
        low = connection.execute("SELECT person FROM core_failures WHERE is_low_score").fetchall()
        found = ask_on(connection).toll.said(NOON.date(), NOON.date())
    highest = {"nps": 6, "csat5": 2}.get(kind, -1)
    assert {person for (person,) in low} == {f"c{score}" for score in range(highest + 1)}
    assert {saying.person for each in found.values() for saying in each} == {person for (person,) in low}
