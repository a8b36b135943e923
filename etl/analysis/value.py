"""Value at risk: what the affected customers are worth, and how much of it leaves because of what broke."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot

from etl.metrics.intervals import wilson


@dataclass(frozen=True)
class Outcome:
    """Customers whose outcome is known, because its time is over, and how many of them left."""

    customers: int
    left: int


@dataclass(frozen=True)
class Excess:
    """By how much more of the affected left than of comparable customers, as a share, with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class AtRisk:
    """What the affected are worth; of it what is at risk, none below zero and none without outcomes."""

    exposed: float
    excess: Excess | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


def exposed(values: Mapping[str, float], affected: Iterable[Iterable[str]]) -> float:
    """The value of all customers whom any of some breakdowns affected, each once; without a known value none."""
    return sum(values.get(customer, 0.0) for customer in sorted(set().union(*map(set, affected))))


def excess(affected: Outcome, comparable: Outcome) -> Excess | None:
    """The difference of the two shares that left, with Newcombe's interval from the Wilson bounds of both."""
    if not affected.customers or not comparable.customers:
        return None
    one, two = wilson(affected.left, affected.customers), wilson(comparable.left, comparable.customers)
    if one.low is None or one.high is None or two.low is None or two.high is None:
        return None
    first, second = affected.left / affected.customers, comparable.left / comparable.customers
    difference = first - second
    low = difference - hypot(first - one.low, two.high - second)
    return Excess(difference, low, difference + hypot(one.high - first, second - two.low))


def at_risk(exposed_value: float, affected: Outcome | None = None, comparable: Outcome | None = None) -> AtRisk:
    """What is at risk of some exposed value; only the exposure where the outcomes of either side are not known."""
    found = excess(affected, comparable) if affected and comparable else None
    if found is None:
        return AtRisk(exposed_value)
    value, low, high = (exposed_value * max(0.0, share) for share in (found.value, found.low, found.high))
    return AtRisk(exposed_value, found, value, low, high)
