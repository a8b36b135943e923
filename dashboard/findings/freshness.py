"""How far each source has delivered: as a table with its conclusion, and as words for a page's context line."""

from collections.abc import Sequence
from datetime import date, timedelta

from dashboard import format, strings
from dashboard.strings import sentences
from dashboard.tables import Column, Table
from etl.metrics.answer import SourceState
from etl.vocabulary import Unit

MOST_GAPS = 2
MOST_LATE = 3
"""Sources that a line names; of more it tells their number, and the table each."""
ONE_DAY = timedelta(days=1)


def freshness_table(sources: Sequence[SourceState]) -> Table:
    """One row a source; the title says whether they all reach the same day."""
    newest = max((source.watermark for source in sources if source.watermark), default=None)
    titles = strings.FRESHNESS_COLUMNS
    columns = (Column(titles[0]), Column(titles[1], Unit.COUNT), *(Column(title) for title in titles[2:]))
    return Table(_title(sources, newest), columns, tuple(_row(source, newest) for source in sources))


def data_through(sources: Sequence[SourceState]) -> str:
    """`data through Sun 8 Mar 2026`, followed by the few sources that reach less far, or by how many do."""
    newest = max((source.watermark for source in sources if source.watermark), default=None)
    if newest is None:
        return ""
    late = [(source.title, source.watermark) for source in sources if source.watermark and source.watermark < newest]
    trailing = sum(source.watermark != newest for source in sources)
    if trailing > MOST_LATE:
        told = [sentences.many_trail(format.count(trailing), format.count(len(sources)))]
    else:
        told = [strings.source_through(title, format.day(watermark)) for title, watermark in late]
    return strings.SEPARATOR.join((strings.data_through(format.day(newest)), *told))


def _title(sources: Sequence[SourceState], newest: date | None) -> str:
    late = [source.title for source in sources if source.watermark != newest]
    if newest and len(late) > MOST_LATE:
        return sentences.many_late(format.count(len(late)), format.count(len(sources)), format.day(newest))
    if newest is None or late:
        return sentences.late_sources(late, is_any=newest is not None)
    return sentences.all_fresh(format.day(newest), is_one=len(sources) == 1)


def _row(source: SourceState, newest: date | None) -> tuple[str | int, ...]:
    through = format.day(source.watermark) if source.watermark else strings.NO_COMPLETE_DAY
    return (
        source.title,
        source.records,
        through,
        _delivery(source, newest),
        _gaps(source.gap_days),
        sentences.zone(source.zone, is_assumed=source.is_zone_assumed),
    )


def _delivery(source: SourceState, newest: date | None) -> str:
    if source.watermark is None or newest is None:
        return strings.NO_COMPLETE_DAY
    behind = (newest - source.watermark).days
    if not behind:
        return strings.UP_TO_DATE
    words = sentences.days_late(format.count(behind), is_one=behind == 1)
    return words if source.is_active else sentences.stale(words)


def _gaps(gap_days: Sequence[date]) -> str:
    if not gap_days:
        return strings.NO_GAPS
    spans = _spans(sorted(gap_days))
    latest = [format.days(*span) for span in spans[-MOST_GAPS:]]
    return sentences.gaps(format.count(len(gap_days)), latest, is_cut=len(spans) > MOST_GAPS)


def _spans(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days in a row as their first and last."""
    starts = [day for day in days if day - ONE_DAY not in days]
    ends = [day for day in days if day + ONE_DAY not in days]
    return list(zip(starts, ends, strict=True))
