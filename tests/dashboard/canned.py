"""An Ask with a made-up company: seeded, plausible, without a warehouse, and with findings that a test knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import sin, sqrt
from random import Random

from etl.calendar import Calendar, Period
from etl.metrics.answer import Answer, Question, Row, SourceState
from etl.vocabulary import Dimension, Grain, Unit

AS_OF = date(2026, 3, 11)
FALLEN_WEEK = "2026-W10"
HOSTILE = "<script>alert('x')</script> \"&\" =1+1"
WEEKLY_CONTACTS = 6_000
VALUES: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.CHANNEL: ("phone", "chat", "email", "social"),
    Dimension.TOUCHPOINT: ("delivery", "billing", "onboarding and first installation", "app", "shop"),
    Dimension.PRODUCT: ("fibre", "mobile", "television"),
    Dimension.REGION: ("North", "South", "West"),
}
WEIGHTS = (0.38, 0.27, 0.18, 0.12, 0.05)
LEVELS: Mapping[str, tuple[Unit, float, float]] = {
    "contacts": (Unit.COUNT, 1.0, 1.0),
    "nps": (Unit.SCORE, 31.0, 0.3),
    "csat": (Unit.SHARE, 0.816, 0.28),
    "service_level": (Unit.SHARE, 0.792, 0.55),
    "abandonment": (Unit.SHARE, 0.061, 0.58),
    "asa": (Unit.SECONDS, 41.0, 0.5),
    "aht": (Unit.SECONDS, 362.0, 0.5),
    "aht_p50": (Unit.SECONDS, 300.0, 0.5),
    "aht_p90": (Unit.SECONDS, 720.0, 0.5),
    "first_response_p50": (Unit.SECONDS, 4_900.0, 0.2),
    "first_response_p90": (Unit.SECONDS, 90_000.0, 0.2),
    "answered_within_target": (Unit.SHARE, 0.48, 0.2),
}
TARGETS: Mapping[str, float] = {"nps": 35.0, "service_level": 0.8, "csat": 0.8, "asa": 60.0}


@dataclass(frozen=True)
class CannedAsk:
    """The company; `fall` is by how many points NPS fell in FALLEN_WEEK, most of it at touchpoint delivery.

    `unfed` metrics have no value anywhere; `hole` is a week without any data.
    """

    fall: float = 0.0
    first_day: date | None = date(2024, 3, 4)
    as_of: date | None = AS_OF
    unfed: frozenset[str] = frozenset()
    hole: str = ""
    values: Mapping[Dimension, tuple[str, ...]] = field(default_factory=lambda: VALUES)
    volume: float = 1.0
    asked: list[Question] = field(default_factory=list)

    generation: int = 7
    published_at: datetime = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
    company: str = "Northwind Broadband"
    calendar: Calendar = Calendar()

    @property
    def sources(self) -> tuple[SourceState, ...]:
        """Two sources, the second of them behind."""
        if self.as_of is None or self.first_day is None:
            return ()
        newest = datetime(2026, 3, 11, 22, 14, tzinfo=UTC)
        late = max(self.first_day, date.fromordinal(self.as_of.toordinal() - 2))
        calls = SourceState(
            "amazon_connect",
            "Amazon Connect",
            148_210,
            self.first_day,
            newest,
            self.as_of,
            True,
            "Europe/Berlin",
            False,
        )
        gaps = (date(2026, 1, 9),)
        surveys = SourceState(
            "qualtrics", "Qualtrics", 22_406, self.first_day, newest, late, True, "UTC", True, (), gaps
        )
        return (calls, surveys)

    @property
    def dimension_values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """What occurs."""
        return self.values

    def target(self, metric: str) -> float | None:
        """Targets of some metrics."""
        return TARGETS.get(metric)

    def __call__(self, question: Question) -> Answer:
        """The rows, and the question remembered."""
        self.asked.append(question)
        return Answer(self.generation, tuple(self._rows(question)))

    def _rows(self, question: Question) -> Iterator[Row]:
        assert question.start is not None
        assert question.end is not None
        if question.grain is None:
            periods: tuple[Period, ...] = (Period(Grain.DAY, str(question.start), question.start, question.end),)
        else:
            periods = self.calendar.between(question.start, question.end, question.grain)
        groups: tuple[tuple[tuple[Dimension, str], ...], ...] = ((),)
        if question.by:
            (dimension,) = question.by
            groups = tuple(((dimension, value),) for value in self.values[dimension])
        for metric in question.metrics:
            for period in periods:
                for number, group in enumerate(groups):
                    yield self._row(metric, period, group, WEIGHTS[number % len(WEIGHTS)] if group else 1.0)

    def _row(self, metric: str, period: Period, group: tuple[tuple[Dimension, str], ...], weight: float) -> Row:
        unit, level, coverage = LEVELS[metric]
        through = min(period.end, self.as_of) if self.as_of else None
        days = (
            0 if through is None or self.first_day is None else (through - max(period.start, self.first_day)).days + 1
        )
        n = round(WEEKLY_CONTACTS * self.volume / 7 * max(days, 0) * coverage * weight)
        reason = self._reason(metric, period, days, n)
        if reason:
            return Row(
                metric, period.key, period.start, period.end, group, None, 0, None, None, False, reason, unit.value
            )
        value, error = self._value(metric, period, group, unit, level, n)
        low, high = value - 1.96 * error, value + 1.96 * error
        if unit is Unit.COUNT:
            n = round(value)
        complete = self.as_of is not None and period.end <= self.as_of
        bounds = (None, None) if unit is Unit.COUNT else (low, high)
        return Row(
            metric, period.key, period.start, period.end, group, value, n, bounds[0], bounds[1], complete, None,
            unit.value, value, error, through,
        )  # fmt: skip

    def _reason(self, metric: str, period: Period, days: int, n: int) -> str | None:
        if metric in self.unfed:
            return "no loaded source brings survey answers"
        if days <= 0:
            return f"not complete before {period.end}"
        if period.key == self.hole:
            return "no data: Amazon Connect has a gap"
        return f"too few (n={n})" if n < 10 and metric != "contacts" else None

    def _value(
        self, metric: str, period: Period, group: tuple[tuple[Dimension, str], ...], unit: Unit, level: float, n: int
    ) -> tuple[float, float]:
        """Value and standard error: a slow wave plus a little noise, both small against the error."""
        noise = Random(f"{metric}{period.key}{group}").uniform(-0.35, 0.35)  # noqa: S311 (made-up numbers)
        wave = 0.6 * sin(period.start.toordinal() / 60 + len(metric))
        if unit is Unit.COUNT:
            return round(n + (noise + wave) * sqrt(n)), sqrt(n)
        if unit is Unit.SHARE:
            error = sqrt(level * (1 - level) / n)
        else:
            error = 84.0 / sqrt(n) if unit is Unit.SCORE else 0.7 * level / sqrt(n)
        value = level + (noise + wave) * error
        if metric == "nps" and period.key == FALLEN_WEEK:
            value -= self.fall * (2.6 if not group or group[0][1] == "delivery" else 0.3) / (1 if group else 2.6)
        return value, error
