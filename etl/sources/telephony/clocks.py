"""The server's clock of a call log: ids that hold a UTC second tell its zone, and whether day or month comes first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from etl.sources.texts import literal, quoted

DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%y", "%m/%d/%y",
    "%d-%m-%y", "%m-%d-%y", "%d.%m.%y",
)  # fmt: skip
TIMES = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M:%S %p", "%I:%M %p")
STEP = 900  # zones differ by quarters of an hour
SLACK = 90  # a time without seconds lies up to a minute before the id was made
FRESH = 300
HOUR = 3600
ZONES = range(-12 * HOUR, 14 * HOUR + 1)
ENOUGH = 0.4  # transferred calls and corrected clocks differ


@dataclass(frozen=True)
class Clock:
    """How a log writes its dates, and how many seconds its clock is ahead of UTC."""

    date: str
    ahead: int


def read_time(text: str | None, date: str) -> float | None:
    """Seconds from 1970 to a time, by the clock that wrote it."""
    for separator in (" ", "T"):
        for time in TIMES:
            try:
                told = datetime.strptime(f"{(text or '').strip()} +0000", f"{date}{separator}{time} %z")
            except ValueError:
                continue
            return told.timestamp()
    return None


def is_time(text: str | None) -> bool:
    """Whether a text is a date with a time in any of the known orders."""
    return any(read_time(text, date) is not None for date in DATES)


def told_clock(pairs: Iterable[tuple[str | None, float | None]]) -> Clock | None:
    """The clock on which most times lie just after the UTC second of their id; None if there is no such clock."""
    known = [(text, second) for text, second in pairs if text and second]
    best: tuple[int, Clock | None] = (0, None)
    for date in DATES:
        gaps = [local - second for text, second in known if (local := read_time(text, date)) is not None]
        ahead = Counter(zone for gap in gaps if (zone := offset_of(gap)) is not None)
        zone, votes = max(ahead.items(), key=lambda found: found[1], default=(0, 0))
        if votes > best[0]:
            best = (votes, Clock(date, zone))
    return best[1] if best[0] >= ENOUGH * len(known) else None


def offset_of(gap: float, most: int = FRESH) -> int | None:
    """The offset from UTC of a clock by which something happened `gap` seconds after an id was made.

    None if that is more than `most` seconds after, or if no zone is so far off.
    """
    offset = int((gap + SLACK) // STEP * STEP)
    return offset if offset in ZONES and gap - offset < most else None


def local_time(column: str, date: str) -> str:
    """SQL: the text of a column as a time of the server's clock."""
    forms = ", ".join(literal(f"{date}{separator}{time}") for separator in (" ", "T") for time in TIMES)
    return f"try_strptime(trim({quoted(column)}), [{forms}])"


def utc_time(column: str, started: str, second: str, clock: Clock) -> str:
    """SQL: the time of a column in UTC, by the clock as it was when the call with the id of `second` started.

    Summer time moves the clock by an hour: of three offsets that one holds by which the call started just after its
    id was made. A call whose record is split off later keeps the usual one.
    """
    gap = f"(epoch({local_time(started, clock.date)}) - {second})"
    later, usual, earlier = clock.ahead + HOUR, clock.ahead, clock.ahead - HOUR
    ahead = (
        f"CASE WHEN {gap} - ({later}) BETWEEN -{SLACK} AND {FRESH} THEN {later} "
        f"WHEN {gap} - ({earlier}) BETWEEN -{SLACK} AND {HOUR // 2} THEN {earlier} ELSE {usual} END"
    )
    return f"({local_time(column, clock.date)} - to_seconds({ahead}))"
