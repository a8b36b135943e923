"""The outsourced evening line: calls that know neither customer nor queue, only topic, times and a rating."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.demo.season import EVENING, Flags, Ints, Times, starts
from etl.demo.topics import EVENING_TOPICS

AGENTS = ("Becky", "Dan", "Diane", "Greg", "Jim", "Joe", "Martha", "Stewart")
ABANDONED_SHARE = 0.06
UNRESOLVED_SHARE = 0.06
RATED_SHARE = 0.5
RATING_SHARES = (0.05, 0.06, 0.10, 0.42, 0.37)


@dataclass(frozen=True)
class Calls:
    """One entry per call. `start` is local; where a call was not answered, speed, talk and rating say nothing.

    A rating of 0 means that the customer gave none; speed of answer and talk are seconds.
    """

    start: Times
    agent: Ints
    topic: Ints
    is_answered: Flags
    is_resolved: Flags
    speed: Ints
    talk: Ints
    rating: Ints


def make_calls(rng: np.random.Generator, total: int, days: Times, closed: Sequence[date]) -> Calls:
    """About `total` evening calls, none on the closed days."""
    start = starts(rng, total, days, EVENING, closed)
    count = start.size
    is_answered = rng.random(count) >= ABANDONED_SHARE
    is_resolved = is_answered & (rng.random(count) >= UNRESOLVED_SHARE)
    rating = np.where(rng.random(count) < RATED_SHARE, rng.choice(5, count, p=RATING_SHARES) + 1, 0)
    shares = np.array([share for _, share, _, _ in EVENING_TOPICS])
    return Calls(
        start=start,
        agent=rng.integers(0, len(AGENTS), count),
        topic=rng.choice(shares.size, count, p=shares / shares.sum()),
        is_answered=is_answered,
        is_resolved=is_resolved,
        speed=np.minimum(1 + np.round(rng.lognormal(2.2, 0.9, count)).astype(np.int64), 300),
        talk=np.minimum(20 + np.round(rng.lognormal(5.25, 0.5, count)).astype(np.int64), 3500),
        rating=rating,
    )
