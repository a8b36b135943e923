"""One row of an answer: what some sums say of a metric in a period, or the reason why they say nothing."""

from dataclasses import replace

from etl.calendar import Period
from etl.config import Settings
from etl.metrics.answer import Row
from etl.metrics.base import Metric, Sums
from etl.metrics.catalogue import settings_of
from etl.metrics.coverage import Coverage, Reach, unrecorded_parts
from etl.metrics.opening import NO_HOURS, lacks_hours
from etl.vocabulary import Dimension


def row_of(
    metric: Metric, period: Period, group: tuple[tuple[Dimension, str], ...], sums: Sums, reach: Reach,
    coverage: Coverage, minimum: int, settings: Settings,
) -> Row:  # fmt: skip
    """The row of a group; under the minimum base, or before the sources are there, it has a reason and no value."""
    estimate = metric.estimate(sums)
    reason = reach.reason
    if reason is None and metric.in_business_time and lacks_hours(settings):
        reason = NO_HOURS
    if reason is None and (estimate.n < minimum or estimate.value is None):
        reason = f"too few (n={estimate.n})" if estimate.n < max(minimum, 1) else "; ".join(estimate.notes)
    parts = unrecorded_parts(coverage.feeding, metric.durations)
    said = (metric.remark.format(**settings_of(metric, settings)),) if metric.remark else ()
    row = Row(
        metric=metric.name, period=period.key, start=period.start, end=period.end, group=group,
        value=estimate.value, n=estimate.n, low=estimate.interval.low, high=estimate.interval.high,
        complete=reach.is_complete, reason=None, unit=metric.unit.value, centre=estimate.interval.centre,
        standard_error=estimate.interval.standard_error, through=reach.through,
        since=max(period.start, coverage.first_day or period.start),
        notes=(*reach.notes, *parts, *estimate.notes, *metric.beside(sums), *said),
        missing=reach.notes, sources_through=reach.sources,
    )  # fmt: skip
    if reason is None:
        return row
    return replace(row, value=None, low=None, high=None, centre=None, standard_error=None, reason=reason)
