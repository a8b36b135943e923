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

SPLITS: tuple[tuple[Dimension, ...], ...] = (
    (Dimension.SOURCE,),
    (Dimension.CHANNEL, Dimension.TOUCHPOINT, Dimension.PRODUCT),
    (Dimension.REGION, Dimension.PRODUCT),
)
BIN_SPLITS = (SPLITS[0], (Dimension.CHANNEL,), SPLITS[1])
OWN_SPLITS: Mapping[FactName, tuple[tuple[Dimension, ...], ...]] = {
    "contacts": (*SPLITS, (Dimension.SOURCE, Dimension.TOUCHPOINT)),
    "failures": ((Dimension.SOURCE,), (Dimension.CAUSE, Dimension.TOUCHPOINT)),
    "outcomes": ((Dimension.SOURCE,), (Dimension.CAUSE, Dimension.TOUCHPOINT)),
}
"""By which dimensions the plain sums of a fact are stored: what the pages ask of it."""
BASE, ALWAYS = "base", "TRUE"
DECIMAL_SUM = "DECIMAL(18, 3)"


@dataclass(frozen=True)
class Mart:
    """The sums of a fact by day in one table, plain ones or histograms; each split has its own rows in it.

    A column `split` names the dimensions by which a row is split; its other dimensions are null.
    """

    fact: FactName
    is_binned: bool

    @property
    def name(self) -> str:
        """Its table."""
        return f"mart_day_{self.fact}_bins" if self.is_binned else f"mart_day_{self.fact}"

    @cached_property
    def metrics(self) -> tuple[Metric, ...]:
        """The stored metrics whose parts it holds."""
        return tuple(
            metric
            for metric in METRICS.values()
            if metric.fact == self.fact and metric.is_stored and metric.parts[-1].bins == self.is_binned
        )

    @cached_property
    def splits(self) -> tuple[tuple[Dimension, ...], ...]:
        """By which dimensions its sums are stored; without a metric, by which sources feed those of the fact."""
        if self.is_binned:
            return BIN_SPLITS
        return OWN_SPLITS.get(self.fact, SPLITS) if self.metrics else SPLITS[:1]

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """All dimensions of its splits."""
        return tuple(dict.fromkeys(dimension for split in self.splits for dimension in split))


@dataclass(frozen=True)
class Slice:
    """The rows of a mart that are split by some dimensions."""

    mart: Mart
    split: tuple[Dimension, ...]

    @property
    def condition(self) -> str:
        """SQL: a row of the mart is one of them."""
        return f"split = '{split_name(self.split)}'"


@cache
def marts() -> tuple[Mart, ...]:
    """All marts that hold something."""
    planned = [Mart(fact, is_binned) for fact in FACT_TABLES for is_binned in (False, True)]
    return tuple(mart for mart in planned if mart.metrics or not mart.is_binned)


def slice_for(fact: FactName, needed: Collection[Dimension], is_binned: bool) -> Slice | None:
    """The rows with the fewest dimensions that have all those needed; None sends the question to the facts."""
    able = [
        Slice(mart, split)
        for mart in marts()
        if (mart.fact, mart.is_binned) == (fact, is_binned)
        for split in mart.splits
        if set(needed) <= set(split)
    ]
    return min(able, key=lambda found: len(found.split), default=None)


def split_name(split: tuple[Dimension, ...]) -> str:
    """How the rows of a split are marked."""
    return " ".join(split)


def part_column(metric: Metric, part: Part) -> str:
    """The column of a metric's part."""
    return f'"{metric.base_name}.{part.name}"'


def sum_expression(part: Part, settings: Mapping[str, float]) -> str:
    """The SQL sum of a part over the rows of its fact: whole numbers or decimals of three places."""
    among = f" FILTER (WHERE {part.condition(settings)})"
    if part.distinct:
        return f"COUNT(DISTINCT {part.distinct}){among}"
    if not part.add:
        return f"COUNT(*){among}"
    kind = "BIGINT" if part.name.endswith(("squares", "products")) else DECIMAL_SUM
    return f"CAST(COALESCE(SUM({part.added(settings)}){among}, 0) AS {kind})"


def mart_table(mart: Mart, settings: Settings) -> str:
    """The columns of a mart with their types, as CREATE TABLE has them."""
    keys = ["split VARCHAR", "business_day DATE", *(f"{dimension} VARCHAR" for dimension in mart.dimensions)]
    if mart.is_binned:
        return ", ".join([*keys, "part VARCHAR", "bin INTEGER", "row_count BIGINT"])
    sums = [
        f"{column} {DECIMAL_SUM if expression.endswith(f'{DECIMAL_SUM})') else 'BIGINT'}"
        for column, expression in mart_sums(mart, settings).items()
    ]
    return ", ".join([*keys, *sums])


