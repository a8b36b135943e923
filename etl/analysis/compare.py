"""Two numbers side by side: how much they differ, and whether that can be chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import erfc, hypot, inf, sqrt
from typing import Protocol

from etl.metrics.answer import Row
from etl.vocabulary import Goodness, Unit, Verdict

MINIMUM_BASE = 30
SIGNIFICANCE = 0.05
ALONE = "looked at alone probably real; of all that are compared together, some change as much by chance"
"""The note of a change that is real by itself, but not among the others of its table."""


class Centred(Protocol):
    """What can be tested: a centre with its standard error, None where there is none."""

    @property
    def centre(self) -> float | None:
        """The middle of the interval."""
        ...

    @property
    def standard_error(self) -> float | None:
        """How sure it is."""
        ...


@dataclass(frozen=True)
class Comparison:
    """A change between two rows.

    `change` is in the metric's unit; `relative` is its share of the value before (None for scores, whose zero
    is no origin, and after a zero). `p` is two-sided, None where there was no test; `verdict` is None where
    nothing can be said, and `note` then says why; else it says what the verdict goes by, where that needs words.
    """

    change: float | None
    relative: float | None
    p: float | None
    verdict: Verdict | None
    note: str = ""


def compare(after: Row, before: Row, *, minimum: int = MINIMUM_BASE) -> Comparison:
    """The change from `before` to `after` and its verdict, tested from `minimum` rows on either side.

    Values are compared as printed, the test uses the centre and standard error of the metric's own interval
    (definitions: rule 10). Give counts of spans of different length through `per_day` first.
    """
    if after.value is None or before.value is None:
        return Comparison(None, None, None, None, _missing(after, before))
    change = after.value - before.value
    relative = change / before.value if before.value and after.unit != Unit.SCORE else None
    if min(after.n, before.n) < minimum:
        return Comparison(change, relative, None, Verdict.TOO_FEW)
    p = p_of(after, before)
    if p is None:
        return Comparison(change, relative, None, None, "no interval to test the change with")
    return Comparison(change, relative, p, verdict_of(p))


def margins(row: Row | None, target: float | None, goodness: Goodness) -> tuple[float, float] | None:
    """By how much either end of a row's interval is on the good side of a target (below 0: on the bad one).

    None without a target, without a value, and for a metric that is neither good nor bad.
    """
    if target is None or goodness is Goodness.NEUTRAL or row is None or row.value is None:
        return None
    sign = 1 if goodness is Goodness.HIGHER else -1
    low, high = (row.value if bound is None else bound for bound in (row.low, row.high))
    return sign * (low - target), sign * (high - target)


def difference(after: Row, before: Row) -> Comparison:
    """The comparison of two rows; counts over spans of different length are compared per day."""
    if is_per_day(after, before):
        return compare(per_day(after), per_day(before))
    return compare(after, before)


def is_per_day(after: Row, before: Row) -> bool:
    """Whether the rows count over so different spans that only their days can be compared."""
    return after.unit == Unit.COUNT and days_counted(after) != days_counted(before)


def days_counted(row: Row) -> int:
    """How many days of its span a row counts so far, none from before the first record; at least one."""
    last = row.end if row.through is None else min(row.end, row.through)
    return max(1, (last - (row.since or row.start)).days + 1)


def together(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """The comparisons of one table, each p and verdict adjusted for the number of tests among them.

    The note of one that was REAL by itself and is no more says so.
    """
    adjusted = iter(adjust([comparison.p for comparison in comparisons if comparison.p is not None]))
    return tuple(each if each.p is None else _among(each, next(adjusted)) for each in comparisons)


def _among(comparison: Comparison, p: float) -> Comparison:
    verdict = verdict_of(p)
    is_weakened = comparison.verdict is Verdict.REAL and verdict is not Verdict.REAL
    return replace(comparison, p=p, verdict=verdict, note=comparison.note or (ALONE if is_weakened else ""))


def adjust(ps: Sequence[float]) -> list[float]:
    """Benjamini-Hochberg adjusted p-values, in the order given.

    The r-th smallest of k becomes the least p·k/rank over the ranks from r on, at most 1.
    """
    adjusted = [1.0] * len(ps)
    least = 1.0
    for rank, position in reversed(list(enumerate(sorted(range(len(ps)), key=ps.__getitem__), start=1))):
        least = min(least, ps[position] * len(ps) / rank)
        adjusted[position] = least
    return adjusted


def per_day(row: Row) -> Row:
    """A count as a count per day: value, bounds, centre and standard error over the days counted so far."""
    days = days_counted(row)
    if row.value is None:
        return row
    return replace(
        row,
        value=row.value / days,
        low=_divided(row.low, days),
        high=_divided(row.high, days),
        centre=_divided(row.centre, days),
        standard_error=_divided(row.standard_error, days),
        notes=(*row.notes, "per day"),
    )


def p_of(after: Centred, before: Centred) -> float | None:
    """The two-sided p of a difference; None where either has no centre or no error."""
    if after.centre is None or before.centre is None or after.standard_error is None or before.standard_error is None:
        return None
    difference = abs(after.centre - before.centre)
    standard_error = hypot(after.standard_error, before.standard_error)
    # Without any spread equal values are surely equal and different ones surely different.
    z = difference / standard_error if standard_error else (inf if difference else 0.0)
    return erfc(z / sqrt(2))


def verdict_of(p: float) -> Verdict:
    """Whether a difference with this p can be believed."""
    return Verdict.REAL if p < SIGNIFICANCE else Verdict.NOISE


def _missing(after: Row, before: Row) -> str:
    """Which sides have no value, and why."""
    return "; ".join(f"{row.period}: {row.reason or 'no value'}" for row in (after, before) if row.value is None)


def _divided(value: float | None, days: int) -> float | None:
    return None if value is None else value / days
