"""What happened as shapes and signs of the browser's trends: a thin line at a day, a shade over several."""

from typing import Any

from dashboard.blocks import Mark, Trend
from dashboard.charts.plotly_colours import QUIET_INK
from dashboard.charts.plotly_text import literal
from dashboard.charts.theme import FONT_SIZE

SHADE = 0.08
_LINE = {"color": QUIET_INK, "width": 1, "dash": "dot"}


def shapes(block: Trend) -> list[dict[str, Any]]:
    """A dotted line at the first day of each mark, and a shade up to its last where that is another."""
    found: list[dict[str, Any]] = []
    for mark in _drawn(block):
        common = {"xref": "x", "yref": "paper", "x0": mark.start, "y0": 0, "y1": 1}
        found.append({**common, "type": "line", "x1": mark.start, "line": _LINE})
        if mark.end > mark.start:
            shade = {"layer": "below", "fillcolor": QUIET_INK, "opacity": SHADE, "line": {"width": 0}}
            found.append({**common, "type": "rect", "x1": mark.end, **shade})
    return found


def signs(block: Trend) -> list[dict[str, Any]]:
    """The sign of each mark at the upper end of its line; its words show on hovering."""
    return [
        {
            "x": mark.start,
            "yref": "paper",
            "y": 1,
            "xanchor": "left",
            "yanchor": "top",
            "xshift": 2,
            "showarrow": False,
            "text": f"<b>{literal(mark.sign)}</b>",
            "hovertext": literal(mark.words),
            "font": {"size": FONT_SIZE - 1, "color": QUIET_INK},
        }
        for mark in _drawn(block)
    ]


def _drawn(block: Trend) -> list[Mark]:
    """The marks that meet the days of the periods drawn."""
    starts = [point.start for series in block.series if not series.is_muted for point in series.points]
    if not starts:
        return []
    return [mark for mark in block.marks if mark.end >= min(starts) and mark.start >= min(starts)]
