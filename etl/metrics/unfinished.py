"""Fills the nowcast of unfinished periods: finds the point they have come to, and the same point of earlier ones."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from etl.calendar import Calendar, Period
from etl.config import Settings
from etl.engines import Engine
from etl.metrics.answer import Row, SourceState, Where
from etl.metrics.base import Metric
from etl.metrics.coverage import Coverage
from etl.metrics.kinds import Count
from etl.metrics.nowcast import FEWEST, MOST, Known, Nowcast, nowcast
from etl.metrics.sofar import DELIVERED, Cut, known, local_day, local_instant, local_time
from etl.metrics.summing import Group
from etl.vocabulary import Dimension, Grain

LOOK_BACK = 4 * MOST
"""So many periods back at most are looked through for comparable ones."""
NEAR = timedelta(days=1)
"""A delivery tells what was known at an instant when its newest event lies this near."""
LATER_DECIDES = "not foretold: later records decide what counts"
NOTHING_YET = "nothing of it is delivered yet"
FRIDAY = 4


@dataclass(frozen=True)
class Point:
    """How far a period has come: its last day that counts, and on it the instant; None is the end of that day."""

    period: Period
    last_day: date
    until: datetime | None


class Unfinished:
    """Nowcasts on one generation."""

    def __init__(self, engine: Engine, settings: Settings, calendar: Calendar) -> None:
        """`calendar` is the company's."""
        self._engine = engine
        self._settings = settings
        self._calendar = calendar

    def filled(
        self, metric: Metric, rows: Sequence[Row], grain: Grain, by: Sequence[Dimension], where: Where,
        coverage: Coverage, *, fiscal: bool = False,
    ) -> list[Row]:  # fmt: skip
        """The rows, those of unfinished periods of a count with their nowcast; a rate is shown so far, not nowcast."""
        if not isinstance(metric, Count) or not metric.is_additive or coverage.watermark is None:
            return list(rows)
        told: dict[tuple[date, Group], Nowcast] = {}
        groups = list(dict.fromkeys(_group(row) for row in rows))
        for start in dict.fromkeys(row.start for row in rows):
            period = self._calendar.period_of(start, grain, fiscal=fiscal)
            if period.start == start and period.end > coverage.watermark:
                found = self._of(metric, period, groups, by, where, coverage)
                told |= {(start, group): foretold for group, foretold in found.items()}
        return [replace(row, nowcast=told.get((row.start, _group(row)))) for row in rows]

    def _of(
        self, metric: Metric, period: Period, groups: Collection[Group], by: Sequence[Dimension], where: Where,
        coverage: Coverage,
    ) -> Mapping[Group, Nowcast]:  # fmt: skip
        active = [source for source in coverage.feeding if source.is_active and source.newest_at and source.first_day]
        point = self._point(period, active, coverage)
        reason = _reason(metric, period, coverage) or (None if point else NOTHING_YET)
        if reason or point is None:
            return dict.fromkeys(groups, Nowcast(None, None, None, 0, reason))
        earlier = self._same_points(point, self._comparable(period, active, coverage), active)
        now = [Cut(period, source.source, point.last_day, point.until) for source in active]
        cuts = [cut for cuts in (now, *earlier) for cut in cuts]
        found = known(self._engine, self._settings, metric, cuts, by, where)
        none = Known(0, 0)
        return {
            group: nowcast(
                [found.get((cuts[0].period.start, group), none) for cuts in earlier],
                found.get((period.start, group), none).so_far,
            )
            for group in groups
        }

    def _point(self, period: Period, active: Sequence[SourceState], coverage: Coverage) -> Point | None:
        """Whole days as far as all have delivered them; before the first whole day, up to the newest event of all."""
        if coverage.watermark and coverage.watermark >= period.start:
            return Point(period, coverage.watermark, None)
        newest = min((source.newest_at for source in active if source.newest_at), default=None)
        if newest is None:
            return None
        newest = newest.replace(tzinfo=None)
        day = local_day(newest, self._settings.zone)
        if day < period.start:
            return None
        if day > period.end:
            return Point(period, period.end, None)
        return Point(period, day, newest + timedelta(microseconds=1))

    def _comparable(self, period: Period, active: Sequence[SourceState], coverage: Coverage) -> list[Period]:
        """Earlier complete periods, newest first: of days those of its kind, none in which a source began."""
        found = []
        for back in range(1, LOOK_BACK + 1):
            earlier = self._calendar.shift(period, -back)
            if coverage.first_day is None or earlier.start < coverage.first_day:
                break
            begun = any(source.first_day and earlier.start < source.first_day <= earlier.end for source in active)
            if kind(earlier) == kind(period) and not begun and coverage.reach(earlier.start, earlier.end).is_complete:
                found.append(earlier)
        return found

    def _same_points(self, point: Point, periods: Sequence[Period], active: Sequence[SourceState]) -> list[list[Cut]]:
        """For each of the last periods its cuts, a source each, oldest first.

        Where enough periods were delivered while they ran, only those tell, by what had been delivered at that age;
        else all tell, by what had happened.
        """
        all_cuts = [[self._cut(point, period, source) for source in active] for period in periods]
        telling = [cuts for cuts in all_cuts if all(cut.delivered_at for cut in cuts)]
        if len(telling) < FEWEST:
            telling = [[replace(cut, delivered_at=None) for cut in cuts] for cuts in all_cuts]
        return telling[:MOST][::-1]

    def _cut(self, point: Point, period: Period, source: SourceState) -> Cut:
        """The same point of an earlier period: the same share of its days, the same time, the same age of the load."""
        zone, share = self._settings.zone, period.days / point.period.days
        days = (point.last_day - point.period.start).days
        if point.until is None:
            last_day = period.start + timedelta(days=max(1, round((days + 1) * share)) - 1)
            until = None
        else:
            last_day = period.start + timedelta(days=round(days * share))
            until = local_instant(last_day, local_time(point.until, zone).time(), zone)
        if source.newest_at is None:
            return Cut(period, source.source, last_day, until)
        newest = local_time(source.newest_at.replace(tzinfo=None), zone)
        age = newest.date() - point.last_day
        end = self._delivery_near(source.source, local_instant(last_day + age, newest.time(), zone))
        return Cut(period, source.source, last_day, until, end)

    def _delivery_near(self, source: str, instant: datetime) -> datetime | None:
        """The end of the delivery whose newest event lies nearest an instant, at most a day away."""
        ends = self._deliveries.get(source, [])
        place = bisect_left(ends, instant)
        near = [end for end in ends[max(0, place - 1) : place + 1] if abs(end - instant) <= NEAR]
        return min(near, key=lambda end: abs(end - instant), default=None)

    @cached_property
    def _deliveries(self) -> Mapping[str, list[datetime]]:
        """For each source the ends of its deliveries, oldest first."""
        found: dict[str, list[datetime]] = {}
        select = (
            "SELECT DISTINCT source, newest_event_at FROM core_loads WHERE newest_event_at IS NOT NULL ORDER BY 1, 2"
        )
        for source, end in self._engine.rows(select):
            found.setdefault(source, []).append(end)
        return found


def _reason(metric: Metric, period: Period, coverage: Coverage) -> str | None:
    """Why there can be no nowcast: rows that are decided later, or a source that stopped inside the period."""
    if metric.fact not in DELIVERED:
        return LATER_DECIDES
    stopped = [
        f"without {source.source} since {source.watermark + timedelta(days=1)}"
        for source in coverage.feeding
        if not source.is_active and source.watermark and period.start <= source.watermark < period.end
    ]
    return ", ".join(stopped) or None


def kind(period: Period) -> int:
    """Working days, Saturdays and Sundays are not comparable with each other; of other grains all are."""
    return max(0, period.start.weekday() - FRIDAY) if period.grain is Grain.DAY else 0


def _group(row: Row) -> Group:
    return tuple(value for _, value in row.group)
