"""Marks of an axis: after a first contact they stand at whole hours or days, few enough for their place."""

import pytest

from dashboard.charts.scale import hour_ticks


@pytest.mark.parametrize(
    ("days", "marks"),
    [
        (0.01, [0]),
        (0.83, [0, 6, 12, 18]),
        (1.0, [0, 6, 12, 18, 24]),
        (4.08, [0, 24, 48, 72, 96]),
        (7.0, [0, 48, 96, 144]),
        (20.0, [0, 120, 240, 360, 480]),
    ],
)
def test_marks_are_hours_or_days(days: float, marks: list[int]) -> None:
    assert list(hour_ticks(days, 6)) == marks
