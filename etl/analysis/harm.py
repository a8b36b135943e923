"""Harm: by how much lower those score whom a breakdown failed than others of the same channel, place and segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import TypeAlias

from etl.metrics.answer import Cell
from etl.metrics.intervals import Z
from etl.metrics.tolls.values import Sample, Scores, Strata

FEWEST_A_SIDE = 5
"""A stratum with fewer answers on either side is merged into its parent."""
FEWEST_SCORED = 10
"""With fewer answers of those failed, the pooled value of the cause stands in, and then that of all breakdowns."""
LEVELS = (3, 2, 1, 0)
"""How many parts of a stratum are told apart: channel, touchpoint and segment; without segment; channel; none."""
Pair: TypeAlias = tuple[Sample, Sample]
"""The answers of those failed and of the others in one stratum."""


class Basis(StrEnum):
    """Whose answers a harm rests on."""

    OWN = "own"
    CAUSE = "cause"
    ALL = "all"


@dataclass(frozen=True)
class Harm:
    """Points lost per customer failed, on the scale of the answers, and their standard error; not below 0.

    `scored` of the `affected` customers of these days answered; with a basis other than their own the value is that of
    the whole cause or of all breakdowns.
    """

    value: float
    error: float
    scale: str
    scored: int
    affected: int
    basis: Basis = Basis.OWN

    @property
    def low(self) -> float:
        """The lower bound, not below 0."""
        return max(0.0, self.value - Z * self.error)

    @property
    def high(self) -> float:
        """The upper bound."""
        return self.value + Z * self.error


@dataclass(frozen=True)
class Difference:
    """By how much lower those failed score, its standard error, and how many of them were compared."""

    value: float
    error: float
    compared: int


def difference(pairs: Sequence[Pair]) -> Difference | None:
    """The mean difference over strata, each weighed by its answers of those failed; None without a stratum.

    Source: definitions, harm per affected.
    """
    compared = sum(failed.n for failed, _ in pairs)
    if not compared:
        return None
    value = sum(failed.n * (others.mean - failed.mean) for failed, others in pairs) / compared
    squares = sum(
        (failed.n / compared) ** 2 * (failed.variance / failed.n + others.variance / others.n)
        for failed, others in pairs
    )
    return Difference(value, sqrt(squares), compared)


def strata(failed: Strata, others: Strata) -> list[Pair]:
    """The two sides stratum by stratum; thin ones are put together with their thin siblings, level by level.

    What is too thin even when all of it is put together is left out.
    """
    thin: dict[tuple[str, ...], Pair] = {
        key: (failed.get(key, Sample()), others.get(key, Sample())) for key in {*failed, *others}
    }
    found: list[Pair] = []
    for level in LEVELS:
        merged: dict[tuple[str, ...], Pair] = {}
        for key in sorted(thin):
            one, two = merged.get(key[:level], (Sample(), Sample()))
            merged[key[:level]] = (one + thin[key][0], two + thin[key][1])
        thin = {key: pair for key, pair in merged.items() if min(side.n for side in pair) < FEWEST_A_SIDE}
        found += [pair for key, pair in merged.items() if key not in thin]
    return found


def harms(scores: Scores, cells: Sequence[Cell]) -> Mapping[Cell, Harm]:
    """The harm of each cell; none at all where even all breakdowns together have too few answers.

    A cell with too few takes the pooled value of its cause, else that of all breakdowns, so that either every row of a
    leaderboard has one or none has.
    """
    whole = _enough(scores.everyone, scores)
    if whole is None:
        return {}
    pooled = {cause: _enough(scores.causes.get(cause, {}), scores) for cause in {cell.cause for cell in cells}}
    return {cell: _harm(cell, scores, pooled[cell.cause], whole) for cell in cells}


def _harm(cell: Cell, scores: Scores, pooled: Difference | None, whole: Difference) -> Harm:
    own = scores.cells.get(cell, {})
    bases = ((_enough(own, scores), Basis.OWN), (pooled, Basis.CAUSE), (whole, Basis.ALL))
    told, basis = next((found, basis) for found, basis in bases if found is not None)
    scored = sum(sample.n for sample in own.values())
    return Harm(max(0.0, told.value), told.error, scores.scale, scored, scores.affected.get(cell, 0), basis)


def _enough(failed: Strata, scores: Scores) -> Difference | None:
    """The difference against the unaffected, where enough of those failed can be compared."""
    found = difference(strata(failed, scores.unaffected))
    return found if found and found.compared >= FEWEST_SCORED else None
