"""An Ask that answers with the rows of a test: one course, or one of each segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from etl.calendar import Calendar
from etl.metrics.answer import Answer, Ask, Question, Row, SourceState
from etl.metrics.catalogue import METRICS
from etl.rebases import Rebase
from etl.vocabulary import Dimension, Grain

MONDAY = date(2024, 1, 1)
Value = float | tuple[int, int] | None
"""A value, cases among a base, or a period that nothing is known of."""


@dataclass(frozen=True)
class Courses:
    """The values by segment, one a period from a Monday on; with a `last` day the last period is cut and open."""

    segments: Mapping[str, Sequence[Value]]
    rebases: tuple[Rebase, ...] = ()
    last: date | None = None
    goal: float | None = None
    goals_at: Mapping[str, float] = field(default_factory=dict)
    least: int = 0
    calendar: Calendar = field(default_factory=Calendar)
    sources: tuple[SourceState, ...] = ()

    def minimum_n(self, _metric: str) -> int:
        """As the test wants it."""
        return self.least

    def holidays(self, _region: str | None = None) -> frozenset[date]:
        """None."""
        return frozenset()

    def target(self, _metric: str, touchpoint: str = "") -> float | None:
        """As the test wants it; a touchpoint that it names has its own."""
        return self.goals_at.get(touchpoint, self.goal)

    def __call__(self, question: Question) -> Answer:
        """The rows of each segment in turn."""
        (metric,), grain = question.metrics, question.grain
        assert grain is not None
        rows = [
            self._row(metric, grain, place, value, ((Dimension.CAUSE, name),) if question.by else ())
            for name, values in self.segments.items()
            for place, value in enumerate(values)
        ]
        return Answer(1, tuple(row for row in rows if question.end is None or row.start <= question.end))

    def _row(
        self, metric: str, grain: Grain, place: int, value: Value, group: tuple[tuple[Dimension, str], ...]
    ) -> Row:
        period = self.calendar.shift(self.calendar.period_of(MONDAY, grain), place)
        number, n = (value[0] / value[1] if value[1] else None, value[1]) if isinstance(value, tuple) else (value, 100)
        if METRICS[metric].unit == "count" and value is not None:
            n = int(number or 0)
        row = Row(
            metric, period.key, period.start, period.end, group, number, n, None, None, number is not None,
            None if number is not None else "unknown", METRICS[metric].unit.value,
        )  # fmt: skip
        is_cut = self.last is not None and row.end > self.last
        return replace(row, end=cast(date, self.last), complete=False) if is_cut else row


def course(*values: Value, **more: object) -> Ask:
    """An Ask on one course."""
    return cast(Ask, Courses({"": values}, **more))  # type: ignore[arg-type]


def segments(values: Mapping[str, Sequence[Value]]) -> Ask:
    """An Ask on a course a segment."""
    return cast(Ask, Courses(values))
