"""Durations in logarithmic bins: counts that add up, and the quantiles that can be read from them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import accumulate
from math import ceil

from etl.metrics import survival
from etl.metrics.intervals import quantile_ranks

GROWTH = 1.05
ZERO_BIN = -1
_LONGEST_MILLISECONDS = 400 * 86_400_000


def _edges() -> Iterator[int]:
    """Each time the first whole millisecond that is not below 1.05^k s, in exact arithmetic."""
    numerator, denominator = 1000, 1
    while True:
        edge = -(-numerator // denominator)
        yield edge
        if edge > _LONGEST_MILLISECONDS:
            return
        numerator, denominator = 21 * numerator, 20 * denominator


_EDGES = tuple(_edges())


def edges() -> tuple[int, ...]:
    """The boundaries between bins in whole milliseconds, ascending; each belongs to the bin above it.

    The first, 1000, ends the zero bin; edge k begins bin k = [1.05^k, 1.05^(k+1)) s; they reach past 400 days.
    """
    return _EDGES


def bin_of(milliseconds: int) -> int:
    """The bin of a duration: -1 below one second, then 0 and up; whatever exceeds the last edge is in the last bin."""
    return bisect_right(_EDGES, milliseconds) - 1


def middle(number: int) -> float:
    """The seconds printed for a bin: the geometric middle of its unrounded edges, 0 for the zero bin.

    From one second on it is within 2.5 % of every duration in the bin.
    """
    return 0.0 if number == ZERO_BIN else float(GROWTH ** (number + 0.5))


def quantile(counts: Mapping[int, int], q: float) -> float | None:
    """Quantile q in seconds: the middle of the bin with the ceil(q·n)-th value; None without values."""
    n = sum(counts.values())
    # As a fraction of what was written: in binary 0.07 · 100 exceeds 7.
    return _at_rank(counts, max(1, ceil(Fraction(str(q)) * n))) if n else None


def plain_quantile(counts: Mapping[int, int], q: float) -> float | None:
    """Quantile q as spreadsheets have the median: the mean of the two values beside it where it falls between two."""
    n = sum(counts.values())
    place = Fraction(str(q)) * n
    if not n or place.denominator > 1:
        return quantile(counts, q)
    return (_at_rank(counts, int(place)) + _at_rank(counts, min(int(place) + 1, n))) / 2


def quantile_interval(counts: Mapping[int, int], q: float) -> tuple[float | None, float | None]:
    """The 95 % interval of quantile q in seconds; None where there are too few values for a bound."""
    low, high = quantile_ranks(sum(counts.values()), q)
    return (
        None if low is None else _at_rank(counts, low),
        None if high is None else _at_rank(counts, high),
    )


def survival_quantile(answered: Mapping[int, int], still_open: Mapping[int, int], q: float) -> float | None:
    """Kaplan-Meier quantile in seconds from the waits that ended and those still open; None = not reached."""
    return survival.quantile(_history(answered, still_open), q)


def survival_interval(
    answered: Mapping[int, int], still_open: Mapping[int, int], q: float
) -> tuple[float | None, float | None]:
    """The 95 % interval of that quantile in seconds; None where the band does not cross it."""
    return survival.interval(_history(answered, still_open), q)


def _at_rank(counts: Mapping[int, int], rank: int) -> float:
    numbers = sorted(counts)
    reached = list(accumulate(counts[number] for number in numbers))
    return middle(next(number for number, total in zip(numbers, reached, strict=True) if total >= rank))


def _history(answered: Mapping[int, int], still_open: Mapping[int, int]) -> tuple[survival.Moment, ...]:
    numbers = sorted(answered.keys() | still_open.keys())
    return tuple(
        survival.Moment(middle(number), answered.get(number, 0), still_open.get(number, 0)) for number in numbers
    )
