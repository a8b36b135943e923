"""One number in fiscal periods too: cards, course, table and snapshot say what ask says of the same days."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.blocks import Cards, Selection, Trend
from dashboard.snapshots.render import snapshot_files
from dashboard.views import VIEWS
from etl.config import Settings
from etl.metrics.answer import Question, Row
from etl.metrics.ask import WarehouseAsk, open_ask
from etl.vocabulary import Grain
from tests.loaded import unsuppressed


@pytest.fixture(scope="module")
def settings(small_demo: Settings) -> Settings:
    """A year of whole weeks from September on, set after the load."""
    return replace(unsuppressed(small_demo), fiscal_start=9, fiscal_pattern="4-4-5", fiscal_year_end="nearest")


@pytest.fixture(scope="module")
def ask(settings: Settings) -> WarehouseAsk:
    return open_ask(settings)


def days_of(ask: WarehouseAsk, metric: str, key: str) -> Row:
    period = ask.calendar.parse(key)
    (row,) = ask(Question((metric,), start=period.start, end=period.end)).rows
    return row


@pytest.mark.parametrize("grain", [Grain.MONTH, Grain.QUARTER])
def test_cards(ask: WarehouseAsk, grain: Grain) -> None:
    page = VIEWS["today"].build(ask, Selection(grain=grain, fiscal=True))
    kpis = [kpi for block in page.blocks if isinstance(block, Cards) for kpi in block.kpis]
    assert kpis
    for kpi in kpis:
        row = days_of(ask, kpi.metric, kpi.spark[-1].period)
        assert (kpi.value, kpi.low, kpi.high, kpi.n) == (row.value, row.low, row.high, row.n)


@pytest.mark.parametrize("metric", ["contacts", "nps", "aht_p50", "first_response_p50"])
def test_course_and_split(ask: WarehouseAsk, metric: str) -> None:
    chosen = Selection(grain=Grain.MONTH, metric=metric, split="channel", span=3, fiscal=True)
    course, split = (block for block in VIEWS["trends"].build(ask, chosen).blocks if isinstance(block, Trend))
    for point, cells in zip(course.series[0].points, reversed(course.table.rows), strict=True):
        assert point.period.startswith("F2027-P")
        row = days_of(ask, metric, point.period)
        assert (point.value, point.n, *cells[1:4]) == (row.value, row.n, row.value, row.low, row.high)
    assert {point.period for line in split.series for point in line.points} <= {
        point.period for point in course.series[0].points
    }


def test_a_snapshot_of_a_fiscal_quarter(settings: Settings, tmp_path: Path) -> None:
    given = snapshot_files(settings, ["today"], Grain.QUARTER, "F2027-Q1", ["html"], tmp_path).files
    last = snapshot_files(settings, ["trends"], Grain.QUARTER, None, ["html"], tmp_path, fiscal=True).files
    assert [file.path.name for file in (*given, *last)] == [
        "today-F2027-Q1.html", "trends-fiscal-quarter-2026-11-21.html",
    ]  # fmt: skip
    assert "Q1 fiscal 2027 (31 Aug – 29 Nov 2026)" in given[0].path.read_text(encoding="utf-8").replace("\u00a0", " ")
