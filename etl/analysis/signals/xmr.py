"""XmR limits: where single values lie when only their usual spread from one to the next moves them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

REACH = 2.66
"""Mean moving ranges from the mean to either limit: three standard deviations of independent normal values."""
INNER = 1.773
"""Mean moving ranges to where the outer third of that way begins."""
RANGE_REACH = 3.267
"""Mean moving ranges to the limit of a single moving range."""
FEWEST, FIRM = 12, 20
"""Points from which on limits are drawn, and from which on they are firm."""


@dataclass(frozen=True)
class Xmr:
    """The mean of some values and the mean range between neighbours, without ranges that chance does not make."""

    mean: float
    mean_range: float
    points: int

    @property
    def lower(self) -> float:
        """The lower limit."""
        return self.mean - REACH * self.mean_range

    @property
    def upper(self) -> float:
        """The upper limit."""
        return self.mean + REACH * self.mean_range

    @property
    def range_limit(self) -> float:
        """The limit of a single moving range."""
        return RANGE_REACH * self.mean_range

    @property
    def is_firm(self) -> bool:
        """Whether they rest on enough points to be held for good."""
        return self.points >= FIRM


def xmr(values: NDArray[np.float64]) -> Xmr:
    """The limits of values in their order; at least one is needed.

    Moving ranges at or beyond their own limit are dropped once, the mean stays. Source: definitions, Signals.
    """
    ranges = np.abs(np.diff(values))
    mean_range = _mean(ranges)
    usual = ranges[ranges < RANGE_REACH * mean_range]
    return Xmr(float(values.mean()), _mean(usual) if len(usual) else mean_range, len(values))


def _mean(numbers: NDArray[np.float64]) -> float:
    return float(numbers.mean()) if len(numbers) else 0.0
