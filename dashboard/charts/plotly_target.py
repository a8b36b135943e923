"""The target of the browser's trends: a dashed line over the periods of each height, its name on ground of its own."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dashboard import format as words
from dashboard import strings
from dashboard.blocks import Trend
from dashboard.charts.plotly_colours import CARD, QUIET_INK
from dashboard.charts.plotly_text import literal
from dashboard.charts.scale import steps
from dashboard.charts.theme import FONT_SIZE


def stretches(block: Trend, span: Sequence[date] | None) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """For each height the line as a shape and its words as a note; `span` is the extent of the axis."""
    points = max((series.points for series in block.series), key=len, default=())
    if not span or not points:
        return
    starts = [point.start for point in points]
    edges = [span[0], *(one + (next_ - one) / 2 for one, next_ in zip(starts, starts[1:], strict=False)), span[-1]]
    for first, last, height in steps(block):
        line = {"color": QUIET_INK, "width": 1, "dash": "dash"}
        shape = {"type": "line", "x0": edges[first], "x1": edges[last + 1], "y0": height, "y1": height, "line": line}
        note = {
            "x": edges[first], "y": height, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
            "text": literal(strings.target(words.tick(height, block.unit))),
            "bgcolor": CARD, "borderpad": 1,
            "font": {"size": FONT_SIZE - 1, "color": QUIET_INK},
        }  # fmt: skip
        yield shape, note
