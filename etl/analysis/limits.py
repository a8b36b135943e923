"""Laney's p' and u' limits: where a share or rate lies when only chance and the usual spread of weeks move it."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf, sqrt

RANGE_TO_SIGMA = 1.128
"""Mean moving range over standard deviation of independent normal values (d2 for ranges of two)."""
REACH = 3.0
"""Standard deviations from the mean to either limit."""


@dataclass(frozen=True)
class Laney:
    """The mean share of a baseline, 0 to 1, and `sigma_z`: how its weeks spread, 1 being what chance alone does.

    Limits widen with a `sigma_z` above 1 and never narrow below chance. A rate (u') is cases per unit of base, of which
    one can hold several, so that it may exceed 1.
    """

    mean: float
    sigma_z: float
    is_rate: bool = False

    def reach(self, n: int) -> float:
        """How far from the mean the limits of a base n lie; infinite without a base."""
        if n <= 0:
            return float("inf")
        return REACH * _spread(self.mean, self.is_rate) / sqrt(n) * max(1.0, self.sigma_z)

    def z(self, x: int, n: int) -> float | None:
        """How many of its standard deviations x among n lies above the mean; None where nothing can spread."""
        reach = self.reach(n)
        return REACH * (x / n - self.mean) / reach if n > 0 and reach > 0 else None

    def upper(self, n: int) -> float:
        """The upper limit of the share of a base n, at most 1; of a rate without that bound."""
        return min(inf if self.is_rate else 1.0, self.mean + self.reach(n))

    def lower(self, n: int) -> float:
        """The lower limit of the share of a base n, at least 0."""
        return max(0.0, self.mean - self.reach(n))


@dataclass
class Rolling:
    """The limits of the last `most` weeks given (of all without it), kept as sums so that one more week is cheap.

    With s = √(p̄(1−p̄)), of rates √ū, a week's z is (x/√n − p̄√n)/s, so that of each moving range only the steps of x/√n
    and of √n need be kept, whatever p̄ becomes.
    """

    most: int | None = None
    is_rate: bool = False
    _weeks: deque[tuple[int, int]] = field(default_factory=deque)
    _steps: deque[tuple[float, float]] = field(default_factory=deque)
    _top: int = 0
    _base: int = 0

    def __len__(self) -> int:
        """How many weeks the limits rest on."""
        return len(self._weeks)

    def add(self, x: int, n: int) -> None:
        """One more week of x among n; a week without a base is left out.

        Raises ValueError unless 0 <= x, and x <= n where they are no rates.
        """
        if n == 0:
            return
        if not 0 <= x <= (inf if self.is_rate else n):
            raise ValueError(f"{x} among {n} is no share; expected 0 to {n}")
        if self._weeks:
            last_x, last_n = self._weeks[-1]
            self._steps.append((x / sqrt(n) - last_x / sqrt(last_n), sqrt(n) - sqrt(last_n)))
        self._weeks.append((x, n))
        self._top, self._base = self._top + x, self._base + n
        if self.most is not None and len(self._weeks) > self.most:
            old_x, old_n = self._weeks.popleft()
            self._steps.popleft()
            self._top, self._base = self._top - old_x, self._base - old_n

    def limits(self) -> Laney | None:
        """The limits that these weeks set; None without a week, those of chance alone where nothing can spread."""
        if not self._base:
            return None
        mean = self._top / self._base
        spread = _spread(mean, self.is_rate) * len(self._steps) * RANGE_TO_SIGMA
        if not spread:
            return Laney(mean, 0.0, self.is_rate)
        moved = sum([abs(counts - mean * roots) for counts, roots in self._steps])
        return Laney(mean, moved / spread, self.is_rate)


def laney(x: Sequence[int], n: Sequence[int], *, is_rate: bool = False) -> Laney | None:
    """Limits from counts x among n, week by week, the oldest first; None when no week has a base.

    Weeks without a base are left out; one week, or a share of 0 or 1, has a `sigma_z` of 0. Raises ValueError unless
    each 0 <= x <= n; a rate may exceed 1. Source: definitions, Signals, Laney p'.
    """
    rolling = Rolling(is_rate=is_rate)
    for top, base in zip(x, n, strict=True):
        rolling.add(top, base)
    return rolling.limits()


def _spread(mean: float, is_rate: bool) -> float:
    """The standard deviation that chance gives to a base of one."""
    return sqrt(mean if is_rate else mean * (1 - mean))
