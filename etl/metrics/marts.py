"""The day marts: which there are, the SELECT of each, and the one that can answer a question."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256

from etl.config import Settings
from etl.metrics.base import BASE_TABLES, FACT_TABLES, FactName, Metric, Part
from etl.metrics.catalogue import METRICS, settings_of
from etl.metrics.cells import WEEK_MARTS, week_select
from etl.metrics.filters import COVERED
from etl.vocabulary import Dimension

PLANS: tuple[tuple[Dimension, ...], ...] = (
    (Dimension.SOURCE,),
    (Dimension.CHANNEL, Dimension.TOUCHPOINT, Dimension.PRODUCT),
    (Dimension.REGION, Dimension.PRODUCT),
)
BIN_PLANS = (PLANS[0], (Dimension.CHANNEL,), PLANS[1])
OWN_PLANS: Mapping[FactName, tuple[tuple[Dimension, ...], ...]] = {
    "failures": ((Dimension.SOURCE,), (Dimension.CAUSE, Dimension.TOUCHPOINT)),
    "outcomes": ((Dimension.SOURCE,), (Dimension.CAUSE, Dimension.TOUCHPOINT)),
}
BASE, ALWAYS = "base", "TRUE"
DECIMAL_SUM = "DECIMAL(18, 3)"


@dataclass(frozen=True)
class Mart:
    """One narrow table of sums by day: of which fact, by which dimensions, plain sums or histograms."""

    fact: FactName
    dimensions: tuple[Dimension, ...]
    is_binned: bool

    @property
    def name(self) -> str:
        """Its table."""
        noun = f"{self.fact}_bins" if self.is_binned else self.fact
        return f"mart_day_{noun}_by_{'_'.join(self.dimensions)}"

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """The stored metrics whose parts it holds."""
        return tuple(
            metric
            for metric in METRICS.values()
            if metric.fact == self.fact and metric.is_stored and metric.parts[-1].bins == self.is_binned
        )


@cache
def marts() -> tuple[Mart, ...]:
    """All marts that hold something."""
    planned = [
        Mart(fact, dimensions, is_binned)
        for fact in FACT_TABLES
        for is_binned, plans in ((False, plans_of(fact)), (True, BIN_PLANS))
        for dimensions in plans
    ]
    return tuple(mart for mart in planned if mart.metrics or Dimension.SOURCE in mart.dimensions and not mart.is_binned)


def plans_of(fact: FactName) -> tuple[tuple[Dimension, ...], ...]:
    """By which dimensions the plain sums of a fact are stored: what the pages ask of it."""
    return OWN_PLANS.get(fact, PLANS)


def mart_for(fact: FactName, needed: Collection[Dimension], is_binned: bool) -> Mart | None:
    """The mart with the fewest dimensions that has all those needed; None sends the question to the facts."""
    able = [m for m in marts() if m.fact == fact and m.is_binned == is_binned and set(needed) <= set(m.dimensions)]
    return min(able, key=lambda mart: len(mart.dimensions), default=None)


def part_column(metric: Metric, part: Part) -> str:
    """The column of a metric's part."""
    return f'"{metric.base_name}.{part.name}"'


def sum_expression(part: Part, settings: Mapping[str, float]) -> str:
    """The SQL sum of a part over the rows of its fact: whole numbers or decimals of three places."""
    condition = part.condition(settings)
    if part.distinct:
        return f"CAST(COUNT(DISTINCT {part.distinct}) FILTER (WHERE {condition}) AS BIGINT)"
    if not part.add:
        return f"CAST(COUNT(*) FILTER (WHERE {condition}) AS BIGINT)"
    kind = "BIGINT" if part.name.endswith(("squares", "products")) else DECIMAL_SUM
    return f"CAST(COALESCE(SUM({part.added(settings)}) FILTER (WHERE {condition}), 0) AS {kind})"


def mart_select(mart: Mart, settings: Settings, days: str) -> str:
    """The SELECT that fills a mart with complete days; `days` is a condition on business_day, or empty.

    Rows after their own source's watermark are left out: they are loaded, not yet counted.
    """
    rows, keys = _complete_rows(mart.fact, days), _keys(mart.dimensions)
    if mart.is_binned:
        branches = [bins_select(rows, keys, *_labelled(metric, part, settings)) for metric, part in _histograms(mart)]
        return " UNION ALL ".join(branches)
    sums = ", ".join(f"{expression} AS {column}" for column, expression in _sums(mart, settings).items())
    return f"SELECT {keys}, {sums} FROM {rows} GROUP BY {keys}"


def sums_of_day(fact: FactName, settings: Settings, days: str) -> str:
    """The plain sums of all marts of a fact by day and every dimension that one of them has; equal ones once."""
    columns = ", ".join(f"{expression} AS {column}" for expression, column in _summed_once(fact, settings).items())
    keys = _keys(_widest(fact, is_binned=False).dimensions)
    return f"SELECT {keys}, {columns} FROM {_complete_rows(fact, days)} GROUP BY {keys}"


def _summed_once(fact: FactName, settings: Settings) -> dict[str, str]:
    """For each different sum of a fact the column that holds it."""
    sums = {**_sums(_widest(fact, is_binned=False), settings), **base_sums(fact, settings)}
    return {expression: column for column, expression in reversed(sums.items())}


