"""Draws the short course inside a card as SVG: its last point is the card's value."""

from collections.abc import Sequence

from dashboard import format, strings
from dashboard.blocks import Kpi, Point
from dashboard.charts.svg import Frame, drawing, element, path

FRAME = Frame(260, 48)
EDGE = 6


def draw_spark(kpi: Kpi) -> str:
    """The course as one SVG text; empty when fewer than two periods have a value."""
    drawn = [point for point in kpi.spark if point.value is not None]
    if len(drawn) < 2:
        return ""
    values = [point.value for point in drawn if point.value is not None]
    low, high = min(values), max(values)
    step = (FRAME.width - 2 * EDGE) / (len(kpi.spark) - 1)

    def place(number: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return EDGE + number * step, FRAME.height - EDGE - share * (FRAME.height - 2 * EDGE)

    parts = []
    for run in _runs(kpi.spark):
        spots = [place(number, value) for number, value in run]
        floor = FRAME.height - 1
        parts.append(path([(spots[0][0], floor), *spots, (spots[-1][0], floor)], "spark-area", is_closed=True))
        parts.append(path(spots, "spark-line") if len(spots) > 1 else _dot(spots[0], 2, "spark-dot"))
    if (last := kpi.spark[-1]).value is not None:
        spot = place(len(kpi.spark) - 1, last.value)
        parts.append(_dot(spot, 3.6, "spark-dot" if last.complete else "spark-dot hollow"))
    ends = [f"{format.value(point.value, kpi.unit)} ({point.label})" for point in (drawn[0], drawn[-1])]
    return drawing(FRAME, kpi.label, strings.from_to(kpi.label, *ends), parts, "spark")


def _dot(spot: tuple[float, float], radius: float, class_: str) -> str:
    return element("circle", cx=spot[0], cy=spot[1], r=radius, class_=class_)


def _runs(points: Sequence[Point]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for number, point in enumerate(points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((number, point.value))
    return [run for run in runs if run]
