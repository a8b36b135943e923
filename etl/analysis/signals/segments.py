"""A scan of a metric's segments: which of one dimension stand out in a period against their own past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from etl.analysis.signals.measured import scan_measured
from etl.analysis.signals.methods import PER, cases
from etl.analysis.signals.scan import Scan, scan
from etl.analysis.signals.verdict import variation
from etl.analysis.signals.xmr import FEWEST
from etl.errors import UserError
from etl.metrics.answer import Ask, Question, Row, Where
from etl.metrics.base import Metric
from etl.metrics.catalogue import metric_named
from etl.metrics.kinds import Count, Rate, Ratio
from etl.vocabulary import Dimension, Grain, Variation

PERIODS = 26
DAYS = 7


@dataclass(frozen=True)
class SegmentSignal:
    """One segment: its row, what its past foretold in the metric's unit, p alone and adjusted for all segments.

    Without a `variation` too little was expected for a test.
    """

    row: Row
    expected: float | None
    p: float | None
    adjusted: float | None
    variation: Variation | None
    direction: int

    @property
    def name(self) -> str:
        """The segment's value of the dimension."""
        return self.row.group[0][1]


@dataclass(frozen=True)
class SegmentScan:
    """The segments, those that stand out first, and how the scan was made."""

    metric: Metric
    dimension: Dimension
    period: str
    segments: tuple[SegmentSignal, ...]
    tested: int
    periods: int
    dispersion: float


def scan_segments(
    ask: Ask, metric_name: str, dimension: Dimension, grain: Grain, where: Where = (), end: date | None = None,
    *, fiscal: bool = False,
) -> SegmentScan:  # fmt: skip
    """Scan the last complete period up to a day against the 26 before it, a day against the same weekdays.

    Cases are held against cases; means, scores and quantiles of too small a base are not known. Raises UserError for a
    dimension that the metric lacks, and too short a history.
    """
    metric = metric_named(metric_name)
    rows = ask(Question((metric.name,), (dimension,), grain, None, end, where, is_raw=True, fiscal=fiscal)).rows
    periods = _periods(ask, rows, grain)
    if len(periods) <= FEWEST:
        raise UserError(
            f"{metric.name} by {dimension.value}: {len(periods)} comparable complete {grain.value}s; a scan needs "
            f"{FEWEST} before the one it looks at. Choose a shorter grain."
        )
    by_segment: dict[str, dict[date, Row]] = {}
    for row in rows:
        if row.start in periods:
            by_segment.setdefault(row.group[0][1], {})[row.start] = row
    segments = [[found[day] for day in periods] for found in by_segment.values()]
    if isinstance(metric, Count | Ratio):
        return _scanned(metric, dimension, segments)
    return _measured(metric, dimension, segments, ask.minimum_n(metric.name))


def _periods(ask: Ask, rows: Sequence[Row], grain: Grain) -> list[date]:
    """The starts of the last whole complete period and of those it is held against."""
    starts = []
    for row in sorted(
        {row.start: row for row in rows if row.group and row.complete}.values(), key=lambda row: row.start
    ):
        period = ask.calendar.parse(row.period)
        if (period.start, period.end) == (row.start, row.end):
            starts.append(row.start)
    step = DAYS if grain is Grain.DAY else 1
    alike = [start for start in starts if step == 1 or (starts[-1] - start).days % step == 0]
    return alike[-PERIODS - 1 :]


def _scanned(metric: Metric, dimension: Dimension, segments: Sequence[Sequence[Row]]) -> SegmentScan:
    x = np.array([[cases(metric, row) for row in rows] for rows in segments], dtype=float)
    bases = np.array([[_exposure(metric, row) for row in rows] for rows in segments], dtype=float)
    is_mirrored = isinstance(metric, Ratio) and not isinstance(metric, Rate) and x.sum() > bases.sum() / 2
    counted = bases - x if is_mirrored else x
    found = scan(counted[:, :-1], bases[:, :-1], counted[:, -1], bases[:, -1])
    judged = [
        _segment(
            metric, rows[-1], found, place, 1 if (counted[place, -1] > found.expected[place]) != is_mirrored else -1,
            _in_unit(metric, float(found.expected[place]), bases[place, -1], is_mirrored),
        )
        for place, rows in enumerate(segments)
    ]  # fmt: skip
    return _scan_of(metric, dimension, segments, judged, found)


def _measured(metric: Metric, dimension: Dimension, segments: Sequence[Sequence[Row]], minimum: int) -> SegmentScan:
    """Means, scores and quantiles, each period of enough answers against those before."""
    values = np.array([[np.nan if row.value is None else row.value for row in rows] for rows in segments], dtype=float)
    bases = np.array([[row.n if row.n >= minimum else 0 for row in rows] for rows in segments], dtype=float)
    found = scan_measured(values[:, :-1], bases[:, :-1], values[:, -1], bases[:, -1])
    judged = [
        _segment(
            metric, rows[-1], found, place, 1 if values[place, -1] > found.expected[place] else -1,
            None if np.isnan(found.expected[place]) else float(found.expected[place]),
        )
        for place, rows in enumerate(segments)
    ]  # fmt: skip
    return _scan_of(metric, dimension, segments, judged, found)


def _scan_of(
    metric: Metric, dimension: Dimension, segments: Sequence[Sequence[Row]], judged: list[SegmentSignal], found: Scan
) -> SegmentScan:
    judged.sort(key=lambda each: (each.adjusted is None, each.adjusted, each.p, each.name))
    last = segments[0][-1]
    return SegmentScan(
        metric, dimension, last.period, tuple(judged), found.tested, len(segments[0]) - 1, found.dispersion
    )


def _exposure(metric: Metric, row: Row) -> int:
    return (row.end - row.start).days + 1 if isinstance(metric, Count) else row.n


def _segment(metric: Metric, row: Row, found: Scan, place: int, up: int, foretold: float | None) -> SegmentSignal:
    """One segment's verdict; `up` says on which side of what was foretold it lies."""
    if np.isnan(found.p[place]):
        return SegmentSignal(row, foretold, None, None, None, 0)
    direction = up if found.stands_out[place] else 0
    return SegmentSignal(
        row, foretold, float(found.p[place]), float(found.adjusted[place]), variation(direction, metric.goodness),
        direction,
    )  # fmt: skip


def _in_unit(metric: Metric, foretold: float, exposure: float, is_mirrored: bool) -> float | None:
    if isinstance(metric, Count):
        return foretold
    if not exposure:
        return None
    share = foretold / exposure
    return share * PER if isinstance(metric, Rate) else 1 - share if is_mirrored else share
