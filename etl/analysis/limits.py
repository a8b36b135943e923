"""Laney's p' limits: where a share lies when only chance and the usual spread between weeks move it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

RANGE_TO_SIGMA = 1.128
"""Mean moving range over standard deviation of independent normal values (d2 for ranges of two)."""
REACH = 3.0


@dataclass(frozen=True)
class Laney:
    """The mean share of a baseline, 0 to 1, and by how much its weeks spread more than chance alone (at least 1)."""

    mean: float
    sigma_z: float

    def reach(self, n: int) -> float:
        """How far from the mean the limits of a base n lie; infinite without a base."""
        if n <= 0:
            return float("inf")
        return REACH * sqrt(self.mean * (1 - self.mean) / n) * max(1.0, self.sigma_z)

    def upper(self, n: int) -> float:
        """The upper limit of the share of a base n, at most 1."""
        return min(1.0, self.mean + self.reach(n))

    def lower(self, n: int) -> float:
        """The lower limit of the share of a base n, at least 0."""
        return max(0.0, self.mean - self.reach(n))


def laney(x: Sequence[int], n: Sequence[int]) -> Laney | None:
    """Limits from counts x among n, week by week, the oldest first; None when no week has a base.

    Source: definitions, Signals, Laney p'. Weeks without a base are left out.
    """
    counts, bases = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    counts, bases = counts[bases > 0], bases[bases > 0]
    if not bases.size:
        return None
    mean = float(counts.sum() / bases.sum())
    if bases.size < 2 or not 0 < mean < 1:
        return Laney(mean, 0.0)
    z = (counts / bases - mean) / np.sqrt(mean * (1 - mean) / bases)
    return Laney(mean, float(np.abs(np.diff(z)).mean()) / RANGE_TO_SIGMA)
