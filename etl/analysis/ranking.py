"""The order of breakdowns by severity, and how sure each place is (definitions: rank interval in closed form)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign, inf, log, sqrt

Z_RANK = 1.96
HALF_OFF = log(1.5 / 0.5)
"""How far the logarithms of two weights come apart when either may be half as much again, or half as little."""


@dataclass(frozen=True)
class Entry:
    """What is ranked: affected customers, the factor of their breakdown's grade, harm per affected and its error."""

    affected: int
    factor: float
    harm: float = 1.0
    harm_error: float = 0.0

    @property
    def severity(self) -> float:
        """Affected customers times harm times factor."""
        return self.affected * self.harm * self.factor


@dataclass(frozen=True)
class Ranked:
    """A place in the order: which entry (by its position among those given), its rank and the rank's interval.

    `is_named`: this rank and all before it are sure. Rows of one `group`, counted from 1, can't be told apart.
    `widest` is the interval if the weights of the grades were off by half: an assumption, not a sampling error.
    """

    place: int
    rank: int
    low: int
    high: int
    severity: float
    is_named: bool
    group: int
    widest: tuple[int, int]


def rank(entries: Sequence[Entry], phi: float = 1.0) -> list[Ranked]:
    """The entries from the most to the least severe; `phi` is the over-dispersion of their counts, at least 1."""
    order = sorted(range(len(entries)), key=lambda place: (-entries[place].severity, place))
    bounds = [_interval(place, entries, phi) for place in order]
    named = _named(bounds)
    groups = tied_groups(bounds)
    return [
        Ranked(
            place, number, *bounds[number - 1], entries[place].severity, number <= named, groups[number - 1],
            _interval(place, entries, phi, HALF_OFF),
        )
        for number, place in enumerate(order, 1)
    ]  # fmt: skip


def _interval(place: int, entries: Sequence[Entry], phi: float, doubt: float = 0.0) -> tuple[int, int]:
    """The ranks that a row may have; `doubt` is by how much the logarithms of two different factors may be off.

    Rows of one factor share it: however far it is off, it moves them alike.
    """
    above = below = 0
    own = entries[place]
    for other, entry in enumerate(entries):
        if other != place:
            shift = doubt if entry.factor != own.factor else 0.0
            above += _distance(own, entry, phi, shift) < -Z_RANK
            below += _distance(own, entry, phi, -shift) > Z_RANK
    return 1 + above, len(entries) - below


def _distance(one: Entry, other: Entry, phi: float, shift: float) -> float:
    """How many standard errors the logarithm of one severity, shifted, lies above the other's.

    A harm of 0 is the limit of ever smaller ones: with an error it can't be told from any other, 0; without one it
    lies surely below every harm, and two such are alike.
    """
    if one.harm <= 0 or other.harm <= 0:
        unsure = any(entry.harm <= 0 and entry.harm_error > 0 for entry in (one, other))
        return 0.0 if unsure or one.harm <= 0 >= other.harm else copysign(inf, one.harm - other.harm)
    logs = [log((entry.affected + 0.5) * entry.harm * entry.factor) for entry in (one, other)]
    variances = [phi / (entry.affected + 0.5) + (entry.harm_error / entry.harm) ** 2 for entry in (one, other)]
    return (logs[0] - logs[1] + shift) / sqrt(sum(variances))


def _named(bounds: Sequence[tuple[int, int]]) -> int:
    """How many of the first ranks are each exactly their own."""
    for number, interval in enumerate(bounds, 1):
        if interval != (number, number):
            return number - 1
    return len(bounds)


def tied_groups(bounds: Sequence[tuple[int, int]]) -> list[int]:
    """The group of each rank: cut after a rank where no interval reaches across."""
    groups, group = [], 1
    for number in range(1, len(bounds) + 1):
        groups.append(group)
        ends_here = all(high <= number for _, high in bounds[:number])
        begins_after = all(low > number for low, _ in bounds[number:])
        group += ends_here and begins_after
    return groups
