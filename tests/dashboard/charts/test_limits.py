"""The expected range is a stepped band and signals are dots, in the browser and in a file alike."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from dashboard.blocks import Limits, Point, Series, Trend
from dashboard.charts.plotly import figure
from dashboard.charts.plotly_colours import BAND, SERIES
from dashboard.charts.svg import FRAMES
from dashboard.charts.vector import draw_trend
from dashboard.tables import Table
from etl.vocabulary import Grain, Unit

MONDAY = date(2026, 1, 5)
VALUES = (0.80, 0.81, 0.79, 0.70, 0.82)


def point(place: int, value: float, low: float | None) -> Point:
    limits = None if low is None else Limits(low + 0.05, low, low + 0.1)
    start = MONDAY + timedelta(weeks=place)
    return Point(
        f"2026-W{place + 2:02}", start, value, value - 0.2, value + 0.2, 400, True, None, f"week {place}", None, limits
    )


POINTS = tuple(point(place, value, None if place == 0 else 0.76) for place, value in enumerate(VALUES))
SIGNAL = replace(POINTS[3], flags=("outside the limits",), marks=("outside the limits", "2 of 3 near a limit"))
PART = replace(POINTS[2], marks=("2 of 3 near a limit",))
TREND = Trend(
    "title", "caption", Unit.SHARE, Grain.WEEK, (Series("CSAT", (*POINTS[:2], PART, SIGNAL, POINTS[4])),), None,
    Table("table", (), ()),
)  # fmt: skip


def traces() -> list[dict[str, Any]]:
    return list(figure(TREND).to_plotly_json()["data"])


def test_the_band_steps_at_the_edges_of_the_periods() -> None:
    band = next(trace for trace in traces() if trace.get("fill") == "toself")
    assert band["fillcolor"] == BAND
    half = timedelta(days=3, hours=12)
    first = datetime(2026, 1, 12)  # noqa: DTZ001 (a place on an axis, without a zone)
    assert list(band["x"][:3]) == [first - half, first + half, first + half]
    assert set(band["y"]) == {0.76, 0.86}


def test_the_interval_gives_way_to_what_is_expected() -> None:
    assert len([trace for trace in traces() if trace.get("fill") == "toself"]) == 1
    low, high = figure(TREND).layout.yaxis.range
    assert (low, high) == (0.7, 0.9)


def test_signals_are_dots_and_nothing_else_is() -> None:
    line, dots = traces()[-2:]
    assert set(line["marker"]["size"]) == {0}
    assert (list(dots["x"]), list(dots["y"])) == ([PART.start, SIGNAL.start], [0.79, 0.70])
    assert dots["marker"]["size"][0] < dots["marker"]["size"][1]
    assert dots["marker"]["color"] == SERIES[1]


def test_the_hover_says_what_was_expected_and_what_is_raised() -> None:
    hover = traces()[-2]["hovertext"]
    assert "expected 76–86" in hover[3]
    assert "signal: outside the limits" in hover[3]
    assert "signal: part of 2 of 3 near a limit" in hover[2]
    assert "signal" not in hover[4]
    assert "expected" not in hover[0]


def test_a_file_draws_the_same() -> None:
    svg = draw_trend(TREND, FRAMES["wide"])
    assert svg.count('class="band"') == svg.count('class="expected"') == 1
    assert svg.count('class="dot signal"') == 2
    assert svg.count('class="dot line-1"') == 1
    assert "signal: outside the limits" in svg
    assert "expected 76–86" in svg


def test_a_line_without_limits_keeps_its_interval() -> None:
    plain = replace(TREND, series=(Series("CSAT", tuple(replace(each, limits=None, marks=()) for each in POINTS)),))
    svg = draw_trend(plain, FRAMES["wide"])
    assert (svg.count('class="band"'), svg.count('class="expected"'), svg.count("signal")) == (1, 0, 0)
