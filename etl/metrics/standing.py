"""What a generation says of itself: its sources, which metrics they feed, the values of its dimensions."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from etl.config import Settings
from etl.engines import Engine
from etl.metrics.answer import SourceState
from etl.metrics.base import FACT_TABLES
from etl.metrics.catalogue import METRICS
from etl.metrics.marts import BASE, Mart, base_sums, mart_for
from etl.vocabulary import UNKNOWN, Dimension

MOST_VALUES = 200


class Standing:
    """Read on first use and kept, as a generation never changes."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """`engine` reads one generation."""
        self._engine = engine
        self._settings = settings

    @cached_property
    def sources(self) -> tuple[SourceState, ...]:
        """All loaded sources, newest watermark first."""
        gaps: dict[str, list[date]] = {}
        for source, day in self._engine.rows("SELECT source, business_day FROM core_gaps ORDER BY 1, 2"):
            gaps.setdefault(source, []).append(day)
        rows = self._engine.rows(
            "SELECT source, record_count, first_day, newest_event_at, watermark_day, is_active, zone, is_zone_assumed, "
            "handle_parts FROM core_sources ORDER BY watermark_day DESC NULLS LAST, source"
        )
        return tuple(
            SourceState(
                source, self._title(source), records, first, newest, watermark, is_active, zone, is_assumed,
                tuple(part for part in parts.split(", ") if part), tuple(gaps.get(source, ())),
            )
            for source, records, first, newest, watermark, is_active, zone, is_assumed, parts in rows
        )  # fmt: skip

    def _title(self, source: str) -> str:
        return source.replace("_", " ")

    @cached_property
    def as_of(self) -> date | None:
        """The newest watermark of any source."""
        return max((source.watermark for source in self.sources if source.watermark), default=None)

    @cached_property
    def feeds(self) -> Mapping[str, frozenset[str]]:
        """For each metric the sources with rows that it counts."""
        found: dict[str, set[str]] = {name: set() for name in METRICS}
        for fact, table in FACT_TABLES.items():
            metrics = [metric for metric in METRICS.values() if metric.fact == fact]
            columns = [f'"{metric.name}.{BASE}"' for metric in metrics]
            mart = mart_for(fact, [Dimension.SOURCE], is_binned=False)
            stored = f"SELECT source, {', '.join(f'SUM({column})' for column in columns)} FROM {mart_name(mart)} GROUP BY source"
            unfinished = (
                f"SELECT fact.source, {', '.join(base_sums(fact, self._settings).values())} FROM {table} AS fact "
                "JOIN core_sources ON core_sources.source = fact.source WHERE core_sources.watermark_day IS NULL "
                "GROUP BY fact.source"
            )
            for source, *counts in [*self._engine.rows(stored), *self._engine.rows(unfinished)]:
                for metric, count in zip(metrics, counts, strict=True):
                    if count:
                        found[metric.name].add(source)
        return {name: frozenset(sources) for name, sources in found.items()}

    @cached_property
    def dimension_values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """For each dimension the values among contacts, most frequent first."""
        values: dict[Dimension, tuple[str, ...]] = {}
        for dimension in Dimension:
            mart = mart_for("contacts", [dimension], is_binned=False)
            if mart:
                count, table = 'SUM("contacts.bottom")', mart.name
            else:
                count, table = "COUNT(*)", FACT_TABLES["contacts"]
            rows = self._engine.rows(
                f"SELECT COALESCE({dimension.value}, '{UNKNOWN}'), {count} AS row_count FROM {table} "
                f"GROUP BY 1 HAVING {count} > 0 ORDER BY row_count DESC, 1 LIMIT {MOST_VALUES}"
            )
            values[dimension] = tuple(value for value, _ in rows)
        return values


def mart_name(mart: Mart | None) -> str:
    """The table of a mart that every fact has."""
    if mart is None:
        raise LookupError("every fact has a mart by source")
    return mart.name
