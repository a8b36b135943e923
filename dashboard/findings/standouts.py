"""Which segments of a split stand out from their own past, so that few of those named do so by chance."""

from dashboard import format
from dashboard.blocks import Note
from dashboard.findings.remarks import told
from dashboard.strings import signals as words
from etl.analysis.signals.segments import SegmentScan, SegmentSignal, scan_segments
from etl.calendar import Period
from etl.errors import UserError
from etl.metrics.answer import Ask, Where
from etl.metrics.base import Metric
from etl.vocabulary import Dimension

MOST_NAMED = 6


def stand_outs(ask: Ask, metric: Metric, dimension: Dimension, last: Period, where: Where) -> tuple[Note, ...]:
    """The scan of the last complete period in a sentence; nothing for what cannot be scanned, or not yet."""
    try:
        found = scan_segments(ask, metric.name, dimension, last.grain, where, last.end, fiscal=last.is_fiscal)
    except UserError:
        return ()
    return (Note(told(_sentence(found, last), ask.sources)),) if found.tested else ()


def _sentence(found: SegmentScan, last: Period) -> str:
    row = found.segments[0].row
    period, tested = format.period(last.grain, row.period, row.start), format.count(found.tested)
    named = [_named(found, segment) for segment in found.segments if segment.direction]
    if not named:
        return words.none_stands_out(tested, found.dimension.value, period, is_one=found.tested == 1)
    return words.stand_out(tested, found.dimension.value, period, named[:MOST_NAMED], is_cut=len(named) > MOST_NAMED)


def _named(found: SegmentScan, segment: SegmentSignal) -> str:
    unit = found.metric.unit
    verdict = segment.variation.value if segment.variation else ""
    return words.segment(
        segment.name, format.value(segment.row.value, unit), format.value(segment.expected, unit), verdict
    )
