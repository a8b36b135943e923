"""How long the intervals of a report are: told by ranges of time, by their ends, or by how far apart they begin."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from etl.errors import FileRefused
from etl.sources.telephony.clocks import DATES, read_time

LONGEST = 7 * 86_400
MOST_OFFSETS = 2
MOST = 0.5  # the others are totals, or broken
DAY = 86_400
EPOCH = re.compile(r"1\d{9}(\d{3})?")  # seconds or milliseconds
CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
# From and to: 09:00-09:30, or each with its half of the day. `9:00 - 9:30 PM` leaves the first one's half open.
RANGE = rf"\b({CLOCK}(?:\s*[AaPp][Mm])?)\s*(?:-|–|—|to|bis|until|à|a)\s*({CLOCK}(?:\s*[AaPp][Mm])?)$"
SPAN = re.compile(RANGE)


def spans_of(texts: Sequence[str], *, is_sure: bool) -> list[tuple[str, str]]:
    """From and to where most are ranges; in one column `09:00-05:00` is rather an offset, which hardly ever changes."""
    filled = [text.strip() for text in texts if text.strip()]
    found = [match for text in filled if (match := SPAN.search(text))]
    ends = {match[2] for match in found}
    are_most = bool(found) and len(found) >= MOST * len(filled)
    return [(match[1], match[2]) for match in found] if are_most and (is_sure or len(ends) > MOST_OFFSETS) else []


def length_of(spans: Sequence[tuple[str, str]]) -> int:
    """The usual seconds from one time of day to another; 09:00-09:29 are 30 minutes, as its last one counts."""
    lengths = Counter(int(end - start) % DAY for start, end in _times_of_day(spans))
    length = max(lengths, key=lambda seconds: lengths[seconds], default=0)
    missing = next((short for short in (60, 1) if length % 300 == 300 - short), 0)
    return length + missing


def _times_of_day(spans: Sequence[tuple[str, str]]) -> Iterator[tuple[float, float]]:
    for ends in spans:
        start, end = (seconds_of(f"2000-01-01 {text}".replace("24:00", "00:00")) for text in ends)
        if start is not None and end is not None:
            yield start, end


def until(starts: Sequence[str], ends: Sequence[str | None]) -> int:
    """The usual seconds to the end of an interval, where a column tells it."""
    pairs = zip(map(seconds_of, starts), map(seconds_of, ends), strict=False)
    lengths = Counter(int(end - start) for start, end in pairs if start is not None and end is not None)
    length = max(lengths, key=lambda seconds: lengths[seconds], default=0)
    return length if 0 < length <= LONGEST else 0


def most_frequent(texts: Sequence[str | None], columns: str) -> int:
    """The most frequent distance of one time to the next, in seconds.

    Raises FileRefused where the times tell none.
    """
    times = sorted({time for text in texts if (time := seconds_of(text)) is not None})
    distances = Counter(int(later - earlier) for earlier, later in zip(times, times[1:], strict=False))
    length = min(distances, key=lambda distance: (-distances[distance], distance), default=0)
    if not 0 < length <= LONGEST:
        raise FileRefused(
            f"column {columns}: found {len(times)} different times; expected at least two, at most a week apart, "
            "that tell how long an interval is. Export more intervals at once."
        )
    return length


def states_zone(text: str) -> bool:
    """Whether a time says how far it is from UTC."""
    try:
        return datetime.fromisoformat(text.strip()).tzinfo is not None
    except ValueError:
        return False


def seconds_of(text: str | None) -> float | None:
    """Seconds from 1970 to a day or a time; None of what is neither."""
    if text and EPOCH.fullmatch(text):
        return int(text) / (1000 if len(text) > len("1700000000") else 1)
    try:
        told = datetime.fromisoformat((text or "").strip())
    except ValueError:
        written = (text, f"{text} 00:00")
        return next((time for at in written for date in DATES if (time := read_time(at, date)) is not None), None)
    return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