def bins_of_day(fact: FactName, settings: Settings, days: str) -> str:
    """The histograms of all marts of a fact by day and every dimension that one of them has."""
    return mart_select(_widest(fact, is_binned=True), settings, days)


def mart_of_day(mart: Mart, settings: Settings, summed: str) -> str:
    """A mart out of the table that `sums_of_day` or `bins_of_day` filled: the same rows that `mart_select` gives."""
    keys = _keys(mart.dimensions)
    if mart.is_binned:
        counted = "CAST(SUM(row_count) AS BIGINT) AS row_count"
        return f"SELECT {keys}, part, bin, {counted} FROM {summed} GROUP BY {keys}, part, bin"
    summed_in = _summed_once(mart.fact, settings)
    columns = [
        f"CAST(SUM({summed_in[expression]}) AS {DECIMAL_SUM if expression.endswith(f'{DECIMAL_SUM})') else 'BIGINT'}) "
        f"AS {column}"
        for column, expression in _sums(mart, settings).items()
    ]
    return f"SELECT {keys}, {', '.join(columns)} FROM {summed} GROUP BY {keys}"


def _complete_rows(fact: FactName, days: str) -> str:
    return f"(SELECT fact.* FROM {BASE_TABLES[fact]} AS fact {COVERED}{days}) AS fact"


def _widest(fact: FactName, *, is_binned: bool) -> Mart:
    """What would hold every dimension of a fact's marts."""
    alike = [mart for mart in marts() if (mart.fact, mart.is_binned) == (fact, is_binned)]
    return Mart(fact, tuple(dict.fromkeys(each for mart in alike for each in mart.dimensions)), is_binned)


def _keys(dimensions: tuple[Dimension, ...]) -> str:
    return ", ".join(("business_day", *dimensions))


def _histograms(mart: Mart) -> list[tuple[Metric, Part]]:
    return [(metric, part) for metric in mart.metrics for part in metric.parts if histogram_owner(metric) is metric]


def _labelled(metric: Metric, part: Part, settings: Settings) -> tuple[Part, Mapping[str, float], str]:
    return part, settings_of(metric, settings), f"'{metric.name}.{part.name}' AS part"


def _sums(mart: Mart, settings: Settings) -> dict[str, str]:
    """The SQL sum of each plain column of a mart, by name."""
    sums = {
        part_column(metric, part): sum_expression(part, settings_of(metric, settings))
        for metric in mart.metrics
        for part in metric.parts
    }
    return {**sums, **(base_sums(mart.fact, settings) if mart.dimensions == (Dimension.SOURCE,) else {})}


def base_sums(fact: FactName, settings: Settings) -> dict[str, str]:
    """For each metric of a fact the number of rows that feed it, whether or not they are decided yet."""
    found = {}
    for metric in METRICS.values():
        if metric.fact == fact:
            part = Part(BASE, _any_of([part.where for part in metric.parts]))
            found[part_column(metric, part)] = sum_expression(part, settings_of(metric, settings))
    return found


def _any_of(conditions: Sequence[str]) -> str:
    """SQL: one of them holds."""
    if ALWAYS in conditions:
        return ALWAYS
    different = list(dict.fromkeys(conditions))
    return different[0] if len(different) == 1 else " OR ".join(f"({each})" for each in different)


def histogram_owner(metric: Metric) -> Metric:
    """The first stored metric with the same histogram; two quantiles of one duration share their bins."""
    return next(
        other
        for other in METRICS.values()
        if other.fact == metric.fact and other.parts[0].bins and _rows_counted(other) == _rows_counted(metric)
    )


def _rows_counted(metric: Metric) -> tuple[str, str]:
    return metric.parts[0].add, metric.parts[0].where


def bins_select(rows: str, keys: str, part: Part, settings: Mapping[str, float], label: str) -> str:
    """Rows counted by duration bin: the few distinct durations find their bin, not every row."""
    duration = part.added(settings)
    return (
        f"SELECT {keys}, {label}, core_bins.bin, CAST(SUM(counted.row_count) AS BIGINT) AS row_count FROM ("
        f"SELECT {keys}, {duration} AS seconds, COUNT(*) AS row_count FROM {rows} "
        f"WHERE {part.condition(settings)} GROUP BY {keys}, {duration}) AS counted "
        "JOIN (SELECT durations.seconds, MAX(core_bins.bin) AS bin FROM ("
        f"SELECT DISTINCT {duration} AS seconds FROM {rows} WHERE {part.condition(settings)}) AS durations "
        "JOIN core_bins ON core_bins.low_seconds <= durations.seconds GROUP BY durations.seconds) AS core_bins "
        f"ON core_bins.seconds = counted.seconds GROUP BY {keys}, core_bins.bin"
    )


def signature(settings: Settings) -> str:
    """What the marts depend on beside the rows: their SELECTs. A mart of another signature is rebuilt."""
    selects = [mart_select(mart, settings, "") for mart in marts()]
    selects += [week_select(mart, "core_calendar").sql for mart in WEEK_MARTS]
    return sha256("\n".join([*selects, str(settings.week_start_index)]).encode()).hexdigest()
