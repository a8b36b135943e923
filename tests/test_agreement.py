"""One number everywhere: card, chart's table, HTML, CSV and ask say the same, for each metric and grain."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser
from typing import TypeAlias

import pytest

from dashboard import format
from dashboard.blocks import Bars, Cards, Note, Page, Selection, Trend
from dashboard.snapshots import html as snapshot
from dashboard.snapshots.html import Origin, render_html
from dashboard.strings import TREND_COLUMNS
from dashboard.tables import Table
from dashboard.views import VIEWS
from etl.calendar import Period
from etl.config import Settings
from etl.metrics import ask as ask_module
from etl.metrics.answer import Question, Row, Where
from etl.metrics.ask import WarehouseAsk
from etl.metrics.catalogue import METRICS, readings
from etl.vocabulary import Dimension, Grain, Unit
from tests.etl.cli.calls import cx
from tests.loaded import PRESENT

FILTERS: tuple[Where, ...] = (
    (),
    ((Dimension.CHANNEL, ("chat",)),),
    ((Dimension.TOUCHPOINT, ("web chat",)),),
    ((Dimension.REGION, ("North", "South")),),
)
OLDER = {"ces5": 4}
"""Of a question that another one has replaced, the months back to when it was asked."""
NAMES = ("all", "channel", "touchpoint", "region")
DRAWING = re.compile(r"<(svg|style|script)\b.*?</\1>", re.DOTALL)
LONGEST = {Grain.DAY: 50}
USUALLY = 20
"""So many periods back reach the cards."""
Asked: TypeAlias = Callable[[str, Grain, str, Where], Row]


class Cells(HTMLParser):
    """The texts of a page: each table's rows, and for each card its title and figure."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.cards: list[list[str]] = []
        self._into: list[str] | None = None
        self.feed(DRAWING.sub("", page.decode()))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self._into = self.tables[-1][-1]
            self._into.append("")
        elif tag == "article":
            self.cards.append([])
        elif self.cards and len(self.cards[-1]) < 2 and (tag == "h2" or kind == "figure"):
            self._into = self.cards[-1]
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td", "h2", "p"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


def printed(ask: WarehouseAsk, page: Page) -> Cells:
    return Cells(render_html(page, Origin(ask.company, ask.generation, ask.published_at)))


def answer(ask: WarehouseAsk, start: Period, end: Period, where: Where) -> Mapping[tuple[str, str], Row]:
    """The rows of all metrics that can be filtered so, by metric and period."""
    known = [name for name, metric in METRICS.items() if {by for by, _ in where} <= set(metric.dimensions)]
    rows = ask(Question(tuple(known), (), start.grain, start.start, end.end, where)).rows
    return {(row.metric, row.period): row for row in rows}


@pytest.fixture(scope="module")
def asked(small_ask: WarehouseAsk) -> Asked:
    """The row of one metric and period, out of one question for all metrics and the newest periods."""

    @cache
    def answers(grain: Grain, where: Where) -> Mapping[tuple[str, str], Row]:
        last = newest(small_ask, grain)
        return answer(small_ask, small_ask.calendar.shift(last, -LONGEST.get(grain, USUALLY)), last, where)

    return lambda metric, grain, key, where: answers(grain, where)[metric, key]


def newest(ask: WarehouseAsk, grain: Grain) -> Period:
    """The period that has begun last."""
    assert ask.as_of is not None
    return ask.calendar.period_of(ask.as_of, grain)


