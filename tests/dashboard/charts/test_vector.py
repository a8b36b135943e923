"""Drawings: what is marked, what is left out, and that no text leaves its frame."""

import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from dashboard.blocks import Bar, Bars, Point, Series, Trend
from dashboard.charts.scale import steps
from dashboard.charts.svg import FRAMES, Frame, width_of
from dashboard.charts.vector import draw_trend
from dashboard.charts.vector_bars import draw_bars
from dashboard.tables import Table
from etl.metrics.nowcast import Nowcast
from etl.vocabulary import Grain, Unit

NO_TABLE = Table("", (), ())
VALUES = (0.70, 0.72, None, 0.71, 0.74, 0.76)


def trend(*names: str, values: tuple[float | None, ...] = VALUES, target: float | None = 0.8) -> Trend:
    """One or more like lines of weeks, the last week unfinished."""
    points = tuple(
        Point(
            f"2026-W{number + 1:02}", date(2025, 12, 29) + timedelta(weeks=number), value,
            None if value is None else value - 0.03, None if value is None else value + 0.03, 400,
            number < len(values) - 1, "unfinished: 3 of 7 days" if number == len(values) - 1 else None,
            f"week {number + 1}",
        )
        for number, value in enumerate(values)
    )  # fmt: skip
    series = tuple(Series(name, points) for name in names or ("Service level",))
    return Trend("Service level rose", "", Unit.SHARE, Grain.WEEK, series, target, NO_TABLE)


def texts(svg: str) -> list[tuple[str, float, float]]:
    """Each text with its left and right end."""
    found = []
    for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):  # noqa: S314 (our own drawing)
        words, x, anchor = node.text or "", float(node.get("x", "0")), node.get("text-anchor")
        size = width_of(words, 12 if "small" in (node.get("class") or "") else 13)
        left = x - size if anchor == "end" else x - size / 2 if anchor == "middle" else x
        found.append((words, left, left + size))
    return found


def test_a_hole_splits_the_line_and_the_unfinished_end_is_hollow_and_said() -> None:
    svg = draw_trend(trend(), FRAMES["wide"])
    assert len(re.findall(r'class="line line-1"', svg)) == 2
    assert len(re.findall(r'class="line line-1 dashed"', svg)) == 1
    assert len(re.findall(r'class="dot hollow line-1"', svg)) == 1
    assert len(re.findall(r'class="band"', svg)) == 2
    assert "unfinished: 3 of 7 days" in [words for words, _, _ in texts(svg)]
    assert "hatch" in svg


def test_a_target_that_changed_steps() -> None:
    block = replace(trend(), targets=(0.7, *(0.8,) * (len(VALUES) - 1)))
    assert steps(block) == ((0, 0, 0.7), (1, len(VALUES) - 1, 0.8))
    assert draw_trend(block, FRAMES["wide"]).count('class="target"') == 2


def test_target_and_last_values_are_labelled() -> None:
    words = [words for words, _, _ in texts(draw_trend(trend(), FRAMES["medium"]))]
    assert "target 80\u202f%" in words
    assert "76.0\u202f% so far" in words
    assert "74.0\u202f%" in words


def test_it_has_a_title_and_a_description_and_no_colour() -> None:
    svg = draw_trend(trend(), FRAMES["narrow"])
    assert svg.startswith("<svg")
    assert "<title>Service level rose</title>" in svg
    assert "<desc>Service level: from 70.0\u202f% (week 1) to 76.0\u202f% (week 6).</desc>" in svg
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|style=", svg)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
@pytest.mark.parametrize("names", [("NPS",), ("phone", "chat", "onboarding and first installation at home")])
def test_no_text_leaves_the_frame(frame: Frame, names: tuple[str, ...]) -> None:
    for words, left, right in texts(draw_trend(trend(*names), frame)):
        assert left >= -0.5, words
        assert right <= frame.width + 0.5, words


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
@pytest.mark.parametrize("signs", [(1,), (-1,), (1, -1)])
def test_bars_keep_their_words_inside_the_frame(frame: Frame, signs: tuple[int, ...]) -> None:
    labels = ("delivery", "onboarding and first installation at the customer's home", "app", "x")
    bars = tuple(
        Bar(label, 0.24 / (number + 1) * signs[number % len(signs)], "n 1 684", number == 0)
        for number, label in enumerate(labels)
    )
    svg = draw_bars(Bars("Fell", "", Unit.SHARE, bars, NO_TABLE, is_signed=True), frame)
    for words, left, right in texts(svg):
        assert left >= -0.5, words
        assert right <= frame.width + 0.5, words
    said = " ".join(words for words, _, _ in texts(svg))
    assert all(label in said for label in labels)


def test_one_value_alone_is_a_dot() -> None:
    svg = draw_trend(trend(values=(None, 0.7, None)), FRAMES["narrow"])
    assert svg.count("<circle") == 1
    assert 'class="whisker"' in svg


def test_words_of_the_periods_stand_in_the_drawing_only_where_wanted() -> None:
    block = replace(trend(), target=None)
    assert draw_trend(block, FRAMES["wide"]).count("data-tip=") == len(VALUES)
    assert "data-tip=" not in draw_trend(block, FRAMES["wide"], has_words=False)


def test_a_nowcast_and_a_restated_point_are_drawn_and_told() -> None:
    words = "reported 812 on 3 Mar 2026, now 840: 28 late records"
    block = trend(values=(812, 840, 300), target=None)
    first, second, last = block.series[0].points
    told = replace(last, nowcast=Nowcast(820, 780, 900, 20, None, 300), probable=(820, 780, 900))
    series = Series("Contacts", (first, replace(second, restated=words), told))
    svg = draw_trend(replace(block, unit=Unit.COUNT, series=(series,)), FRAMES["wide"])
    assert (
        svg.count('class="probable"') == svg.count('class="probable-mark"') == svg.count('class="restated-mark"') == 1
    )
    assert words in svg
    assert "probably 820 (780–900)" in svg


def test_words_too_long_for_a_phone_name_no_single_sources() -> None:
    long = "unfinished: 3 of 7 days; Amazon Connect through Thu, Customer Support on Twitter through Fri"
    block = trend()
    points = tuple(replace(point, reason=point.reason and long) for point in block.series[0].points)
    for name, words in (("wide", long), ("narrow", "unfinished: 3 of 7 days")):
        drawn = draw_trend(replace(block, series=(Series("Service level", points),)), FRAMES[name])
        assert words in [found for found, _, _ in texts(drawn)]
