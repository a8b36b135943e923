"""Kaplan-Meier: quantiles of a waiting time of which some are not over yet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import exp, inf, log, sqrt
from typing import NamedTuple

from etl.metrics.intervals import Z

# A product of fractions misses an exact 0.1 by its rounding; no sample is large enough to have a step this small.
_ROUNDING = 1e-12


class Moment(NamedTuple):
    """What happened after a wait of `time`: so many came to an end, so many were still open when last seen."""

    time: float
    events: int
    censored: int


class _Step(NamedTuple):
    """The surviving share after the events at `time`, with Greenwood's sum (infinite when all are gone)."""

    time: float
    share: float
    greenwood: float


def moments(ended: Sequence[float], still_open: Sequence[float]) -> tuple[Moment, ...]:
    """Single waits as moments in ascending order of time."""
    events, censored = Counter(ended), Counter(still_open)
    return tuple(Moment(time, events[time], censored[time]) for time in sorted(events.keys() | censored.keys()))


def quantile(history: Sequence[Moment], q: float) -> float | None:
    """The smallest time of an event with S(t) <= 1 - q; None when it is not reached.

    `history` ascends in time; at one time events come before censorings.
    """
    return next((step.time for step in _steps(history) if _is_reached(step.share, q)), None)


def interval(history: Sequence[Moment], q: float) -> tuple[float | None, float | None]:
    """The 95 % interval of that quantile: where the band of S, log-log with Greenwood's variance, crosses 1 - q.

    Each bound is the smallest time at which the lower or the upper edge of the band is <= 1 - q, or None.
    """
    low = high = None
    for step in _steps(history):
        lower, upper = _band(step)
        if low is None and _is_reached(lower, q):
            low = step.time
        if high is None and _is_reached(upper, q):
            high = step.time
    return low, high


def _steps(history: Sequence[Moment]) -> Iterator[_Step]:
    at_risk = sum(moment.events + moment.censored for moment in history)
    share, greenwood = 1.0, 0.0
    for moment in history:
        survivors = at_risk - moment.events
        if moment.events:
            share *= survivors / at_risk
            greenwood += moment.events / (at_risk * survivors) if survivors else inf
            yield _Step(moment.time, share, greenwood)
        at_risk = survivors - moment.censored


def _band(step: _Step) -> tuple[float, float]:
    """The edges of the band of S; once all are gone only the lower one, 0, is known and the upper stays 1."""
    if step.share == 0:
        return 0.0, 1.0
    reach = Z * sqrt(step.greenwood) / abs(log(step.share))
    return step.share ** exp(reach), step.share ** exp(-reach)


def _is_reached(share: float, q: float) -> bool:
    return share <= 1 - q + _ROUNDING
