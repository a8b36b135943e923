"""The NPS of customers who answered more than once: of their latest answers, and of all with the wider spread."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from etl.metrics.answer import Question
from etl.vocabulary import Dimension, Grain
from tests.etl.metrics.clusters import nps_clustered
from tests.etl.metrics.generations import NOON, Rows, ask_on, days_after, generation
from tests.etl.metrics.test_vectors import PLAIN, asked


def answers_of_ten() -> Rows:
    """13 answers of 10 customers, 1 promoter to -1 detractor."""
    score = {1: 10, 0: 8, -1: 0}
    rows = Rows()
    for number, given in enumerate(((1,), (1,), (1, 1, 1), (0,), (-1, -1), (-1,), (1,), (0,), (1,), (-1,))):
        for place, sign in enumerate(given):
            at = NOON + timedelta(minutes=place)
            rows.answer(score=score[sign], customer_identifier=f"c{number}", responded_at=at)
    return rows


def test_net_promoter_score_takes_the_latest_answer_of_each_customer() -> None:
    found = asked(answers_of_ten(), "nps")["nps"]
    assert (found.value, found.n) == (20.0, 10)


def test_all_answers_are_counted_with_the_spread_between_customers() -> None:
    """The same 13 answers: 23.08, and 2.262 standard errors of 33.32 to each side of it."""
    rows = answers_of_ten()
    found = asked(rows, "nps_all")["nps_all"]
    assert found.value == pytest.approx(23.08, abs=0.005)
    assert (found.n, found.notes) == (13, ("10 customers",))
    assert found.standard_error == pytest.approx(33.32, abs=0.005)
    assert found.low == pytest.approx(23.077 - 2.26216 * 33.32, abs=0.05)
    assert found.high == pytest.approx(23.077 + 2.26216 * 33.32, abs=0.05)


def test_the_spread_between_customers_is_that_of_the_answers_asked_for() -> None:
    """A customer's answers of another region, day or filter are no part of his cluster."""
    rows = Rows()
    given: dict[tuple[int, str], dict[int, list[int]]] = {}
    for number in range(40):
        person, region, day = number % 7, ("North", "South")[number % 3 % 2], number % 2
        score = (number * 5) % 11
        rows.answer(
            score=score, customer_identifier=f"c{person}", region=region, responded_at=days_after(day, NOON)
        )  # fmt: skip
        given.setdefault((day, region), {}).setdefault(person, []).append((score >= 9) - (score <= 6))
    rows.delivered("survey", days_after(3, NOON))
    with closing(generation(rows)) as connection:
        desk = ask_on(connection, PLAIN)
        days = (days_after(0, NOON).date(), days_after(1, NOON).date())
        question = Question(("nps_all",), (Dimension.REGION,), Grain.DAY, *days)
        split = {((row.start - days[0]).days, row.group[0][1]): row for row in desk(question).rows}
        filtered = desk(replace(question, by=(), where=((Dimension.REGION, ("North",)),))).rows
    assert split.keys() == given.keys()
    for place, people in given.items():
        expected = nps_clustered([*people.values()])
        assert split[place].n == sum(map(len, people.values()))
        assert split[place].low == pytest.approx(expected.low)
        assert split[place].high == pytest.approx(expected.high)
    assert [(row.low, row.high) for row in filtered] == [
        (split[day, "North"].low, split[day, "North"].high) for day in (0, 1)
    ]
