"""Keeps what each generation reports of complete periods, so that later changes of history can be told openly."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa

from etl.calendar import Period
from etl.config import Settings
from etl.engines import Connection, DuckEngine
from etl.metrics.answer import LOCAL_ANALYST, Question
from etl.metrics.ask import WarehouseAsk
from etl.metrics.base import Metric, Sums
from etl.metrics.catalogue import METRICS
from etl.metrics.coverage import Coverage
from etl.metrics.kinds import Balance
from etl.metrics.reported import settings_words, version_of
from etl.metrics.summing import Found, Summing, empty_sums
from etl.schema import TABLES
from etl.vocabulary import Grain
from etl.warehouse import Published

REPORTED = tuple(metric for metric in METRICS.values() if not metric.hidden_under)
"""All but the confidential ones: two reports of one period would tell what the answer between them was."""
MOST_SPANS = 4
"""From more stretches of days than this on, all between the first and the last are summed at once."""
TYPES = {
    "VARCHAR": pa.string(), "DATE": pa.date32(), "DOUBLE": pa.float64(), "BIGINT": pa.int64(),
    "INTEGER": pa.int32(), "TIMESTAMP": pa.timestamp("us"),
}  # fmt: skip
CHANGED = """
    INSERT INTO core_reported SELECT found.* FROM found LEFT JOIN (
        SELECT metric, grain, start_day, end_day, value, n,
            row_number() OVER (PARTITION BY metric, grain, start_day, end_day ORDER BY generation DESC) AS place
        FROM core_reported) AS held
    ON held.place = 1 AND held.metric = found.metric AND held.grain = found.grain
        AND held.start_day = found.start_day AND held.end_day = found.end_day
    WHERE held.n IS NULL OR held.n <> found.n OR held.value IS DISTINCT FROM found.value
