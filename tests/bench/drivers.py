"""Drivers in simulation: how often noise is called a driver, and how often a driver is found."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from etl.analysis.drivers.significance import weigh
from etl.analysis.drivers.weights import Array

EFFECTS = (0.3, 0.4)
"""Standardised coefficients of the drivers that count."""


@dataclass(frozen=True)
class Found:
    """Of some runs the share in which noise was called significant, and of all drivers the share that was.

    `count` drivers correlate with each other by `correlation`; two of them count for the score by themselves.
    """

    count: int
    correlation: float
    noise: float
    drivers: float

    def line(self) -> str:
        """One line of print."""
        return (
            f"{self.count} drivers that correlate by {self.correlation:.1f}: noise called significant "
            f"in {100 * self.noise:.1f} % of runs, drivers found {100 * self.drivers:.1f} %"
        )


def sample(
    rng: np.random.Generator, n: int = 150, correlation: float = 0.3, count: int = 2
) -> tuple[Mapping[str, Array], Array]:
    """Drivers that correlate with each other, as the items of a survey do, one of noise, and a score.

    `one` and `two` count for it by themselves, the other ones by what they share with those.
    """
    shape = np.full((count, count), correlation) + (1 - correlation) * np.eye(count)
    drivers = rng.standard_normal((n, count)) @ np.linalg.cholesky(shape).T
    effects = np.array([*EFFECTS, *[0.0] * (count - len(EFFECTS))])
    rest = 1 - effects @ shape @ effects
    score = drivers @ effects + np.sqrt(rest) * rng.standard_normal(n)
    names = ("one", "two", *(f"other {number}" for number in range(3, count + 1)))
    return {**dict(zip(names, drivers.T, strict=True)), "noise": rng.standard_normal(n)}, score


def measure(seed: int, runs: int, n: int, correlation: float, count: int) -> Found:
    """What is called significant in so many runs of n answers."""
    rng = np.random.default_rng(seed)
    sure = [
        {each.name for each in weigh(*sample(rng, n, correlation, count)).drivers if each.is_significant}
        for _ in range(runs)
    ]
    hits = sum(len(names & {"one", "two"}) for names in sure)
    return Found(count, correlation, sum("noise" in names for names in sure) / runs, hits / (runs * len(EFFECTS)))
