"""KPIs of one period: value, interval, target, change against another period and the course that led there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard import format, strings
from dashboard.blocks import Kpi, Selection
from dashboard.findings import readings
from dashboard.findings.readings import (
    UNEVEN,
    Found,
    Versus,
    daily,
    is_better,
    period_words,
    points,
    size,
    status,
)
from dashboard.findings.remarks import told
from etl.analysis.compare import ALONE, Comparison, is_per_day
from etl.analysis.same_people import SAID
from etl.analysis.spans import Pair, judged
from etl.calendar import Period
from etl.metrics.answer import Ask, Row, Where
from etl.metrics.base import Metric
from etl.metrics.filters import only
from etl.vocabulary import Dimension, Goodness, Verdict


@dataclass(frozen=True)
class _Side:
    """The periods up to a metric's own, its row there, what that is compared with, and the filter of all."""

    periods: Sequence[Period]
    row: Row | None
    before: Row | None
    versus: Versus
    where: Where


def build_kpis(
    ask: Ask,
    metrics: Sequence[Metric],
    periods: Sequence[Period],
    found: Found,
    before: Mapping[str, Row],
    versus: Versus,
    selection: Selection,
) -> tuple[Kpi, ...]:
    """One KPI a metric for the last of `periods`, compared with its row in `before` over the sources that cover both.

    A metric whose rows take days to mature stands for the last period in which all have, compared within `found`.
    The verdicts are adjusted for the number of metrics compared side by side.
    """
    sides = [_side(ask, metric, periods, found, before.get(metric.name), versus, selection) for metric in metrics]
    pairs = iter(judged(ask, [(side.row, side.before) for side in sides if side.row and side.before], selection.where))
    return tuple(
        _kpi(
            ask,
            metric,
            found,
            side,
            next(pairs) if side.row and side.before else None,
            only(selection.where, Dimension.TOUCHPOINT),
            is_own=len(side.periods) < len(periods),
        )
        for metric, side in zip(metrics, sides, strict=True)
    )


def _side(
    ask: Ask,
    metric: Metric,
    periods: Sequence[Period],
    found: Found,
    before: Row | None,
    versus: Versus,
    selection: Selection,
) -> _Side:
    is_to_come = ask.as_of is None or periods[-1].start > ask.as_of
    own = periods if is_to_come else _matured(metric, periods, found)
    if len(own) < len(periods):
        versus = readings.versus(ask.calendar, own[-1], selection)
        before = found.get((metric.name, versus.period.key))
    row = found.get((metric.name, own[-1].key))
    return _Side(own, row, before, versus, selection.where)


def _matured(metric: Metric, periods: Sequence[Period], found: Found) -> Sequence[Period]:
    """The periods up to the last whose rows have all matured; all of them where none has."""
    for count in range(len(periods), 0, -1) if metric.maturity_days else ():
        row = found.get((metric.name, periods[count - 1].key))
        if row and row.through is not None and row.through >= periods[count - 1].end:
            return periods[:count]
    return periods


def has_course(kpi: Kpi) -> bool:
    """Whether any of its periods has a value; without one there is nothing to show but the reason."""
    return any(point.value is not None for point in kpi.spark)


def unfed(kpis: Iterable[Kpi]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The labels of the KPIs without any value, grouped by their reason."""
    groups: dict[str, list[str]] = {}
    for kpi in kpis:
        if not has_course(kpi):
            groups.setdefault(kpi.reason or strings.NOT_ANSWERED, []).append(kpi.label)
    return tuple((tuple(labels), reason) for reason, labels in groups.items())


def _kpi(
    ask: Ask, metric: Metric, found: Found, side: _Side, pair: Pair | None, touchpoint: str, *, is_own: bool
) -> Kpi:
    comparison = pair.comparison if pair else Comparison(None, None, None, None, strings.NO_COMPARISON)
    row, target = side.row, ask.target(metric.name, touchpoint, side.periods[-1])
    is_uneven = row is not None and side.before is not None and is_per_day(row, side.before)
    is_daily = is_uneven or side.periods[-1].grain in UNEVEN
    late = strings.matures(format.count(metric.maturity_days), readings.length(side.periods[-1]))
    better = is_better(comparison, metric.goodness)
    rows = {period: row for (name, period), row in found.items() if name == metric.name}
    return Kpi(
        metric=metric.name,
        label=metric.label,
        unit=metric.unit,
        goodness=metric.goodness,
        meaning=metric.meaning,
        value=row.value if row else None,
        n=row.n if row else 0,
        low=row.low if row else None,
        high=row.high if row else None,
        reason=(row.reason if row else strings.NOT_ANSWERED) if row is None or row.value is None else None,
        target=None if metric.goodness is Goodness.NEUTRAL else target,
        status=status(row, target, metric.goodness),
        change=size(comparison, metric.unit),
        versus=side.versus.words,
        verdict=strings.comparison_words(comparison.verdict, better),
        is_good=better,
        spark=points(side.periods, rows),
        notes=((late,) if is_own else ()) + (row.notes if row else ()) + _asides(ask, pair),
        owner=metric.owner,
        is_believable=comparison.verdict is Verdict.REAL,
        variant=metric.variant_note,
        period=period_words(side.periods[-1]) if is_own else "",
        per_day=daily(row) if is_daily else None,
        per_day_before=daily(side.before) if is_daily else None,
        basis=told(pair.compared.alike.basis, ask.sources) if pair else "",
        compared=pair.compared.values if pair and pair.compared.alike.where else None,
        drill=readings.drill(row, side.periods[-1], side.where),
    )


def _asides(ask: Ask, pair: Pair | None) -> tuple[str, ...]:
    """Which sources are compared, what the verdict goes by, and why a score may not stand for all asked."""
    if pair is None:
        return ()
    like = (told(pair.compared.note, ask.sources),) if pair.compared.note else ()
    words = {SAID: strings.SAME_PEOPLE, ALONE: strings.REAL_ALONE}.get(pair.comparison.note)
    return (*like, *((words,) if words else ()), *pair.warnings)
