"""Contacts by phone, chat and e-mail as columns, and who makes them when, about what, with which outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from etl.demo.customers import Customers
from etl.demo.season import OFFICE, Flags, Floats, Ints, Times, starts
from etl.demo.topics import (
    CHANNEL_SHARES,
    CHANNELS,
    OVERFLOW,
    PRODUCTS,
    QUEUES,
    TOPICS,
    queue_index,
)
from etl.vocabulary import Channel

PHONE, CHAT, EMAIL = (CHANNELS.index(channel) for channel in (Channel.PHONE, Channel.CHAT, Channel.EMAIL))
OVERFLOW_SHARE = 0.01
OUTBOUND_SHARE = 0.02
ABANDONED_SHARES = np.array((0.072, 0.055, 0.0))
UNRESOLVED_SHARE = 0.062
IDENTIFIED_SHARES = np.array((0.94, 0.96, 0.97))
WITHHELD_SHARE = 0.25
_CHANNEL_OF_QUEUE = np.array([CHANNELS.index(queue.channel) for queue in QUEUES])
_QUEUE_OF = np.array([[queue_index(topic, channel) for channel in CHANNELS] for topic in TOPICS])


@dataclass(frozen=True)
class Contacts:
    """One entry per contact. `start` is local; `customer`, `topic` and `queue` are indexes.

    `is_identified`: the customer's id was recorded; `is_withheld`: the caller's number was not.
    `is_resolved` says nothing where `is_abandoned`.
    """

    start: Times
    customer: Ints
    topic: Ints
    queue: Ints
    is_outbound: Flags
    is_identified: Flags
    is_withheld: Flags
    is_abandoned: Flags
    is_resolved: Flags

    def __len__(self) -> int:
        """How many contacts there are."""
        return int(self.start.size)

    @property
    def channel(self) -> Ints:
        """The index of the channel that each contact's queue serves."""
        channels: Ints = _CHANNEL_OF_QUEUE[self.queue]
        return channels

    @property
    def has_failed(self) -> Flags:
        """Whether nobody answered, or the answer did not help."""
        return self.is_abandoned | ~self.is_resolved

    def take(self, index: Ints | Flags) -> "Contacts":
        """The contacts at these positions, or where the flag stands."""
        return Contacts(**{column.name: getattr(self, column.name)[index] for column in fields(self)})


def appended(parts: Sequence[Contacts]) -> Contacts:
    """All contacts of the parts, one part after the other."""
    return Contacts(
        **{column.name: np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(Contacts)}
    )


def ordinary_contacts(rng: np.random.Generator, customers: Customers, total: int, days: Times) -> Contacts:
    """About `total` contacts of an undisturbed company, ordered by start; the last one is a phone call."""
    start = starts(rng, total, days, OFFICE, last_day=3)
    customer = rng.choice(len(customers), start.size, p=customers.habit)
    channel = rng.choice(len(CHANNELS), start.size, p=CHANNEL_SHARES)
    channel[-1] = PHONE
    topic = _topics(rng, customers.product[customer])
    return with_outcomes(rng, start, customer, topic, _queues(rng, topic, channel))


def with_outcomes(rng: np.random.Generator, start: Times, customer: Ints, topic: Ints, queue: Ints) -> Contacts:
    """These contacts with the usual shares of outbound, unidentified, abandoned and unresolved ones."""
    count = start.size
    channel = _CHANNEL_OF_QUEUE[queue]
    is_outbound = (channel == PHONE) & (rng.random(count) < OUTBOUND_SHARE)
    is_identified = is_outbound | (rng.random(count) < IDENTIFIED_SHARES[channel])
    return Contacts(
        start=start,
        customer=customer,
        topic=topic,
        queue=queue,
        is_outbound=is_outbound,
        is_identified=is_identified,
        is_withheld=(channel == PHONE) & ~is_identified & (rng.random(count) < WITHHELD_SHARE),
        is_abandoned=~is_outbound & (rng.random(count) < ABANDONED_SHARES[channel]),
        is_resolved=is_outbound | (rng.random(count) >= UNRESOLVED_SHARE),
    )


def _topics(rng: np.random.Generator, product: Ints) -> Ints:
    topic = np.zeros(product.size, dtype=np.int64)
    for index, name in enumerate(PRODUCTS):
        mine = product == index
        topic[mine] = rng.choice(len(TOPICS), int(mine.sum()), p=_topic_shares(name))
    return topic


def _topic_shares(product: str) -> Floats:
    weights = np.array([topic.weight if product in topic.products else 0.0 for topic in TOPICS])
    shares: Floats = weights / weights.sum()
    return shares


def _queues(rng: np.random.Generator, topic: Ints, channel: Ints) -> Ints:
    queue: Ints = _QUEUE_OF[topic, channel]
    queue[(channel == PHONE) & (rng.random(topic.size) < OVERFLOW_SHARE)] = OVERFLOW
    return queue
