"""What a generation says of itself: its sources, which metrics they feed, its dimensions, its marts and calendar."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property

from etl.annotations import declared_gaps, read_annotations
from etl.calendar import calendar_of, start_column
from etl.config import Settings
from etl.engines import Engine
from etl.metrics.answer import SourceState, Where
from etl.metrics.base import BASE_TABLES, FACT_TABLES, LACKING, FactName, Metric, Redefinition
from etl.metrics.catalogue import METRICS
from etl.metrics.filters import conditions, needed
from etl.metrics.marts import ALWAYS, BASE, Slice, base_sums, signature, slice_for
from etl.metrics.sofar import local_day
from etl.vocabulary import UNKNOWN, Dimension, Grain

MOST_VALUES = 200
DEFINITIONS = "core_definitions"


class Standing:
    """Read on first use and kept, as a generation never changes.

    Settings may have changed since it was built: marts and calendar serve only as long as they agree with them.
    """

    def __init__(self, engine: Engine, settings: Settings, scope: Where = ()) -> None:
        """`engine` reads one generation; `scope` limits whose values of dimensions are told."""
        self._engine = engine
        self._settings = settings
        self._scope = scope

    def stored(self, metrics: Sequence[Metric], dimensions: Collection[Dimension], *, is_binned: bool) -> Slice | None:
        """The rows of a mart with the parts of some metrics of one fact; None sends the question to the facts."""
        if not all(metric.is_stored for metric in metrics):
            return None
        return self._stored(metrics[0].fact, dimensions, is_binned)

    def _stored(self, fact: FactName, dimensions: Collection[Dimension], is_binned: bool) -> Slice | None:
        return slice_for(fact, dimensions, is_binned) if self.has_marts else None

    @cached_property
    def made_by(self) -> str:
        """What marts and noted feeds are marked with when they are made with these settings and declarations."""
        return signature(self._settings)

    @cached_property
    def has_marts(self) -> bool:
        """Whether the marts were built with these settings and declarations."""
        return self._engine.rows("SELECT value FROM core_facts WHERE name = 'marts'") == [(self.made_by,)]

    @cached_property
    def brought(self) -> str:
        """SQL: the relation of the days on which a source brought contacts at a touchpoint; empty without marts."""
        stored = self._stored("contacts", (Dimension.SOURCE, Dimension.TOUCHPOINT), is_binned=False)
        if stored is None:
            return ""
        held = f'FROM {stored.mart.name} WHERE {stored.condition} AND "contacts.bottom" > 0'
        return f"(SELECT business_day, source, touchpoint {held})"

    @cached_property
    def has_calendar(self) -> bool:
        """Whether the calendar was written with these settings."""
        held = self._engine.rows("SELECT value FROM core_facts WHERE name = 'calendar'")
        return held == [(calendar_of(self._settings).signature,)]

    @cached_property
    def weeks(self) -> str:
        """SQL: the relation of days and the first days of their weeks, as the settings have them."""
        return self.days_by(Grain.WEEK)

    def days_by(self, grain: Grain, *, fiscal: bool = False) -> str:
        """SQL: the relation of days and the first days of their periods, as the settings have them."""
        if self.has_calendar:
            return "core_calendar"
        ((first, last),) = self._engine.rows("SELECT MIN(day), MAX(day) FROM core_calendar")
        periods = calendar_of(self._settings).between(first, last, grain, fiscal=fiscal)
        starts = [f"DATE '{period.start}'" for period in periods]
        return (
            f"(SELECT day, COALESCE(MAX(CASE WHEN day IN ({', '.join(starts)}) THEN day END) OVER (ORDER BY day), "
            f"{starts[0]}) AS {start_column(grain, fiscal)} FROM core_calendar)"
        )

    @cached_property
    def sources(self) -> tuple[SourceState, ...]:
        """All loaded sources, newest watermark first."""
        gaps: dict[str, set[date]] = {}
        for source, day in self._engine.rows("SELECT source, business_day FROM core_gaps"):
            gaps.setdefault(source, set()).add(day)
        for source, days in declared_gaps(read_annotations(self._settings.folders)).items():
            gaps.setdefault(source, set()).update(days)
        rows = self._engine.rows(
            "SELECT source, record_count, first_day, newest_event_at, watermark_day, is_active, zone, is_zone_assumed, "
            "handle_parts, title, (SELECT COALESCE(SUM(quarantined_count), 0) FROM core_loads "
            "WHERE core_loads.source = core_sources.source) AS quarantined "
            "FROM core_sources ORDER BY watermark_day DESC NULLS LAST, source"
        )
        return tuple(
            SourceState(
                source, title, records, first, newest, watermark,
                bool(self._settings.sources.get(source, {}).get("active", is_active)), zone, is_assumed,
                tuple(part for part in parts.split(", ") if part), tuple(sorted(gaps.get(source, ()))),
                int(quarantined),
            )
            for source, records, first, newest, watermark, is_active, zone, is_assumed, parts, title, quarantined
            in rows
        )  # fmt: skip

    @cached_property
    def redefinitions(self) -> Mapping[str, tuple[Redefinition, ...]]:
        """Of each metric its definitions after the one that the first generation counted by, oldest first."""
        rows = self._engine.rows(
            f"SELECT metric, version, generation, published_at FROM {DEFINITIONS} AS later WHERE version > "
            f"(SELECT MIN(version) FROM {DEFINITIONS} AS first WHERE first.metric = later.metric) ORDER BY 1, 2"
        )
        found: dict[str, tuple[Redefinition, ...]] = {}
        for name, version, generation, made_at in rows:
            changes = {change.version: change.what for change in METRICS[name].history} if name in METRICS else {}
            told = Redefinition(version, generation, local_day(made_at, self._settings.zone), changes.get(version, ""))
            found[name] = (*found.get(name, ()), told)
        return found

    @cached_property
    def as_of(self) -> date | None:
        """The newest watermark of any source."""
        return max((source.watermark for source in self.sources if source.watermark), default=None)

    @cached_property
    def feeds(self) -> Mapping[str, frozenset[str]]:
        """For each metric the sources with rows that it counts."""
        noted = self._engine.rows("SELECT value FROM core_facts WHERE name = 'feeds'")
        if noted == [(self.made_by,)]:
            found: dict[str, set[str]] = {name: set() for name in METRICS}
            for name, source in self._engine.rows("SELECT metric, source FROM core_feeds"):
                found[name].add(source)
        else:
            found = self.counted_feeds()
        return {name: frozenset(_with_fellows(found, metric)) for name, metric in METRICS.items()}

    def counted_feeds(self) -> dict[str, set[str]]:
        """The same by each metric's own rows, counted."""
        found: dict[str, set[str]] = {name: set() for name in METRICS}
        for fact, table in BASE_TABLES.items():
            metrics = [metric for metric in METRICS.values() if metric.fact == fact]
            stored = self._stored(fact, [Dimension.SOURCE], is_binned=False)
            uncounted = f" WHERE {self._beyond}" if stored else ""
            statements = [
                f"SELECT fact.source, {', '.join(base_sums(fact, self._settings).values())} FROM {table} AS fact "
                f"JOIN core_sources ON core_sources.source = fact.source{uncounted} GROUP BY fact.source"
            ]
            if stored:
                counted = ", ".join(f'SUM("{metric.name}.{BASE}")' for metric in metrics)
                statements.append(
                    f"SELECT source, {counted} FROM {stored.mart.name} WHERE {stored.condition} GROUP BY source"
                )
            for source, *counts in [row for statement in statements for row in self._engine.rows(statement)]:
                for metric, count in zip(metrics, counts, strict=True):
                    if count:
                        found[metric.name].add(source)
        return found

    @property
    def _beyond(self) -> str:
        """SQL: a row comes after its source's watermark; with a literal bound, too, which an engine applies first."""
        beyond = "(core_sources.watermark_day IS NULL OR fact.business_day > core_sources.watermark_day)"
        watermarks = [source.watermark for source in self.sources if source.watermark]
        if len(watermarks) < len(self.sources) or not watermarks:
            return beyond
        return f"fact.business_day > DATE '{min(watermarks)}' AND {beyond}"

    @cached_property
    def dimension_values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """For each dimension the values among contacts within the scope, most frequent first."""
        values: dict[Dimension, tuple[str, ...]] = {}
        scoped = conditions(self._scope, "scoped")
        for dimension in Dimension:
            stored = self._stored("contacts", needed([dimension], self._scope), is_binned=False)
            if stored:
                count, table, among = 'SUM("contacts.bottom")', stored.mart.name, stored.condition
            else:
                count, table, among = "COUNT(*)", FACT_TABLES["contacts"], ALWAYS
            rows = self._engine.rows(
                f"SELECT COALESCE({dimension.value}, '{UNKNOWN}'), {count} AS row_count FROM {table} AS scoped "
                f"WHERE {among} AND {scoped.sql} GROUP BY 1 HAVING {count} > 0 "
                f"ORDER BY row_count DESC, 1 LIMIT {MOST_VALUES}",
                scoped.parameters,
            )
            values[dimension] = tuple(value for value, _ in rows)
        return values

    def values_anywhere(self, dimension: Dimension) -> tuple[str, ...]:
        """The values of a dimension among all that metrics count, within the scope, by name."""
        scoped = conditions(self._scope)
        wanted = needed([dimension], self._scope)
        facts = [fact for fact in FACT_TABLES if not wanted.intersection(LACKING.get(fact, ()))]
        each = [
            f"SELECT fact.{dimension.value} AS value FROM {table} AS fact WHERE {scoped.sql}"
            for table in dict.fromkeys(BASE_TABLES[fact] for fact in facts)
        ]
        found = f"SELECT DISTINCT value FROM ({' UNION ALL '.join(each)}) WHERE value IS NOT NULL ORDER BY 1"
        return tuple(value for (value,) in self._engine.rows(found, scoped.parameters * len(each)))


def _with_fellows(found: Mapping[str, set[str]], metric: Metric) -> set[str]:
    """The sources that feed a metric; none while no source tells the other half of what it says."""
    own = found[metric.name]
    if not own and not metric.dispersed:
        return own
    halves = [found[metric.fed_by]] if metric.fed_by else []
    halves += [set().union(*(found[name] for name in metric.told_by))] if metric.told_by else []
    return own.union(*halves) if all(halves) else set()