@pytest.fixture(scope="module", autouse=True)
def undrawn() -> Iterator[None]:
    """What is compared stands in tables and cards; their charts are drawn in tests of their own."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("draw_trend", "draw_bars", "draw_spark", "draw_course"):
            patched.setattr(snapshot, name, lambda *_, **__: "")
        yield


def charts(page: Page) -> Iterator[Trend]:
    return (block for block in page.blocks if isinstance(block, Trend))


@pytest.mark.parametrize("grain", Grain)
def test_a_period_asked_for_alone_says_what_it_says_among_others(
    small_ask: WarehouseAsk, asked: Asked, grain: Grain
) -> None:
    last = newest(small_ask, grain)
    for back in range(3):
        period = small_ask.calendar.shift(last, -back)
        alone = answer(small_ask, period, period, ())
        assert alone == {(name, period.key): asked(name, grain, period.key, ()) for name in METRICS}


@pytest.mark.parametrize("where", FILTERS, ids=NAMES)
@pytest.mark.parametrize("grain", Grain)
@pytest.mark.parametrize("metric", METRICS)
def test_chart_table_and_html_say_what_ask_says(
    small_ask: WarehouseAsk, asked: Asked, metric: str, grain: Grain, where: Where
) -> None:
    page = VIEWS["trends"].build(small_ask, Selection(grain=grain, metric=metric, where=where, span=4))
    drawn = tuple(charts(page))
    if not drawn:
        assert small_ask.as_of is not None
        last = small_ask.calendar.period_of(small_ask.as_of, grain)
        first = small_ask.calendar.shift(last, -3)
        rows = small_ask(Question((metric,), (), grain, first.start, last.end, where)).rows
        assert [row.value for row in rows] == [None] * len(rows)
        return
    (chart,) = drawn
    html, *_ = printed(small_ask, page).tables
    assert html[0] == [column.title for column in chart.table.columns]
    points = tuple(reversed(chart.series[0].points))
    assert len(points) == len(chart.table.rows) == len(html) - 1
    for point, cells, texts in zip(points, chart.table.rows, html[1:], strict=True):
        row = asked(metric, grain, point.period, where)
        numbers = (row.value, row.low, row.high, row.n)
        assert (point.value, point.low, point.high, point.n, point.complete) == (*numbers, row.complete)
        assert cells[1:5] == numbers
        assert cells[-1] == point.claim == row.claim
        unit = METRICS[metric].unit
        assert texts[1:4] == [format.cell(number, unit) for number in numbers[:3]]
        assert texts[4] == format.cell(row.n, Unit.COUNT)
    assert chart.table.columns[1].title == TREND_COLUMNS[1]


@pytest.mark.parametrize("where", FILTERS, ids=NAMES)
@pytest.mark.parametrize("grain", Grain)
def test_csv_says_what_ask_says(
    small_demo: Settings, small_ask: WarehouseAsk, asked: Asked, monkeypatch: pytest.MonkeyPatch,
    grain: Grain, where: Where,
) -> None:  # fmt: skip
    monkeypatch.setattr(ask_module, "open_ask", lambda _: small_ask)
    last = newest(small_ask, grain)
    first = small_ask.calendar.shift(last, -LONGEST.get(grain, USUALLY))
    known = [name for name, metric in METRICS.items() if {by for by, _ in where} <= set(metric.dimensions)]
    filters = [word for by, values in where for value in values for word in ("--where", f"{by}={value}")]
    span = ("--from", str(first.start), "--to", str(last.end))
    told = cx(small_demo.folders.root, "ask", *known, "--grain", grain, *span, *filters, "--format", "csv")
    rows = list(csv.DictReader(told.out.splitlines()))
    assert {row["metric"] for row in rows} == set(known)
    for cells in rows:
        row = asked(cells["metric"], grain, cells["period"], where)
        numbers = (row.value, row.low, row.high, row.n)
        told_numbers = [cells[name] for name in ("value", "low", "high", "n")]
        assert [row.metric, *told_numbers] == [
            row.metric,
            *("" if number is None else str(number) for number in numbers),
        ]
        assert (cells["claim"], cells["complete"]) == (row.claim, str(row.complete))


@pytest.mark.parametrize("where", FILTERS, ids=NAMES)
@pytest.mark.parametrize("grain", Grain)
def test_cards_and_html_say_what_ask_says(small_ask: WarehouseAsk, asked: Asked, grain: Grain, where: Where) -> None:
    page = VIEWS["today"].build(small_ask, Selection(grain=grain, where=where))
    cards = [block for block in page.blocks if isinstance(block, Cards)]
    html = printed(small_ask, page).cards
    kpis = [kpi for block in cards for kpi in block.kpis]
    assert len(kpis) == len(html) > 0
    for kpi, (title, figure) in zip(kpis, html, strict=True):
        row = asked(kpi.metric, grain, kpi.spark[-1].period, where)
        assert (kpi.value, kpi.low, kpi.high, kpi.n) == (row.value, row.low, row.high, row.n)
        assert (kpi.drill is None and row.n == 0) or (kpi.drill and kpi.drill.claim == row.claim)
        assert (title, figure) == (kpi.label, format.value(row.value, kpi.unit, is_compact=True))
        for point in kpi.spark[-3:]:
            assert point.value == asked(kpi.metric, grain, point.period, where).value


@pytest.mark.parametrize("metric", [name for name, metric in METRICS.items() if metric.variants])
def test_each_way_to_count_says_what_ask_says(small_ask: WarehouseAsk, metric: str) -> None:
    where = FILTERS[1] if metric.startswith("first") else FILTERS[0]
    asked_for = readings(METRICS[metric])[-1].name
    page = VIEWS["trends"].build(small_ask, Selection(grain=Grain.MONTH, metric=asked_for, where=where, span=2))
    (bars,) = [block for block in page.blocks if isinstance(block, Bars)]
    html = printed(small_ask, page).tables[1]
    assert page.headline.startswith(readings(METRICS[metric])[-1].label)
    assert [bar.is_highlight for bar in bars.bars] == [False] * (len(bars.bars) - 1) + [True]
    for reading, bar, cells, texts in zip(readings(METRICS[metric]), bars.bars, bars.table.rows, html[1:], strict=True):
        assert bar.drill is not None
        month = bar.drill.period
        (row,) = small_ask(Question((reading.name,), (), Grain.MONTH, month.start, month.end, where)).rows
        assert (bar.value, bar.drill.count, bar.drill.metric) == (row.value, row.n, reading.name)
        assert cells[1:5] == (row.value, row.low, row.high, row.n)
        assert texts[1] == format.cell(row.value, METRICS[metric].unit)


@pytest.mark.parametrize("dimension", [Dimension.CHANNEL, Dimension.TOUCHPOINT, Dimension.REGION])
@pytest.mark.parametrize("metric", PRESENT)
def test_a_split_says_what_ask_says(small_ask: WarehouseAsk, asked: Asked, metric: str, dimension: Dimension) -> None:
    chosen = Selection(grain=Grain.MONTH, metric=metric, split=dimension.value, span=OLDER.get(metric, 2))
    page = VIEWS["trends"].build(small_ask, chosen)
    table: Table = list(charts(page))[-1].table
    html = printed(small_ask, page).tables[-1]
    for cells, texts in zip(table.rows, html[1:], strict=True):
        segment, unit = str(cells[0]), METRICS[metric].unit
        point = next(p for s in list(charts(page))[-1].series for p in s.points if p.label == cells[1])
        row = asked(metric, Grain.MONTH, point.period, ((dimension, (segment,)),))
        assert cells[2:6] == (row.value, row.low, row.high, row.n)
        assert texts[2] == format.cell(row.value, unit)


def test_where_there_is_no_number_there_is_no_chart_and_the_reason(small_ask: WarehouseAsk) -> None:
    where: Where = ((Dimension.CHANNEL, ("phone",)),)
    chosen = Selection(grain=Grain.WEEK, metric="first_response_p50", where=where)
    page = VIEWS["trends"].build(small_ask, chosen)
    rows = small_ask(Question(("first_response_p50",), (), Grain.WEEK, where=where)).rows
    assert not list(charts(page))
    assert {(row.value, row.reason) for row in rows} == {(None, "too few (n=0)")}
    assert [isinstance(block, Note) and "too few (n=0)" in block.text for block in page.blocks] == [True]


def test_each_day_of_a_week_adds_to_its_card(small_ask: WarehouseAsk, asked: Asked) -> None:
    page = VIEWS["today"].build(small_ask, Selection(grain=Grain.WEEK))
    (kpi,) = [
        kpi for block in page.blocks if isinstance(block, Cards) for kpi in block.kpis if kpi.metric == "contacts"
    ]
    week = small_ask.calendar.parse(kpi.spark[-1].period)
    days = [asked("contacts", Grain.DAY, str(week.start + timedelta(days=day)), ()) for day in range(7)]
    assert kpi.value == sum(row.n for row in days)
