"""Draws the short course inside a table's cell as columns: signals marked, unknown periods left open."""

from dashboard.charts.svg import Frame, drawing, element
from dashboard.tables import Course

FRAME = Frame(156, 28)
GAP = 1.5
LOWEST = 0.06
"""So much of the height has a column of nothing, as an unknown period has none."""


def heights(course: Course) -> list[float | None]:
    """How high each column is, from 0 to 1 of the highest; None where there is none."""
    high = max((value for value in course.values if value is not None), default=0.0) or 1.0
    return [None if value is None else max(LOWEST, value / high) for value in course.values]


def draw_course(course: Course) -> str:
    """The course as one SVG text."""
    step = FRAME.width / max(1, len(course.values))
    parts = [
        element(
            "rect", x=place * step, y=FRAME.height * (1 - share), width=step - GAP, height=FRAME.height * share,
            class_="course-mark" if is_marked else "course-column",
        )
        for place, (share, is_marked) in enumerate(zip(heights(course), course.is_marked, strict=True))
        if share is not None
    ]  # fmt: skip
    return drawing(FRAME, course.words, "", parts, "course")
