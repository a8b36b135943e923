"""When a local day begins, also where the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def start_of_day(day: date, zone: str) -> datetime:
    """The instant (UTC, without a zone) at which a local day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def repeated_spans(zone: str, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """The spans between two instants, all in UTC without a zone, in which a clock shows again what it just showed."""
    clock, day, spans = ZoneInfo(zone), timedelta(days=1), []
    start = first.replace(tzinfo=UTC) - day
    while start <= last.replace(tzinfo=UTC):
        back = _offset(clock, start) - _offset(clock, start + day)
        if back > timedelta(0):
            turn = _turn(clock, start, start + day).replace(tzinfo=None)
            spans.append((turn, turn + back))
        start += day
    return spans


def _offset(clock: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(clock).utcoffset() or timedelta(0)


def _turn(clock: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant, to the second, at which a clock is put back between two others."""
    low, high, earlier = int(before.timestamp()), int(after.timestamp()), _offset(clock, before)
    while high - low > 1:
        middle = (low + high) // 2
        is_before = _offset(clock, datetime.fromtimestamp(middle, UTC)) == earlier
        low, high = (middle, high) if is_before else (low, middle)
    return datetime.fromtimestamp(high, UTC)
