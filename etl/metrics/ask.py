"""The seam between numbers and pages: a question in, an answer out, for one principal on one generation."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from etl.alerting import Alerting, read_alerting
from etl.annotations import Annotation, read_annotations
from etl.calendar import Period, calendar_of
from etl.calendar import Span as Days
from etl.config import Settings
from etl.engines import DuckEngine, Engine, RememberingEngine
from etl.errors import CheckFailed, UserError
from etl.labels import Label, read_labels
from etl.metrics import catalogue, cells, compile, disclosure, targets
from etl.metrics.alike import Alike, alike
from etl.metrics.answer import (
    LOCAL_ANALYST,
    Answer,
    CellSpan,
    CellWeeks,
    Principal,
    Question,
    Row,
    Rows,
    SourceState,
    Where,
)
from etl.metrics.answers import Answers
from etl.metrics.base import Metric, Redefinition
from etl.metrics.claims import claimed
from etl.metrics.compile import Span
from etl.metrics.coverage import Coverage, feeding, nothing
from etl.metrics.filters import check_dimensions, needed
from etl.metrics.journeys import Journeys
from etl.metrics.nowcast import Known
from etl.metrics.opening import in_business_time, read_opening
from etl.metrics.plans import Commitments, read_commitments
from etl.metrics.reported import Reported
from etl.metrics.restatement import Restatement
from etl.metrics.row import row_of
from etl.metrics.rows import UNITS, rows_behind
from etl.metrics.scored import answers
from etl.metrics.sofar import at_share, known
from etl.metrics.spans import last_day, periods_of
from etl.metrics.standing import Standing
from etl.metrics.summing import Found, Summing
from etl.metrics.tolls.facts import FactTolls
from etl.metrics.unfinished import Unfinished
from etl.rebases import Rebase, read_rebases
from etl.schema import TABLES
from etl.vocabulary import Dimension, Grain, Unit
from etl.warehouse import Published, Warehouse


def open_ask(settings: Settings, principal: Principal = LOCAL_ANALYST, generation: int | None = None) -> "WarehouseAsk":
    """Ask on the published generation, or on an earlier one by its number.

    Raises UserError when nothing is loaded yet, CheckFailed when that generation is kept no longer or is of an
    earlier version.
    """
    catalogue.check_settings(settings)
    warehouse = Warehouse(settings.folders)
    published = warehouse.published() if generation is None else warehouse.kept(generation)
    if published is None:
        raise CheckFailed(
            f"{settings.folders.warehouse}: generation {generation} is not kept any longer; the last three are."
        )
    engine = RememberingEngine(DuckEngine(warehouse.read(published)))
    held = set(engine.rows("SELECT table_name, column_name FROM information_schema.columns"))
    if not held.issuperset((table, column.name) for table, columns in TABLES.items() for column in columns):
        raise CheckFailed(f"{published.path}: was published by an earlier version. Run cx load to bring it up to date.")
    return WarehouseAsk(engine, published, settings, principal, targets.over_settings(settings.folders, engine))


class WarehouseAsk:
    """Answers from one generation; what it says of the generation itself is read once."""

    def __init__(
        self, engine: Engine, published: Published, settings: Settings, principal: Principal,
        layers: targets.Layers = (),
    ) -> None:  # fmt: skip
        """`principal` narrows every answer to its scope; `layers` of targets stand over the settings."""
        self._layers = layers
        self._engine = engine
        self._published = published
        self._settings = settings
        self._principal = principal
        self.calendar = calendar_of(settings)
        self.standing = Standing(engine, settings, principal.scope)
        self._summing = Summing(engine, settings, self.standing)
        self._unfinished = Unfinished(engine, settings, self.calendar)
        self.toll = FactTolls(engine, principal.scope, settings.value_per_customer, settings.currency)
        self._reported = Reported(engine, settings, published.generation)

    @property
    def generation(self) -> int:
        """The generation that all answers come from."""
        return self._published.generation

    @property
    def published_at(self) -> datetime:
        """When that generation was published (UTC)."""
        return self._published.published_at

    @property
    def company(self) -> str:
        """The company's name as the settings have it."""
        return self._settings.name

    @property
    def redefinitions(self) -> Mapping[str, tuple[Redefinition, ...]]:
        """Of each metric that is no longer defined as it was at first, since when it is defined how."""
        return self.standing.redefinitions

    @property
    def as_of(self) -> date | None:
        """The newest watermark of any source."""
        return self.standing.as_of

    @property
    def sources(self) -> tuple[SourceState, ...]:
        """The loaded sources, newest watermark first."""
        return self.standing.sources

    @property
    def dimension_values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """The values of each dimension that occur among contacts, most frequent first, within the principal's scope."""
        return self.standing.dimension_values

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """What happened that may explain a number, as file and app have it now."""
        return read_annotations(self._settings.folders)

    @property
    def labels(self) -> tuple[Label, ...]:
        """Which cause people who read a text say it tells, by the day of the text."""
        return read_labels(self._settings.folders)

    @property
    def commitments(self) -> Commitments:
        """Who will mend which breakdown by when, and who answers for what, as files and app have it now."""
        return read_commitments(self._settings.folders)

    @property
    def alerting(self) -> Alerting:
        """The rules and acknowledgements of the data folder."""
        return read_alerting(self._settings.folders, self._settings.zone)

    @property
    def rebases(self) -> tuple[Rebase, ...]:
        """The rebases recorded in the data folder, oldest first."""
        return read_rebases(self._settings.folders)

    def holidays(self, region: str | None = None) -> frozenset[date]:
        """The days on which the company is closed, as `holidays.csv` has them now: everywhere, or in a region."""
        return read_opening(self._settings).holidays(region)

    def minimum_n(self, metric: str) -> int:
        """The base under which no value of a metric is shown."""
        return catalogue.minimum_n(metric, self._settings)

    def parameters(self, metric: str) -> Mapping[str, float]:
        """The parameters of a metric under the settings."""
        return catalogue.settings_of(catalogue.metric_named(metric), self._settings)

    def target(self, metric: str, touchpoint: str = "", period: Period | None = None) -> float | None:
        """The target of a metric in its own unit on the first day of a period (none: on the newest day), if one is set.

        At a touchpoint its own target holds before that of all.
        """
        if metric != catalogue.BREAKDOWN_RATE:
            catalogue.metric_named(metric)
        layers = (targets.of_settings(self._settings), *self._layers)
        found = targets.pick(layers, metric, touchpoint, period.start if period else self.as_of)
        return found.value if found else None

    def __call__(self, question: Question) -> Answer:
        """Answer it; an unknown metric, or a dimension that a metric lacks, is a UserError."""
        metrics = [catalogue.metric_named(name) for name in question.metrics]
        where = question.where + self._principal.scope
        for metric in metrics:
            check_dimensions(metric, needed(question.by, where))
        coverages = {metric.name: self.coverage(metric, where) for metric in metrics}
        start, end = self.span(question, list(coverages.values()))
        if start is None or end is None:
            return Answer(self.generation, tuple(nothing(metric, coverages[metric.name]) for metric in metrics))
        periods = periods_of(self.calendar, start, end, question)
        found = self._summing.of(metrics, question, where, start, end, coverages)
        rows = []
        for metric in metrics:
            coverage = coverages[metric.name]
            answered = self._rows(metric, found[metric.name], periods, question, coverage, where)
            if question.nowcast and question.grain:
                answered = self._unfinished.filled(
                    metric, answered, question.grain, question.by, where, coverage, fiscal=question.fiscal
                )
            if metric.hidden_under:
                answered = disclosure.disclosed(
                    self._summing, metric, answered, question, where, coverages, self.calendar
                )
            rows += answered
        if question.as_reported and question.grain and not (question.by or where or question.fiscal):
            rows = self._reported.filled(rows, question.grain, question.as_of_generation)
        return Answer(
            self.generation, tuple(rows if question.is_raw else claimed(rows, where, self.generation, self._settings))
        )

    def sql(self, metric: str, period: Period, where: Where) -> str:
        """The SELECT of a metric's parts over the rows of its fact in a period, as it can be run by hand."""
        scoped, named = where + self._principal.scope, catalogue.metric_named(metric)
        coverage = self.coverage(named, scoped)
        through = min(period.end, coverage.watermark or period.end)
        span = Span(period.start, through, None, watermark=coverage.delivered_to)
        return compile.by_hand(named, span, scoped, self._settings)

    def rows(self, metric: str, period: Period, where: Where, side: str = "bottom") -> Rows:
        """The rows behind one number, within the principal's scope."""
        scoped, named = where + self._principal.scope, catalogue.metric_named(metric)
        check_dimensions(named, needed((), scoped))
        if named.hidden_under and self(Question((metric,), (), None, period.start, period.end, where)).rows[0].reason:
            return Rows((), UNITS[named.fact])
        coverage = self.coverage(named, scoped)
        found = rows_behind(self._engine, named, period, scoped, side, coverage, self._settings)
        return in_business_time(found, read_opening(self._settings))

    def restated(
        self, metrics: Sequence[str], grain: Grain, start: date | None = None, end: date | None = None
    ) -> tuple[Restatement, ...]:
        """The complete periods whose first report says another number than is known now; a scope sees none."""
        answer = self(Question(tuple(metrics), (), grain, start, end, as_reported=True))
        coverages = {name: self.coverage(catalogue.metric_named(name), ()) for name in metrics}
        return self._reported.explained(answer.rows, coverages)

    def so_far(self, metric: str, periods: Sequence[Period], share: float, where: Where = ()) -> Mapping[date, Known]:
        """By first day, what a count had come to when a share of each period was over, and what it is now."""
        named, scoped = catalogue.metric_named(metric), where + self._principal.scope
        check_dimensions(named, needed((), scoped))
        sources, zone = self.coverage(named, scoped).feeding, self._settings.zone
        cuts = [at_share(period, share, source.source, zone) for period in periods for source in sources]
        found = known(self._engine, self._settings, named, cuts, (), scoped) if cuts else {}
        return {period.start: found.get((period.start, ()), Known(0, 0)) for period in periods}

    def weeks(self, through: date, where: Where = ()) -> CellWeeks:
        """The history of all breakdown cells over the complete weeks up to a day, within the principal's scope."""
        first = min((source.first_day for source in self.sources if source.first_day), default=through)
        periods = [week for week in self.calendar.between(first, through, Grain.WEEK) if first <= week.start]
        periods = [week for week in periods if week.end <= through]
        scoped = where + self._principal.scope
        return cells.weeks(self._engine, self.standing.weeks, periods, scoped, self.sources, self.standing.brought)

    def affected(self, start: date, end: date, where: Where = ()) -> CellSpan:
        """Whom each breakdown cell failed between two days, within the principal's scope."""
        return cells.span(self._engine, start, end, where + self._principal.scope)

    @property
    def journeys(self) -> Journeys:
        """What happened to single customers, within the principal's scope."""
        return Journeys(self._engine, self._settings, self._principal.scope, self.coverage)

    def answers(self, name: str, start: date, end: date, where: Where = ()) -> Answers:
        """The answers that a metric counts, or to a question, with what stands beside each, within the scope."""
        return answers(self._engine, name, start, end, where + self._principal.scope, self._settings)

    def coverage(self, metric: Metric, where: Where) -> Coverage:
        """The sources that feed a metric, narrowed to those that the filter names."""
        whole = Coverage(feeding(self.sources, self.standing.feeds[metric.base_name], where), self.as_of)
        return whole.matured(metric.maturity_days)

    def alike(self, metric: str, after: Days, before: Days, where: Where = ()) -> Alike:
        """Over which of a metric's sources two spans of days can be compared."""
        named, scoped = catalogue.metric_named(metric), where + self._principal.scope
        return alike(self.coverage(named, scoped), after, before, is_count=named.unit is Unit.COUNT)

    def span(self, question: Question, coverages: Sequence[Coverage]) -> tuple[date | None, date | None]:
        """The asked days, by default from the first event to the newest watermark; at least the day that is given."""
        first = min((coverage.first_day for coverage in coverages if coverage.first_day), default=None)
        start, end = question.start or first, question.end or self.as_of
        if start is None or end is None:
            return None, None
        if question.start and question.end and start > end:
            raise UserError(f"from {start} to {end}: the first day is after the last. Swap them.")
        return (start, max(start, end)) if question.start else (min(start, end), end)

    def _rows(
        self, metric: Metric, found: Found, periods: Sequence[Period], question: Question,
        coverage: Coverage, where: Where,
    ) -> list[Row]:  # fmt: skip
        minimum = metric.floor if question.is_raw else self.minimum_n(metric.name)
        reaches = {
            period.start: coverage.reach(period.start, last_day(self.calendar, period, question)) for period in periods
        }
        rows = []
        for period, group, sums in self._summing.by_group(
            metric, found, periods, question.by, where, coverage, self.calendar
        ):
            named, reach = tuple(zip(question.by, group, strict=True)), reaches[period.start]
            rows.append(row_of(metric, period, named, sums, reach, coverage, minimum, self._settings))
        return rows
