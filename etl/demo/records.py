"""Contacts as Amazon Connect delivers them: one record per leg, some of them twice, some corrected later."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from etl.demo.contacts import Contacts
from etl.demo.handling import RECORD_DELAY, Handling
from etl.demo.season import Flags, Ints, Times, in_utc

REDELIVERED_SHARE = 0.005
CORRECTED_SHARE = 0.003
NEXT_FILE_SHARE = 0.4
_DASHES = (8, 13, 18, 23)


@dataclass(frozen=True)
class Records:
    """One entry per delivered line: `contact` is the position of its contact, the ids are 36 bytes of text.

    Times are UTC; `answered` lies where the agent was connected or the customer gave up. An empty id is null.
    """

    contact: Ints
    is_second: Flags
    contact_id: NDArray[np.bytes_]
    initial_id: NDArray[np.bytes_]
    previous_id: NDArray[np.bytes_]
    next_id: NDArray[np.bytes_]
    start: Times
    queued: Times
    answered: Times
    ended: Times
    wrapped: Times
    updated: Times
    wait: Ints
    talk: Ints
    hold: Ints
    hold_count: Ints
    wrap: Ints

    def __len__(self) -> int:
        """How many lines there are."""
        return int(self.contact.size)

    def take(self, index: Ints) -> "Records":
        """The entries at these positions."""
        return Records(**{column.name: getattr(self, column.name)[index] for column in fields(self)})


def make_records(rng: np.random.Generator, contacts: Contacts, handling: Handling, zone: str) -> Records:
    """One record per contact and one more per transfer, ordered by the contact's start."""
    first_ids, second_ids = contact_ids(rng, len(contacts)), contact_ids(rng, len(contacts))
    moved = handling.is_transferred
    none = np.full(len(contacts), b"", dtype="S36")
    first = _leg(
        in_utc(contacts.start, zone),
        handling.before_queue,
        (handling.wait, handling.talk, handling.hold, handling.hold_count, handling.wrap),
        (first_ids, none, none, np.where(moved, second_ids, none)),
        is_second=False,
    )
    zero = np.zeros(len(contacts), dtype=np.int64)
    second = _leg(
        first.ended,
        zero,
        (handling.second_wait, handling.second_talk, zero, zero, handling.second_wrap),
        (second_ids, first_ids, first_ids, none),
        is_second=True,
    ).take(np.flatnonzero(moved))
    both = Records(
        **{
            column.name: np.concatenate([getattr(first, column.name), getattr(second, column.name)])
            for column in fields(Records)
        }
    )
    return both.take(np.lexsort((both.is_second, contacts.start[both.contact])))


def delivered(rng: np.random.Generator, records: Records, file_of: Ints, until: np.datetime64) -> tuple[Records, Ints]:
    """The lines of all files in order, and the file of each: some records come twice, in their own or in the next
    file, and some again in the next with more wrap-up and a later update, before the UTC moment `until`."""
    chance = rng.random(len(records))
    last = int(file_of.max())
    again = np.flatnonzero(chance < REDELIVERED_SHARE)
    fixable = (chance > 1 - CORRECTED_SHARE) & (records.wrap > 0)
    corrected = np.flatnonzero(fixable & (records.updated < until - np.timedelta64(1, "h")))
    line = np.concatenate([np.arange(len(records)), again, corrected])
    is_correction = np.arange(line.size) >= len(records) + again.size
    is_again = (np.arange(line.size) >= len(records)) & ~is_correction
    files = np.minimum(file_of[line] + (is_correction | (is_again & (rng.random(line.size) < NEXT_FILE_SHARE))), last)
    order = np.argsort(files, kind="stable")
    return _corrected(rng, records.take(line[order]), is_correction[order], until), files[order]


def contact_ids(rng: np.random.Generator, count: int) -> NDArray[np.bytes_]:
    """Random version 4 UUIDs in their usual form."""
    digits = np.frombuffer(rng.bytes(16 * count).hex().encode(), dtype=np.uint8).reshape(count, 32)
    text = np.full((count, 36), ord("-"), dtype=np.uint8)
    text[:, [place for place in range(36) if place not in _DASHES]] = digits
    text[:, 14] = ord("4")
    text[:, 19] = np.frombuffer(b"89ab", dtype=np.uint8)[rng.integers(0, 4, count)]
    ids: NDArray[np.bytes_] = text.view("S36").ravel()
    return ids


def _leg(
    start: Times,
    before_queue: Ints,
    durations: tuple[Ints, Ints, Ints, Ints, Ints],
    ids: tuple[NDArray[np.bytes_], ...],
    is_second: bool,
) -> Records:
    wait, talk, hold, hold_count, wrap = durations
    queued = start + before_queue.astype("timedelta64[s]")
    answered = queued + wait.astype("timedelta64[s]")
    ended = answered + (talk + hold).astype("timedelta64[s]")
    wrapped = ended + wrap.astype("timedelta64[s]")
    contact_id, initial_id, previous_id, next_id = ids
    return Records(
        contact=np.arange(start.size),
        is_second=np.full(start.size, is_second),
        contact_id=contact_id,
        initial_id=initial_id,
        previous_id=previous_id,
        next_id=next_id,
        start=start,
        queued=queued,
        answered=answered,
        ended=ended,
        wrapped=wrapped,
        updated=wrapped + np.timedelta64(RECORD_DELAY, "s"),
        wait=wait,
        talk=talk,
        hold=hold,
        hold_count=hold_count,
        wrap=wrap,
    )


def _corrected(rng: np.random.Generator, records: Records, is_correction: Flags, until: np.datetime64) -> Records:
    added = np.where(is_correction, rng.integers(15, 180, len(records)), 0).astype("timedelta64[s]")
    later = np.where(is_correction, rng.integers(3600, 3 * 86_400, len(records)), 0).astype("timedelta64[s]")
    columns = {column.name: getattr(records, column.name) for column in fields(records)}
    columns["wrap"] = records.wrap + added.astype(np.int64)
    columns["wrapped"] = records.wrapped + added
    latest = np.maximum(until - np.timedelta64(1, "s"), records.updated)
    columns["updated"] = np.minimum(records.updated + later, latest)
    return Records(**columns)