def mart_select(mart: Mart, settings: Settings, days: str) -> str:
    """The SELECT that fills a mart with complete days; `days` is a condition on business_day.

    The rows of the fact are summed once, by day and all dimensions, and their sums once more for each split. Rows after
    their own source's watermark are left out: they are loaded, not yet counted.
    """
    if mart.splits == SPLITS[:1]:
        sums = [f"'{split_name(mart.splits[0])}' AS split", _keys(mart), *mart_sums(mart, settings).values()]
        return f"SELECT {', '.join(sums)} FROM {_complete_rows(mart.fact, days)} GROUP BY {_keys(mart)}"
    keys = ["split", "business_day", *(_in_splits(mart, dimension) for dimension in mart.dimensions)]
    if mart.is_binned:
        keys, sums = [*keys, "part", "bin"], ["SUM(row_count)"]
        summed = bins_of_day(mart, settings, days)
    else:
        summed_in = _summed_once(mart, settings)
        sums = [f"SUM({summed_in[expression]})" for expression in mart_sums(mart, settings).values()]
        summed = sums_of_day(mart, settings, days)
    splits = " UNION ALL ".join(f"SELECT '{split_name(split)}' AS split" for split in mart.splits)
    places = ", ".join(str(place + 1) for place in range(len(keys)))
    return (
        f"SELECT {', '.join([*keys, *sums])} FROM ({summed}) AS summed CROSS JOIN ({splits}) AS splits "
        f"GROUP BY {places}"
    )


def mart_totals(mart: Mart, settings: Settings) -> str:
    """The SELECT of what each split of a mart comes to, from the facts: each sum, or the number of rows in bins."""
    if mart.is_binned:
        return f"SELECT COALESCE(SUM(row_count), 0) FROM ({bins_of_day(mart, settings, ALWAYS)}) AS counted"
    return f"SELECT {', '.join(mart_sums(mart, settings).values())} FROM {_complete_rows(mart.fact, ALWAYS)}"


def _in_splits(mart: Mart, dimension: Dimension) -> str:
    """SQL: the value of a dimension in the rows that are split by it."""
    having = ", ".join(f"'{split_name(split)}'" for split in mart.splits if dimension in split)
    return f"CASE WHEN split IN ({having}) THEN {dimension} END"


def sums_of_day(mart: Mart, settings: Settings, days: str) -> str:
    """The plain sums of a mart by day and all its dimensions; equal ones once."""
    columns = ", ".join(f"{expression} AS {column}" for expression, column in _summed_once(mart, settings).items())
    keys = _keys(mart)
    return f"SELECT {keys}, {columns} FROM {_complete_rows(mart.fact, days)} GROUP BY {keys}"


def _summed_once(mart: Mart, settings: Settings) -> dict[str, str]:
    """For each different sum of a mart the column that holds it."""
    return {expression: column for column, expression in reversed(mart_sums(mart, settings).items())}


def bins_of_day(mart: Mart, settings: Settings, days: str) -> str:
    """The histograms of a mart by day and all its dimensions."""
    rows, keys = _complete_rows(mart.fact, days), _keys(mart)
    return " UNION ALL ".join(
        bins_select(rows, keys, part, settings_of(metric, settings), f"'{metric.name}.{part.name}' AS part")
        for metric in mart.metrics
        for part in metric.parts
        if histogram_owner(metric) is metric
    )


def _complete_rows(fact: FactName, days: str) -> str:
    return f"(SELECT fact.* FROM {BASE_TABLES[fact]} AS fact {COVERED} WHERE {days}) AS fact"


def _keys(mart: Mart) -> str:
    return ", ".join(("business_day", *mart.dimensions))


def mart_sums(mart: Mart, settings: Settings) -> dict[str, str]:
    """The SQL sum of each plain column of a mart, by its name."""
    sums = {
        part_column(metric, part): sum_expression(part, settings_of(metric, settings))
        for metric in mart.metrics
        for part in metric.parts
    }
    return {**sums, **base_sums(mart.fact, settings)}


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
    """Rows counted by duration bin, in brackets: the few distinct durations find their bin, not every row."""
    duration = part.added(settings)
    return (
        f"(WITH counted AS (SELECT {keys}, {duration} AS seconds, COUNT(*) AS row_count FROM {rows} "
        f"WHERE {part.condition(settings)} GROUP BY {keys}, {duration}), "
        "placed AS (SELECT durations.seconds, core_bins.bin FROM (SELECT DISTINCT seconds FROM counted) AS durations "
        "JOIN core_bins ON core_bins.low_seconds <= durations.seconds AND durations.seconds < core_bins.high_seconds) "
        f"SELECT {keys}, {label}, placed.bin, CAST(SUM(counted.row_count) AS BIGINT) AS row_count FROM counted "
        f"JOIN placed ON placed.seconds = counted.seconds GROUP BY {keys}, placed.bin)"
    )


def signature(settings: Settings) -> str:
    """What the marts depend on beside the rows: their SELECTs. A mart of another signature is rebuilt."""
    made_by = [text for mart in marts() for text in (mart_table(mart, settings), mart_select(mart, settings, ALWAYS))]
    made_by += [week_select(mart, "core_calendar").sql for mart in WEEK_MARTS]
    return sha256("\n".join([*made_by, str(settings.week_start_index)]).encode()).hexdigest()
