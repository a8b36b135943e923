"""Draws into a trend what is not final: the nowcast of an unfinished period, hollow and dotted, and restated points."""

from collections.abc import Iterator

from dashboard.charts.plane import Plane
from dashboard.charts.svg import line, path
from dashboard.charts.theme import ASIDE

SIZE = 5.0
SMALL_SIZE = 4.0


def draw_probable(plane: Plane) -> Iterator[str]:
    """A hollow diamond at what an unfinished period will probably be, on a dotted line over its interval."""
    for place, point in enumerate(plane.findings[0].points if len(plane.findings) == 1 else ()):
        if point.probable is None:
            continue
        value, low, high = point.probable
        x = plane.x(place + ASIDE)
        yield line((x, plane.y(low)), (x, plane.y(high)), "probable")
        yield path(_diamond(x, plane.y(value), SIZE), "probable-mark", is_closed=True)


def draw_restated(plane: Plane) -> Iterator[str]:
    """A filled diamond on each number that was reported otherwise before."""
    for place, point in enumerate(plane.findings[0].points if len(plane.findings) == 1 else ()):
        if point.restated and point.value is not None:
            yield path(_diamond(plane.x(place), plane.y(point.value), SMALL_SIZE), "restated-mark", is_closed=True)


def _diamond(x: float, y: float, size: float) -> list[tuple[float, float]]:
    return [(x, y - size), (x + size, y), (x, y + size), (x - size, y)]
