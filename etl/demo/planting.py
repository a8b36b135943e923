"""Facts made true in the contacts: extra failures in bad weeks, quiet in all others, a storm, repeats."""

from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from etl.demo.contacts import CHAT, Contacts, appended, with_outcomes
from etl.demo.customers import Customers
from etl.demo.facts import STORM_QUEUE, Breakdown, Facts
from etl.demo.season import OFFICE, Flags, Ints, Times, day_of, monday_of, within
from etl.demo.topics import PRODUCTS, QUEUES, TOPIC_CODES, TOPICS, WEB_CHAT
from etl.vocabulary import Channel

BAD_TO_NORMAL = 5
FEWEST_EXTRA = 14
NORMAL_FAILED_SHARE = 0.14
ABANDONED_OF_EXTRA = 0.3
QUIET_FAILED_SHARE = 0.135
STORM_SURGE = 2
FEWEST_STORM_CALLS = 24
STORM_ABANDONED_SHARE = 0.72
REPEATS_AFTER_FAILURE, REPEATS_OTHERWISE = 0.35, 0.03
SAME_DAY_SHARE = 0.4
REPEAT_TO_CHAT_SHARE = 0.15


def plant(rng: np.random.Generator, contacts: Contacts, customers: Customers, facts: Facts) -> Contacts:
    """The contacts with the bad weeks of each breakdown and the surge of the storm added, quiet weeks kept quiet."""
    extra = [_bad_weeks(rng, contacts, customers, breakdown) for breakdown in facts.breakdowns]
    if facts.storm:
        extra.append(_surge(rng, contacts, customers, facts.storm))
    if facts.fix:
        extra.append(_bad_weeks(rng, contacts, customers, facts.fix.breakdown))
    return _quietened(appended([contacts, *extra]), facts)


def repeated(rng: np.random.Generator, contacts: Contacts, facts: Facts, days: Times) -> Contacts:
    """The contacts and those that follow them within a week: after a failure often, else rarely.

    A contact of a planted cell in a quiet week is followed only if it had failed anyway.
    """
    chance = np.where(contacts.has_failed, REPEATS_AFTER_FAILURE, REPEATS_OTHERWISE)
    chance[contacts.is_outbound | (in_quiet_weeks(contacts, facts) & ~contacts.has_failed)] = 0
    parents = contacts.take(rng.random(len(contacts)) < chance)
    start = _later(rng, parents)
    inside = start < (days[-1] + np.timedelta64(1, "D"))
    parents, start = parents.take(inside), start[inside]
    to_chat = rng.random(len(parents)) < REPEAT_TO_CHAT_SHARE
    repeats = with_outcomes(rng, start, parents.customer, parents.topic, np.where(to_chat, WEB_CHAT, parents.queue))
    repeats = replace(repeats, is_identified=parents.is_identified, is_outbound=np.zeros_like(to_chat))
    repeats = replace(repeats, is_withheld=parents.is_withheld & (repeats.channel != CHAT))
    return _quietened(appended([contacts, repeats]), facts, most_per_week=0, only=len(contacts))


def stormed(rng: np.random.Generator, contacts: Contacts, storm: tuple[date, ...]) -> Contacts:
    """The contacts with most calls of the storm's days unanswered."""
    calls = np.flatnonzero(in_storm(contacts, storm))
    unanswered = rng.permutation(calls)[: int(np.ceil(STORM_ABANDONED_SHARE * calls.size))]
    is_abandoned = contacts.is_abandoned.copy()
    is_abandoned[unanswered] = True
    return replace(contacts, is_abandoned=is_abandoned)


def in_storm(contacts: Contacts, storm: tuple[date, ...]) -> Flags:
    """Which contacts are inbound calls to the storm's queue on the storm's days."""
    days = np.array(storm, dtype="datetime64[D]")
    found: Flags = (contacts.queue == STORM_QUEUE) & ~contacts.is_outbound & np.isin(day_of(contacts.start), days)
    return found


def in_cell(contacts: Contacts, breakdown: Breakdown) -> Flags:
    """Which contacts are about the breakdown's topic in the breakdown's queue."""
    found: Flags = (contacts.topic == breakdown.topic) & (contacts.queue == breakdown.queue)
    return found


def in_quiet_weeks(contacts: Contacts, facts: Facts) -> Flags:
    """Which contacts lie in the cell of a planted breakdown, outside its bad weeks."""
    quiet = np.zeros(len(contacts), dtype=np.bool_)
    mondays = monday_of(contacts.start)
    for breakdown in facts.all_breakdowns:
        quiet |= in_cell(contacts, breakdown) & ~np.isin(mondays, _mondays(breakdown))
    return quiet


def _mondays(breakdown: Breakdown) -> Times:
    return np.array(breakdown.weeks, dtype="datetime64[D]")


