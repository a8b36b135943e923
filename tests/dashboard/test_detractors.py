"""Detractors by cause on a page: shares that add up, the impact apart, nothing where it can't be told."""

from datetime import timedelta

import pytest

from dashboard.findings.detractors import detractors_by_cause
from etl.calendar import Calendar
from etl.vocabulary import Dimension
from tests.dashboard.canned import CannedAsk

WEEK = Calendar().parse("2026-W10")


def test_the_cause_of_most_and_what_the_score_is_without_it() -> None:
    ask = CannedAsk()
    (table,) = detractors_by_cause(ask, WEEK, ())
    named, unnamed = table.rows
    assert table.title.startswith("Late delivery stands behind ")
    assert (named[0], unnamed[0]) == ("late delivery", "no code says")
    shares = [float(str(row[2])) for row in table.rows]
    assert sum(shares) == pytest.approx(1.0)
    scores = ask.answers("nps", WEEK.end - timedelta(days=90), WEEK.end).scores
    rest = [score for score in scores if score >= 4]
    whole, without = (
        100 * sum(int(each >= 9) - int(each <= 6) for each in some) / len(some) for some in (list(scores), rest)
    )
    assert named[4] == pytest.approx(whole - without)
    assert "do not add up" in table.note


def test_nothing_where_few_answer_or_the_filter_is_none_of_answers() -> None:
    assert detractors_by_cause(CannedAsk(unfed=frozenset({"nps"})), WEEK, ()) == ()
    assert detractors_by_cause(CannedAsk(volume=0.005), WEEK, ()) == ()
    assert detractors_by_cause(CannedAsk(), WEEK, ((Dimension.DIRECTION, ("inbound",)),)) == ()
