"""Draws what is expected of each period as a stepped band with its mean, and the signals as dots."""

from collections.abc import Iterator, Sequence

from dashboard.blocks import Limits, Series
from dashboard.charts.plane import Plane
from dashboard.charts.svg import element, path

FLAG_RADIUS, MARK_RADIUS = 4.6, 3.2


def draw_limits(plane: Plane, series: Series) -> Iterator[str]:
    """A band and a mean for each stretch of periods of which something is expected."""
    for run in _runs(series):
        upper = [(x, plane.y(limits.high)) for limits, x in _steps(plane, run)]
        lower = [(x, plane.y(limits.low)) for limits, x in _steps(plane, run)]
        yield path([*upper, *reversed(lower)], "band", is_closed=True)
        yield path([(x, plane.y(limits.mean)) for limits, x in _steps(plane, run)], "expected")


def draw_signals(plane: Plane, series: Series) -> Iterator[str]:
    """A dot at each period that belongs to a signal, a large one where it completes a pattern."""
    for place, point in enumerate(series.points):
        if point.marks and point.value is not None:
            radius = FLAG_RADIUS if point.flags else MARK_RADIUS
            yield element("circle", cx=plane.x(place), cy=plane.y(point.value), r=radius, class_="dot signal")


def _steps(plane: Plane, run: Sequence[tuple[int, Limits]]) -> list[tuple[Limits, float]]:
    """The limits of each period at the left and at the right edge of its column."""
    return [(limits, plane.x(place + side)) for place, limits in run for side in (-0.5, 0.5)]


def _runs(series: Series) -> list[list[tuple[int, Limits]]]:
    runs: list[list[tuple[int, Limits]]] = [[]]
    for place, point in enumerate(series.points):
        if point.limits is None:
            runs.append([])
        else:
            runs[-1].append((place, point.limits))
    return [run for run in runs if run]
