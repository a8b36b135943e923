"""Detractors by cause against the definitions' vector; additive shares sum to 1."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.detractors import UNCATEGORISED, CauseShare, by_cause

VECTOR = [(3, {"A"})] * 4 + [(0, {"A", "B"})] * 2 + [(6, {"B"})] * 3 + [(5, set[str]())]


def test_the_vector_with_promoters_beside_it() -> None:
    found = by_cause([*VECTOR, (7, {"A"}), (9, {"B"}), (10, {"A", "B"})])
    assert found == (
        CauseShare("A", 6, 0.6, 0.5, 0.5, 0.25),
        CauseShare("B", 5, 0.5, 0.4, 1.0, 0.75),
        CauseShare(UNCATEGORISED, 1, 0.1, 0.1, 0.0, 0.0),
    )


def test_without_promoters_their_shares_are_missing() -> None:
    assert {(each.mentioned_by_promoters, each.additive_of_promoters) for each in by_cause(VECTOR)} == {(None, None)}
    assert by_cause([]) == ()
    assert by_cause([(10, {"A"})]) == (CauseShare("A", 0, None, None, 1.0, 1.0),)


@given(st.lists(st.tuples(st.integers(0, 10), st.sets(st.sampled_from("ABCD")))))
def test_additive_shares_sum_to_one_and_mentions_to_at_least_that(answers: list[tuple[int, set[str]]]) -> None:
    found = by_cause(answers)
    if any(score <= 6 for score, _ in answers):
        assert sum(Fraction(each.additive or 0) for each in found) == pytest.approx(1)
        assert sum(each.mentioned or 0 for each in found) >= 1 - 1e-9
