"""The scale on which a metric's values spread evenly whatever their level, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
COUNT_OFFSET = 3 / 8
SHARE_OFFSET = 3 / 4
WEIGHT_OFFSET = 1 / 2


@dataclass(frozen=True)
class Scaled:
    """Values `y` on their even scale.

    A deviation times `weight` spreads alike in all periods, by 1 where chance alone moves it. `restore` turns levels of
    y, given at all periods, back into the metric's values. `cases` are the numbers of cases that chance plays with, for
    shares those on either side; measured values have none.
    """

    y: Array
    weight: Array
    restore: Callable[[Array], Array]
    cases: tuple[Array, ...] = ()


def continuous(values: Array) -> Scaled:
    """Means, quantiles and net scores: the values themselves."""
    return Scaled(values, np.ones_like(values), lambda levels: levels)


def counts(x: Array, exposure: Array) -> Scaled:
    """Counts √(x+⅜), per root of their exposure: the days of each period."""
    y = np.sqrt((x + COUNT_OFFSET) / exposure)
    return Scaled(y, 2 * np.sqrt(exposure), lambda levels: _counted(levels, exposure), (x,))


def rates(x: Array, n: Array, per: float) -> Scaled:
    """Cases x per so many of n: as counts whose exposure is n."""
    return Scaled(np.sqrt((x + COUNT_OFFSET) / n), 2 * np.sqrt(n), lambda levels: per * _counted(levels, n) / n, (x,))


def shares(x: Array, n: Array) -> Scaled:
    """Shares x among n: asin √((x+⅜)/(n+¾)) with weight 2√(n+½)."""

    def restore(levels: Array) -> Array:
        squares = np.sin(np.clip(levels, 0.0, np.pi / 2)) ** 2
        return np.clip((squares * (n + SHARE_OFFSET) - COUNT_OFFSET) / n, 0.0, 1.0)

    y = np.arcsin(np.sqrt((x + COUNT_OFFSET) / (n + SHARE_OFFSET)))
    return Scaled(y, 2 * np.sqrt(n + WEIGHT_OFFSET), restore, (x, n - x))


def _counted(levels: Array, exposure: Array) -> Array:
    return np.maximum(0.0, np.maximum(0.0, levels) ** 2 * exposure - COUNT_OFFSET)
