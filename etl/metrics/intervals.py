"""95 % intervals, one function per kind of number; formulas and vectors are those of the definitions."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

Z = 1.959964
TAIL = 0.025
OVERDISPERSION_WEEKS = 26
OVERDISPERSION_MINIMUM_WEEKS = 12


@dataclass(frozen=True)
class Interval:
    """Where a number may lie, in its own unit; None is a bound that the data do not give.

    `centre` and `standard_error` are the interval's own: they serve the comparison of two numbers and need
    not be the printed value.
    """

    low: float | None
    high: float | None
    centre: float | None
    standard_error: float | None


UNKNOWN = Interval(None, None, None, None)


def nps(promoters: int, detractors: int, n: int) -> Interval:
    """Adjusted Wald interval of the net promoter score, -100 to 100; unknown without answers.

    Three answers are added, 3/4 to promoters and detractors each, so that 8 of 8 promoters are not certain.
    """
    if n == 0:
        return UNKNOWN
    base = n + 3
    promoter_share, detractor_share = (promoters + 0.75) / base, (detractors + 0.75) / base
    centre = promoter_share - detractor_share
    standard_error = sqrt((promoter_share + detractor_share - centre**2) / base)
    return _within(-100.0, 100.0, 100 * centre, 100 * standard_error, Z)


def nps_of_customers(
    balance: int, n: int, squares: int, products: int, answer_squares: int, customers: int
) -> Interval:
    """Cluster-robust interval of the net promoter score when customers answered more than once.

    From sums: promoters minus detractors, answers, and over customers the squares of the balance, the products of
    balance and answers, the squares of answers. Unknown without answers; no bounds from one customer, who says nothing
    about the spread between customers.
    """
    if n == 0:
        return UNKNOWN
    mean_value = balance / n
    if customers == 1:
        return Interval(None, None, 100 * mean_value, None)
    residues = max(0.0, squares - 2 * mean_value * products + mean_value**2 * answer_squares)
    standard_error = sqrt(customers / (customers - 1) * residues) / n
    return _within(-100.0, 100.0, 100 * mean_value, 100 * standard_error, _t(customers - 1))


def wilson(top: float, n: float) -> Interval:
    """Wilson's score interval of the share top/n, 0 to 1; unknown without a base. Weighted, n is the effective one."""
    if n == 0:
        return UNKNOWN
    share, weight = top / n, n + Z**2
    centre = (top + Z**2 / 2) / weight
    standard_error = sqrt(n * share * (1 - share) + Z**2 / 4) / weight
    bounds = _within(0.0, 1.0, centre, standard_error, Z)
    # At 0 and n the bound is the share itself, which rounding would miss by a hair.
    return Interval(0.0 if top == 0 else bounds.low, 1.0 if top == n else bounds.high, centre, standard_error)


def mean(total: float, total_of_squares: float, n: int) -> Interval:
    """Student's interval of a mean from the sum and the sum of squares of n numbers, in their unit.

    Unknown without values, no bounds from one. Integers keep the variance exact.
    """
    if n == 0:
        return UNKNOWN
    centre = total / n
    if n == 1:
        return Interval(None, None, centre, None)
    standard_error = sqrt(max(0, n * total_of_squares - total**2) / (n - 1)) / n
    reach = _t(n - 1) * standard_error
    return Interval(centre - reach, centre + reach, centre, standard_error)


def of_ratio(ratio: float, residues: float, under: float, rows: int) -> Interval:
    """Student's interval of a ratio of sums over some rows, from the sum of squares of their residues.

    No bounds from one row.
    """
    if rows < 2:
        return Interval(None, None, ratio, None)
    standard_error = sqrt(max(0.0, residues) * rows / (rows - 1)) / under
    reach = _t(rows - 1) * standard_error
    return Interval(ratio - reach, ratio + reach, ratio, standard_error)


def within(interval: Interval, least: float, most: float) -> Interval:
    """The interval with its bounds kept between two values."""
    low, high = (None if bound is None else min(most, max(least, bound)) for bound in (interval.low, interval.high))
    return Interval(low, high, interval.centre, interval.standard_error)


def count(x: int, phi: float = 1.0) -> Interval:
    """Interval of a count by the gamma distribution, over-dispersed by `phi`; exact Poisson at 1.

    Its centre is its middle and its standard error half its width over z, as the interval is not symmetric
    about x. Divide by the exposure for a rate.
    """
    low = 0.0 if x == 0 else phi * float(special.gammaincinv(x / phi, TAIL))
    high = phi * float(special.gammaincinv(x / phi + 1, 1 - TAIL))
    return Interval(low, high, (low + high) / 2, (high - low) / (2 * Z))


def scaled(interval: Interval, factor: float) -> Interval:
    """An interval in another unit: bounds, centre and standard error times a positive factor."""
    return Interval(
        *(
            None if bound is None else bound * factor
            for bound in (interval.low, interval.high, interval.centre, interval.standard_error)
        )
    )


def unlinked_bounds(top: int, bottom: int, unlinked: int) -> tuple[float, float]:
    """The least and the greatest share top/bottom when `unlinked` further cases are counted either way (FCR bounds)."""
    return max(0, top - unlinked) / bottom, (top + unlinked) / (bottom + unlinked)


def overdispersion(counts: Sequence[int]) -> float:
    """phi, at least 1: variance over mean of the last 26 weekly counts about their straight line.

    Oldest first, complete weeks only; 1 when there are fewer than 12.
    """
    recent = np.asarray(counts[-OVERDISPERSION_WEEKS:], dtype=float)
    if len(recent) < OVERDISPERSION_MINIMUM_WEEKS or not recent.any():
        return 1.0
    week = np.arange(len(recent)) - (len(recent) - 1) / 2
    slope = float(week @ recent) / float(week @ week)
    residual = recent - recent.mean() - slope * week
    variance = float(residual @ residual) / (len(recent) - 2)
    return max(1.0, variance / float(recent.mean()))


def quantile_ranks(n: int, q: float) -> tuple[int | None, int | None]:
    """The ranks (1 to n) of the order statistics that bound quantile q; None where n values give no bound.

    Lower: the largest l with P(Bin(n, q) <= l - 1) <= 2.5 %; upper: the smallest u with P(Bin(n, q) >= u) <= 2.5 %.
    """
    ranks = range(1, n + 1)
    lower = bisect_right(ranks, TAIL, key=lambda rank: float(special.betainc(n - rank + 1, rank, 1 - q)))
    upper = 1 + bisect_left(ranks, -TAIL, key=lambda rank: -float(special.betainc(rank, n - rank + 1, q)))
    return lower or None, upper if upper <= n else None


def _within(lowest: float, highest: float, centre: float, standard_error: float, z: float) -> Interval:
    reach = z * standard_error
    return Interval(max(lowest, centre - reach), min(highest, centre + reach), centre, standard_error)


def _t(degrees: int) -> float:
    return float(special.stdtrit(degrees, 1 - TAIL))
