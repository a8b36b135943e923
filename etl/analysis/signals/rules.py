"""The four rules: which patterns of points chance alone would rarely make."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import copysign
from typing import TypeAlias

from etl.analysis.signals.xmr import INNER, REACH

IN_A_ROW = 7
WINDOW = 3
ZONE = INNER / REACH
"""Where, on the way from the mean to the limit, two of three points are a signal."""
SAME = 1e-9
"""What differs by less is equal: a tie, a point on the mean or on a limit."""
MEMORY = IN_A_ROW - 1
"""How many points before a point its patterns may hold."""


class Rule(StrEnum):
    """The rules, in the order of the definitions."""

    OUTSIDE = "outside the limits"
    SIDE = "7 in a row on one side of the mean"
    TREND = "7 in a row rising or falling"
    NEAR = "2 of 3 near a limit"


Flags: TypeAlias = tuple[tuple[Rule, int], ...]
"""The rules that a point completes, each with its direction: 1 is upwards, -1 downwards."""


@dataclass
class Patterns:
    """What the points so far have in a row; takes them one after the other.

    A point beyond a limit counts for the first rule only; a point on the mean breaks the second, a tie the third.
    """

    _side: int = 0
    _steps: int = 0
    _before: float | None = None
    _zones: tuple[int, int] = (0, 0)

    def step(self, position: float) -> Flags:
        """One more point by where it lies: 0 is the mean, 1 and -1 are the limits."""
        side, is_outside = _sign(position), abs(position) > 1 + SAME
        within = 0 if is_outside else side
        self._side = _longer(self._side, within)
        self._steps = _longer(self._steps, 0 if is_outside or self._before is None else _sign(position - self._before))
        self._before = None if is_outside else position
        zone = within if abs(position) >= ZONE - SAME else 0
        directions = (
            (Rule.OUTSIDE, side if is_outside else 0),
            (Rule.SIDE, _full(self._side, IN_A_ROW)),
            (Rule.TREND, _full(self._steps, IN_A_ROW - 1)),
            (Rule.NEAR, zone if zone in self._zones else 0),
        )
        self._zones = (self._zones[1], zone)
        return tuple((rule, direction) for rule, direction in directions if direction)


def pattern(rule: Rule, direction: int, positions: Sequence[float]) -> tuple[int, ...]:
    """How far back each point of the pattern lies that the last of these points completes; 0 is that point itself."""
    if rule is Rule.OUTSIDE:
        return (0,)
    if rule is Rule.NEAR:
        last = positions[: -WINDOW - 1 : -1]
        return tuple(back for back, place in enumerate(last) if ZONE - SAME <= place * direction <= 1 + SAME)
    return tuple(range(IN_A_ROW))


def _sign(number: float) -> int:
    return 0 if abs(number) < SAME else int(copysign(1, number))


def _longer(run: int, sign: int) -> int:
    """A signed length of a run after one more sign."""
    return run + sign if run * sign > 0 else sign


def _full(run: int, length: int) -> int:
    return _sign(run) if abs(run) >= length else 0
