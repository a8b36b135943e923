"""What the marts hold adds up to the last digit: over any dimension, over the periods of any grain, over any spans."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.metrics.answer import Question
from etl.metrics.ask import WarehouseAsk
from etl.metrics.base import Metric, Sums
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension, Grain
from tests.loaded import DAYS, END

FIRST = END - timedelta(days=DAYS - 1)
STORED = [metric for metric in METRICS.values() if metric.is_stored and metric.is_additive]
Held = dict[str, Counter[Any]]


def held(
    ask: WarehouseAsk, metrics: Sequence[Metric] = STORED, by: tuple[Dimension, ...] = (), grain: Grain | None = None,
    start: date = FIRST, end: date = END,
) -> Held:  # fmt: skip
    """The parts of each metric, summed over all periods and groups of the answer."""
    question = Question(tuple(metric.name for metric in metrics), by, grain)
    coverages = {metric.name: ask.coverage(metric, ()) for metric in metrics}
    found = vars(ask)["_summing"].of(metrics, question, (), start, end, coverages)
    return {metric.name: summed(found[metric.name].values()) for metric in metrics}


def summed(rows: Iterable[Sums]) -> Counter[Any]:
    """Sums by part, histograms by part and bin, nothing that is none."""
    total: Counter[Any] = Counter()
    for row in rows:
        total.update(row.totals)
        for part, bins in row.bins.items():
            total.update({(part, number): count for number, count in bins.items()})
    return Counter({key: value for key, value in total.items() if value})


@pytest.fixture(scope="module")
def whole(small_ask: WarehouseAsk) -> Held:
    """The parts over all days."""
    found = held(small_ask)
    assert sum(map(bool, found.values())) > len(STORED) / 2
    return found


@pytest.mark.parametrize("dimension", Dimension)
def test_any_dimension_parts_the_whole(small_ask: WarehouseAsk, whole: Held, dimension: Dimension) -> None:
    metrics = [metric for metric in STORED if dimension in metric.dimensions]
    assert held(small_ask, metrics, by=(dimension,)) == {metric.name: whole[metric.name] for metric in metrics}


def test_two_dimensions_part_the_whole(small_ask: WarehouseAsk, whole: Held) -> None:
    by = (Dimension.CHANNEL, Dimension.PRODUCT)
    metrics = [metric for metric in STORED if {*by} <= {*metric.dimensions}]
    assert held(small_ask, metrics, by, Grain.QUARTER) == {metric.name: whole[metric.name] for metric in metrics}


@pytest.mark.parametrize("grain", Grain)
def test_periods_of_any_grain_part_the_whole(small_ask: WarehouseAsk, whole: Held, grain: Grain) -> None:
    assert held(small_ask, grain=grain) == whole


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.sets(st.integers(1, DAYS - 1), min_size=1, max_size=3))
def test_any_spans_part_the_whole(small_ask: WarehouseAsk, whole: Held, cuts: set[int]) -> None:
    edges = [FIRST + timedelta(days=cut) for cut in (0, *sorted(cuts), DAYS)]
    total: Held = {metric.name: Counter() for metric in STORED}
    for start, after in pairwise(edges):
        for name, parts in held(small_ask, start=start, end=after - timedelta(days=1)).items():
            total[name].update(parts)
    assert total == whole
