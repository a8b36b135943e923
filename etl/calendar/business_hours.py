"""Business time: how long somebody was there between two instants, by opening hours, holidays and the local clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from etl.calendar.series import Days

Interval: TypeAlias = tuple[int, int]
"""Seconds after midnight on the wall clock: from opening to closing, which lies on the next day when not later."""
Instants: TypeAlias = NDArray[np.datetime64[Any]]
SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_WEEKDAY = 3
"""1 January 1970 was a Thursday."""


@dataclass(frozen=True)
class OpeningHours:
    """When a team is there: the intervals of each weekday (Monday first) in a zone, none on `holidays`.

    Open is what the clock on the wall says: an hour that the clock repeats counts twice, one that it skips not at all.
    """

    zone: str
    weekly: tuple[tuple[Interval, ...], ...]
    holidays: frozenset[date] = frozenset()


def business_seconds(starts: Instants, ends: Instants, hours: OpeningHours) -> NDArray[np.float64]:
    """The seconds of opening time between pairs of instants (UTC); 0 when the end is earlier, NaN where one is NaT."""
    is_missing = np.isnat(starts) | np.isnat(ends)
    begins, finishes = (_microseconds(instants[~is_missing]) for instants in (starts, ends))
    found = np.full(len(starts), np.nan)
    if begins.size:
        opens, closes = open_spans(hours, int(begins.min()), int(max(begins.max(), finishes.max())))
        length = _open_before(opens, closes, finishes) - _open_before(opens, closes, begins)
        found[~is_missing] = np.maximum(length, 0) / SECOND
    return found


def open_spans(hours: OpeningHours, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """From when until when it is open between two instants (microseconds of UTC since 1970), in order and apart."""
    opens, closes = _on_the_wall(hours, first // DAY - 2, last // DAY + 2)
    pieces = []
    for begin, end, offset in _clocks(ZoneInfo(hours.zone), first // DAY - 1, last // DAY + 2):
        piece = np.stack([np.clip(opens - offset, begin, end), np.clip(closes - offset, begin, end)])
        pieces.append(piece[:, piece[0] < piece[1]])
    found = np.concatenate(pieces, axis=1)
    return found[0], found[1]


def _on_the_wall(hours: OpeningHours, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Opening and closing by the local clock for the days (since 1970) of a span; what overlaps is one."""
    days = np.arange(first, last + 1)
    epoch = Days().index(EPOCH.date())
    closed = np.array([Days().index(day) - epoch for day in hours.holidays], dtype=np.int64)
    is_open = ~np.isin(days, closed)
    pieces = [np.empty((2, 0), dtype=np.int64)]
    for weekday, intervals in enumerate(hours.weekly):
        own = days[is_open & ((days + FIRST_WEEKDAY) % 7 == weekday)] * DAY
        for begin, end in intervals:
            pieces.append(np.stack([own + begin * SECOND, own + end * SECOND + (DAY if end <= begin else 0)]))
    opens, closes = np.concatenate(pieces, axis=1)
    order = np.argsort(opens, kind="stable")
    opens, reach = opens[order], np.maximum.accumulate(closes[order])
    is_new = np.ones(len(opens), dtype=bool)
    is_new[1:] = opens[1:] > reach[:-1]
    return opens[is_new], reach[np.append(is_new[1:], True)[: len(opens)]]


def _clocks(zone: ZoneInfo, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Where the zone keeps one offset between two days (since 1970): begin, end and offset in microseconds."""
    begin = first * DAY
    offset = _offset(zone, begin)
    for day in range(first + 1, last + 1):
        if _offset(zone, day * DAY) != offset:
            change = _change(zone, (day - 1) * DAY, day * DAY)
            yield begin, change, offset
            begin, offset = change, _offset(zone, day * DAY)
    yield begin, last * DAY, offset


def _change(zone: ZoneInfo, early: int, late: int) -> int:
    """The instant between two at which the zone takes the offset of the later one."""
    after = _offset(zone, late)
    while late - early > SECOND:
        middle = (early + late) // (2 * SECOND) * SECOND
        early, late = (early, middle) if _offset(zone, middle) == after else (middle, late)
    return late


def _offset(zone: ZoneInfo, instant: int) -> int:
    offset = (EPOCH + timedelta(microseconds=instant)).astimezone(zone).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)


def _open_before(opens: NDArray[np.int64], closes: NDArray[np.int64], instants: NDArray[np.int64]) -> NDArray[np.int64]:
    """How much of the open time lies before each instant."""
    if not opens.size:
        return np.zeros(len(instants), dtype=np.int64)
    lengths = closes - opens
    before = np.cumsum(lengths) - lengths
    place = np.searchsorted(opens, instants, side="right") - 1
    inside = np.clip(instants - opens[place], 0, lengths[place])
    return np.where(place < 0, 0, before[place] + inside)


def _microseconds(instants: Instants) -> NDArray[np.int64]:
    return instants.astype("datetime64[us]").astype(np.int64)
