"""Answers with what stands beside them: the other questions of the record and the contact that they are about."""

from contextlib import closing
from datetime import timedelta

import numpy as np
import pytest

from etl.errors import UserError
from etl.metrics.answer import Principal
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation

DAY = NOON.date()
WEEK = (DAY, DAY + timedelta(days=6))


def company() -> Rows:
    """A call that waited and was transferred, its repeat, both answered; an answer without a contact; employees."""
    rows = Rows()
    first = rows.leg(
        customer_identifier="c0",
        wait_seconds=90,
        hold_seconds=30,
        talk_seconds=60,
        is_transferred=True,
        region="N",
        cause="late delivery",
    )
    second = rows.leg(
        customer_identifier="c0", started_at=days_after(1), wait_seconds=10, talk_seconds=60, hold_seconds=0
    )
    for key, contact, score, ease in ((901, first, 3, 1), (902, second, 9, 6)):
        at = days_after(0 if contact == first else 1) + timedelta(hours=1)
        rows.answer(record_key=key, contact_key=contact, score=ease, kind="ces7", question="easy", responded_at=at)
        rows.answer(record_key=key, contact_key=contact, score=score, kind="csat10", question="help", responded_at=at)
    rows.answer(record_key=903, score=10, kind="csat10", question="help", responded_at=days_after(2))
    rows.answer(record_key=904, score=2, kind="csat5", question="stars", responded_at=days_after(2))
    rows.answer(record_key=905, score=2, kind="enps", question="a place to work", responded_at=days_after(2))
    rows.delivered("calls", days_after(30))
    rows.delivered("survey", days_after(30))
    return rows


def scope(ask: WarehouseAsk) -> list[float]:
    return list(ask.answers("csat", *WEEK).scores)


def test_each_answer_has_its_items_and_how_its_contact_went() -> None:
    with closing(generation(company())) as connection:
        found = ask_on(connection).answers("csat", *WEEK)
    assert (found.metric.name, found.kind) == ("csat", "csat10"), "the most used of two scales"
    assert list(found.scores) == [3, 9, 10]
    assert list(found.parts["top"]) == [0, 1, 1]
    np.testing.assert_equal(found.items, {"easy": np.array([1, 6, np.nan])})
    np.testing.assert_equal(found.operations["wait"], np.array([90, 10, np.nan]))
    np.testing.assert_equal(found.operations["hold"], np.array([30, 0, np.nan]))
    np.testing.assert_equal(found.operations["transfers"], np.array([1, 0, np.nan]))
    assert found.causes == ("late delivery", "", "")
    np.testing.assert_equal(found.operations["repeats"], np.array([0, 1, np.nan]))


def test_a_question_is_asked_in_its_own_words() -> None:
    with closing(generation(company())) as connection:
        found = ask_on(connection).answers("Easy", *WEEK)
    assert (found.metric.name, list(found.scores)) == ("ces", [1, 6])
    assert list(found.items) == ["help"]


def test_a_filter_and_a_scope_narrow_the_answers() -> None:
    north = ((Dimension.REGION, ("N",)),)
    with closing(generation(company())) as connection:
        assert list(ask_on(connection).answers("csat", *WEEK, north).scores) == [3]
        assert scope(ask_on(connection, principal=Principal("north", north))) == [3]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("enps", "answered in confidence"), ("asa", "counts no answers"), ("nsp", "did you mean nps"),
        ("a place to work", "unknown metric or question"),
    ],
)  # fmt: skip
def test_what_is_no_score_is_refused(name: str, told: str) -> None:
    with closing(generation(company())) as connection, pytest.raises(UserError, match=told):
        ask_on(connection).answers(name, *WEEK)
