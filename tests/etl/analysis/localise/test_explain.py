"""Localisation on made-up companies: planted segments are found exactly, nothing is named where nothing was planted."""

from itertools import product

import numpy as np
import pytest

from etl.analysis.localise.explain import Explained, explain
from etl.analysis.localise.table import Cells, cells
from etl.errors import UserError

VALUES = {"channel": ("phone", "chat", "email"), "product": tuple("abcde"), "region": tuple("NSWEC")}
ROWS = list(product(*VALUES.values()))
COLUMNS = dict(zip(VALUES, zip(*ROWS, strict=True), strict=True))


def company(seed: int, factors: dict[tuple[str, ...], float], mean: float = 300.0) -> Cells:
    """Poisson contacts with a shifted mix, binomial failures; cells that hold all values of a key fail more or less."""
    rng = np.random.default_rng(seed)
    effects = {value: rng.normal(0, 0.35) for values in VALUES.values() for value in values}
    rates = np.array([1 / (1 + np.exp(2.4 - sum(effects[value] for value in row))) for row in ROWS])
    later = rates.copy()
    for key, factor in factors.items():
        inside = np.array([set(key) <= set(row) for row in ROWS])
        later[inside] = np.minimum(0.95, rates[inside] * factor)
    volume = mean * np.exp(rng.normal(0, 0.5, len(ROWS)))
    before, after = rng.poisson(volume), rng.poisson(volume * np.exp(rng.normal(0, 0.1, len(ROWS))))
    return cells(COLUMNS, (rng.binomial(before, rates), before, rng.binomial(after, later), after))


def named(found: tuple[Explained, ...]) -> set[tuple[str, ...]]:
    return {tuple(sorted(each.where.values())) for each in found}


@pytest.mark.parametrize(
    "planted",
    [
        {("chat",): 2.5},
        {("b", "phone"): 3.0},
        {("N", "b", "phone"): 3.0},
        {("N", "b"): 2.5, ("S", "d"): 2.5},
        {("chat",): 0.4},
    ],
    ids=str,
)
def test_planted_segments_are_found_and_nothing_else(planted: dict[tuple[str, ...], float]) -> None:
    hits = [named(explain(company(seed, planted))) == {tuple(sorted(key)) for key in planted} for seed in range(8)]
    assert sum(hits) >= 7


@pytest.mark.parametrize(
    "planted",
    [
        {("N",): 2.0, ("S",): 2.6, ("W",): 3.2, ("E",): 2.3, ("C",): 2.9},
        {("phone",): 2.0, ("chat",): 2.5, ("email",): 3.3},
        {("N", "phone"): 2.0, ("N", "chat"): 3.3, ("S", "phone"): 2.6},
    ],
    ids=("everywhere, by region", "everywhere, by channel", "some values under one parent"),
)
def test_segments_are_put_together_and_taken_apart_as_they_rose(planted: dict[tuple[str, ...], float]) -> None:
    for seed in range(4):
        assert named(explain(company(seed, planted, mean=400))) == {tuple(sorted(key)) for key in planted}


def test_a_segment_that_only_differs_from_the_others_has_not_moved() -> None:
    columns = {"x": ["a", "b", "c", "d"] * 2, "y": ["u"] * 4 + ["v"] * 4}
    bad = [10, 10, 10, 10, 400, 10, 10, 10]
    total = [400.0] * 8
    assert explain(cells(columns, (bad, total, [*bad[:4], 396, *bad[5:]], total))) == ()


def test_nothing_is_named_where_nothing_was_planted() -> None:
    assert sum(bool(explain(company(seed, {}))) for seed in range(40)) <= 2


def test_what_a_segment_contributes() -> None:
    made = company(3, {("chat",): 2.5})
    (chat,) = explain(made)
    bad0, all0 = made.bad_before[0].sum(), made.all_before[0].sum()
    assert made.values[0][0] == "chat"
    assert chat.before == pytest.approx(bad0 / all0)
    bad1, all1 = made.bad_after[0].sum(), made.all_after[0].sum()
    assert chat.contribution == pytest.approx((bad1 / all1 - bad0 / all0) * all1 / made.all_after.sum())
    assert chat.evidence > 0


def test_rows_of_one_cell_are_added() -> None:
    twice = cells({"x": ("a", "a", "b")}, ((1, 2, 3), (10, 20, 30), (0, 0, 0), (10, 20, 30)))
    assert twice.bad_before.tolist() == [3.0, 3.0]
    assert twice.all_after.tolist() == [30.0, 30.0]


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (((5,), (4,), (0,), (1,)), "row 1: 5 of 4; expected counts from 0 up to their total"),
        (((0,), (4,), (-1,), (1,)), "row 1: -1 of 1"),
        (((float("nan"),), (4,), (0,), (1,)), "row 1: nan of 4"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: tuple[tuple[float, ...], ...], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        cells({"x": ("a",)}, counts)


def test_cells_without_contacts_and_lone_values_do_no_harm() -> None:
    zero = (0,) * len(ROWS)
    assert explain(cells(COLUMNS, (zero, zero, zero, zero))) == ()
    assert explain(cells({"x": ("a",)}, ((1,), (10,), (2,), (10,)))) == ()
