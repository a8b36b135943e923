"""KPIs of one period: value, interval, target, change against another period and the course that led there."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard import strings
from dashboard.blocks import Kpi
from dashboard.findings.readings import Found, Versus, difference, is_better, points, size, status
from etl.analysis.compare import Comparison, together
from etl.calendar import Period
from etl.metrics.answer import Ask, Row
from etl.metrics.base import Metric
from etl.vocabulary import Goodness, Verdict


def build_kpis(
    ask: Ask,
    metrics: Sequence[Metric],
    periods: Sequence[Period],
    found: Found,
    before: Mapping[str, Row],
    versus: Versus,
) -> tuple[Kpi, ...]:
    """One KPI a metric for the last of `periods`, compared with its row in `before` (by metric name).

    The verdicts are adjusted for the number of metrics compared side by side.
    """
    current = {metric.name: found.get((metric.name, periods[-1].key)) for metric in metrics}
    compared = together([_comparison(current[metric.name], before.get(metric.name)) for metric in metrics])
    return tuple(
        _kpi(ask, metric, periods, found, current[metric.name], comparison, versus)
        for metric, comparison in zip(metrics, compared, strict=True)
    )


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


def _comparison(after: Row | None, before: Row | None) -> Comparison:
    if after is None or before is None:
        return Comparison(None, None, None, None, strings.NO_COMPARISON)
    return difference(after, before)


def _kpi(
    ask: Ask,
    metric: Metric,
    periods: Sequence[Period],
    found: Found,
    row: Row | None,
    comparison: Comparison,
    versus: Versus,
) -> Kpi:
    target = ask.target(metric.name)
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
        versus=versus.words,
        verdict=strings.comparison_words(comparison.verdict, better),
        is_good=better,
        spark=points(periods, rows),
        notes=row.notes if row else (),
        owner=metric.owner,
        is_believable=comparison.verdict is Verdict.REAL,
        variant=metric.variant_note,
    )
