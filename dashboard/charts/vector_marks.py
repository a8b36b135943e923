"""Draws what happened into a trend: a thin line at its day, or a shade over its days, under the sign that names it."""

from collections.abc import Iterator
from datetime import date

from dashboard.blocks import Mark
from dashboard.charts.plane import Plane
from dashboard.charts.svg import element, line, text


def draw_marks(plane: Plane) -> Iterator[str]:
    """Each mark that lies within the periods drawn."""
    for mark in plane.block.marks:
        left, right = _place(plane, mark.start), _place(plane, mark.end)
        if right < plane.left or left > plane.right:
            continue
        left, right = max(left, plane.left), min(right, plane.right)
        if right - left > 1:
            yield element(
                "rect", x=left, y=plane.top, width=right - left, height=plane.bottom - plane.top, class_="happened-area"
            )
        yield line((left, plane.top), (left, plane.bottom), "happened")
        yield _sign(mark, left, plane.top)


def _sign(mark: Mark, x: float, top: float) -> str:
    return text(mark.sign, x + 4, top + 11, "quiet small halo strong")


def _place(plane: Plane, day: date) -> float:
    """Where a day lies: within its period's column as far as it is into the period."""
    points = max((series.points for series in plane.findings), key=len, default=())
    starts = [point.start for point in points]
    if not starts:
        return plane.left - 1
    place = max((number for number, start in enumerate(starts) if start <= day), default=-1)
    usual = (starts[-1] - starts[0]).days / max(len(starts) - 1, 1) or 1.0
    if place < 0:
        return plane.left - 1
    return plane.x(place - 0.5 + (day - starts[place]).days / usual)
