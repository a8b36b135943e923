"""Ranks and how sure they are: the vectors, ties, harm and its error."""

import pytest

from etl.analysis.ranking import Entry, rank, tied_groups
from tests.bench.ranks import Setting, simulated

VECTOR = [Entry(affected, 1.0) for affected in (200, 90, 30, 28, 27)]


def test_vector() -> None:
    ranked = rank(VECTOR)
    assert [(one.low, one.high) for one in ranked] == [(1, 1), (2, 2), (3, 5), (3, 5), (3, 5)]
    assert [one.is_named for one in ranked] == [True, True, False, False, False]
    assert [one.group for one in ranked] == [1, 2, 3, 3, 3]


def test_overlap_alone_does_not_tie() -> None:
    assert tied_groups([(1, 2), (1, 3), (2, 4), (4, 4)]) == [1, 1, 1, 1]
    assert tied_groups([(1, 1), (2, 3), (2, 3), (4, 4)]) == [1, 2, 2, 3]


def test_severity_vector() -> None:
    assert Entry(120, 1.5, 1.70).severity == pytest.approx(306.0)


def test_the_order_is_of_severity_and_places_are_those_given() -> None:
    ranked = rank([Entry(10, 1.0), Entry(9, 2.0), Entry(0, 2.0)])
    assert [(one.place, one.rank, one.severity) for one in ranked] == [(1, 1, 18.0), (0, 2, 10.0), (2, 3, 0.0)]


def test_a_wider_spread_and_an_unsure_harm_make_ranks_less_sure() -> None:
    assert [(one.low, one.high) for one in rank(VECTOR, phi=9.0)][:2] == [(1, 1), (2, 5)]
    unsure = [Entry(200, 1.0, 1.0, 0.6), *VECTOR[1:]]
    assert (rank(unsure)[0].low, rank(unsure)[0].high) == (1, 2)


def test_one_and_none() -> None:
    assert [(one.low, one.high, one.is_named) for one in rank([Entry(5, 1.0)])] == [(1, 1, True)]
    assert rank([]) == []


def test_no_harm_for_sure_is_surely_least() -> None:
    ranked = rank([*VECTOR[:2], Entry(500, 1.0, 0.0), Entry(400, 1.0, 0.0)])
    assert [(one.low, one.high) for one in ranked] == [(1, 1), (2, 2), (3, 4), (3, 4)]
    assert [one.place for one in ranked if one.is_named] == [0, 1]


def test_no_harm_within_an_error_may_be_anywhere() -> None:
    ranked = rank([*VECTOR[:2], Entry(500, 1.0, 0.0, 0.3)])
    assert [(one.low, one.high) for one in ranked] == [(1, 2), (2, 3), (1, 3)]


@pytest.mark.parametrize("setting", [Setting(20, 20.0, 0.2, 1.5, 0.15), Setting(20, 100.0, 0.6, 1.0, 0.0)])
def test_intervals_hold_the_true_ranks_of_simulated_leagues(setting: Setting) -> None:
    outcome = simulated(setting, 40, seed=7)
    assert outcome.covered >= 0.95
    assert outcome.wrong <= 0.02
    assert (outcome.first >= 0.35) == (setting.mean == 100.0)


def test_weights_off_by_half_move_rows_of_different_grades_only() -> None:
    assert [one.widest for one in rank(VECTOR)] == [(1, 1), (2, 2), (3, 5), (3, 5), (3, 5)]
    graded = rank([Entry(200, 1.0), Entry(90, 1.5), Entry(90, 1.0), Entry(8, 1.5)])
    assert [(one.low, one.high) for one in graded] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    # ln(200 / 135) lies within ln 3, ln(90 / 12) does not; the two of factor 1.5 stay as far apart as they were.
    assert [one.widest for one in graded] == [(1, 2), (1, 3), (2, 3), (4, 4)]
