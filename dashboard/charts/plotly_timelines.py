"""Timelines for the browser: a trace a channel over a grey line a customer."""

from collections.abc import Iterator
from typing import Any

from dashboard.charts.plotly_colours import CARD, MUTED_LINE, QUIET_INK, SERIES
from dashboard.charts.plotly_text import NOTE_SIZE, literal
from dashboard.charts.scale import hour_ticks
from dashboard.strings import journeys as words
from dashboard.timelines import Timelines

ROW, HEAD, ABOVE = 76, 60, 0.15
SIZE = 13
MOST_TICKS = 6


def traces(block: Timelines) -> Iterator[dict[str, Any]]:
    """The lines, then the dots by channel, as what a scatter takes."""
    for place, each in enumerate(block.lines):
        days = [dot.days for dot in each.dots]
        yield {
            "x": [min(days), max(days)], "y": [place, place], "mode": "lines", "showlegend": False,
            "line": {"color": MUTED_LINE, "width": 1.5}, "hoverinfo": "skip",
        }  # fmt: skip
    for number, channel in enumerate(block.channels):
        yield _dots(block, channel, SERIES[number % len(SERIES)])


def _dots(block: Timelines, channel: str, colour: str) -> dict[str, Any]:
    found = [(place, dot) for place, each in enumerate(block.lines) for dot in each.dots if dot.channel == channel]
    return {
        "x": [dot.days for _, dot in found],
        "y": [place for place, _ in found],
        "mode": "markers+text",
        "name": literal(channel),
        "text": [literal(dot.sign) for _, dot in found],
        "textposition": "bottom right",
        "marker": {
            "size": SIZE,
            "color": [CARD if dot.is_hollow else colour for _, dot in found],
            "line": {"color": colour, "width": 2},
        },
        "hovertext": [literal(dot.words) for _, dot in found],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def labels(block: Timelines) -> Iterator[dict[str, Any]]:
    """What stands over each line, from its left: its name, and under it what it cost."""
    for place, each in enumerate(block.lines):
        yield {
            "text": f"<b>{literal(each.label)}</b><br>{literal(each.note)}", "x": 0, "xref": "paper", "xanchor": "left",
            "y": place - ABOVE, "yanchor": "bottom", "showarrow": False, "align": "left",
            "font": {"size": NOTE_SIZE, "color": QUIET_INK},
        }  # fmt: skip


def height(block: Timelines) -> int:
    """As high as its rows need, with the names of the channels above them."""
    return HEAD + ROW * len(block.lines) + 20


def axis(block: Timelines) -> dict[str, Any]:
    """Time after the first contact, with few enough marks for a phone."""
    reach, hours = block.longest, hour_ticks(block.longest, MOST_TICKS)
    return {
        "range": [-0.04 * reach, 1.12 * reach], "showgrid": True, "tickvals": [each / 24 for each in hours],
        "ticktext": [words.tick(each, hours.step) for each in hours], "ticklabeloverflow": "allow",
    }  # fmt: skip
