"""The hours of a local day: 24 of them, or 23 or 25 where the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def start_of_day(day: date, zone: str) -> datetime:
    """The instant (UTC, without a zone) at which a local day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def hours_of(first: date, last: date, zone: str) -> float:
    """How many hours pass from the beginning of one local day to the end of another: what a per-hour figure is over."""
    return (start_of_day(last + timedelta(days=1), zone) - start_of_day(first, zone)) / timedelta(hours=1)


def hour_labels(day: date, zone: str) -> tuple[str, ...]:
    """What the clock says at the beginning of each hour that passes, with its zone where it says so twice."""
    begin = start_of_day(day, zone).replace(tzinfo=UTC)
    count = -(-(start_of_day(day + timedelta(days=1), zone) - start_of_day(day, zone)) // timedelta(hours=1))
    clock = [(begin + timedelta(hours=hour)).astimezone(ZoneInfo(zone)) for hour in range(count)]
    said = [f"{moment:%H:%M}" for moment in clock]
    return tuple(
        f"{words} {moment.tzname()}" if said.count(words) > 1 else words
        for words, moment in zip(said, clock, strict=True)
    )
