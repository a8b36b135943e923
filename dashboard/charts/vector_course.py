"""Draws the short course inside a table's cell as SVG: a line, its signals marked, unknown periods left open."""

from dashboard.blocks import Course
from dashboard.charts.svg import Frame, drawing, element, path

FRAME = Frame(150, 30)
EDGE = 4
MARK, END = 2.6, 3.2


def draw_course(course: Course) -> str:
    """The course as one SVG text; empty when no period is known."""
    known = [value for value in course.values if value is not None]
    if not known:
        return ""
    high = max(*known, 0.0) or 1.0
    step = (FRAME.width - 2 * EDGE) / max(1, len(course.values) - 1)
    spots = [
        None if value is None else (EDGE + place * step, FRAME.height - EDGE - value / high * (FRAME.height - 2 * EDGE))
        for place, value in enumerate(course.values)
    ]
    parts = [path(run, "course-line") for run in _runs(spots) if len(run) > 1]
    for spot, is_marked in zip(spots, course.is_marked, strict=True):
        if spot and is_marked:
            parts.append(element("circle", cx=spot[0], cy=spot[1], r=MARK, class_="course-mark"))
    if spots[-1] and not course.is_marked[-1]:
        parts.append(element("circle", cx=spots[-1][0], cy=spots[-1][1], r=MARK, class_="course-end"))
    return drawing(FRAME, course.words, "", parts, "course")


def _runs(spots: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The stretches between unknown periods."""
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if run]
