"""Detractors by cause against the definitions' vectors; additive shares sum to 1, impacts do not."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.detractors import UNCATEGORISED, CauseShare, by_cause

VECTOR = [(3, {"A"})] * 4 + [(0, {"A", "B"})] * 2 + [(6, {"B"})] * 3 + [(5, set[str]())]


def test_the_vector_with_promoters_beside_it() -> None:
    found = by_cause([*VECTOR, (7, {"A"}), (9, {"B"}), (10, {"A", "B"})])
    assert [replace(each, impact=None) for each in found] == [
        CauseShare("A", 6, 0.6, 0.5, 0.5, 0.25, None),
        CauseShare("B", 5, 0.5, 0.4, 1.0, 0.75, None),
        CauseShare(UNCATEGORISED, 1, 0.1, 0.1, 0.0, 0.0, None),
    ]
    without = (100 * (1 - 4) / 5, 100 * (0 - 5) / 6, 100 * (2 - 9) / 12)
    assert [each.impact for each in found] == pytest.approx([100 * (2 - 10) / 13 - each for each in without])


def test_the_vector_of_leave_one_out_impact() -> None:
    """50 promoters, 30 passives and 20 detractors, of whom 5, 5 and 15 name the theme."""
    theme, rest = {"theme"}, set[str]()
    named = [(10, theme)] * 5 + [(8, theme)] * 5 + [(0, theme)] * 15
    found = {each.cause: each for each in by_cause([*named, *[(10, rest)] * 45, *[(8, rest)] * 25, *[(0, rest)] * 5])}
    assert found["theme"].impact == pytest.approx(-23.33, abs=0.005)
    assert sum(each.impact or 0.0 for each in found.values()) != pytest.approx(30.0), "impacts do not add up"


def test_without_promoters_their_shares_are_missing() -> None:
    assert {(each.mentioned_by_promoters, each.additive_of_promoters) for each in by_cause(VECTOR)} == {(None, None)}
    assert by_cause([]) == ()
    assert by_cause([(10, {"A"})]) == (CauseShare("A", 0, None, None, 1.0, 1.0, None),)


@given(st.lists(st.tuples(st.integers(0, 10), st.sets(st.sampled_from("ABCD")))))
def test_additive_shares_sum_to_one_and_mentions_to_at_least_that(answers: list[tuple[int, set[str]]]) -> None:
    found = by_cause(answers)
    if any(score <= 6 for score, _ in answers):
        assert sum(Fraction(each.additive or 0) for each in found) == pytest.approx(1)
        assert sum(each.mentioned or 0 for each in found) >= 1 - 1e-9
