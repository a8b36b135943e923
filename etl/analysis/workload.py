"""Workload by Erlang C: what so many calls make of so many agents, and how many agents a promise takes.

Calls arrive by chance, wait in one queue until an agent is free, and nobody gives up: where callers do, real waits are
shorter and real abandons are not foreseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, floor

from etl.errors import UserError

MOST_AGENTS = 100_000
SECONDS_A_MINUTE = 60


@dataclass(frozen=True)
class Demand:
    """So many calls in so many minutes, each keeping an agent busy for `handle_seconds`."""

    calls: float
    minutes: float
    handle_seconds: float

    def __post_init__(self) -> None:
        """Refuse what is no demand."""
        if not (self.calls >= 0 and self.minutes > 0 and self.handle_seconds > 0):
            raise UserError(
                f"{self.calls:g} calls in {self.minutes:g} minutes of {self.handle_seconds:g} s: "
                "expected calls from 0 on, and minutes and seconds above 0."
            )

    @property
    def erlangs(self) -> float:
        """The agents that it keeps busy on average."""
        return self.calls * self.handle_seconds / (self.minutes * SECONDS_A_MINUTE)


@dataclass(frozen=True)
class Staffing:
    """What some agents make of a demand; with no more agents than erlangs the queue never clears.

    `waits` is the share of callers who wait at all, `service_level` of those answered within the threshold;
    `speed_of_answer` is None where the queue only grows.
    """

    agents: int
    erlangs: float
    waits: float
    service_level: float
    speed_of_answer: float | None
    occupancy: float

    @property
    def clears(self) -> bool:
        """Whether the agents get through the calls at all."""
        return self.agents > self.erlangs


def staffing(demand: Demand, agents: int, threshold_seconds: float) -> Staffing:
    """The queue that some agents face, by Erlang C."""
    if not 0 < agents <= MOST_AGENTS:
        raise UserError(f"{agents} agents: expected 1 to {MOST_AGENTS:,}.")
    if threshold_seconds < 0:
        raise UserError(f"a threshold of {threshold_seconds:g} s: expected 0 or more.")
    load = demand.erlangs
    if agents <= load:
        return Staffing(agents, load, 1.0, 0.0, None, 1.0)
    blocked = _blocked(load, agents)
    waits = agents * blocked / (agents - load * (1 - blocked))
    spare = (agents - load) / demand.handle_seconds
    return Staffing(agents, load, waits, 1 - waits * exp(-spare * threshold_seconds), waits / spare, load / agents)


def agents_for(demand: Demand, target: float, threshold_seconds: float) -> Staffing:
    """The fewest agents with whom at least the share `target` is answered within the threshold."""
    if not 0 <= target < 1:
        raise UserError(f"a target of {target:g}: expected a share from 0 to below 1, such as 0.8.")
    if floor(demand.erlangs) + 1 > MOST_AGENTS:
        raise UserError(f"{demand.erlangs:,.0f} erlangs: more than {MOST_AGENTS:,} agents; give fewer calls.")
    least = floor(demand.erlangs) + 1
    step = 1
    while staffing(demand, min(least + step, MOST_AGENTS), threshold_seconds).service_level < target:
        step *= 2
    low, high = least - 1, min(least + step, MOST_AGENTS)
    while high - low > 1:
        middle = (low + high) // 2
        if staffing(demand, middle, threshold_seconds).service_level < target:
            low = middle
        else:
            high = middle
    return staffing(demand, high, threshold_seconds)


def paid(agents: int, shrinkage: float) -> float:
    """The agents to be paid so that so many are at their places: breaks, training and illness are the shrinkage."""
    if not 0 <= shrinkage < 1:
        raise UserError(f"a shrinkage of {shrinkage:g}: expected a share from 0 to below 1, such as 0.3.")
    return agents / (1 - shrinkage)


def calls_at(forecast: Sequence[float], quantile: float) -> float:
    """The calls to staff for: a quantile of the forecast or of comparable intervals, as half of all exceed a mean."""
    if not forecast or not 0 < quantile < 1:
        raise UserError(f"quantile {quantile:g} of {len(forecast)} intervals: expected one between 0 and 1, of some.")
    return sorted(forecast)[max(1, ceil(Fraction(str(quantile)) * len(forecast))) - 1]


def _blocked(load: float, agents: int) -> float:
    """Erlang B by recursion: the share of calls that would find all agents busy if none could wait."""
    share = 1.0
    for number in range(1, agents + 1):
        share = load * share / (number + load * share)
    return share
