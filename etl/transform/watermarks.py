"""How far each source has delivered: its watermark, whether it is still active, and the days it left out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

from etl.calendar.clock import start_of_day
from etl.config import Settings
from etl.engines import Connection

LATENESS_DELIVERIES = 20
LATENESS_SHARE = 0.95
ACTIVE_DAYS = 14
ACTIVE_GAPS = 3
SAME_WEEKDAYS = 8
USUAL_RECORDS = 10


@dataclass(frozen=True)
class Delivered:
    """What the ledger and the records say of one source."""

    source: str
    records_by_day: Mapping[date, int]
    newest_event_at: datetime
    delivery_days: Sequence[date]
    lateness_days: int
    title: str
    handle_parts: str
    zone: str
    is_zone_assumed: bool

    @property
    def first_day(self) -> date:
        """First day with records."""
        return min(self.records_by_day)

    @property
    def watermark(self) -> date | None:
        """The last full local day before the newest event, minus the lateness; None before the first full day."""
        day = max(self.delivery_days) - timedelta(days=1 + self.lateness_days)
        return day if day >= self.first_day else None

    @property
    def active_days(self) -> float:
        """How many days its watermark may trail the newest before it counts as stale."""
        days = sorted(set(self.delivery_days))
        gaps = [(later - earlier).days for earlier, later in zip(days, days[1:], strict=False)]
        return max(ACTIVE_DAYS, ACTIVE_GAPS * median(gaps) if gaps else 0)


def gaps(records_by_day: Mapping[date, int], first: date, last: date) -> list[date]:
    """Days from first to last without records whose last 8 same weekdays have a median of at least 10."""
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    found = []
    for day in days:
        before = [day - timedelta(weeks=week) for week in range(1, SAME_WEEKDAYS + 1)]
        usual = [records_by_day.get(earlier, 0) for earlier in before if earlier >= first]
        if not records_by_day.get(day) and usual and median(usual) >= USUAL_RECORDS:
            found.append(day)
    return found


def refresh(connection: Connection, settings: Settings) -> None:
    """Rebuild core_sources and core_gaps from the ledger and the records; all sources, as they judge each other.

    The days that a watermark passed come into scope: they count now, or no longer, though no file touched them.
    """
    held = dict(connection.execute("SELECT source, watermark_day FROM core_sources").fetchall())
    delivered = _delivered(connection)
    newest = max((source.watermark for source in delivered if source.watermark), default=None)
    connection.execute("DELETE FROM core_sources")
    connection.execute("DELETE FROM core_gaps")
    for source in delivered:
        _touch_passed(connection, source, held.get(source.source))
        connection.execute(
            "INSERT INTO core_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                source.source, sum(source.records_by_day.values()), source.first_day, source.newest_event_at,
                source.watermark, _end_of(source.watermark, settings.zone), source.lateness_days,
                source.title, source.handle_parts, _is_active(source, newest, settings),
                source.zone, source.is_zone_assumed,
            ],
        )  # fmt: skip
        if source.watermark:
            left_out = gaps(source.records_by_day, source.first_day, source.watermark)
            if left_out:
                connection.executemany(
                    "INSERT INTO core_gaps VALUES (?, ?)", [[source.source, day] for day in left_out]
                )


def _touch_passed(connection: Connection, source: Delivered, held: date | None) -> None:
    """Bring the days between the watermark held and the new one into scope."""
    low, high = sorted((held or date.min, source.watermark or date.min))
    connection.execute(
        "INSERT INTO scope_days SELECT DISTINCT business_day FROM core_records "
        "WHERE source = ? AND business_day > ? AND business_day <= ?",
        [source.source, low, high],
    )


def _is_active(source: Delivered, newest: date | None, settings: Settings) -> bool:
    declared = settings.sources.get(source.source, {}).get("active")
    if declared is not None:
        return bool(declared)
    if source.watermark is None or newest is None:
        return False
    return (newest - source.watermark).days <= source.active_days


def _end_of(day: date | None, zone: str) -> datetime | None:
    if day is None:
        return None
    return start_of_day(day + timedelta(days=1), zone)


def _delivered(connection: Connection) -> list[Delivered]:
    by_day: dict[str, dict[date, int]] = defaultdict(dict)
    counts = "SELECT source, business_day, count(*) FROM core_records GROUP BY ALL"
    for source, day, count in connection.execute(counts).fetchall():
        by_day[source][day] = count
    loads = connection.execute(
        """
        SELECT source, max(newest_event_at), list(newest_day ORDER BY newest_day),
            arg_max(title, load_id), arg_max(handle_parts, load_id),
            arg_max(zone, load_id), arg_max(is_zone_assumed, load_id)
        FROM core_loads WHERE newest_day IS NOT NULL GROUP BY source ORDER BY source
        """
    ).fetchall()
    return [
        Delivered(source, by_day[source], newest, days, _lateness(connection, source), title, parts, zone, is_assumed)
        for source, newest, days, title, parts, zone, is_assumed in loads
        if source in by_day
    ]


def _lateness(connection: Connection, source: str) -> int:
    """The 95th percentile of the days by which records trailed an earlier delivery's newest event.

    It is 0 while there are fewer than 20 deliveries; the oldest of them trails nothing that is looked at.
    """
    deliveries = connection.execute(
        "SELECT newest_event_at, max(newest_day) FROM core_loads WHERE source = ? AND newest_event_at IS NOT NULL "
        "GROUP BY newest_event_at ORDER BY newest_event_at DESC LIMIT ?",
        [source, LATENESS_DELIVERIES + 1],
    ).fetchall()
    if len(deliveries) < LATENESS_DELIVERIES:
        return 0
    trailing: dict[int, int] = defaultdict(int)
    for (end, _), (_, earlier_day) in zip(deliveries, deliveries[1:], strict=False):
        counted = connection.execute(
            "SELECT greatest(0, ?::DATE - business_day) AS late_days, count(*) FROM core_records "
            "WHERE source = ? AND first_delivered_to = ? GROUP BY late_days",
            [earlier_day, source, end],
        ).fetchall()
        for days, count in counted:
            trailing[int(days)] += count
    return _percentile(trailing)


def _percentile(counts: Mapping[int, int]) -> int:
    rank, seen = ceil(LATENESS_SHARE * sum(counts.values())), 0
    for days in sorted(counts):
        seen += counts[days]
        if seen >= rank:
            return days
    return 0
