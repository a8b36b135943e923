"""Counts of calls a quarter of an hour, a day or any other interval, as long as most records are apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from etl.errors import FileRefused
from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.telephony.clocks import DATES, read_time
from etl.sources.telephony.columns import cells

LONGEST = 7 * 86_400
EPOCH = re.compile(r"1\d{9}(\d{3})?")  # seconds or milliseconds
TIMES = (("DateTime",), ("Date", "Interval"), ("Date",))


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the interval of this file, and with its queue in the key where it counts by queue.

    Raises FileRefused when the records do not tell how long an interval is.
    """
    columns = next((names for names in TIMES if all(cells(source, head, name) for name in names)), TIMES[0])
    parts = [cells(source, head, name) for name in columns]
    named = [" ".join(text or "" for text in cut) for cut in zip(*parts, strict=False)]
    epoch: Literal["", "auto"] = "auto" if named and all(map(EPOCH.fullmatch, named)) else ""
    states_zone = not epoch and all(map(_states_zone, named))
    event = replace(source.event, columns=columns, states_zone=states_zone, epoch=epoch)
    target = source.targets[0]
    length = Field("constant", value=_interval(named, ", ".join(event.columns)))
    key = (*event.columns, *(("Queue",) if cells(source, head, "Queue") else ()))
    fields = {**target.fields, "interval_seconds": length}
    return replace(source, key=key, event=event, targets=(replace(target, fields=fields),))


def _interval(texts: Sequence[str | None], columns: str) -> int:
    """The most frequent distance of one time to the next, in seconds."""
    times = sorted({time for text in texts if (time := _seconds(text)) is not None})
    distances = Counter(int(later - earlier) for earlier, later in zip(times, times[1:], strict=False))
    length = min(distances, key=lambda distance: (-distances[distance], distance), default=0)
    if not 0 < length <= LONGEST:
        raise FileRefused(
            f"column {columns}: found {len(times)} different times; expected at least two, at most a week apart, "
            "that tell how long an interval is. Export more intervals at once."
        )
    return length


def _states_zone(text: str) -> bool:
    try:
        return datetime.fromisoformat(text.strip()).tzinfo is not None
    except ValueError:
        return False


def _seconds(text: str | None) -> float | None:
    if text and EPOCH.fullmatch(text):
        return int(text) / (1000 if len(text) > len("1700000000") else 1)
    try:
        told = datetime.fromisoformat((text or "").strip())
    except ValueError:
        written = (text, f"{text} 00:00")
        return next((time for at in written for date in DATES if (time := read_time(at, date)) is not None), None)
    return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()


ALIASES = {
    "DateTime": (
        "datetime", "date_time", "Date Time", "Date/Time", "timestamp", "Timestamp", "interval_start",
        "Interval Start", "interval_begin", "IntervalStart", "start_interval",
    ),
    "Date": ("date", "Day", "day", "Datum"),
    "Interval": ("interval", "Time", "time", "Half Hour", "Quarter Hour", "Uhrzeit"),
    "Calls": (
        "calls", "Call Volume", "call_volume", "CallVolume", "calls_offered", "Calls Offered", "Offered",
        "offered", "incoming_calls", "Incoming Calls", "num_calls", "number_of_calls", "call_count", "Call Count",
        "Anrufe",
    ),
    "Queue": ("queue", "queue_name", "Skill", "skill", "Split"),
    "Answered": ("answered", "Answered Calls", "answered_calls", "calls_answered", "Calls Answered", "Handled"),
    "Abandoned": ("abandoned", "Abandoned Calls", "abandoned_calls", "calls_abandoned", "Calls Abandoned"),
}  # fmt: skip

SOURCE = Source(
    name="call_volumes_interval",
    title="Calls an interval",
    form="table",
    required=("DateTime", "Calls"),
    signatures=(
        ("Date", "Interval", "Calls"),
        ("Date", "Interval", "Calls", "Answered", "Abandoned"),
        ("Date", "Calls"),
    ),
    optional=("Queue", "Answered", "Abandoned"),
    ignored=("rownames", "index"),
    aliases=ALIASES,
    key=("DateTime",),
    event=Field("when", ("DateTime",)),
    specialise=complete,
    targets=(
        Target(
            "volumes",
            {
                "channel": Field("constant", value="phone"),
                "direction": Field("constant", value="inbound"),
                "interval_seconds": Field("constant", value=0),
                "queue": Field("text", ("Queue",)),
                "contact_count": Field("count", ("Calls",)),
                "offered_count": Field("count", ("Calls",)),
                "answered_count": Field("count", ("Answered",)),
                "abandoned_count": Field("count", ("Abandoned",)),
            },
        ),
    ),
)
