"""Exceptions worth a call today: failures still open, by unresolved × recoverable × reach.

Each factor is a plain assumption, printed with the list, and none is a rank:

- *unresolved*, 0 to 1, how sure it is that the problem stands: recorded as unresolved 1, a complaint 0.9, abandoned and
  not come through since 0.8, else (a bottom score, a repeat) 0.5.
- *recoverable*, 0 to 1, how much a call can still do: 1 on the day of the last contact, half of it every 3 days.
- *reach*, how far the anger carries: 3 where the customer went public within 72 hours of it, 2 where he posted about us
  within 90 days, else 1.

Not listed is whoever came back, was called by us since, or showed that he is content: nothing is open there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from etl.metrics.answer import Ask, Where
from etl.metrics.ways import OpenFailure

DAYS = 14
"""What failed earlier is no matter of today."""
HALF_LIFE_DAYS = 3.0
UNRESOLVED, COMPLAINT, ABANDONED, DOUBTFUL = 1.0, 0.9, 0.8, 0.5
WENT_PUBLIC, SPEAKS_IN_PUBLIC, ALONE = 3.0, 2.0, 1.0


@dataclass(frozen=True)
class Exceptional:
    """One customer to call, with the three factors of the score and whole days since the last contact."""

    failure: OpenFailure
    days: int
    unresolved: float
    recoverable: float
    reach: float

    @property
    def score(self) -> float:
        """The product of the factors, 0 to 3."""
        return self.unresolved * self.recoverable * self.reach


def exceptions(ask: Ask, as_of: date, where: Where = (), most: int = 10) -> tuple[Exceptional, ...]:
    """The customers most worth a call at the end of a day, each once, the most worth first."""
    return worth_a_call(ask.journeys.open_failures(as_of - timedelta(days=DAYS - 1), as_of, where), as_of)[:most]


def worth_a_call(failures: Sequence[OpenFailure], as_of: date) -> tuple[Exceptional, ...]:
    """All customers with an open failure, by score, then the newest first."""
    found: dict[str, Exceptional] = {}
    for failure in failures:
        days = max(0, (as_of - failure.started_at.date()).days)
        each = Exceptional(failure, days, _unresolved(failure), 0.5 ** (days / HALF_LIFE_DAYS), _reach(failure))
        if failure.customer_id not in found or found[failure.customer_id].score < each.score:
            found[failure.customer_id] = each
    return tuple(sorted(found.values(), key=lambda each: (-each.score, each.days, each.failure.customer_id)))


def _unresolved(failure: OpenFailure) -> float:
    if failure.is_unresolved:
        return UNRESOLVED
    if failure.is_complaint:
        return COMPLAINT
    return ABANDONED if failure.is_abandoned else DOUBTFUL


def _reach(failure: OpenFailure) -> float:
    if failure.went_public_at:
        return WENT_PUBLIC
    return SPEAKS_IN_PUBLIC if failure.posted_at else ALONE
