"""Survey answers: who answers after which contact, and scores drawn so that a planned score is met exactly."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np

from etl.demo.contacts import Contacts
from etl.demo.customers import BUSINESS, CONSUMER, SEGMENTS, Customers
from etl.demo.facts import month_before
from etl.demo.season import Flags, Ints, Times, end_of

CONSUMER_SHARE, CONSUMER_SHARE_AFTER = 0.55, 0.75
TARGETS = {CONSUMER: 0.04, BUSINESS: 0.60}
PASSIVE_SHARE = 0.26
RISE = 0.025
MONTHLY_NOISE = 0.012
LONGEST_LAG, MEAN_LAG = 40 * 3600, 7 * 3600
NIGHT_HOURS = 7

_SCORES = (((0, 1, 2, 3, 4, 5, 6), (5, 2, 3, 4, 5, 10, 12)), ((7, 8), (9, 11)), ((9, 10), (9, 11)))
_SATISFACTION = ((0.27, 0.25, 0.20, 0.22, 0.06), (0.01, 0.03, 0.07, 0.54, 0.35), (0.0, 0.005, 0.015, 0.30, 0.68))


@dataclass(frozen=True)
class Answers:
    """One entry per finished answer: the position of its contact, the local time, recommendation 0-10,
    satisfaction 1-5."""

    contact: Ints
    at: Times
    nps: Ints
    csat: Ints

    def take(self, index: Ints | Flags) -> "Answers":
        """The answers at these positions, or where the flag stands."""
        return Answers(**{column.name: getattr(self, column.name)[index] for column in fields(self)})


def make_answers(
    rng: np.random.Generator,
    contacts: Contacts,
    finish: Times,
    asked: Flags,
    customers: Customers,
    total: int,
    end: date,
    mix_month: date | None,
) -> Answers:
    """About `total` answers, at most one per customer and calendar month, one of them on the last day.

    In the mix month and after it consumers are three quarters of the answers, before it about half.
    """
    at = _answered_at(rng, finish)
    eligible = np.flatnonzero(asked & (at < end_of(end)))
    anchor = eligible[-1]
    at[anchor] = _on_last_day(finish[anchor], end)
    order = np.concatenate([[anchor], rng.permutation(eligible[:-1])])
    order = _one_a_month(order, at, contacts.customer)
    segment = customers.segment[contacts.customer]
    share = total / order.size
    nets: dict[tuple[date, int], float] = {}
    parts = []
    for month, of_month in _by_month(order, at):
        has_shifted = mix_month is not None and month >= mix_month
        for kind, chosen in _quotas(of_month, segment, share, has_shifted):
            before = nets.get((month_before(month), kind)) if month == mix_month else None
            bands = _bands(rng, chosen.size, TARGETS[kind] + (RISE if has_shifted else 0), before)
            nets[month, kind] = float((bands == 2).sum() - (bands == 0).sum()) / max(1, chosen.size)
            parts.append(_scored(rng, _by_mood(rng, contacts, chosen), at, bands))
    return _in_order(parts)


def mix_shift(answers: Answers, contacts: Contacts, customers: Customers, month: date) -> dict[str, Any]:
    """What the finished answers of the month and of the one before say, as printed by the demo."""
    months = answers.at.astype("datetime64[M]")
    segment = customers.segment[contacts.customer[answers.contact]]
    spans = {"before": month_before(month), "after": month}
    chosen = {name: months == np.datetime64(first, "M") for name, first in spans.items()}
    segments = {
        label: {
            **{f"nps_{name}": _net(answers.nps[mask & (segment == kind)]) for name, mask in chosen.items()},
            **{f"share_{name}": round(float((segment[mask] == kind).mean()), 4) for name, mask in chosen.items()},
        }
        for kind, label in enumerate(SEGMENTS)
    }
    return {
        "metric": "nps",
        "dimension": "segment",
        "period": f"{month:%Y-%m}",
        "versus": f"{month_before(month):%Y-%m}",
        **{f"nps_{name}": _net(answers.nps[mask]) for name, mask in chosen.items()},
        "segments": segments,
    }


def _net(scores: Ints) -> float:
    return round(100 * float((scores >= 9).mean() - (scores <= 6).mean()), 2)


def _answered_at(rng: np.random.Generator, finish: Times) -> Times:
    """Ten minutes to two days after the contact, never at night, when clocks may be set back or forth."""
    lag = np.minimum(600 + rng.exponential(MEAN_LAG, finish.size), LONGEST_LAG).astype(np.int64)
    at: Times = finish + lag.astype("timedelta64[s]")
    hour = (at - at.astype("datetime64[D]")).astype(np.int64) // 3600
    at += np.where(hour < NIGHT_HOURS, NIGHT_HOURS * 3600, 0).astype("timedelta64[s]")
    return at


def _on_last_day(finish: np.datetime64, end: date) -> np.datetime64:
    noon, latest = np.datetime64(end, "s") + np.timedelta64(12, "h"), end_of(end) - np.timedelta64(10, "m")
    return min(max(finish + np.timedelta64(600, "s"), noon), latest)


def _one_a_month(order: Ints, at: Times, customer: Ints) -> Ints:
    """The contacts in the same order, without later ones of a customer who has already answered in the month."""
    months = at[order].astype("datetime64[M]").astype(np.int64)
    _, first = np.unique(months * (customer.max() + 1) + customer[order], return_index=True)
    kept: Ints = order[np.sort(first)]
    return kept


def _by_month(order: Ints, at: Times) -> Iterator[tuple[date, Ints]]:
    months = at[order].astype("datetime64[M]")
    for month in np.unique(months):
        yield month.astype("datetime64[D]").item(), order[months == month]


def _quotas(of_month: Ints, segment: Ints, share: float, has_shifted: bool) -> Iterator[tuple[int, Ints]]:
    """The first contacts of each segment, as many as its share of the month's answers; the mix never gives way."""
    consumer_share = CONSUMER_SHARE_AFTER if has_shifted else CONSUMER_SHARE
    wanted = of_month.size * share
    pools = {kind: of_month[segment[of_month] == kind] for kind in (CONSUMER, BUSINESS)}
    shares = {CONSUMER: consumer_share, BUSINESS: 1 - consumer_share}
    scale = min(1.0, *(pools[kind].size / (wanted * shares[kind]) for kind in pools))
    for kind, pool in pools.items():
        # At least the first one, so that the answer of the last day is never lost to rounding.
        yield kind, pool[: max(1, round(wanted * shares[kind] * scale))]


