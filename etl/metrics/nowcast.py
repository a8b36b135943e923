"""Where an unfinished count will end, told from earlier periods at the same point and what they became."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log
from statistics import median

FEWEST = 19
"""So many comparable periods a nowcast needs; with fewer, its interval would have no bound."""
MOST = 60
"""So many of the latest comparable periods it looks at."""
TAIL = 0.05
NOISE = 1e-9
"""What binary fractions may be off; a bound that is a whole number stays it."""
TOO_LITTLE = "too little history"


@dataclass(frozen=True)
class Known:
    """Of one period, what was counted up to a point of it, and what it became."""

    so_far: int
    final: int


@dataclass(frozen=True)
class Nowcast:
    """What an unfinished count will probably be, its 90 % interval, from how many periods; else the reason why not.

    `so_far` is what it starts from.
    """

    point: int | None
    low: int | None
    high: int | None
    m: int
    reason: str | None = None
    so_far: int = 0

    @property
    def probable(self) -> tuple[float, float, float] | None:
        """Point, low and high, where they can be told."""
        if self.point is None or self.low is None or self.high is None:
            return None
        return self.point, self.low, self.high


def nowcast(history: Sequence[Known], so_far: int) -> Nowcast:
    """The nowcast of a count; `history` are the comparable complete periods at the same point, oldest first.

    The growth of each, ln((final + ½) / (so far + ½)), is sorted: its median gives the point, its 5 % from either end
    the bounds, which are rounded outward.
    """
    latest = history[-MOST:]
    m = len(latest)
    if m < FEWEST:
        return Nowcast(None, None, None, m, TOO_LITTLE, so_far)
    growth = sorted(log((known.final + 0.5) / (known.so_far + 0.5)) for known in latest)
    rank = floor(TAIL * (m + 1) + NOISE)
    low, point, high = (_grown(so_far, by) for by in (growth[rank - 1], median(growth), growth[m - rank]))
    return Nowcast(round(point), max(0, floor(low + NOISE)), ceil(high - NOISE), m, None, so_far)


def backtest(course: Sequence[Known]) -> list[bool]:
    """For each period with enough before it, oldest first: whether its interval, made from those, held what it became.

    The periods must be comparable with each other.
    """
    held = []
    for place, known in enumerate(course):
        told = nowcast(course[:place], known.so_far)
        if told.low is not None and told.high is not None:
            held.append(told.low <= known.final <= told.high)
    return held


def _grown(so_far: int, growth: float) -> float:
    return (so_far + 0.5) * exp(growth) - 0.5
