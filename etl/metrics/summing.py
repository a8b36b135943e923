"""The parts of metrics by period and group: read from a mart that holds them, else summed from the facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from etl.calendar import Calendar, Period
from etl.config import Settings
from etl.engines import Engine
from etl.metrics import compile
from etl.metrics.answer import Question, Where
from etl.metrics.base import Metric, Sums
from etl.metrics.compile import Span
from etl.metrics.coverage import Coverage
from etl.metrics.filters import needed
from etl.metrics.intervals import overdispersion
from etl.metrics.kinds import Quantile, ShrunkMean, Survival
from etl.metrics.standing import Standing
from etl.vocabulary import Dimension, Grain

DISPERSION_WEEKS = 26
Group: TypeAlias = tuple[str, ...]
Found: TypeAlias = dict[tuple[date, Group], Sums]


class Summing:
    """Sums on one generation, by the first day of each period and the values of the dimensions."""

    def __init__(self, engine: Engine, settings: Settings, standing: Standing) -> None:
        """`standing` says which marts serve."""
        self._engine = engine
        self._settings = settings
        self._standing = standing
        self._dispersions: dict[tuple[Any, ...], dict[Group, float]] = {}

    def of(
        self, metrics: Sequence[Metric], question: Question, where: Where, start: date, end: date,
        coverages: Mapping[str, Coverage],
    ) -> dict[str, Found]:  # fmt: skip
        """The parts of each metric by period and group; metrics of one fact and one last day share a statement.

        Variants read what is summed once.
        """
        found: dict[str, Found] = {metric.summed_as: {} for metric in metrics}
        together: dict[tuple[Any, ...], list[Metric]] = {}
        for metric in {metric.summed_as: metric for metric in metrics}.values():
            coverage = coverages[metric.name]
            through = coverage.delivered_to if metric.tells_pending else coverage.watermark
            if through is not None and through >= start:
                span = self.days(start, min(end, through), question.grain, fiscal=question.fiscal)
                if not metric.is_stored:
                    span = replace(span, watermark=coverage.delivered_to)
                binned = isinstance(metric, Quantile | Survival)
                alone = metric.name if binned or not metric.is_stored else ""
                together.setdefault((metric.fact, span, binned, alone), []).append(metric)
        for (_, span, binned, _), sharing in together.items():
            if binned:
                found[sharing[0].summed_as] = self._histograms(sharing[0], question.by, span, where)
            else:
                found |= self._plain(sharing, question.by, span, where)
        return {metric.name: _read(metric, found[metric.summed_as]) for metric in metrics}

    def days(self, start: date, through: date, grain: Grain | None, *, fiscal: bool = False) -> Span:
        """Some days by the periods of a grain, weeks and fiscal periods as the settings have them now."""
        if grain in (None, Grain.DAY) or not (fiscal or grain is Grain.WEEK):
            return Span(start, through, grain)
        return Span(start, through, grain, self._standing.days_by(grain, fiscal=fiscal), fiscal=fiscal)

    def plain(self, metrics: Sequence[Metric], by: Sequence[Dimension], span: Span, where: Where) -> dict[str, Found]:
        """Plain sums of metrics of one fact."""
        found = self._plain(metrics, by, span, where)
        return {metric.name: _read(metric, found[metric.summed_as]) for metric in metrics}

    def _plain(self, metrics: Sequence[Metric], by: Sequence[Dimension], span: Span, where: Where) -> dict[str, Found]:
        stored = self._standing.stored(metrics, needed(by, where), is_binned=False)
        statement = compile.sums(metrics, by, span, where, self._settings, stored)
        found: dict[str, Found] = {metric.summed_as: {} for metric in metrics}
        for record in self._engine.rows(statement.sql, statement.parameters):
            key = (max(record[0], span.start), record[1 : 1 + len(by)])
            values = iter(record[1 + len(by) :])
            for metric in metrics:
                found[metric.summed_as][key] = Sums({part.name: next(values) for part in metric.parts})
        return found

    def by_group(
        self, metric: Metric, found: Found, periods: Sequence[Period], by: Sequence[Dimension], where: Where,
        coverage: Coverage, calendar: Calendar,
    ) -> Iterator[tuple[Period, Group, Sums]]:  # fmt: skip
        """The sums of every group in every period, of no row where none was found, with what its group varies by."""
        groups = sorted({group for _, group in found}) if by else [()]
        dispersions = self.dispersions(metric, by, where, coverage, calendar) if metric.dispersed else {}
        priors = means(found) if isinstance(metric, ShrunkMean) and by else {}
        empty = empty_sums(metric)
        for group in groups:
            for period in periods:
                sums, prior = found.get((period.start, group), empty), priors.get(period.start)
                yield period, group, replace(sums, dispersion=dispersions.get(group, 1.0), prior=prior)

    def dispersions(
        self, metric: Metric, by: Sequence[Dimension], where: Where, coverage: Coverage, calendar: Calendar
    ) -> dict[Group, float]:
        """The over-dispersion of each group's last 26 complete weeks; found once, as a generation never changes."""
        asked = (metric.name, tuple(by), where, coverage)
        if asked not in self._dispersions:
            self._dispersions[asked] = self._dispersed(metric, by, where, coverage, calendar)
        return self._dispersions[asked]

    def _dispersed(
        self, metric: Metric, by: Sequence[Dimension], where: Where, coverage: Coverage, calendar: Calendar
    ) -> dict[Group, float]:
        if coverage.watermark is None:
            return {}
        last = calendar.last_complete(coverage.watermark, Grain.WEEK)
        weeks = [calendar.shift(last, -back) for back in range(DISPERSION_WEEKS - 1, -1, -1)]
        weeks = [week for week in weeks if coverage.reach(week.start, week.end).is_complete]
        if not weeks:
            return {}
        counted = self.plain([metric], by, self.days(weeks[0].start, weeks[-1].end, Grain.WEEK), where)[metric.name]
        zero = empty_sums(metric)
        return {
            group: overdispersion(
                [int(counted.get((week.start, group), zero).totals[metric.dispersed]) for week in weeks]
            )
            for group in {group for _, group in counted}
        }

    def _histograms(self, metric: Metric, by: Sequence[Dimension], span: Span, where: Where) -> Found:
        stored = self._standing.stored([metric], needed(by, where), is_binned=True)
        statement = compile.bins(metric, by, span, where, self._settings, stored)
        names = [part.name for part in metric.parts]
        bins: dict[tuple[date, Group], dict[str, dict[int, int]]] = {}
        for record in self._engine.rows(statement.sql, statement.parameters):
            key = (max(record[0], span.start), record[1 : 1 + len(by)])
            part, number, count = record[1 + len(by) :]
            bins.setdefault(key, {name: {} for name in names})[part][number] = count
        return {key: Sums(bins=parts) for key, parts in bins.items()}


def _read(metric: Metric, found: Found) -> Found:
    return {key: metric.read(sums) for key, sums in found.items()}


def means(found: Found) -> dict[date, float]:
    """The mean over all groups of each period."""
    totals: dict[date, list[float]] = {}
    for (start, _), sums in found.items():
        top, bottom = totals.setdefault(start, [0.0, 0.0])
        totals[start] = [top + float(sums.totals["top"]), bottom + sums.totals["bottom"]]
    return {start: top / bottom for start, (top, bottom) in totals.items() if bottom}


def empty_sums(metric: Metric) -> Sums:
    """The parts of a metric over no row."""
    return metric.read(Sums({part.name: 0 for part in metric.parts}, {part.name: {} for part in metric.parts}))
