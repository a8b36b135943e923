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
    """Of some runs the share in which noise was called significant, and of all drivers the share that was."""

    correlation: float
    noise: float
    drivers: float

    def line(self) -> str:
        """One line of print."""
        return (
            f"drivers that correlate by {self.correlation:.1f}: noise called significant in {100 * self.noise:.1f} % "
            f"of runs, drivers found {100 * self.drivers:.1f} %"
        )


def sample(rng: np.random.Generator, n: int = 150, correlation: float = 0.3) -> tuple[Mapping[str, Array], Array]:
    """Two drivers that correlate with each other, as the items of a survey do, one of noise, and a score."""
    shape = np.full((2, 2), correlation) + (1 - correlation) * np.eye(2)
    drivers = rng.standard_normal((n, 2)) @ np.linalg.cholesky(shape).T
    effects = np.array(EFFECTS)
    rest = 1 - effects @ shape @ effects
    score = drivers @ effects + np.sqrt(rest) * rng.standard_normal(n)
    return {"one": drivers[:, 0], "two": drivers[:, 1], "noise": rng.standard_normal(n)}, score


def measure(seed: int, runs: int, n: int, correlation: float) -> Found:
    """What is called significant in so many runs of n answers."""
    rng = np.random.default_rng(seed)
    sure = [
        {each.name for each in weigh(*sample(rng, n, correlation)).drivers if each.is_significant} for _ in range(runs)
    ]
    hits = sum(len(names - {"noise"}) for names in sure)
    return Found(correlation, sum("noise" in names for names in sure) / runs, hits / (runs * len(EFFECTS)))
