"""What was reported of complete periods: read from a generation, and why a number is another now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from etl.config import Settings
from etl.engines import Engine
from etl.errors import UserError
from etl.metrics.answer import Row
from etl.metrics.base import Metric
from etl.metrics.catalogue import metric_named, minimum_n, settings_of
from etl.metrics.coverage import Coverage
from etl.metrics.restatement import Report, Restatement
from etl.vocabulary import Grain

Spanned: TypeAlias = tuple[str, date, date]
NOT_TOLD = "no late or corrected record of its days: codes, customers or later events changed it"
SINCE = """
    SELECT spans.start_day, spans.end_day,
        CAST(COUNT(*) FILTER (WHERE coalesce(deliveries.load_id > spans.newest_load, TRUE)) AS BIGINT),
        CAST(COUNT(*) FILTER (WHERE deliveries.load_id <= spans.newest_load) AS BIGINT)
    FROM core_records AS records
    JOIN (VALUES {spans}) AS spans(start_day, end_day, last_day, newest_load)
        ON records.business_day BETWEEN spans.start_day AND spans.last_day AND records.load_id > spans.newest_load
    LEFT JOIN (
        SELECT source, newest_event_at, MIN(load_id) AS load_id FROM core_loads GROUP BY source, newest_event_at
    ) AS deliveries
        ON deliveries.source = records.source AND deliveries.newest_event_at = records.first_delivered_to
    WHERE records.source IN ({sources}) GROUP BY spans.start_day, spans.end_day
"""
"""Records whose version held came after a report: those that no delivery before it had held, and the others."""


def version_of(metric: Metric) -> str:
    """The version of its definition."""
    return str(metric.version)


def settings_words(metric: Metric, settings: Settings) -> str:
    """Its parameters as they are set: `short_abandon_seconds 5, threshold_seconds 20`."""
    return ", ".join(f"{name} {value:g}" for name, value in sorted(settings_of(metric, settings).items()))


class Reported:
    """The reports that a generation holds; they are of the whole company."""

    def __init__(self, engine: Engine, settings: Settings, generation: int) -> None:
        """`engine` reads the generation of that number."""
        self._generation = generation
        self._engine = engine
        self._settings = settings

    def filled(self, rows: Sequence[Row], grain: Grain, as_of_generation: int | None) -> list[Row]:
        """The rows with what was reported of their periods first, or last up to a generation."""
        if as_of_generation is not None and as_of_generation > self._generation:
            raise UserError(f"generation {as_of_generation}: the newest is {self._generation}. Name one up to it.")
        reports = self._reports({row.metric for row in rows}, grain, as_of_generation)
        return [replace(row, first_reported=reports.get((row.metric, row.start, row.end))) for row in rows]

    def explained(self, rows: Sequence[Row], coverages: Mapping[str, Coverage]) -> tuple[Restatement, ...]:
        """Those of the rows that are not what was reported, and why, as far as records and definitions tell."""
        found = []
        for name in dict.fromkeys(row.metric for row in rows):
            changed = [row for row in rows if row.metric == name and row.is_restated]
            since = self._since(metric_named(name), changed, coverages[name])
            found += [
                self._why(row, row.first_reported, *since.get((row.start, row.end), (0, 0)))
                for row in changed
                if row.first_reported
            ]
        return tuple(found)

    def _reports(self, names: set[str], grain: Grain, as_of_generation: int | None) -> Mapping[Spanned, Report]:
        until, order = ("", "DESC") if as_of_generation is None else (" AND generation <= ?", "ASC")
        rows = self._engine.rows(
            "SELECT metric, start_day, end_day, value, n, generation, published_at, newest_load, version, settings "
            f"FROM core_reported WHERE grain = ? AND metric IN ({', '.join('?' * len(names))}){until} "
            f"ORDER BY generation {order}",
            [grain.value, *sorted(names), *(() if as_of_generation is None else (as_of_generation,))],
        )
        return {(row[0], row[1], row[2]): self._shown(row[0], Report(*row[3:])) for row in rows}

    def _shown(self, metric: str, report: Report) -> Report:
        """The report as it was shown: no value on a base below the metric's minimum."""
        return replace(report, value=None) if report.n < minimum_n(metric, self._settings) else report

    def _since(
        self, metric: Metric, rows: Sequence[Row], coverage: Coverage
    ) -> Mapping[tuple[date, date], tuple[int, int]]:
        """For each period how many records of its days came late, and how many were corrected, after its report."""
        sources = [source.source for source in coverage.feeding]
        if not rows or not sources:
            return {}
        mature = timedelta(days=metric.maturity_days)
        span = "(CAST(? AS DATE), CAST(? AS DATE), CAST(? AS DATE), CAST(? AS INTEGER))"
        sql = SINCE.format(spans=", ".join([span] * len(rows)), sources=", ".join("?" * len(sources)))
        spans = [
            value
            for row in rows
            if row.first_reported
            for value in (row.start, row.end, row.end + mature, row.first_reported.newest_load)
        ]
        counted = self._engine.rows(sql, [*spans, *sources])
        return {(start, end): (late, corrected) for start, end, late, corrected in counted}

    def _why(self, row: Row, then: Report, late: int, corrected: int) -> Restatement:
        metric = metric_named(row.metric)
        settings = settings_words(metric, self._settings)
        why = [_records(late, "late")] if late else []
        why += [_records(corrected, "corrected")] if corrected else []
        if then.version != version_of(metric):
            why.append(f"definition {then.version}, now {version_of(metric)}")
        if then.settings != settings:
            why.append(f"settings {then.settings or 'none'}, now {settings or 'none'}")
        return Restatement(
            row.metric,
            row.period,
            row.start,
            row.end,
            then,
            row.value,
            row.n,
            late,
            corrected,
            tuple(why) or (NOT_TOLD,),
        )


def _records(count: int, kind: str) -> str:
    return f"{count} {kind} {'record' if count == 1 else 'records'}"