def _a_week(contacts: Contacts, breakdown: Breakdown) -> float:
    """How many contacts the breakdown's cell has in a week that is not bad."""
    mondays, bad = monday_of(contacts.start), _mondays(breakdown)
    weeks = np.setdiff1d(mondays, bad).size
    return float((in_cell(contacts, breakdown) & ~np.isin(mondays, bad)).sum()) / weeks


def _bad_weeks(rng: np.random.Generator, contacts: Contacts, customers: Customers, breakdown: Breakdown) -> Contacts:
    a_week = _a_week(contacts, breakdown)
    count = max(FEWEST_EXTRA, round(BAD_TO_NORMAL * NORMAL_FAILED_SHARE * a_week))
    products = [PRODUCTS.index(product) for product in TOPICS[breakdown.topic].products]
    people = np.flatnonzero(np.isin(customers.product, products))
    days = _mondays(breakdown).repeat(count) + _weekdays(rng, count * len(breakdown.weeks))
    affected = [rng.choice(people, count, replace=False) for _ in breakdown.weeks]
    total = count * len(breakdown.weeks)
    is_abandoned = (rng.random(total) < ABANDONED_OF_EXTRA) & (QUEUES[breakdown.queue].channel is not Channel.EMAIL)
    return Contacts(
        start=within(rng, days, OFFICE),
        customer=np.concatenate(affected),
        topic=np.full(total, breakdown.topic),
        queue=np.full(total, breakdown.queue),
        is_outbound=np.zeros(total, dtype=np.bool_),
        is_identified=np.ones(total, dtype=np.bool_),
        is_withheld=np.zeros(total, dtype=np.bool_),
        is_abandoned=is_abandoned,
        is_resolved=is_abandoned,
    )


def _weekdays(rng: np.random.Generator, count: int) -> NDArray[np.timedelta64]:
    """Days after Monday, as often as each weekday is busy."""
    shares = np.asarray(OFFICE.weekdays) / sum(OFFICE.weekdays)
    return rng.choice(7, count, p=shares).astype("timedelta64[D]")


def _surge(rng: np.random.Generator, contacts: Contacts, customers: Customers, storm: tuple[date, ...]) -> Contacts:
    """Calls of customers whose handle is known, so that the same people can be seen in public."""
    people = np.flatnonzero(customers.is_linked)
    normal = int(in_storm(contacts, storm).sum())
    total = min(max(FEWEST_STORM_CALLS, STORM_SURGE * normal), people.size)
    days = np.array(storm, dtype="datetime64[D]")[np.arange(total) % len(storm)]
    topic = TOPIC_CODES.index("invoice_wrong")
    return Contacts(
        start=within(rng, days, OFFICE),
        customer=rng.choice(people, total, replace=False),
        topic=np.full(total, topic),
        queue=np.full(total, STORM_QUEUE),
        is_outbound=np.zeros(total, dtype=np.bool_),
        is_identified=np.ones(total, dtype=np.bool_),
        is_withheld=np.zeros(total, dtype=np.bool_),
        is_abandoned=np.zeros(total, dtype=np.bool_),
        is_resolved=np.ones(total, dtype=np.bool_),
    )


def _quietened(contacts: Contacts, facts: Facts, most_per_week: int | None = None, only: int = 0) -> Contacts:
    """The contacts with a cap on the failures of each planted cell in its quiet weeks, from position `only` on.

    Without it three planted histories of a hundred weeks would hold a chance signal too often.
    """
    is_abandoned, is_resolved = contacts.is_abandoned.copy(), contacts.is_resolved.copy()
    mondays = monday_of(contacts.start)
    later = np.arange(len(contacts)) >= only
    for breakdown in facts.all_breakdowns:
        most = most_per_week
        if most is None:
            most = int(np.ceil(QUIET_FAILED_SHARE * _a_week(contacts, breakdown))) + 1
        quiet = in_cell(contacts, breakdown) & ~np.isin(mondays, _mondays(breakdown)) & contacts.has_failed & later
        failed = np.flatnonzero(quiet)
        surplus = failed[_rank_within(mondays[failed]) >= most]
        is_abandoned[surplus], is_resolved[surplus] = False, True
    return replace(contacts, is_abandoned=is_abandoned, is_resolved=is_resolved)


def _rank_within(groups: Times) -> Ints:
    """The position of each element among the elements of its own group, from 0."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    first = np.searchsorted(ordered, ordered, side="left")
    rank = np.empty(groups.size, dtype=np.int64)
    rank[order] = np.arange(groups.size) - first
    return rank


def _later(rng: np.random.Generator, parents: Contacts) -> Times:
    """When the same customers come back: within two hours, or at some hour of the next five days."""
    soon = parents.start + rng.integers(900, 7200, len(parents)).astype("timedelta64[s]")
    days = day_of(parents.start) + rng.integers(1, 6, len(parents)).astype("timedelta64[D]")
    times: Times = np.where(rng.random(len(parents)) < SAME_DAY_SHARE, soon, within(rng, days, OFFICE))
    return times
