"""Weekly symbols: signal, quiet, low and unknown weeks, frozen baselines, parents, targets, and few false alarms."""

from datetime import date, timedelta

import numpy as np
import pytest

from etl.analysis.breakdowns import histories
from etl.analysis.persistence import GRADES, Machine
from etl.analysis.symbols import Week, weekly
from etl.metrics.answer import Cell, CellWeeks
from etl.vocabulary import State, Symbol

USUAL = (4, 6, 5, 5, 7, 3, 5, 6, 4, 5, 6, 4)
MONDAY = date(2026, 1, 5)
NOWHERE = Week(0, 0, True)
GRAVE = GRADES[GRADES.index(State.PERSISTENT) :]


def weeks(*failed: int, customers: int = 100) -> list[Week]:
    return [Week(customers, count, True) for count in failed]


def signs(cell: list[Week], parent: list[Week] | None = None, target: float | None = None) -> str:
    history = weekly(cell, parent or [NOWHERE] * len(cell), 10, target)
    return "".join(history.symbols)


def test_a_jump_signals_and_the_usual_is_quiet() -> None:
    assert signs(weeks(*USUAL, 5, 40, 5)) == 12 * "Q" + "QSQ"


def test_a_breakdown_does_not_bend_its_own_limits() -> None:
    cell = weeks(*USUAL, *[20] * 30)
    history = weekly(cell, [NOWHERE] * len(cell), 10)
    assert "".join(history.symbols) == 12 * "Q" + 30 * "S"
    assert len(set(history.limits[12:])) == 1
    assert history.standing.state is State.CHRONIC


def test_after_a_bout_its_weeks_stay_out_of_the_baseline() -> None:
    with_bout = weeks(*USUAL, 40, 9, 9, 9, 9, 6)
    assert signs(with_bout) == 12 * "Q" + "SQQQQQ"
    limits = weekly(with_bout, [NOWHERE] * len(with_bout), 10).limits
    assert limits[12] == limits[17]


@pytest.mark.parametrize(("failed", "sign"), [(4, "Q"), (5, "S")])
def test_fewer_than_five_customers_are_no_signal(failed: int, sign: str) -> None:
    assert signs(weeks(*[0] * 12, failed))[-1] == sign


def test_low_volume_and_unknown_weeks() -> None:
    cell = [*weeks(*USUAL), Week(9, 9, True), Week(100, 60, False), Week(0, 0, True)]
    assert signs(cell)[-3:] == "–?–"
    assert weekly(cell, [NOWHERE] * len(cell), 10).limits[-2] is None


def test_without_enough_weeks_of_its_own_the_parent_sets_the_limit() -> None:
    cell, parent = weeks(30, 30, 30), weeks(*USUAL, *[35] * 3, customers=400)
    young = [Week(0, 0, True)] * 12 + cell
    history = weekly(young, parent, 10)
    assert "".join(history.symbols) == 12 * "–" + "SSS"
    assert history.is_high_from_start
    assert signs(cell) == "QQQ"


def test_a_target_catches_what_was_always_so() -> None:
    cell = weeks(*[30] * 14)
    assert signs(cell) == 14 * "Q"
    history = weekly(cell, [NOWHERE] * 14, 10, target=0.1)
    assert set(history.symbols) == {Symbol.SIGNAL}
    assert history.is_high_from_start
    assert signs(weeks(*[12] * 14), target=0.1) == 14 * "Q"


def test_each_touchpoint_is_held_against_its_own_target() -> None:
    line, chat = Cell("wrong invoice", "billing line"), Cell("wrong invoice", "web chat")
    starts = tuple(MONDAY + timedelta(weeks=week) for week in range(14))
    failed = {cell: [30] * 14 for cell in (line, chat)}
    company = CellWeeks(starts, {cell.touchpoint: [100] * 14 for cell in failed}, failed,
                        {cell.touchpoint: [True] * 14 for cell in failed})  # fmt: skip
    found = histories(company, 10, {"billing line": 0.1}.get)
    assert {cell: set(history.symbols) for cell, history in found.items()} == {
        line: {Symbol.SIGNAL}, chat: {Symbol.QUIET},
    }  # fmt: skip


def test_the_baseline_holds_the_last_52_weeks() -> None:
    old, recent = [20] * 30, [5, 6] * 30
    assert signs(weeks(*old, *recent, 14))[-1] == "S"
    assert signs(weeks(*old, *recent[:30], 14))[-1] == "Q"


def test_a_parent_of_too_little_volume_sets_no_limit() -> None:
    young, thin = [NOWHERE] * 12 + weeks(30), weeks(*[0] * 12, customers=9) + weeks(30)
    history = weekly(young, thin, 10)
    assert (history.symbols[-1], history.limits[-1]) == (Symbol.QUIET, None)


def test_weeks_of_a_bout_stay_out_of_the_parents_baseline() -> None:
    parent = weeks(*USUAL, *[90] * 4, *USUAL[:3], customers=400)
    young = [NOWHERE] * 12 + weeks(30, 1, 30, 30) + [NOWHERE] * 3
    limits = weekly(young, parent, 10).limits
    assert weekly(young, parent, 10).symbols[12:16] == tuple(map(Symbol, "SQSS"))
    assert limits[12] == limits[15]


def test_a_baseline_of_its_own_goes_before_the_parents() -> None:
    strict, cell = weeks(*[1] * 14, customers=900), weeks(*[30] * 14)
    assert signs(cell, strict) == 12 * "Q" + "QQ"
    assert not weekly(weeks(*USUAL, 40), [NOWHERE] * 13, 10).is_high_from_start


def test_more_failed_than_customers_is_all_of_them() -> None:
    assert signs([Week(20, 25, True)] * 14) == signs([Week(20, 20, True)] * 14) == 14 * "Q"


def test_cell_and_parent_cover_the_same_weeks() -> None:
    with pytest.raises(ValueError, match="shorter"):
        weekly(weeks(1, 2), weeks(1), 10)


def was_grave(symbols: tuple[Symbol, ...]) -> bool:
    """Whether a cell ever was persistent or chronic, also in a bout long closed."""
    machine, grave = Machine(), False
    for symbol in symbols:
        machine.step(symbol)
        grave = grave or machine.standing().grade in GRAVE
    return grave


@pytest.mark.parametrize("phi", [1.0, 1.5])
def test_unchanged_cells_are_rarely_ever_persistent(phi: float) -> None:
    """Weekly counts whose variance is `phi` times the binomial one, by a share drawn anew each week."""
    draws = np.random.default_rng(20260304)
    cells, years, grave = 1000, 2, 0
    for _ in range(cells):
        customers = draws.poisson(draws.uniform(20, 400), 52 * years) + 2
        share = draws.uniform(0.3, 10) / customers.mean()
        strength = (customers - 1) / (phi - 1) - 1 if phi > 1 else None
        shares = share if strength is None else draws.beta(share * strength, (1 - share) * strength)
        failed = draws.binomial(customers, shares)
        cell = [Week(int(n), int(x), True) for n, x in zip(customers, failed, strict=True)]
        grave += was_grave(weekly(cell, [NOWHERE] * len(cell), 10).symbols)
    assert grave / (cells * years) <= 0.005
