"""Contacts whose cause no code records count under the one that their customer's words tell, and say so."""

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from etl.metrics.answer import Cell, Question
from etl.vocabulary import Dimension
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation

SHOWN = "coalesce(cause, '-'), coalesce(touchpoint, '-'), is_cause_told"


def contacts(rows: Rows, table: str = "core_contacts") -> list[tuple[Any, ...]]:
    """Cause, touchpoint and whether words told it, of each contact."""
    with closing(generation(rows)) as connection:
        return [
            tuple(row) for row in connection.execute(f"SELECT {SHOWN} FROM {table} ORDER BY contact_key").fetchall()
        ]


def test_words_tell_the_cause_where_no_code_does() -> None:
    rows = Rows()
    rows.words(rows.leg(), "wrong invoice", "billing")
    rows.words(rows.leg(cause="late delivery"), "wrong invoice", "billing")
    rows.words(rows.leg(cause="unassigned"), "wrong invoice", "billing")
    rows.words(rows.leg(touchpoint="web chat"), "wrong invoice", "billing")
    rows.words(rows.leg(), None)
    assert contacts(rows) == [
        ("wrong invoice", "billing", True),
        ("late delivery", "-", False),
        ("unassigned", "-", False),
        ("wrong invoice", "web chat", True),
        ("-", "-", False),
    ]


def test_the_first_telling_words_of_a_conversation_count_and_any_leg_s_code_wins() -> None:
    rows = Rows()
    for code in (None, "late delivery"):
        first = rows.leg()
        rows.words(first, None)
        second = rows.leg(contact_key=first, started_at=NOON + timedelta(minutes=1))
        rows.words(second, "outage", "network", field="how was it?")
        rows.words(second, "wrong invoice", "billing")
        third = rows.leg(contact_key=first, started_at=NOON + timedelta(minutes=2), cause=code)
        rows.words(third, "no answer")
    assert contacts(rows) == [("wrong invoice", "billing", True), ("late delivery", "-", False)]


@pytest.fixture
def failing() -> Rows:
    """Two failures under told causes, one under a recorded cause, and an answer of a survey that names one."""
    rows = Rows()
    for identifier, cause in (("a", "outage"), ("b", "outage")):
        rows.words(rows.leg(customer_identifier=identifier, is_resolved=False), cause, "network")
    rows.leg(customer_identifier="c", is_resolved=False, cause="outage", touchpoint="network")
    rows.leg(customer_identifier="d")
    for score in (0, 9):
        rows.answer(score=score)
    rows.words(10_001, "rude staff", "shop", field="why?")
    for source in ("calls", "survey"):
        rows.delivered(source, days_after(9))
    return rows


def test_they_count_in_failures_cells_contacts_and_scores(failing: Rows) -> None:
    assert contacts(failing, "core_failures") == [("outage", "network", True)] * 2 + [("outage", "network", False)]
    with closing(generation(failing)) as connection:
        ask = ask_on(connection)
        found = ask.affected(NOON.date(), NOON.date())
        assert (found.affected[Cell("outage", "network")].contacts, found.total.told) == (3, 2)
        rows = ask(Question(("contacts", "told_contact_causes"), (Dimension.CAUSE,), is_raw=True)).rows
        assert {(row.metric, row.group[0][1]): row.value for row in rows} == {
            ("contacts", "outage"): 3.0, ("contacts", "(unknown)"): 1.0,
            ("told_contact_causes", "outage"): 2 / 3, ("told_contact_causes", "(unknown)"): None,
        }  # fmt: skip
        scores = connection.execute("SELECT score, cause, touchpoint FROM core_scores ORDER BY score").fetchall()
        assert scores == [(0, None, None), (9, "rude staff", "shop")]


def test_what_employees_write_is_no_cause_of_customers() -> None:
    rows = Rows()
    rows.answer(kind="enps")
    rows.words(10_000, "rude staff", "shop", field="why?")
    with closing(generation(rows)) as connection:
        assert connection.execute("SELECT cause FROM core_scores").fetchall() == [(None,)]


def test_of_what_is_public_only_negative_posts_tell_a_cause() -> None:
    rows = Rows()
    for tone in (-1, 0, None):
        key = rows.leg(channel="social", disposition="message", is_queued=False)
        rows.mention(tone, record_key=key)
        rows.words(key, "outage", "network")
    assert [cause for cause, _, _ in contacts(rows)] == ["outage", "-", "-"]
