"""How each contact was handled: waits, talk, hold and wrap-up in whole seconds, and who took it over."""

from dataclasses import dataclass, fields

import numpy as np

from etl.demo.contacts import CHAT, EMAIL, PHONE, Contacts
from etl.demo.season import Flags, Floats, Ints, Times

BUSY_SHARE = 0.055
SHORT_ABANDON_SHARE = 0.1
LONGEST_EMAIL_WAIT = 20 * 3600
LONGEST_WAIT = 1500
HOLD_SHARE = 0.22
TRANSFER_SHARE = 0.06
RECORD_DELAY = 68

# By channel, phone, chat, e-mail: the median and the spread (sigma of the logarithm).
_WAIT = np.array(((6.5, 1.0), (7.5, 0.9), (1300.0, 0.95)))
_TALK = np.array(((262.0, 0.58), (420.0, 0.5), (280.0, 0.5)))
_WRAP = np.array(((48.0, 0.6), (30.0, 0.6), (22.0, 0.5)))
_BEFORE_QUEUE = np.array(((14, 70), (2, 9), (1, 4)))


@dataclass(frozen=True)
class Handling:
    """One entry per contact, seconds. `before_queue` is the time in the menu; the `second_` ones belong to the
    agent who took a transferred contact over."""

    before_queue: Ints
    wait: Ints
    talk: Ints
    hold: Ints
    hold_count: Ints
    wrap: Ints
    is_transferred: Flags
    second_wait: Ints
    second_talk: Ints
    second_wrap: Ints

    def take(self, index: Ints | Flags) -> "Handling":
        """The entries at these positions, or where the flag stands."""
        return Handling(**{column.name: getattr(self, column.name)[index] for column in fields(self)})

    def finish(self, contacts: Contacts) -> Times:
        """The local time at which the last record of each contact was written."""
        second = self.is_transferred * (self.second_wait + self.second_talk + self.second_wrap)
        seconds = self.before_queue + self.wait + self.talk + self.hold + self.wrap + second + 2 * RECORD_DELAY
        times: Times = contacts.start + seconds.astype("timedelta64[s]")
        return times


def handle(rng: np.random.Generator, contacts: Contacts, is_storm: Flags) -> Handling:
    """Draw every duration; during the storm nobody waits for less than half a minute."""
    channel, count = contacts.channel, len(contacts)
    answered = ~contacts.is_abandoned
    low, high = _BEFORE_QUEUE[channel].T
    wait = _waits(rng, contacts)
    wait[is_storm] = np.minimum(30 + np.round(rng.lognormal(5.2, 0.7, int(is_storm.sum()))), LONGEST_WAIT)
    wait[contacts.is_outbound] = 0
    held = answered & (channel == PHONE) & (rng.random(count) < HOLD_SHARE)
    transferred = (channel != EMAIL) & answered & ~contacts.is_outbound & (rng.random(count) < TRANSFER_SHARE)
    return Handling(
        before_queue=rng.integers(low, high),
        wait=wait,
        talk=np.where(answered, _seconds(rng, _TALK[channel]) + 5, 0),
        hold=np.where(held, np.round(rng.lognormal(3.7, 0.7, count)).astype(np.int64) + 1, 0),
        hold_count=np.where(held, 1 + (rng.random(count) < 0.2), 0),
        wrap=np.where(answered, _seconds(rng, _WRAP[channel]), 0),
        is_transferred=transferred,
        second_wait=_seconds(rng, _WAIT[np.minimum(channel, CHAT)]),
        second_talk=_seconds(rng, _TALK[channel]) + 5,
        second_wrap=_seconds(rng, _WRAP[channel]),
    )


def _waits(rng: np.random.Generator, contacts: Contacts) -> Ints:
    """Short ones as a rule, long ones in a busy minute; who gives up does so after about a minute, some at once."""
    channel, count = contacts.channel, len(contacts)
    wait = _seconds(rng, _WAIT[channel])
    busy = (channel != EMAIL) & (rng.random(count) < BUSY_SHARE)
    wait = np.where(busy, rng.integers(60, 400, count), wait)
    patience = 6 + np.round(rng.lognormal(4.0, 0.8, count)).astype(np.int64)
    short = rng.random(count) < SHORT_ABANDON_SHARE
    wait = np.where(contacts.is_abandoned, np.where(short, rng.integers(1, 6, count), patience), wait)
    longest = np.where(channel == EMAIL, LONGEST_EMAIL_WAIT, LONGEST_WAIT)
    waits: Ints = np.minimum(wait, longest)
    return waits


def _seconds(rng: np.random.Generator, shape: Floats) -> Ints:
    """Log-normal whole seconds; `shape` holds a median and a sigma per entry."""
    drawn: Ints = np.round(shape[:, 0] * rng.lognormal(0, 1, len(shape)) ** shape[:, 1]).astype(np.int64)
    return drawn
