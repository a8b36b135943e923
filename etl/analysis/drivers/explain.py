"""What drives a score: the survey's other items and how the contact went, weighed, with curves over the latter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from etl.analysis.drivers.curve import EDGES, Curve, curve
from etl.analysis.drivers.significance import Drivers, least_answers, weigh
from etl.analysis.drivers.weights import Array
from etl.calendar import Period, Span
from etl.metrics.answer import Ask, Where
from etl.metrics.answers import Answers

USUAL_DAYS = 91
"""A shorter period has too few answers: as many days up to its end are taken instead."""


@dataclass(frozen=True)
class Driven:
    """The drivers of a score between two days: of all its answers those for which each driver is known.

    `left_out` says what else stands beside the score, and why it is no driver. `curves` are by operation.
    """

    start: date
    end: date
    answers: Answers
    found: Drivers
    left_out: tuple[tuple[str, str], ...]
    curves: Mapping[str, Curve]


def driven(ask: Ask, name: str, period: Period | None = None, where: Where = ()) -> Driven:
    """The drivers of a metric or question in a period, at least in the 13 weeks up to its end.

    Raises UserError for a name that is neither.
    """
    start, end = span_of(ask, period)
    answers = ask.answers(name, start, end, where)
    columns, left_out = _chosen({**answers.items, **answers.operations}, len(answers.scores))
    known = _complete(columns, len(answers.scores))
    found = weigh({driver: column[known] for driver, column in columns.items()}, answers.scores[known])
    minimum = ask.minimum_n(answers.metric.name)
    curves = {operation: curve(answers, operation, minimum) for operation in EDGES}
    return Driven(start, end, answers, found, left_out, {name: each for name, each in curves.items() if each})


def span_of(ask: Ask, period: Period | None) -> Span:
    """The days of a period up to the newest complete one, at least 13 weeks; without a period the last 13 weeks."""
    newest = ask.as_of or date.min + timedelta(days=USUAL_DAYS)
    end = min(period.end, newest) if period and period.start <= newest else newest
    return min(period.start if period else end, end - timedelta(days=USUAL_DAYS - 1)), end


def _chosen(columns: Mapping[str, Array], n: int) -> tuple[dict[str, Array], tuple[tuple[str, str], ...]]:
    """The drivers that can be weighed together, and why others can't: the least known ones go first."""
    chosen, left_out = dict(columns), []
    while chosen:
        known = _complete(chosen, n)
        if known.sum() >= least_answers(len(chosen)):
            break
        counts = {name: int((~np.isnan(column)).sum()) for name, column in chosen.items()}
        least = min(sorted(counts), key=lambda name: counts[name])
        if counts[least] == n:
            break
        left_out.append((least, f"known for {counts[least]} of {n} answers"))
        del chosen[least]
    known = _complete(chosen, n)
    for name in [name for name, column in chosen.items() if known.any() and not np.ptp(column[known])]:
        left_out.append((name, "the same in all answers"))
        del chosen[name]
    return chosen, tuple(left_out)


def _complete(columns: Mapping[str, Array], n: int) -> Array:
    """Which answers have all of them."""
    known = np.ones(n, dtype=bool)
    for column in columns.values():
        known &= ~np.isnan(column)
    return known
