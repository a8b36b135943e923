"""What a baseline makes one expect of each period: a centre, the way to the limits and the usual deviation."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from etl.analysis.limits import REACH as LANEY_REACH
from etl.analysis.limits import Laney, laney
from etl.analysis.signals.scale import COUNT_OFFSET, Array, Scaled
from etl.analysis.signals.xmr import REACH, xmr

WEEKDAY_VALUES = 8
"""Values of each weekday that its factor needs."""
DAYS = 7
CHANCE_RANGE = 1.128
"""The mean moving range of independent normal values of standard deviation 1."""
SPARSE = 2.0
"""With fewer cases a period most of them lie on one side of the mean: only a point outside the limits says anything."""


class Expected(NamedTuple):
    """Of one period, on the scale of its course: centre, way from there to either limit, standard deviation."""

    centre: float
    reach: float
    deviation: float


class Fit(Protocol):
    """What one baseline makes one expect; where it holds but few cases, `is_sparse`, patterns of points say nothing."""

    @property
    def is_sparse(self) -> bool:
        """Whether only a point outside the limits is a signal."""
        ...

    def expected(self, place: int) -> Expected | None:
        """Of the period at a place; None where nothing is expected of it."""
        ...


class Course(Protocol):
    """Values over time, on their even scale, that limits can be set for."""

    @property
    def y(self) -> Array:
        """The values of all periods on the scale."""
        ...

    def fit(self, basis: Sequence[int]) -> Fit | None:
        """What the periods at these places make one expect of all; None where they do not spread."""
        ...

    def restore(self, levels: Array) -> Array:
        """Levels of all periods in the metric's unit."""
        ...


@dataclass(frozen=True)
class LevelFit:
    """XmR limits of standardised residuals about the factors of the weekdays; one factor where there are none."""

    factors: NDArray[np.float64]
    kinds: NDArray[np.intp]
    weight: Array
    mean: float
    reach: float
    deviation: float
    is_sparse: bool

    def expected(self, place: int) -> Expected | None:
        """Of the period at a place; None for a weekday that the baseline knows too little of."""
        factor, weight = float(self.factors[self.kinds[place]]), float(self.weight[place])
        if factor != factor:
            return None
        return Expected(factor + self.mean / weight, self.reach / weight, self.deviation / weight)


@dataclass(frozen=True)
class Levels:
    """Values whose limits are XmR limits of the standardised residuals, the weekday taken out where it is given.

    `weekdays` holds 0 to 6 for each day, and is None for other periods.
    """

    scaled: Scaled
    weekdays: NDArray[np.intp] | None = None

    @property
    def y(self) -> Array:
        """The values of all periods on the scale."""
        return self.scaled.y

    def restore(self, levels: Array) -> Array:
        """Levels of all periods in the metric's unit."""
        return self.scaled.restore(levels)

    def fit(self, basis: Sequence[int]) -> LevelFit | None:
        """Residuals from the weekday's mean over their standard deviation, and the XmR limits of those.

        None before every weekday can have enough values: what is only the weekend would be taken for a signal.
        """
        places = np.asarray(basis)
        if self.weekdays is not None and len(places) < DAYS * WEEKDAY_VALUES:
            return None
        kinds, factors = self._factors(places)
        residual = (self.y[places] - factors[kinds[places]]) * self.scaled.weight[places]
        residual = residual[~np.isnan(residual)]
        degrees = max(1, len(residual) - int(np.count_nonzero(~np.isnan(factors))))
        deviation = sqrt(float(residual @ residual) / degrees)
        limits = xmr(residual)
        mean, reach = limits.mean, REACH * limits.mean_range
        is_sparse = any(cases[places].mean() < SPARSE for cases in self.scaled.cases)
        if is_sparse or (self.scaled.cases and not reach):
            reach, deviation = max(reach, REACH * CHANCE_RANGE), max(deviation, 1.0)
        if not deviation or not reach:
            return None
        return LevelFit(factors, kinds, self.scaled.weight, mean, reach, deviation, is_sparse)

    def _factors(self, places: NDArray[np.intp]) -> tuple[NDArray[np.intp], Array]:
        """The kind of each period, its weekday, and the mean of each kind in the baseline; too few values have none."""
        if self.weekdays is None:
            return np.zeros(len(self.y), np.intp), np.array([self.y[places].mean()])
        days = self.weekdays[places]
        found = np.bincount(days, minlength=DAYS)
        sums = np.bincount(days, weights=self.y[places], minlength=DAYS)
        return self.weekdays, np.where(found >= WEEKDAY_VALUES, sums / np.maximum(found, 1), np.nan)


@dataclass(frozen=True)
class VaryingFit:
    """Laney's limits, and the bases that they follow."""

    limits: Laney
    n: NDArray[np.int64]
    is_sparse: bool

    def expected(self, place: int) -> Expected:
        """Of the period at a place; of few cases no less than three standard deviations of their root."""
        n, mean = int(self.n[place]), self.limits.mean
        reach = self.limits.reach(n)
        if self.is_sparse:
            cases = n * (mean if self.limits.is_rate else min(mean, 1 - mean))
            reach = max(reach, (3 * sqrt(cases + COUNT_OFFSET) + 9 / 4) / n)
        return Expected(mean, reach, reach / LANEY_REACH)


@dataclass(frozen=True)
class Varying:
    """Shares or rates with a base that varies: Laney's p' limits, u' limits where they are rates `per` so many."""

    x: NDArray[np.int64]
    n: NDArray[np.int64]
    per: float | None = None

    @property
    def y(self) -> Array:
        """The shares themselves, as their limits are those of shares."""
        return np.asarray(self.x / self.n)

    def restore(self, levels: Array) -> Array:
        """Levels within what a share or a rate can be."""
        return np.clip(levels, 0.0, 1.0) if self.per is None else np.maximum(levels, 0.0) * self.per

    def fit(self, basis: Sequence[int]) -> VaryingFit | None:
        """The mean of all, and limits that follow each period's base."""
        places = np.asarray(basis)
        x, n = self.x[places], self.n[places]
        limits = laney(x.tolist(), n.tolist(), is_rate=self.per is not None)
        sides = (x,) if self.per is not None else (x, n - x)
        is_sparse = any(cases.mean() < SPARSE for cases in sides)
        return VaryingFit(limits, self.n, is_sparse) if limits else None
