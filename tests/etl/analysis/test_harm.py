"""Harm per affected customer: the vector, thin strata, and whose value stands in where answers are few."""

import pytest

from etl.analysis.harm import Basis, difference, harms, strata
from etl.metrics.answer import Cell
from etl.metrics.tolls.values import Sample, Scores, Strata

CALL, CHAT, MAIL = ("phone", "billing", "home"), ("chat", "billing", "home"), ("email", "desk", "home")
CELL, SIBLING, OTHER = Cell("invoice", "billing"), Cell("invoice", "desk"), Cell("delay", "desk")


def sample(n: int, mean: float, deviation: float) -> Sample:
    """Answers of this mean and standard deviation, as sums; in thousandths, so that they are whole."""
    squares = (n - 1) * (deviation * 1_000) ** 2 + n * (mean * 1_000) ** 2
    return Sample(n, round(n * mean * 1_000), round(squares))


def answers(n: int, score: int) -> Sample:
    """So many answers, all the same."""
    return Sample(n, n * score, n * score**2)


def test_vector() -> None:
    found = difference([(sample(40, 6.0, 1.5), sample(400, 8.0, 1.2)), (sample(10, 7.0, 2.0), sample(90, 7.5, 1.5))])
    assert found is not None
    value, error = found.value / 1_000, found.error / 1_000
    assert value == pytest.approx(1.70)
    assert found.compared == 50
    assert error == pytest.approx(0.2352, abs=5e-5)
    assert value - 1.959964 * error == pytest.approx(1.24, abs=5e-3)
    assert value + 1.959964 * error == pytest.approx(2.16, abs=5e-3)


def test_thin_strata_are_put_together_under_their_parent() -> None:
    home, firm, shop = (("phone", "billing", segment) for segment in ("home", "firm", "shop"))
    failed = {home: answers(6, 5), firm: answers(3, 2), shop: answers(2, 4)}
    others = {home: answers(5, 8), firm: answers(4, 9), shop: answers(1, 7)}
    assert strata(failed, others) == [(answers(6, 5), answers(5, 8)), (Sample(5, 14, 44), Sample(5, 43, 373))]


def test_thin_strata_of_one_channel_meet_and_what_stays_thin_is_left_out() -> None:
    failed = {("phone", "billing", "home"): answers(3, 5), ("phone", "desk", "home"): answers(2, 5)}
    others = {("phone", "billing", "home"): answers(9, 8), MAIL: answers(9, 8)}
    assert strata(failed, others) == [(answers(5, 5), answers(9, 8))]
    assert strata({CHAT: answers(4, 1)}, others) == []
    assert difference([]) is None


def scores(cell: Strata, cause: Strata, everyone: Strata) -> Scores:
    return Scores("nps", {CELL: 40, OTHER: 9}, {CELL: cell}, {"invoice": cause}, everyone, {CALL: answers(50, 8)})


def test_few_answers_take_the_value_of_the_cause_and_then_of_all() -> None:
    found = harms(scores({CALL: answers(9, 2)}, {CALL: answers(12, 5)}, {CALL: answers(30, 6)}), (CELL, SIBLING, OTHER))
    assert [(harm.basis, harm.value) for harm in found.values()] == [
        (Basis.CAUSE, 3.0), (Basis.CAUSE, 3.0), (Basis.ALL, 2.0),
    ]  # fmt: skip
    assert [(harm.scored, harm.affected) for harm in found.values()] == [(9, 40), (0, 0), (0, 9)]


def test_enough_answers_stand_for_themselves_and_never_below_nothing() -> None:
    found = harms(scores({CALL: answers(10, 5)}, {}, {CALL: answers(30, 9)}), (CELL, OTHER))
    assert (found[CELL].basis, found[CELL].value, found[CELL].low) == (Basis.OWN, 3.0, 3.0)
    assert (found[OTHER].basis, found[OTHER].value) == (Basis.ALL, 0.0)


def test_without_enough_answers_at_all_no_row_has_a_harm() -> None:
    assert harms(scores({CALL: answers(9, 2)}, {CALL: answers(9, 2)}, {CALL: answers(9, 2)}), (CELL,)) == {}
