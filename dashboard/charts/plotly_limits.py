"""What is expected of each period as a stepped band in the browser's trends, and the signals as dots."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any

from dashboard.blocks import Point, Series
from dashboard.charts.plotly_colours import BAND, CARD, SERIES

SIGNAL = SERIES[1]
FLAG_SIZE, MARK_SIZE = 10, 7


def bands(series: Series) -> list[dict[str, Any]]:
    """A stepped band and the mean in it for each stretch of periods of which something is expected."""
    return [trace for run in _runs(series.points) for trace in (_band(run), _mean(run))]


def signals(series: Series) -> list[dict[str, Any]]:
    """A dot at each period that belongs to a signal, a large one where it completes a pattern."""
    marked = [point for point in series.points if point.marks]
    if not marked:
        return []
    return [
        {
            "type": "scatter",
            "x": [point.start for point in marked],
            "y": [point.value for point in marked],
            "mode": "markers",
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {
                "opacity": 1,
                "size": [FLAG_SIZE if point.flags else MARK_SIZE for point in marked],
                "color": SIGNAL,
                "line": {"color": CARD, "width": 1.5},
            },
        }
    ]


def _band(run: Sequence[tuple[Point, datetime]]) -> dict[str, Any]:
    upper = [(day, point.limits.high) for point, ends in _steps(run) if point.limits for day in ends]
    lower = [(day, point.limits.low) for point, ends in _steps(run) if point.limits for day in ends]
    return _outline([*upper, *reversed(lower)], line={"width": 0}, fill="toself", fillcolor=BAND)


def _mean(run: Sequence[tuple[Point, datetime]]) -> dict[str, Any]:
    places = [(day, point.limits.mean) for point, ends in _steps(run) if point.limits for day in ends]
    return _outline(places, line={"color": CARD, "width": 2})


def _outline(places: Sequence[tuple[datetime, float]], **more: Any) -> dict[str, Any]:
    x, y = [day for day, _ in places], [level for _, level in places]
    return {"type": "scatter", "x": x, "y": y, "mode": "lines", "hoverinfo": "skip", **more}


def _steps(run: Sequence[tuple[Point, datetime]]) -> list[tuple[Point, tuple[datetime, datetime]]]:
    """Each period with the instants, half a period off its place, between which its limits hold."""
    return [(point, (moment(point) - (end - moment(point)), end)) for point, end in run]


def _runs(points: Sequence[Point]) -> list[list[tuple[Point, datetime]]]:
    """The stretches of periods with limits, each with the instant up to which its own are drawn."""
    usual = min((after.start - before.start for before, after in pairwise(points)), default=timedelta(days=1))
    runs: list[list[tuple[Point, datetime]]] = [[]]
    for point in points:
        if point.limits is None:
            runs.append([])
        else:
            runs[-1].append((point, moment(point) + usual / 2))
    return [run for run in runs if run]


def moment(point: Point) -> datetime:
    """Where a period stands on the time axis."""
    return datetime.combine(point.start, time())
