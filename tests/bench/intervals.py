"""How often the interval of a count, with the over-dispersion of 26 weeks before, holds its mean: by simulation."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from etl.metrics.intervals import count, overdispersion

WEEKS = 26
MEANS = (5, 10, 20, 50, 100, 200)
DISPERSIONS = (1.0, 1.5, 2.0, 3.0)


@dataclass(frozen=True)
class Coverage:
    """Of `draws` weeks of a mean, whose variance is `dispersion` times it, the share whose interval held the mean."""

    mean: int
    dispersion: float
    draws: int
    share: float

    def line(self) -> str:
        """The result as one line."""
        return f"mean {self.mean:>3}, variance {self.dispersion:.1f} × mean: {100 * self.share:.2f} % of {self.draws:,}"


def simulated(mean: int, dispersion: float, draws: int, seed: int) -> Coverage:
    """Independent weeks, negative binomial where the variance is above the mean."""
    generator = np.random.default_rng([seed, mean, round(10 * dispersion)])
    rates = np.full((draws, WEEKS + 1), float(mean))
    if dispersion > 1:
        rates = generator.gamma(mean / (dispersion - 1), dispersion - 1, size=rates.shape)
    held = 0
    for *history, now in generator.poisson(rates).tolist():
        interval = count(int(now), overdispersion(history))
        held += (interval.low or 0.0) <= mean <= (interval.high or 0.0)
    return Coverage(mean, dispersion, draws, held / draws)


def measure(draws: int, seed: int) -> Iterator[Coverage]:
    """Every mean with every dispersion."""
    for mean in MEANS:
        for dispersion in DISPERSIONS:
            yield simulated(mean, dispersion, draws, seed)