"""


LastDays: TypeAlias = tuple[tuple[Grain, date], ...]


@dataclass(frozen=True)
class Held:
    """What is reported already of a metric: the last day of each grain, and under which definition."""

    last_days: Mapping[Grain, date]
    version: str
    settings: str


def note_reports(connection: Connection, settings: Settings, generation: int, is_full: bool) -> None:
    """Add the number of each complete period that this generation reports for the first time, or otherwise than before.

    Looked at are the periods of the days in scope and those that no report reaches yet; all of them when everything was
    worked out anew, and for a metric whose definition or settings are others now.
    """
    reports = Reports(connection, settings)
    rows = reports.rows(is_full)
    if not rows:
        return
    ((newest_load,),) = connection.execute("SELECT coalesce(max(load_id), 0) FROM core_loads").fetchall()
    stamp = (generation, datetime.now(UTC).replace(tzinfo=None), newest_load)
    stamped = [(*found[:6], *stamp, *found[6:]) for found in rows]
    columns = {
        column.name: pa.array(values, TYPES[column.type])
        for column, values in zip(TABLES["core_reported"], zip(*stamped, strict=True), strict=True)
    }
    connection.register("found", pa.table(columns))
    connection.execute(CHANGED)
    connection.unregister("found")


class Reports:
    """The numbers of complete periods, for the whole company."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        """`connection` is a generation whose marts are made."""
        engine = DuckEngine(connection)
        self._connection = connection
        self._settings = settings
        self._desk = WarehouseAsk(engine, Published(0, Path(), datetime.now(UTC)), settings, LOCAL_ANALYST)
        self._summing = Summing(engine, settings, self._desk.standing)
        self._coverages = {metric.name: self._desk.coverage(metric, ()) for metric in REPORTED}

    def rows(self, is_full: bool) -> list[tuple[object, ...]]:
        """Metric, grain, first and last day, value, base, version and settings of what is to be looked at."""
        first = min((source.first_day for source in self._desk.sources if source.first_day), default=None)
        as_of = self._desk.as_of
        if first is None or as_of is None:
            return []
        touched = [
            day for (day,) in self._connection.execute("SELECT DISTINCT business_day FROM scope_days").fetchall()
        ]
        held = {} if is_full else self._held()
        calendar = self._desk.calendar
        periods = [period for grain in Grain for period in calendar.between(first, as_of, grain)]
        changed = {calendar.period_of(day, grain) for day in touched for grain in Grain}
        together: dict[tuple[tuple[date, date], ...], list[tuple[Metric, Sequence[Period]]]] = {}
        for (coverage, last_days), metrics in self._alike(held).items():
            complete = _complete(coverage, dict(last_days), periods, changed)
            spans = ((first, as_of),) if is_full else tuple(_spans(complete))
            together.setdefault(spans, []).extend((metric, complete) for metric in metrics)
        return [row for spans, reports in together.items() for row in self._numbers(reports, spans)]

    def _held(self) -> Mapping[str, Held]:
        """What is reported already, by metric."""
        last: dict[str, dict[Grain, date]] = {}
        select = "SELECT metric, grain, max(end_day) FROM core_reported GROUP BY metric, grain"
        for metric, grain, day in self._connection.execute(select).fetchall():
            last.setdefault(metric, {})[Grain(grain)] = day
        latest = "arg_max(version, generation), arg_max(settings, generation)"
        definitions = self._connection.execute(f"SELECT metric, {latest} FROM core_reported GROUP BY metric").fetchall()
        return {metric: Held(last[metric], version, settings) for metric, version, settings in definitions}

    def _alike(self, held: Mapping[str, Held]) -> Mapping[tuple[Coverage, LastDays], list[Metric]]:
        """The metrics by what decides which of their periods to look at: their sources, and what is reported of them.

        Of a metric whose definition or settings are others now, nothing is.
        """
        found: dict[tuple[Coverage, LastDays], list[Metric]] = {}
        for metric in REPORTED:
            known = held.get(metric.name)
            is_known = known is not None and (known.version, known.settings) == self._definition(metric)
            last_days = tuple(sorted(known.last_days.items())) if known and is_known else ()
            found.setdefault((self._coverages[metric.name], last_days), []).append(metric)
        return found

    def _definition(self, metric: Metric) -> tuple[str, str]:
        return version_of(metric), settings_words(metric, self._settings)

    def _numbers(
        self, reports: Sequence[tuple[Metric, Sequence[Period]]], spans: Sequence[tuple[date, date]]
    ) -> Iterator[tuple[object, ...]]:
        """The numbers of metrics in their periods, all of which lie in some spans of days."""
        days = self._days([metric for metric, _ in reports if _adds_up(metric)], spans)
        for metric, complete in reports:
            definition = self._definition(metric)
            sums = None if _adds_up(metric) else self._by_period(metric, complete)
            nothing = empty_sums(metric)
            for period in complete:
                found = sums[period] if sums else _added_up(metric, days[metric.name], period, nothing)
                estimate = metric.estimate(found)
                number = (metric.name, period.grain.value, period.start, period.end, estimate.value, estimate.n)
                yield (*number, *definition)

    def _days(self, metrics: Sequence[Metric], spans: Sequence[tuple[date, date]]) -> Mapping[str, Mapping[date, Sums]]:
        """The parts of each metric by day, on all days of some spans."""
        found: dict[str, dict[date, Sums]] = {metric.name: {} for metric in metrics}
        for start, end in spans:
            for name, sums in self._sums(metrics, Grain.DAY, start, end).items():
                found[name] |= {day: parts for (day, _), parts in sums.items()}
        return found

    def _by_period(self, metric: Metric, wanted: Sequence[Period]) -> Mapping[Period, Sums]:
        """The parts of a metric in each period where its days do not add up to them."""
        found = {period: empty_sums(metric) for period in wanted}
        for grain in Grain:
            periods = [period for period in wanted if period.grain is grain]
            for start, end in _spans(periods):
                sums = self._sums([metric], grain, start, end)[metric.name]
                found |= {each: sums[each.start, ()] for each in periods if (each.start, ()) in sums}
        return found

    def _sums(self, metrics: Sequence[Metric], grain: Grain, start: date, end: date) -> Mapping[str, Found]:
        names = tuple(metric.name for metric in metrics)
        return self._summing.of(metrics, Question(names, (), grain, start, end), (), start, end, self._coverages)


def _complete(
    coverage: Coverage, last_days: Mapping[Grain, date], periods: Sequence[Period], changed: Collection[Period]
) -> list[Period]:
    """The complete periods to look at: those that changed, and those after the last one that is reported."""
    first, watermark = coverage.first_day, coverage.watermark
    if watermark is None or first is None:
        return []
    ended = [period for period in periods if first <= period.end <= watermark]
    wanted = [each for each in ended if each in changed or each.end > last_days.get(each.grain, date.min)]
    return [period for period in wanted if coverage.is_complete(period.start, period.end)]


def _adds_up(metric: Metric) -> bool:
    """Whether the parts of days add up to those of a period; distinct values and latest answers do not."""
    return metric.is_additive and not isinstance(metric, Balance)


def _added_up(metric: Metric, days: Mapping[date, Sums], period: Period, nothing: Sums) -> Sums:
    """The parts of a period from those of its days."""
    if period.grain is Grain.DAY:
        return days.get(period.start, nothing)
    among = [days[day] for number in range(period.days) if (day := period.start + timedelta(days=number)) in days]
    names = [part.name for part in metric.parts]
    totals = {name: sum((parts.totals[name] for parts in among if name in parts.totals), 0) for name in names}
    bins = {name: _added_bins([parts.bins[name] for parts in among if name in parts.bins]) for name in names}
    return Sums(totals, bins)


def _added_bins(histograms: Sequence[Mapping[int, int]]) -> Mapping[int, int]:
    added: Counter[int] = Counter()
    for histogram in histograms:
        added.update(histogram)
    return added


def _spans(periods: Sequence[Period]) -> list[tuple[date, date]]:
    """The days of some periods as spans; from the first to the last at once where there would be many."""
    spans: list[tuple[date, date]] = []
    for start, end in sorted((period.start, period.end) for period in periods):
        if spans and (start - spans[-1][1]).days <= 1:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans if len(spans) <= MOST_SPANS else [(spans[0][0], spans[-1][1])]
