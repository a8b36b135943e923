"""Where words stand in the browser's trends: at the ends of lines and where values are missing."""

from collections.abc import Sequence
from typing import Any

from dashboard.blocks import Point, Series, Trend
from dashboard.charts.plotly_colours import CARD, QUIET_INK, colour_of
from dashboard.charts.plotly_text import last_label
from dashboard.charts.scale import spread
from dashboard.charts.theme import FONT_SIZE
from dashboard.strings import NO_DATA_MARK, TOO_FEW_MARK

HEIGHT = 320
PLOT_SHARE = 0.8
LINE_HEIGHT = 17
MOST_MARKS = 4
LABEL_ROOM = 8
NOWCAST_ROOM = 14


def runs(points: Sequence[Point]) -> list[list[Point]]:
    """The stretches between holes."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def room_before(block: Trend) -> int:
    """Pixels between the end of a line and its label; more where a nowcast stands beside it."""
    return LABEL_ROOM + (NOWCAST_ROOM if any(p.probable for series in block.series for p in series.points) else 0)


def last_labels(block: Trend, extent: tuple[float, float]) -> list[dict[str, Any]]:
    """Name and value at the right end of each line, pushed apart, and into the plot, where they would not be read.

    A line for comparison that ends earlier has no label: it would stand amid the others, and the caption names it.
    """
    ends = [(series, drawn[-1][-1]) for series in block.series if (drawn := runs(series.points))]
    ends = [(series, point) for series, point in ends if not series.is_muted or point is series.points[-1]]
    ends.sort(key=lambda end: end[1].value or 0.0)
    texts = [last_label(series, point, block) for series, point in ends]
    scale = HEIGHT * PLOT_SHARE / ((extent[1] - extent[0]) or 1.0)
    wanted = [((point.value or 0.0) - extent[0]) * scale for _, point in ends]
    sizes = [LINE_HEIGHT * (1 + text.count("<br>")) for text in texts]
    places = _inside(spread(wanted, sizes), sizes)
    return [
        {
            "x": point.start,
            "y": point.value,
            "xanchor": "left",
            "xshift": room_before(block),
            "yshift": free - place,
            "showarrow": False,
            "align": "left",
            "text": text,
            "bgcolor": CARD,
            "borderpad": 0,
            "font": {"size": FONT_SIZE, "color": QUIET_INK if series.is_muted else colour_of(series, block)},
        }  # fmt: skip
        for (series, point), place, free, text in zip(ends, wanted, places, texts, strict=True)
    ]


def holes(findings: Sequence[Series]) -> list[dict[str, Any]]:
    """A word at the foot of the longest missing stretches of the first line, so that a gap is not read as quiet."""
    stretches: list[list[Point]] = [[]]
    for point in findings[0].points if findings else ():
        if point.value is None:
            stretches[-1].append(point)
        else:
            stretches.append([])
    longest = sorted(filter(None, stretches), key=len, reverse=True)[:MOST_MARKS]
    return [
        {
            "x": stretch[len(stretch) // 2].start,
            "yref": "paper",
            "y": 0,
            "yanchor": "bottom",
            "showarrow": False,
            "text": TOO_FEW_MARK if (stretch[0].reason or "").startswith(TOO_FEW_MARK) else NO_DATA_MARK,
            "textangle": -90,
            "font": {"size": FONT_SIZE - 1, "color": QUIET_INK},
        }  # fmt: skip
        for stretch in longest
    ]


def _inside(places: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """The places, shifted as a group into the plot's height."""
    if not places:
        return []
    below = max(0.0, sizes[0] / 2 - places[0])
    above = max(0.0, places[-1] + sizes[-1] / 2 - HEIGHT * PLOT_SHARE)
    return [place + below - above for place in places]
