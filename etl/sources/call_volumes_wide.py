"""Counts of calls a day in one row, its intervals side by side: a column for 09:00, one for 09:30 and so on.

A column is named by where its interval begins, with or without its end; as long as most are apart they last. What
stands in no such column, such as a total, is no count of an interval.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from etl.sources.base import Field, Source, Target
from etl.sources.documents.parts import first, text
from etl.sources.telephony.intervals import RANGE, SPAN, length_of
from etl.sources.telephony.lengths import spelt

DAYS = spelt("Date", "Day", "Datum", "Fecha", "Data", "Jour")
BEGINS = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::00)?\s*(?P<half>[AaPp][Mm])?")
NOON, LAST_HOUR, HOUR = 12, 23, 60


def counts(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The intervals of one day."""
    day = first(*(text(document, name) for name in DAYS))
    queue = first(*(text(document, name) for name in QUEUES))
    begins = {column: begin for column in document if (begin := _begin(column))}
    length = _length(begins)
    for column, begin in begins.items():
        yield {
            "key": f"{day} {begin}|{queue}" if queue else f"{day} {begin}",
            "day": day,
            "begin": begin,
            "queue": queue,
            "calls": text(document, column),
            "interval_seconds": str(length) if length else None,
        }


def _begin(column: str) -> str:
    """The time of day at which the interval of a column begins, as hh:mm; empty for any other column."""
    read = BEGINS.fullmatch(re.sub(RANGE, r"\1", column.strip()))
    if not read:
        return ""
    hour = int(read["hour"])
    if read["half"]:
        hour = hour % NOON + (NOON if read["half"].lower() == "pm" else 0)
    return f"{hour:02}:{read['minute']}" if hour <= LAST_HOUR else ""


def _length(begins: Mapping[str, str]) -> int:
    """The length that the names of the columns tell; else the shortest time from one to the next."""
    ranges = length_of([(read[1], read[2]) for column in begins if (read := SPAN.search(column.strip()))])
    times = sorted(_minutes(begin) for begin in begins.values())
    return ranges or 60 * min((later - earlier for earlier, later in pairwise(times) if later > earlier), default=0)


def _minutes(begin: str) -> int:
    return 60 * int(begin[:2]) + int(begin[3:])


def _written(hour: int) -> tuple[str, ...]:
    """The ways in which a column names the interval that begins with an hour before noon, whatever its length."""
    begins = f"{hour}:00"
    ends = [f"{hour + (minute == HOUR)}:{minute % HOUR:02}" for minute in (5, 10, 15, 30, HOUR, 4, 9, 14, 29, HOUR - 1)]
    ranges = [(f"{begins}{half}", f"{end}{half}") for half in ("", " AM", "AM") for end in ends]
    ranges += [(f"{begins} AM", "12:00 PM"), (f"{begins}AM", "12:00PM")]
    marked = [f"{begin}{mark}{end}" for begin, end in ranges for mark in ("-", " - ", "–", " – ", " to ", " bis ")]
    return (f"{begins}:00", f"{begins} AM", f"{begins}AM", *marked)


QUEUES = spelt("Queue", "Queue Name", "Skill", "Split", "Warteschlange", "Cola")
SOURCE = Source(
    name="call_volumes_wide",
    title="Calls an interval, a day a row",
    form="json",
    required=("Date", "10:00", "11:00"),
    aliases={"Date": DAYS, "10:00": _written(10), "11:00": _written(11)},
    key=("key",),
    event=Field("when", ("day", "begin")),
    flatten=counts,
    targets=(
        Target(
            "volumes",
            {
                "channel": Field("constant", value="phone"),
                "direction": Field("constant", value="inbound"),
                "interval_seconds": Field("count", ("interval_seconds",)),
                "queue": Field("text", ("queue",)),
                "contact_count": Field("count", ("calls",)),
                "offered_count": Field("count", ("calls",)),
            },
        ),
    ),
)
