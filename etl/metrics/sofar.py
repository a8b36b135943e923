"""How much of a period was known at a point of it: what had happened by then, and what of it had been delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from etl.calendar import Period
from etl.config import Settings
from etl.engines import Engine
from etl.metrics.answer import Where
from etl.metrics.base import FACT_TABLES, FactName, Metric, Part
from etl.metrics.catalogue import settings_of
from etl.metrics.filters import DAYS, Statement, conditions
from etl.metrics.marts import sum_expression
from etl.metrics.nowcast import Known
from etl.vocabulary import UNKNOWN, Dimension

OF_LEGS = (
    "SELECT legs.contact_key, MIN(records.first_delivered_to) AS first_delivered_to FROM core_interactions AS legs "
    "JOIN core_records AS records ON records.record_key = legs.record_key "
    "WHERE legs.business_day BETWEEN ? AND ? GROUP BY legs.contact_key"
)
OF_RECORDS = "SELECT record_key, first_delivered_to FROM core_records WHERE business_day BETWEEN ? AND ?"
DELIVERED: Mapping[FactName, tuple[str, str]] = {
    "contacts": ("contact_key", OF_LEGS),
    "interactions": ("record_key", OF_RECORDS),
    "scores": ("record_key", OF_RECORDS),
    "reviews": ("record_key", OF_RECORDS),
    "volumes": ("record_key", OF_RECORDS),
    "posts": ("record_key", OF_RECORDS),
}
"""For the facts whose rows count from their own delivery on: their key, and when each was first delivered."""


@dataclass(frozen=True)
class Cut:
    """A point of a period for one source: the last day that counts, and on it the instant (UTC); None is its end.

    `delivered_at` is the end of the delivery that was the newest then; None where no delivery tells.
    """

    period: Period
    source: str
    last_day: date
    until: datetime | None = None
    delivered_at: datetime | None = None


def at_share(period: Period, share: float, source: str, zone: str) -> Cut:
    """The point at which a share of a period's time is over."""
    begin, end = local_instant(period.start, time(), zone), local_instant(period.end + timedelta(days=1), time(), zone)
    until = begin + share * (end - begin)
    return Cut(period, source, min(local_day(until, zone), period.end), until)


def known(
    engine: Engine, settings: Settings, metric: Metric, cuts: Sequence[Cut], by: Sequence[Dimension], where: Where
) -> dict[tuple[date, tuple[str, ...]], Known]:
    """What each period and group held at its cuts and holds now, by the period's first day; empty ones are left out."""
    statement = _statement(metric, cuts, by, where, settings)
    places = 1 + len(by)
    return {
        (row[0], tuple(row[1:places])): Known(int(row[places]), int(row[places + 1]))
        for row in engine.rows(statement.sql, statement.parameters)
    }


def local_instant(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC, without a zone) of a local day and time."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


def local_time(instant: datetime, zone: str) -> datetime:
    """The local day and time of an instant (UTC, without a zone), without a zone, too."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def local_day(instant: datetime, zone: str) -> date:
    """The local day of an instant (UTC, without a zone)."""
    return local_time(instant, zone).date()


def _statement(
    metric: Metric, cuts: Sequence[Cut], by: Sequence[Dimension], where: Where, settings: Settings
) -> Statement:
    """Columns: the period's first day, the groups, the sum up to the cut, the whole sum."""
    part, filtered = metric.parts[0], conditions(where)
    first, last = min(cut.period.start for cut in cuts), max(cut.period.end for cut in cuts)
    is_delivered = any(cut.delivered_at for cut in cuts)
    key, delivered = DELIVERED.get(metric.fact, ("", ""))
    before = f"fact.business_day <= cuts.last_day AND coalesce(fact.{metric.clock} < cuts.until_at, TRUE)"
    if is_delivered:
        before += " AND coalesce(delivered.first_delivered_to <= cuts.delivered_at, TRUE)"
    then = Part("then", f"({part.where}) AND {before}", part.excluding, part.add)
    values = settings_of(metric, settings)
    groups = "".join(f", COALESCE(fact.{dimension.value}, '{UNKNOWN}') AS {dimension.value}" for dimension in by)
    places = ", ".join(str(place) for place in range(1, len(by) + 2))
    joined = f" LEFT JOIN ({delivered}) AS delivered ON delivered.{key} = fact.{key}" if is_delivered else ""
    row = "(CAST(? AS DATE), CAST(? AS DATE), ?, CAST(? AS DATE), CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP))"
    return Statement(
        f"SELECT cuts.start_day{groups}, {sum_expression(then, values)}, {sum_expression(part, values)} "
        f"FROM {FACT_TABLES[metric.fact]} AS fact JOIN (VALUES {', '.join([row] * len(cuts))}) "
        "AS cuts(start_day, end_day, source, last_day, until_at, delivered_at) "
        f"ON cuts.source = fact.source AND fact.business_day BETWEEN cuts.start_day AND cuts.end_day{joined} "
        f"WHERE {DAYS} AND {filtered.sql} GROUP BY {places}",
        [
            *(value for cut in cuts for value in _values(cut)),
            *((first, last) if is_delivered else ()),
            first, last, *filtered.parameters,
        ],
    )  # fmt: skip


def _values(cut: Cut) -> tuple[object, ...]:
    return cut.period.start, cut.period.end, cut.source, cut.last_day, cut.until, cut.delivered_at
