"""Why a number moved between two periods: mix and rate of the segments of one dimension, adding up to the change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import copysign, hypot, sqrt

from etl.analysis.compare import Comparison
from etl.analysis.decompose import Decomposition, Segment, decompose, of_counts, spread
from etl.analysis.spans import comparable_days, judged
from etl.calendar import Period
from etl.errors import UserError
from etl.metrics.alike import Alike
from etl.metrics.answer import Ask, Question, Row, SourceState, Where
from etl.metrics.base import Metric
from etl.metrics.catalogue import metric_named
from etl.metrics.intervals import Z
from etl.metrics.kinds import Count, Mean, Net, Ratio
from etl.metrics.pooled import Pooled
from etl.vocabulary import Dimension

Days = tuple[date, date]
Segments = Mapping[str, Row]
ONE_DAY = timedelta(days=1)
DECOMPOSABLE = (Count, Ratio, Mean, Net, Pooled)
"""Kinds that are weighted means, or sums, of what they are in segments; a quantile is neither."""


@dataclass(frozen=True)
class Why:
    """A change and what it is made of.

    `effects` are in the metric's unit; `low` and `high` bound the change, None where the metric has no interval.
    `evidence` that a segment itself changed is in nats: half the square of its z. All is of the sources that cover both
    periods, as `alike` says.
    """

    metric: str
    by: Dimension
    before: Row
    after: Row
    comparison: Comparison
    effects: Decomposition
    low: float | None
    high: float | None
    evidence: Mapping[str, float] = field(default_factory=dict)
    alike: Alike = Alike()


def titled(found: Why, sources: Sequence[SourceState]) -> Why:
    """The same to be read, not to be asked with: sources by their titles."""
    if found.by is not Dimension.SOURCE:
        return found
    titles = {source.source: source.title for source in sources}
    segments = tuple(replace(each, name=titles.get(each.name, each.name)) for each in found.effects.segments)
    evidence = {titles.get(name, name): nats for name, nats in found.evidence.items()}
    return replace(found, effects=replace(found.effects, segments=segments), evidence=evidence)


def why(
    ask: Ask, metric_name: str, period: Period, versus: Period, by: Dimension | None = None, where: Where = ()
) -> Why:
    """Split the change from `versus` to `period` by a dimension, else by the one with the widest spread of effects.

    Effects within the reach of chance do not count for that choice: many small segments would always win it.

    Raises UserError for a metric that is not a mean, share, net score or count, for a dimension that it lacks, and
    where a period has no value to explain, or no source covers both.
    """
    metric = metric_named(metric_name)
    if not metric.is_additive:
        raise UserError(
            f"{metric.name}: a customer may be in several segments, so that they do not add up; see contacts."
        )
    if not isinstance(metric, DECOMPOSABLE):
        raise UserError(f"{metric.name}: a quantile has no mix and rate; expected a share, mean, score or count.")
    after_days, before_days = comparable_days(ask, metric.name, period, versus, where)
    after, before = _whole(ask, metric, period, after_days, where), _whole(ask, metric, versus, before_days, where)
    (pair,) = judged(ask, [(after, before)], where)
    after, before, like = pair.compared.after, pair.compared.before, pair.compared.alike
    if not like.is_possible or after.value is None or before.value is None:
        reason = pair.comparison.note
        raise UserError(f"{metric.name} in {period.key} and {versus.key}: {reason}; there is no change to explain.")
    where = (*where, *like.where)
    is_joint = _is_joint(period, versus, before_days, after_days)
    found = {
        dimension: _effects(
            metric,
            _jointly(ask, metric, dimension, versus, period, where)
            if is_joint
            else _apart(ask, metric, dimension, before_days, after_days, where),
        )
        for dimension in ((by,) if by else _offered(ask, metric, where))
    }
    found = {dimension: each for dimension, each in found.items() if by or len(each.parts.segments) > 1}
    if not found:
        raise UserError(f"{metric.name}: no dimension has two values to split it by; name one with --by.")
    chosen = by or max(found, key=lambda dimension: found[dimension].spread)
    low, high = _interval(before, after)
    effects = found[chosen]
    return Why(
        metric.name, chosen, before, after, pair.comparison, effects.parts, low, high, dict(effects.evidence), like
    )  # fmt: skip


def _whole(ask: Ask, metric: Metric, period: Period, days: Days, where: Where) -> Row:
    (row,) = ask(Question((metric.name,), start=days[0], end=days[1], where=where)).rows
    if row.value is None:
        raise UserError(f"{metric.name} in {period.key}: {row.reason}; there is no change to explain.")
    return row


def _offered(ask: Ask, metric: Metric, where: Where) -> Sequence[Dimension]:
    """The metric's dimensions that have several values and are not filtered to one.

    Sources only where nothing else is: they say which system counted, not what happened to customers.
    """
    fixed = {dimension for dimension, values in where if len(values) == 1}
    offered = [
        dimension
        for dimension in metric.dimensions
        if dimension not in fixed and len(ask.dimension_values.get(dimension, ())) > 1
    ]
    if not offered:
        raise UserError(f"{metric.name}: no dimension has two values to split it by; name one with --by.")
    return [dimension for dimension in offered if dimension is not Dimension.SOURCE] or offered


def _is_joint(period: Period, versus: Period, before: Days, after: Days) -> bool:
    """Whether both are whole neighbours of one calendar, so that one question by period answers for both."""
    is_whole = before == (versus.start, versus.end) and after == (period.start, period.end)
    is_alike = period.grain is versus.grain and period.is_fiscal is versus.is_fiscal
    return is_whole and is_alike and versus.end + ONE_DAY == period.start


def _jointly(ask: Ask, metric: Metric, by: Dimension, versus: Period, period: Period, where: Where) -> list[Segments]:
    """The rows before and after by segment, from one question."""
    question = Question((metric.name,), (by,), period.grain, versus.start, period.end, where, fiscal=period.is_fiscal)
    rows = ask(replace(question, is_raw=True)).rows
    return [{row.group[0][1]: row for row in rows if row.period == each.key} for each in (versus, period)]


def _apart(ask: Ask, metric: Metric, by: Dimension, before: Days, after: Days, where: Where) -> list[Segments]:
    """The same from a question a span."""
    questions = [Question((metric.name,), (by,), None, *days, where, is_raw=True) for days in (before, after)]
    return [{row.group[0][1]: row for row in ask(question).rows} for question in questions]


def _effects(metric: Metric, sides: Sequence[Segments]) -> "_Effects":
    if isinstance(metric, Count):
        return _Effects(of_counts(*(_counted(rows) for rows in sides)), *sides)
    return _Effects(decompose(*(_weighted(rows) for rows in sides)), *sides)


def _counted(rows: Mapping[str, Row]) -> dict[str, float]:
    return {segment: row.value or 0.0 for segment, row in rows.items()}


def _weighted(rows: Mapping[str, Row]) -> dict[str, tuple[float, float]]:
    """Value times base, and base, of each segment."""
    return {segment: ((row.value or 0.0) * row.n, float(row.n)) for segment, row in rows.items() if row.n}


@dataclass(frozen=True)
class _Effects:
    """A decomposition with the rows it was made from."""

    parts: Decomposition
    before: Mapping[str, Row]
    after: Mapping[str, Row]

    @property
    def spread(self) -> tuple[float, float]:
        """From the most negative to the most positive effect: beyond what chance explains, then all of it."""
        sure = [effect for segment in self.parts.segments for effect in self._beyond_chance(segment)]
        return max(sure, default=0.0) - min(sure, default=0.0), spread(self.parts)

    @property
    def evidence(self) -> Iterator[tuple[str, float]]:
        """Of each segment with both intervals, how surely it changed itself."""
        for segment in self.parts.segments:
            rows = self.before.get(segment.name), self.after.get(segment.name)
            centres = [row.centre for row in rows if row and row.centre is not None]
            error = hypot(*(row.standard_error or 0.0 for row in rows if row))
            if len(centres) == 2 and error:
                yield segment.name, ((centres[1] - centres[0]) / error) ** 2 / 2

    def _beyond_chance(self, segment: Segment) -> Iterator[float]:
        """The two effects of a segment, drawn towards 0 by the reach of their own intervals."""
        rows = self.before.get(segment.name), self.after.get(segment.name)
        errors = [row.standard_error or 0.0 if row else 0.0 for row in rows]
        if segment.mix is None or segment.rate is None:
            yield _drawn(segment.contribution, hypot(*errors))
            return
        bases = sum(row.n for row in self.before.values()), sum(row.n for row in self.after.values())
        weights = segment.n_before / bases[0], segment.n_after / bases[1]
        yield _drawn(segment.rate, hypot(*errors) * sum(weights) / 2)
        moved = weights[1] - weights[0]
        error = hypot(*(sqrt(weight * (1 - weight) / base) for weight, base in zip(weights, bases, strict=True)))
        yield _drawn(segment.mix, abs(segment.mix / moved) * error if moved else 0.0)


def _drawn(effect: float, error: float) -> float:
    return copysign(max(0.0, abs(effect) - Z * error), effect)


def _interval(before: Row, after: Row) -> tuple[float | None, float | None]:
    """Bounds of the change from the two intervals' own centres and standard errors."""
    if None in (before.centre, before.standard_error, after.centre, after.standard_error):
        return None, None
    middle = (after.centre or 0.0) - (before.centre or 0.0)
    reach = Z * hypot(before.standard_error or 0.0, after.standard_error or 0.0)
    return middle - reach, middle + reach
