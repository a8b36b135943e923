"""Evidence for a fix: how often it is claimed where nothing changed, and found where something did, by simulation."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.analysis.evidence import SIGNIFICANCE, judge
from etl.vocabulary import Goodness

SHAPES = ((8, 4), (12, 8), (26, 8))
"""Weeks before and after; the longest leaves room for a trend."""
CORRELATIONS = (0.0, 0.3, 0.6)
STEP = 2.0


@dataclass(frozen=True)
class Found:
    """Of `draws` series in which the weeks after lie `step` standard deviations lower, the share called changed."""

    before: int
    after: int
    correlation: float
    step: float
    draws: int
    found: float

    def line(self) -> str:
        """The result as one line."""
        what = f"a step of {self.step:g} SD found in" if self.step else "no change, called one in"
        shape = f"{self.before} + {self.after} weeks, correlation {self.correlation:.1f}"
        return f"{shape}: {what} {100 * self.found:.1f} % of {self.draws:,}"


def simulated(before: int, after: int, correlation: float, step: float, draws: int, seed: int) -> Found:
    """Series of standard normal weeks, each correlated with the one before; those already moving are not left out."""
    generator = np.random.default_rng([seed, before, round(10 * correlation)])
    found = 0
    for _ in range(draws):
        values = _series(generator, before + after, correlation)
        values[before:] -= step
        judged = judge(values[:before].tolist(), values[before:].tolist(), Goodness.LOWER).effect
        assert judged is not None
        found += judged.p < SIGNIFICANCE and (not step or judged.change < 0)
    return Found(before, after, correlation, step, draws, found / draws)


def _series(generator: np.random.Generator, weeks: int, correlation: float) -> NDArray[np.float64]:
    noise = generator.standard_normal(weeks)
    values = np.empty(weeks)
    values[0] = noise[0]
    for week in range(1, weeks):
        values[week] = correlation * values[week - 1] + np.sqrt(1 - correlation**2) * noise[week]
    return values


def measure(draws: int, seed: int) -> Iterator[Found]:
    """Every shape with every correlation, without a change and with a step."""
    for before, after in SHAPES:
        for correlation in CORRELATIONS:
            for step in (0.0, STEP):
                yield simulated(before, after, correlation, step, draws, seed)
