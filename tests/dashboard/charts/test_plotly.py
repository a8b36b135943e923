"""Charts on the web draw the values of their block and escape its texts."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.blocks import Bar, Bars, Point, Series, Trend
from dashboard.charts.plotly import figure
from dashboard.charts.plotly_colours import CARD, MUTED_LINE, MUTED_MARK, SERIES
from dashboard.charts.plotly_text import literal
from dashboard.charts.scale import nice_ticks, spread
from dashboard.tables import Table
from etl.metrics.nowcast import Nowcast
from etl.vocabulary import Grain, Unit

TABLE = Table("table", (), ())
MONDAY = date(2026, 1, 5)
HOSTILE = '<a href="http://x">&#000001'


def point(place: int, value: float | None, *, complete: bool = True, reason: str | None = None) -> Point:
    start = MONDAY + timedelta(weeks=place)
    low, high = (None, None) if value is None else (value - 2, value + 2)
    return Point(f"2026-W{place + 2:02}", start, value, low, high, 1_204, complete, reason)


def trend(*series: Series, target: float | None = None) -> Trend:
    return Trend("title", "caption", Unit.SCORE, Grain.WEEK, series, target, TABLE)


def drawn(block: Trend | Bars) -> dict[str, Any]:
    picture: dict[str, Any] = figure(block).to_plotly_json()
    return picture


def test_a_hole_stays_a_hole_and_says_so() -> None:
    points = (point(0, 10), point(1, None, reason="no data: outage"), point(2, 12))
    picture = drawn(trend(Series("NPS", points)))
    line = picture["data"][-1]
    assert tuple(line["y"]) == (10, None, 12)
    assert line["connectgaps"] is False
    assert "no data: outage" in line["hovertext"][1]
    assert "no data" in [note["text"] for note in picture["layout"]["annotations"]]


def test_an_unfinished_period_is_hollow_dotted_and_in_words() -> None:
    points = (point(0, 10), point(1, 11), point(2, 12, complete=False, reason="unfinished: 3 of 7 days"))
    picture = drawn(trend(Series("NPS", points)))
    *_, solid, dotted = picture["data"]
    assert tuple(solid["y"]) == (10, 11, None)
    assert dotted["line"]["dash"] == "dot"
    assert dotted["marker"]["color"] == CARD
    assert "not complete yet" in dotted["hovertext"][-1]
    notes = [note["text"] for note in picture["layout"]["annotations"]]
    assert [note for note in notes if note.endswith("so far")]
    assert "unfinished: 3 of 7 days" in notes
    hatched = picture["data"][0]
    assert hatched["fillpattern"]["shape"] == "/"
    assert {f"{x:%m-%d}" for x in hatched["x"]} == {"01-15", "01-22"}


def test_a_nowcast_is_hollow_on_a_dotted_line_and_in_the_picture() -> None:
    told = Nowcast(40, 30, 55, 20, None, 12)
    points = (
        point(0, 10),
        replace(point(1, 12, complete=False, reason="unfinished: 3 of 7 days"), nowcast=told, probable=told.probable),
    )
    picture = drawn(trend(Series("Contacts", points)))
    *_, whisker, mark = picture["data"]
    assert (tuple(whisker["y"]), whisker["line"]["dash"]) == ((30, 55), "dot")
    assert (tuple(mark["y"]), mark["marker"]["color"], mark["marker"]["symbol"]) == ((40,), CARD, "diamond")
    assert "probably" in mark["hovertext"]
    assert picture["layout"]["yaxis"]["range"][1] >= 55
    (label,) = [note for note in picture["layout"]["annotations"] if note["text"].endswith("so far")]
    assert label["xshift"] == 22  # beside the nowcast, not over it


def test_a_restated_point_is_marked_and_says_what_was_reported() -> None:
    words = "reported 812 on 3 Mar 2026, now 840: 28 late records"
    points = (point(0, 10), replace(point(1, 11), restated=words), point(2, 12))
    picture = drawn(trend(Series("NPS", points)))
    assert tuple(picture["data"][-1]["y"]) == (11,)
    assert words in picture["data"][-2]["hovertext"][1]


def test_hover_says_value_interval_and_base() -> None:
    hover = drawn(trend(Series("NPS", (point(0, 10), point(1, 11)))))["data"][-1]["hovertext"][0]
    assert [part in hover for part in ("<b>+10</b>", "95% interval +8 to +12", "n = 1")] == [True] * 3


def test_hover_says_a_count_per_day_where_periods_differ_in_length() -> None:
    monthly = replace(point(0, 310), per_day=10.0)
    assert "10.0 a day" in drawn(trend(Series("Contacts", (monthly, point(1, 11)))))["data"][-1]["hovertext"][0]


def test_fiscal_periods_are_named_below_the_axis() -> None:
    points = [replace(point(place, 10), period=f"F2026-P{place + 1:02}") for place in range(9)]
    axis = drawn(replace(trend(Series("NPS", tuple(points))), grain=Grain.MONTH))["layout"]["xaxis"]
    assert axis["ticktext"] == ["P9<br>F2026", "P7<br>F2026", "P5<br>F2026", "P3<br>F2026", "P1<br>F2026"]
    assert len(axis["tickvals"]) == 5


def test_the_target_is_a_line_with_its_word() -> None:
    picture = drawn(trend(Series("NPS", (point(0, 10), point(1, 11))), target=40.0))
    assert picture["layout"]["shapes"][0]["y0"] == 40.0
    (note,) = [note for note in picture["layout"]["annotations"] if note["text"] == "target +40"]
    assert note["bgcolor"] == CARD, "so that a line which crosses it does not strike it out"
    assert max(picture["layout"]["yaxis"]["range"]) >= 40


def test_a_target_that_changed_is_a_line_of_steps() -> None:
    points = tuple(point(place, 10 + place) for place in range(4))
    block = replace(trend(Series("NPS", points)), targets=(None, 12.0, 12.0, 15.0))
    picture = drawn(block)
    first, second = picture["layout"]["shapes"]
    assert (first["y0"], second["y0"]) == (12.0, 15.0)
    assert points[0].start.isoformat() < str(first["x0"]) < points[1].start.isoformat()
    assert str(first["x1"]) == str(second["x0"]) < points[3].start.isoformat() < str(second["x1"])
    assert {"target +12", "target +15"} < {note["text"] for note in picture["layout"]["annotations"]}


def test_lines_are_named_at_their_end_instead_of_in_a_legend() -> None:
    lines = (Series("now", (point(0, 10), point(1, 11))), Series("last year", (point(0, 10), point(1, 11)), True))
    picture = drawn(trend(*lines))
    assert picture["layout"]["showlegend"] is False
    first, second = picture["layout"]["annotations"]
    assert {first["text"], second["text"]} == {"<b>+11</b>", "last year"}
    assert abs(first["yshift"] - second["yshift"]) >= 17
    assert {trace["line"]["color"] for trace in picture["data"] if trace["line"]["width"]} == {SERIES[0], MUTED_LINE}


def test_bars_mark_the_few_that_matter() -> None:
    bars = (Bar("billing", 9.2, "n 684", True), Bar("app", -1.3))
    picture = drawn(Bars("title", "caption", Unit.SCORE, bars, TABLE, is_signed=True))
    (trace,) = picture["data"]
    assert tuple(trace["marker"]["color"]) == (SERIES[0], MUTED_MARK)
    assert [text[:4] for text in trace["text"]] == ["+9.2", "−1.3"]
    assert "n 684" in picture["layout"]["yaxis"]["ticktext"][0]


def test_no_text_of_the_data_is_a_tag_or_a_colour() -> None:
    assert literal(HOSTILE) == '&lt;a href="http://x"&gt;&amp;&#35;000001'
    bars = drawn(Bars("t", "c", Unit.COUNT, (Bar(HOSTILE, 1.0, HOSTILE),), TABLE))
    lines = drawn(
        trend(Series(HOSTILE, (point(0, 1, reason=HOSTILE),)), Series("b", (point(0, None, reason=HOSTILE),)))
    )
    assert "<a" not in str(bars) + str(lines)


def test_there_is_no_figure_before_pandas_is_imported_whole() -> None:
    code = (
        "import sys; from dashboard.charts.plotly import figure; from dashboard.blocks import *; "
        "assert 'pandas' not in sys.modules; "
        "figure(Bars('', '', Unit.COUNT, (Bar('a', 1.0),), Table('', (), ()))); "
        "assert hasattr(sys.modules['pandas'], 'Series')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("points", [(), (point(0, None),), (point(0, 5.0),)])
def test_few_or_no_points_are_drawn(points: tuple[Point, ...]) -> None:
    assert drawn(trend(Series("NPS", points)))["layout"]["yaxis"]["range"][0] <= 5


@given(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e6)), st.booleans())
def test_ticks_enclose_the_extent(extent: tuple[float, float], from_zero: bool) -> None:
    low, high = extent[0], extent[0] + extent[1]
    ticks = nice_ticks((low, high), from_zero=from_zero)
    assert 2 <= len(ticks) <= 6
    assert ticks == sorted(ticks)
    slack = 1e-6 + 1e-8 * (ticks[-1] - ticks[0])
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 60)), max_size=8))
def test_labels_never_cover_each_other(labels: list[tuple[float, float]]) -> None:
    labels.sort()
    places = spread([place for place, _ in labels], [size for _, size in labels])
    gaps = [(first + second) / 2 for (_, first), (_, second) in pairwise(labels)]
    assert all(above - below >= gap - 1e-6 for (below, above), gap in zip(pairwise(places), gaps, strict=True))