def _bands(rng: np.random.Generator, count: int, target: float, before: float | None) -> Ints:
    """0 for each detractor, then 1 for each passive, then 2 for each promoter.

    With a score `before` the net is at least RISE above it, whatever the rounding.
    """
    if before is None:
        net = round(count * (target + rng.normal(0, MONTHLY_NOISE)))
    else:
        net = int(np.ceil(count * (before + RISE)))
    promoters = min(count, max(0, net, round((count * (1 - PASSIVE_SHARE) + net) / 2)))
    detractors = min(max(0, promoters - net), count - promoters)
    return np.repeat((0, 1, 2), (detractors, count - promoters - detractors, promoters))


def _by_mood(rng: np.random.Generator, contacts: Contacts, chosen: Ints) -> Ints:
    """The contacts from the least to the most content customer; who was not helped is rarely content."""
    mood = rng.normal(size=chosen.size) - 2.4 * ~contacts.is_resolved[chosen]
    ordered: Ints = chosen[np.argsort(mood, kind="stable")]
    return ordered


def _scored(rng: np.random.Generator, chosen: Ints, at: Times, bands: Ints) -> Answers:
    nps, csat = np.zeros(chosen.size, dtype=np.int64), np.zeros(chosen.size, dtype=np.int64)
    for band, ((scores, weights), satisfaction) in enumerate(zip(_SCORES, _SATISFACTION, strict=True)):
        mine = bands == band
        nps[mine] = rng.choice(scores, int(mine.sum()), p=np.array(weights) / sum(weights))
        csat[mine] = rng.choice(5, int(mine.sum()), p=satisfaction) + 1
    return Answers(chosen, at[chosen], nps, csat)


def _in_order(parts: list[Answers]) -> Answers:
    joined = Answers(
        **{column.name: np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Answers)}
    )
    return joined.take(np.argsort(joined.at, kind="stable"))
