"""The values that cross the seam: a question, an answer and what an answer says about itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isclose
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from etl.alerting import Alerting
from etl.annotations import Annotation
from etl.calendar import Calendar, Period, Span
from etl.labels import Label
from etl.metrics.answers import Answers
from etl.metrics.base import Redefinition
from etl.metrics.nowcast import Nowcast
from etl.metrics.plans import Commitments
from etl.metrics.restatement import Report, Restatement
from etl.metrics.ways import Ways
from etl.rebases import Rebase
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension, Grain

if TYPE_CHECKING:
    from etl.metrics.alike import Alike
    from etl.metrics.tolls.values import TollAsk

Where: TypeAlias = tuple[tuple[Dimension, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Principal:
    """Who asks. `scope` limits the rows: for each named dimension only these values are seen."""

    name: str
    scope: Where = ()


LOCAL_ANALYST = Principal("local")


@dataclass(frozen=True)
class Question:
    """Some metrics, split by dimensions, in periods of a grain between two days (both inclusive).

    Without a grain there is one period, the span; without days it runs from the first event to the watermark. `where`
    joins dimensions with and, values of one with or. A raw answer suppresses no small base: it is to be calculated
    with, not to be shown. Fiscal are the company's own months, quarters and years. With `nowcast`, unfinished periods
    say what a count will probably be; with `as_reported`, complete ones of the whole company what was reported of them
    first, or last up to a generation.
    """

    metrics: tuple[str, ...]
    by: tuple[Dimension, ...] = ()
    grain: Grain | None = None
    start: date | None = None
    end: date | None = None
    where: Where = ()
    is_raw: bool = False
    fiscal: bool = False
    nowcast: bool = False
    as_reported: bool = False
    as_of_generation: int | None = None


@dataclass(frozen=True)
class Row:
    """One number: a metric in a period for one combination of dimension values.

    `value`, `low` and `high` are in the metric's unit; `value` is None when suppressed or missing and `reason` says
    why. `n` is the base. `centre` and `standard_error` belong to the metric's own interval method and serve
    comparisons. `since` and `through` are the first and the last day counted; `notes` are remarks to print beside.
    `claim` is the id by which the number can be replayed; rows of raw answers have none. Where wanted, `nowcast` is
    what an unfinished count will probably be, `first_reported` what was first said of a complete period. `missing` are
    those of the notes that tell what is not there; while days are still to come, `sources_through` says of each source
    how far it has delivered.
    """

    metric: str
    period: str
    start: date
    end: date
    group: tuple[tuple[Dimension, str], ...]
    value: float | None
    n: int
    low: float | None
    high: float | None
    complete: bool
    reason: str | None
    unit: str
    centre: float | None = None
    standard_error: float | None = None
    through: date | None = None
    notes: tuple[str, ...] = ()
    claim: str = ""
    nowcast: Nowcast | None = None
    since: date | None = None
    first_reported: Report | None = None
    missing: tuple[str, ...] = ()
    sources_through: tuple[tuple[str, date], ...] = ()

    @property
    def is_restated(self) -> bool:
        """Whether it is another number, beyond rounding, than was reported."""
        if self.first_reported is None or not self.complete:
            return False
        then, now = self.first_reported.value, self.value
        if then is None or now is None:
            return then is not now
        return not isclose(then, now, rel_tol=1e-9, abs_tol=1e-12)


@dataclass(frozen=True)
class Answer:
    """The rows of one question, from one generation."""

    generation: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SourceState:
    """How far one source has delivered.

    `watermark` is its last complete local day, None before the first one; `handle_parts` are the durations that it
    records, `gap_days` unknown days inside its span; `quarantined` records were put aside. An assumed zone gives
    business days, never durations across sources.
    """

    source: str
    title: str
    records: int
    first_day: date | None
    newest_at: datetime | None
    watermark: date | None
    is_active: bool
    zone: str
    is_zone_assumed: bool
    handle_parts: tuple[str, ...] = ()
    gap_days: tuple[date, ...] = ()
    quarantined: int = 0


@dataclass(frozen=True)
class Rows:
    """The rows behind a number as records, and what one of them is."""

    rows: tuple[Mapping[str, Any], ...]
    unit: str


@dataclass(frozen=True, order=True)
class Cell:
    """A cause at a touchpoint."""

    cause: str
    touchpoint: str

    @property
    def is_assigned(self) -> bool:
        """Whether the codes behind it say both what failed and where."""
        return not {self.cause, self.touchpoint} & {UNKNOWN, UNASSIGNED}


@dataclass(frozen=True)
class CellWeeks:
    """The history of all cells by complete week, oldest first.

    `customers` counts, by touchpoint, those who contacted us there in each week; `failed`, by cell, those of them
    whom it failed. `known` says for each touchpoint whether all its sources delivered each week whole.
    """

    starts: tuple[date, ...]
    customers: Mapping[str, Sequence[int]]
    failed: Mapping[Cell, Sequence[int]]
    known: Mapping[str, Sequence[bool]]


@dataclass(frozen=True)
class Affected:
    """Whom a cell failed over some days: customers (an unlinked contact counts as one), known ones, contacts.

    `told` of the contacts have their cause from the customer's words, as no code records one.
    """

    customers: int
    linked: int
    contacts: int
    told: int = 0


@dataclass(frozen=True)
class CellSpan:
    """All cells over some days, the customers at each touchpoint, and all that no code assigns to a cell."""

    affected: Mapping[Cell, Affected]
    customers: Mapping[str, int]
    unassigned: Affected
    total: Affected


class Ask(Protocol):
    """The seam between numbers and pages: built for one principal on one generation."""

    @property
    def generation(self) -> int:
        """The generation that all answers come from."""

    @property
    def company(self) -> str:
        """The company's name as the settings have it; empty when they do not."""

    @property
    def calendar(self) -> Calendar:
        """The company's weeks and fiscal years."""

    @property
    def published_at(self) -> datetime:
        """When that generation was published (UTC)."""

    @property
    def redefinitions(self) -> Mapping[str, tuple[Redefinition, ...]]:
        """Of each metric that is no longer defined as it was at first, since when it is defined how."""

    @property
    def as_of(self) -> date | None:
        """The newest watermark of any source; None when no source has a complete day."""

    @property
    def sources(self) -> tuple[SourceState, ...]:
        """The loaded sources, newest watermark first."""

    @property
    def dimension_values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """The values of each dimension that occur, most frequent first."""

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """What happened that may explain a number, by its first day, as people have it now."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """Which cause people who read a text say it tells, by the day of the text, as people have it now."""

    @property
    def commitments(self) -> Commitments:
        """Who will mend which breakdown by when, and who answers for what, as people have it now."""

    @property
    def toll(self) -> "TollAsk":
        """What breakdowns cost those they failed."""

    @property
    def alerting(self) -> Alerting:
        """What is watched and what was acknowledged, as people have it now."""

    @property
    def journeys(self) -> Ways:
        """What is told of single customers."""

    @property
    def rebases(self) -> tuple[Rebase, ...]:
        """From which days which metric's signals are held against a new baseline, oldest first."""

    def __call__(self, question: Question) -> Answer:
        """Answer it; an unknown metric or dimension is a UserError."""

    def holidays(self, region: str | None = None) -> frozenset[date]:
        """The days on which the company is closed, everywhere or in a region too."""

    def minimum_n(self, metric: str) -> int:
        """The base under which no value of a metric is shown."""

    def parameters(self, metric: str) -> Mapping[str, float]:
        """The parameters of a metric, such as thresholds, under the settings."""

    def target(self, metric: str, touchpoint: str = "", period: Period | None = None) -> float | None:
        """The target of a metric in its own unit on the first day of a period (none: on the newest day), if one is set.

        At a touchpoint its own target holds before that of all.
        """

    def alike(self, metric: str, after: Span, before: Span, where: Where = ()) -> "Alike":
        """Over which of a metric's sources two spans of days can be compared."""

    def rows(self, metric: str, period: Period, where: Where, side: str = "bottom") -> Rows:
        """The rows behind one number, exactly those that it counts; an unknown metric or side is a UserError."""

    def restated(
        self, metrics: Sequence[str], grain: Grain, start: date | None = None, end: date | None = None
    ) -> tuple[Restatement, ...]:
        """The complete periods whose first report says another number than is known now."""

    def weeks(self, through: date, where: Where = ()) -> CellWeeks:
        """The history of all breakdown cells over the complete weeks up to a day."""

    def affected(self, start: date, end: date, where: Where = ()) -> CellSpan:
        """Whom each breakdown cell failed between two days, both included."""

    def answers(self, name: str, start: date, end: date, where: Where = ()) -> Answers:
        """The answers that a metric counts, or to a question, with what stands beside each; else a UserError."""
