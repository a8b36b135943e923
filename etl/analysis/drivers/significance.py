"""Whether a driver weighs more than noise: its weight against that of a random number, over bootstrap samples.

Weights are never below 0, so that no percentile interval of one holds 0: a driver counts if it surely beats a
standard-normal number that stands in the model beside it. That number has luck of its own, which hides drivers that
share nothing with others; so a driver also counts whose effect, the others equal, noise reaches in one of 200 cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from etl.analysis.drivers.weights import Array, Weights, correlations, relative_weights

LEAST_ANSWERS, LEAST_FOR_EACH = 100, 10
SAMPLES = 2_000
SEED = 20_240_229
MOST_BLOCKS = 2_000
"""More answers than these are put into so many blocks at random; sums of whole blocks are drawn then."""
LOW, HIGH = 0.025, 0.975
BY_NOISE = 0.005
"""An effect that noise reaches, either way, in no more than this share of cases is none of its."""


@dataclass(frozen=True)
class Driver:
    """One driver: its weight with a 95 % percentile interval, as parts of the score's variance, 0 to 1.

    `share` is its part of all that is explained, `coefficient` by how many standard deviations the score is higher
    where the driver is one higher and the others are equal; `correlation` takes the driver alone.
    `direction` is 1 or -1 where the sign of the coefficient is sure, else 0.
    """

    name: str
    weight: float
    low: float
    high: float
    share: float
    coefficient: float
    correlation: float
    direction: int
    is_significant: bool


@dataclass(frozen=True)
class Drivers:
    """The drivers of a score, the heaviest first; without any, `reason` says why."""

    n: int
    r_squared: float | None
    drivers: tuple[Driver, ...] = ()
    reason: str = ""


def least_answers(count: int) -> int:
    """How many answers a number of drivers needs."""
    return max(LEAST_ANSWERS, LEAST_FOR_EACH * count)


def weigh(columns: Mapping[str, Sequence[float] | Array], score: Sequence[float] | Array) -> Drivers:
    """The drivers by name, each with a number an answer, and the score of each answer; all numbers are known."""
    names, n = tuple(columns), len(score)
    if not names:
        return Drivers(n, None, reason="nothing that stands beside the score varies")
    if n < least_answers(len(names)):
        return Drivers(n, None, reason=f"too few (n={n}, {least_answers(len(names))} needed)")
    noise = np.random.default_rng(SEED).standard_normal(n)
    table = _standardised(np.column_stack([*(np.asarray(columns[name], dtype=float) for name in names), noise, score]))
    own = [*range(len(names)), len(names) + 1]
    observed = correlations(table.sum(0), table.T @ table, n)[np.ix_(own, own)]
    whole = relative_weights(observed)
    sampled = _sampled(table)
    low, high, margin = _bounds(sampled)
    errors = sampled.coefficients[:, :-1].std(axis=0)
    is_sure = np.abs(whole.coefficients) > student.isf(BY_NOISE / 2, n - len(names) - 2) * errors
    ways = np.sign(np.quantile(sampled.coefficients, (LOW, HIGH), axis=0)).sum(0) / 2
    explained = float(whole.r_squared)
    found = [
        Driver(
            name, float(whole.raw[place]), float(low[place]), float(high[place]),
            float(whole.raw[place]) / explained if explained else 0.0, float(whole.coefficients[place]),
            float(observed[place, -1]), int(ways[place]), bool(margin[place] > 0 or is_sure[place]),
        )
        for place, name in enumerate(names)
    ]  # fmt: skip
    return Drivers(n, explained, tuple(sorted(found, key=lambda each: (-each.weight, each.name))))


def _standardised(table: Array) -> Array:
    spread = table.std(0)
    return np.asarray((table - table.mean(0)) / np.where(spread > 0, spread, 1.0))


def _bounds(sampled: Weights) -> tuple[Array, Array, Array]:
    """Lower and upper bound of each weight, and the lower one of what it has more than noise, which stands last."""
    weights, noise = sampled.raw[:, :-1], sampled.raw[:, -1:]
    low, high = np.quantile(weights, (LOW, HIGH), axis=0)
    return low, high, np.quantile(weights - noise, LOW, axis=0)


def _sampled(table: Array) -> Weights:
    """The weights in samples of the answers, drawn with replacement; only sums are needed of each sample."""
    rng = np.random.default_rng(SEED + 1)
    n, width = table.shape
    blocks = min(n, MOST_BLOCKS)
    products = (table[:, :, None] * table[:, None, :]).reshape(n, width * width)
    moments = np.column_stack([np.ones(n), table, products])
    if blocks < n:
        order = rng.permutation(n) % blocks
        moments = np.stack([np.bincount(order, column, minlength=blocks) for column in moments.T], axis=1)
    picks = rng.integers(0, blocks, (SAMPLES, blocks)) + np.arange(SAMPLES)[:, None] * blocks
    counts = np.bincount(picks.ravel(), minlength=SAMPLES * blocks).reshape(SAMPLES, blocks).astype(float)
    drawn = counts @ moments
    sizes, sums = drawn[:, 0], drawn[:, 1 : width + 1]
    return relative_weights(correlations(sums, drawn[:, width + 1 :].reshape(SAMPLES, width, width), sizes))
