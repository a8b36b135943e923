"""Scans: which of many segments stand out in a period, so that few of those named do so by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from etl.analysis.compare import adjust

FALSE_SHARE = 0.10
"""The share of false ones among the segments named that is accepted."""
FEWEST_EXPECTED = 3.0
PRIOR = 0.5
"""Added to the shape of what a baseline foretells, so that one without a case foretells something."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scan:
    """One entry a segment: what was expected of it, p alone and among all; not a number where too little was expected.

    `dispersion` is how much more than chance the segments' counts vary, at least 1.
    """

    expected: Array
    p: Array
    adjusted: Array
    dispersion: float

    @property
    def stands_out(self) -> NDArray[np.bool_]:
        """The segments to be named."""
        return self.adjusted <= FALSE_SHARE

    @property
    def tested(self) -> int:
        """How many segments were expected to have enough."""
        return int(np.sum(~np.isnan(self.p)))


def scan(counts: Array, exposures: Array, count: Array, exposure: Array) -> Scan:
    """Hold one count of each segment against its baseline.

    `counts` and their `exposures` have a row a segment and a column a baseline period, `count` and `exposure` an entry
    a segment. Source: definitions, Scans.
    """
    sums, bases = counts.sum(axis=1), exposures.sum(axis=1)
    expected = sums / np.where(bases > 0, bases, np.inf) * exposure
    tested = expected >= FEWEST_EXPECTED
    phi = dispersion(counts[tested], exposures[tested])
    p = np.full(len(count), np.nan)
    p[tested] = p_value(count[tested], sums[tested], bases[tested] / (bases[tested] + exposure[tested]), phi)
    adjusted = np.full(len(count), np.nan)
    adjusted[tested] = adjust(p[tested].tolist())
    return Scan(expected, p, adjusted, phi)


def p_value(count: Array, baseline: Array, success: Array, phi: float = 1.0) -> Array:
    """The two-sided mid-p of a count after so many cases of a baseline that holds `success` of all exposure.

    Negative binomial with shape baseline / phi + ½, at the whole part of count / phi.
    """
    shape, cases = baseline / phi + PRIOR, np.floor(count / phi)
    up_to = special.betainc(shape, cases + 1, success)
    below = np.where(cases > 0, special.betainc(shape, np.maximum(cases, 1), success), 0.0)
    middle = (up_to + below) / 2
    return np.asarray(np.minimum(1.0, 2 * np.minimum(middle, 1 - middle)))


def dispersion(counts: Array, exposures: Array) -> float:
    """Phi, at least 1: the mean over the segments of variance over mean, each count against its exposure."""
    if counts.size == 0 or counts.shape[1] < 2:
        return 1.0
    rate = counts.sum(axis=1, keepdims=True) / exposures.sum(axis=1, keepdims=True)
    squares = np.divide(
        (counts - rate * exposures) ** 2, rate * exposures, out=np.zeros_like(counts), where=exposures > 0
    )
    return max(1.0, float((squares.sum(axis=1) / (counts.shape[1] - 1)).mean()))
