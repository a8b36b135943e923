"""One number everywhere, for what failed: the bar, its rows, the leaderboard, the command and the HTML say the same."""

import json

import pytest
from typer.testing import CliRunner

from dashboard import format
from dashboard.blocks import Bars, Page, Selection, Side
from dashboard.cli import app
from dashboard.findings.costs import name_of
from dashboard.strings.costs import BEHIND_TITLE
from dashboard.tables import Table
from dashboard.views import VIEWS
from etl.analysis.breakdowns import leaderboard
from etl.analysis.why import why
from etl.config import Settings
from etl.metrics.answer import Question, Where
from etl.metrics.ask import WarehouseAsk
from etl.vocabulary import Dimension, Grain, Unit
from tests.test_agreement import printed

FILTERS: tuple[Where, ...] = (
    (),
    ((Dimension.CHANNEL, ("phone",)),),
    ((Dimension.REGION, ("North", "South")), (Dimension.CAUSE, ("wrong invoice", "no mobile signal"))),
)


def bars(page: Page) -> list[Bars]:
    blocks = [inner for block in page.blocks for inner in (block.blocks if isinstance(block, Side) else (block,))]
    return [block for block in blocks if isinstance(block, Bars)]


@pytest.mark.parametrize("where", FILTERS, ids=["all", "channel", "region and cause"])
@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH])
def test_each_bar_is_what_ask_says_and_as_many_rows(small_ask: WarehouseAsk, grain: Grain, where: Where) -> None:
    page = VIEWS["root_causes"].build(small_ask, Selection(grain=grain, where=where))
    charts = [chart for chart in bars(page) if chart.drills]
    tables = printed(small_ask, page).tables
    assert len(charts) == 2
    for chart, html in zip(charts, tables, strict=False):
        for bar in chart.bars:
            assert bar.drill is not None
            period = bar.drill.period
            question = Question((bar.drill.metric,), (), grain, period.start, period.end, bar.drill.where)
            (row,) = small_ask(question).rows
            rows = small_ask.rows(bar.drill.metric, period, bar.drill.where).rows
            assert bar.value == row.value == len(rows) == bar.drill.count
            name = bar.drill.where[-1][1][0]
            texts = next(cells for cells in html if cells[0] == name)
            assert texts[1] == format.cell(row.value, Unit.COUNT)


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH])
def test_the_leaderboard_is_that_of_the_analysis_and_of_the_command(
    small_ask: WarehouseAsk, small_demo: Settings, grain: Grain
) -> None:
    page = VIEWS["breakdowns"].build(small_ask, Selection(grain=grain))
    assert small_ask.as_of is not None
    found = leaderboard(small_ask, small_ask.calendar.last_complete(small_ask.as_of, grain))
    told = CliRunner().invoke(app, ["breakdowns", "--json", "--grain", grain, "--data", str(small_demo.folders.root)])
    records = json.loads(told.stdout)["rows"]
    assert [(row.cell.cause, row.affected, row.rank, row.share) for row in found.rows] == [
        (record["cause"], record["affected"], record["rank"], record["share"]) for record in records
    ]
    ranked = [row for row in found.rows if row.rank is not None]
    if not ranked:
        assert grain is Grain.MONTH, "the demo has planted breakdowns in its last week"
        assert page.headline.startswith("No service breakdown this month")
        return
    table, *_ = [each for each in page.blocks if isinstance(each, Table)]
    (behind,) = [each for each in page.blocks if isinstance(each, Table) and each.title == BEHIND_TITLE]
    html = printed(small_ask, page).tables
    for row, cells, texts in zip(ranked, table.rows, html[0][1:], strict=True):
        assert cells[:1] + cells[2:4] == (name_of(row), row.affected, row.cost.before)
        assert texts[:1] + texts[2:4] == [
            name_of(row), *(format.cell(number, Unit.COUNT) for number in (row.affected, row.cost.before))
        ]  # fmt: skip
    told_behind = next(rows for rows in html if rows[0][1:2] == [behind.columns[1].title])
    for row, cells, texts in zip(ranked, behind.rows, told_behind[1:], strict=True):
        assert cells[:2] == tuple(texts[:2])
        assert texts[1].startswith(format.cell(row.share, Unit.SHARE))
    by_cell = {(record["cause"], record["touchpoint"]): record for record in records}
    for row in ranked:
        record, harm, affected = by_cell[row.cell.cause, row.cell.touchpoint], row.cost.harm, row.cost.affected
        assert record["severity"] == row.severity
        assert record["harm"] == (harm.value if harm else None)
        assert record["silent_low"] == (affected.silent_low if affected else None)
        assert record["before"] == row.cost.before
    for name, drill in table.drills:
        assert drill.count == len(small_ask.rows(drill.metric, drill.period, drill.where).rows), name


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH])
def test_the_parts_of_a_change_are_those_of_the_analysis(small_ask: WarehouseAsk, grain: Grain) -> None:
    page = VIEWS["root_causes"].build(small_ask, Selection(grain=grain))
    for chart in bars(page):
        if chart.drills or chart.table.columns[0].title.lower() not in list(Dimension):
            continue
        metric = next(name for name in ("nps", "csat", "failure_rate") if chart.title.lower().startswith(name[:3]))
        assert small_ask.as_of is not None
        period = small_ask.calendar.last_complete(small_ask.as_of, grain)
        by = Dimension(chart.table.columns[0].title.lower())
        found = why(small_ask, metric, period, small_ask.calendar.shift(period, -1), by)
        assert [row[7] for row in chart.table.rows] == [segment.contribution for segment in found.effects.segments]
