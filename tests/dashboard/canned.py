"""An Ask with a made-up company: seeded, plausible, without a warehouse, and with findings that a test knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from math import sin, sqrt
from pathlib import Path
from random import Random
from typing import Any

from etl.alerting import Alerting, AlertRule
from etl.annotations import Annotation
from etl.calendar import Calendar, Period, Span
from etl.config import Settings
from etl.folders import Folders
from etl.labels import Label
from etl.metrics.alike import Alike
from etl.metrics.answer import Answer, Cell, CellSpan, CellWeeks, Question, Row, Rows, SourceState, Where
from etl.metrics.answers import Answers
from etl.metrics.base import Redefinition
from etl.metrics.catalogue import METRICS, settings_of
from etl.metrics.plans import Commitments
from etl.metrics.restatement import Restatement
from etl.metrics.tolls.values import Saying
from etl.metrics.ways import Ways
from etl.rebases import Rebase
from etl.vocabulary import UNKNOWN, Condition, Dimension, Grain, State, Unit
from tests.dashboard import answers, failures
from tests.dashboard.failures import CAUSES, CONTACTS_PER_FAILURE, company_of
from tests.dashboard.levels import LEVELS, MATURITY, TARGETS
from tests.dashboard.tolls import CannedTolls
from tests.dashboard.ways import CannedWays

AS_OF = date(2026, 3, 11)
FALLEN_WEEK = "2026-W10"
HOSTILE = "<script>alert('x')</script> \"&\" =1+1"
WEEKLY_CONTACTS = 6_000
VALUES: Mapping[Dimension, tuple[str, ...]] = {
    Dimension.CHANNEL: ("phone", "chat", "email", "social"),
    Dimension.CAUSE: CAUSES,
    Dimension.TOUCHPOINT: ("delivery", "billing", "onboarding and first installation", "app", "shop"),
    Dimension.PRODUCT: ("fibre", "mobile", "television"),
    Dimension.REGION: ("North", "South", "West"),
}
WEIGHTS = (0.38, 0.27, 0.18, 0.12, 0.05)

WATCHED = Alerting(
    (
        AlertRule(
            "began", "Breakdown began", Condition.BREAKDOWN, state=State.NEW, recover_after=4, rearm_after=4,
            group="breakdowns",
        ),
    )
)  # fmt: skip
"""One rule, for tests that want alerts; without it nothing is watched."""


@dataclass(frozen=True)
class CannedAsk:
    """The company; `fall` is by how many points NPS fell in FALLEN_WEEK, most of it at touchpoint delivery.

    In a storm more contacts fail in the last week than usual.
    `unfed` metrics have no value anywhere; `hole` is a week without any data.
    """

    fall: float = 0.0
    first_day: date | None = date(2024, 3, 4)
    as_of: date | None = AS_OF
    unfed: frozenset[str] = frozenset()
    hole: str = ""
    values: Mapping[Dimension, tuple[str, ...]] = field(default_factory=lambda: VALUES)
    volume: float = 1.0
    is_storm: bool = False
    asked: list[Question] = field(default_factory=list)
    rebases: tuple[Rebase, ...] = ()
    commitments: Commitments = Commitments()
    restatements: tuple[Restatement, ...] = ()
    worth: float | None = None
    posts: tuple[Mapping[str, Any], ...] = ()
    sayings: Mapping[Cell, tuple[Saying, ...]] = field(default_factory=dict)
    invitations: tuple[Mapping[str, Any], ...] = ()

    generation: int = 7
    published_at: datetime = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
    company: str = "Northwind Broadband"
    calendar: Calendar = Calendar()
    alerting: Alerting = Alerting()
    annotations: tuple[Annotation, ...] = ()
    labels: tuple[Label, ...] = ()
    redefinitions: Mapping[str, tuple[Redefinition, ...]] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[SourceState, ...]:
        """Two sources, the second of them behind."""
        if self.as_of is None or self.first_day is None:
            return ()
        newest = datetime(2026, 3, 11, 22, 14, tzinfo=UTC)
        late = max(self.first_day, date.fromordinal(self.as_of.toordinal() - 2))
        calls = SourceState(
            "amazon_connect", "Amazon Connect", 148_210, self.first_day, newest, self.as_of, True, "UTC", False
        )
        gaps = (date(2026, 1, 9),)
        surveys = SourceState(
            "qualtrics", "Qualtrics", 22_406, self.first_day, newest, late, True, "UTC", True, (), gaps
        )
        return (calls, surveys)

    @property
    def toll(self) -> CannedTolls:
        """What its breakdowns cost."""
        return CannedTolls(self._failed, self.worth, sayings=self.sayings)

    @property
    def failing(self) -> failures.Company:
        """What its failures depend on."""
        return company_of(self.values, self.volume, is_storm=self.is_storm)

    @property
    def dimension_values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """What occurs."""
        return self.values

    def parameters(self, metric: str) -> Mapping[str, float]:
        """The defaults."""
        return settings_of(METRICS[metric], Settings(Folders(Path())))

    def target(self, metric: str, touchpoint: str = "", period: Period | None = None) -> float | None:
        """Targets of some metrics, and of one touchpoint, raised in one year."""
        if (metric, touchpoint) == ("csat", "web chat"):
            return 0.7 if period and period.start < date(2026, 1, 1) else 0.75
        return TARGETS.get(metric)

    def holidays(self, region: str | None = None) -> frozenset[date]:
        """None."""
        del region
        return frozenset()

    def minimum_n(self, metric: str) -> int:
        """As in the settings."""
        return 0 if metric in ("contacts", "failed_contacts") else 10

    def alike(self, metric: str, after: Span, before: Span, where: Where = ()) -> Alike:
        """All its sources cover all days."""
        del metric, after, before, where
        return Alike()

    def rows(self, metric: str, period: Period, where: Where, side: str = "bottom") -> Rows:
        """The contacts that failed, the posts about us and the invitations; no other metric has rows here."""
        if metric == "response_rate":
            return Rows(self.invitations, "invitation")
        if metric == "mentions":
            return Rows(tuple(row for row in self.posts if period.start <= row["business_day"] <= period.end), "post")
        assert (metric, side) == ("failed_contacts", "bottom")
        return Rows(self._failed(period.start, period.end, where), "contact")

    def restated(
        self, metrics: Sequence[str], grain: Grain, start: date | None = None, end: date | None = None
    ) -> tuple[Restatement, ...]:
        """Those given."""
        del grain
        return tuple(
            each
            for each in self.restatements
            if each.metric in metrics and (start or each.start) <= each.start <= (end or each.end)
        )

    def weeks(self, through: date, where: Where = ()) -> CellWeeks:
        """All complete weeks since the first day."""
        if self.first_day is None:
            return failures.weeks((), self.failing)
        weeks = self.calendar.between(self.first_day, max(through, self.first_day), Grain.WEEK)
        starts = [week.start for week in weeks if week.start >= self.first_day and week.end <= through]
        return failures.weeks(starts, self.failing, where)

    def affected(self, start: date, end: date, where: Where = ()) -> CellSpan:
        """Whom each cell failed."""
        return failures.affected(*self._within(start, end), self.failing, where)

    @property
    def journeys(self) -> Ways:
        """Seeded customers; none where no contact is known."""
        return CannedWays(
            self.first_day, self.as_of, self.volume, self.failing.touchpoints[1 % len(self.failing.touchpoints)]
        )

    def answers(self, name: str, start: date, end: date, where: Where = ()) -> Answers:
        """Seeded answers: who waits longer is less content; few where the company is small or young."""
        first, last = self._within(start, end)
        is_unfed = name in self.unfed or not set(dict(where)) <= set(METRICS[name].dimensions)
        return answers.answers(name, 0 if is_unfed else round(9 * self.volume * max((last - first).days + 1, 0)))

    def _failed(self, start: date, end: date, where: Where) -> failures.Records:
        return failures.contacts(*self._within(start, end), self.failing, where)

    def _within(self, start: date, end: date) -> tuple[date, date]:
        """The days of a span that have data; the last before the first where none has."""
        return max(start, self.first_day or date.max), min(end, self.as_of or date.min)

    def __call__(self, question: Question) -> Answer:
        """The rows, and the question remembered."""
        self.asked.append(question)
        return Answer(self.generation, tuple(self._rows(question)))

    def _rows(self, question: Question) -> Iterator[Row]:
        start, end = question.start or self.first_day, question.end or self.as_of
        assert start is not None
        assert end is not None
        if question.grain is None:
            periods: tuple[Period, ...] = (Period(Grain.DAY, str(start), start, end),)
        else:
            periods = self.calendar.between(start, end, question.grain, fiscal=question.fiscal)
        groups: tuple[tuple[tuple[Dimension, str], ...], ...] = ((),)
        if len(question.by) == 1:
            (dimension,) = question.by
            groups = tuple(((dimension, value),) for value in self.values.get(dimension, ()))
        for metric in question.metrics:
            if metric in ("failed_contacts", "failure_rate"):
                for period in periods:
                    yield from self._failures(metric, period, question)
                continue
            for period in periods:
                for number, group in enumerate(groups):
                    yield self._row(metric, period, group, WEIGHTS[number % len(WEIGHTS)] if group else 1.0)

    def _segments(self, dimension: Dimension) -> tuple[str, ...]:
        return self.failing.causes if dimension is Dimension.CAUSE else self.values.get(dimension, ())

    def _failures(self, metric: str, period: Period, question: Question) -> Iterator[Row]:
        """The contacts that failed, counted, and as a share of made-up bases."""
        first, through = self._within(period.start, period.end)
        reason = self._reason(metric, period, (through - first).days + 1, 1_000)
        found = self._failed(period.start, period.end, question.where)
        names = [tuple(contact[name.value] or UNKNOWN for name in question.by) for contact in found]
        known = [*product(*map(self._segments, question.by))] if metric == "failure_rate" else names
        for name in sorted(set(known)) if question.by else [()]:
            count, days = names.count(name), (through - first).days + 1
            base = round(CONTACTS_PER_FAILURE * self.volume * 20 * days / 7) * (1 if question.by else 7) or 1
            group = tuple(zip(question.by, name, strict=True))
            share = min(1.0, count / (base + count))
            is_rate = metric == "failure_rate"
            value, n = (share, base + count) if is_rate else (float(count), count)
            error = sqrt(share * (1 - share) / n) if is_rate else sqrt(count)
            yield Row(
                metric, period.key, period.start, period.end, group, None if reason else value, n,
                None, None, through == period.end, reason, LEVELS[metric][0].value, value, error, through,
            )  # fmt: skip

    def _row(self, metric: str, period: Period, group: tuple[tuple[Dimension, str], ...], weight: float) -> Row:
        unit, level, coverage = LEVELS[metric.partition(":")[0]]
        mature = self.as_of and self.as_of - timedelta(days=MATURITY.get(metric, 0))
        through = min(period.end, mature) if mature else None
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
        complete = through == period.end
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
        noise = Random(f"{metric}{period.key}{group}").uniform(-0.35, 0.35)
        wave = 0.6 * sin(period.start.toordinal() / 60 + len(metric))
        if unit is Unit.COUNT:
            return round(n + (noise + wave) * sqrt(n)), sqrt(n)
        if unit is Unit.SHARE:
            error = sqrt(level * (1 - level) / n)
            return min(1.0, max(0.0, level + (noise + wave) * error)), error
        error = 84.0 / sqrt(n) if unit is Unit.SCORE else 0.7 * level / sqrt(n)
        value = level + (noise + wave) * error
        if metric == "nps" and period.key == FALLEN_WEEK:
            value -= self.fall * (2.6 if not group or group[0][1] == "delivery" else 0.3) / (1 if group else 2.6)
        return value, error
