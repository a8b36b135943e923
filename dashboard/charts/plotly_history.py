"""What is not final in the browser's trends: hatched unfinished periods, hollow nowcasts, restated points."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dashboard.blocks import Point, Trend
from dashboard.charts.plotly_colours import CARD, MUTED_MARK, QUIET_INK, SERIES
from dashboard.charts.plotly_limits import moment
from dashboard.charts.plotly_text import literal, probable
from dashboard.charts.svg import width_of
from dashboard.charts.theme import ASIDE, FONT_SIZE

WIDEST_WORDS = 240.0
"""Pixels that the words over an unfinished period may take on a phone."""


def hatching(block: Trend, low: float, high: float) -> list[dict[str, Any]]:
    """The area of the periods at the end that are not complete, as the trace of a hatched rectangle."""
    points = _unfinished(block)
    if not points:
        return []
    half = _step(block) / 2
    left, right = moment(points[0]) - half, moment(points[-1]) + half
    return [
        {
            "x": [left, left, right, right], "y": [low, high, high, low], "mode": "lines", "line": {"width": 0},
            "fill": "toself", "hoverinfo": "skip", "fillcolor": "rgba(0,0,0,0)",
            "fillpattern": {"shape": "/", "fgcolor": MUTED_MARK, "fgopacity": 0.5, "size": 8, "solidity": 0.12},
        }
    ]  # fmt: skip


def hatching_words(block: Trend) -> list[dict[str, Any]]:
    """How far the last period is, over its hatching; without the single sources where there is no room for them."""
    points = _unfinished(block)
    if not points or not points[-1].reason:
        return []
    words = points[-1].reason
    if width_of(words) > WIDEST_WORDS:
        words = words.partition(";")[0]
    return [
        {
            "x": points[-1].start, "yref": "paper", "y": 1, "xshift": 16,
            "xanchor": "right", "yanchor": "bottom", "showarrow": False,
            "text": literal(words), "font": {"size": FONT_SIZE - 1, "color": QUIET_INK},
        }
    ]  # fmt: skip


def nowcasts(block: Trend) -> list[dict[str, Any]]:
    """A hollow diamond at what an unfinished period will probably be, on a dotted line over its interval."""
    traces: list[dict[str, Any]] = []
    for point in _points(block):
        if point.probable is None:
            continue
        value, low, high = point.probable
        x = moment(point) + ASIDE * _step(block)
        common = {"hovertext": probable(point, block), "hovertemplate": "%{hovertext}<extra></extra>"}
        dotted = {"mode": "lines", "line": {"color": SERIES[0], "width": 2, "dash": "dot"}, "cliponaxis": False}
        hollow = {"symbol": "diamond", "size": 10, "color": CARD, "line": {"color": SERIES[0], "width": 2}}
        traces.append({"x": [x, x], "y": [low, high], **dotted, **common})
        traces.append({"x": [x], "y": [value], "mode": "markers", "marker": hollow, "cliponaxis": False, **common})
    return traces


def restated(block: Trend) -> list[dict[str, Any]]:
    """A filled diamond on each number that was reported otherwise before; its words stand in the line's own hover."""
    points = [point for point in _points(block) if point.restated and point.value is not None]
    if not points:
        return []
    return [
        {
            "x": [point.start for point in points], "y": [point.value for point in points], "mode": "markers",
            "marker": {"symbol": "diamond", "size": 8, "color": QUIET_INK}, "hoverinfo": "skip",
        }
    ]  # fmt: skip


def _points(block: Trend) -> Sequence[Point]:
    """The points of a line that stands alone."""
    findings = [series for series in block.series if not series.is_muted]
    return findings[0].points if len(findings) == 1 else ()


def _unfinished(block: Trend) -> Sequence[Point]:
    """The points at the end of the first line that are not complete."""
    points = next((series.points for series in block.series if not series.is_muted), ())
    place = len(points)
    while place and not points[place - 1].complete:
        place -= 1
    return points[place:]


def _step(block: Trend) -> timedelta:
    """The usual distance of two points."""
    starts = sorted({point.start for series in block.series for point in series.points})
    days = (starts[-1] - starts[0]).days / max(len(starts) - 1, 1) if starts else 0
    return timedelta(days=days or 1)
