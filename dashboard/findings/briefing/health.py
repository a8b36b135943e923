"""How far the numbers can be trusted: sources that are late, days without data, corrections, records put aside."""

from collections.abc import Sequence

from dashboard import format
from dashboard.blocks import Section, Selection
from dashboard.findings.context import Moment
from dashboard.findings.overview import KPIS
from dashboard.findings.readings import period_words, unfinished_words
from dashboard.strings import brief as words
from dashboard.strings import brief_outcomes as outcomes
from etl.metrics.answer import Ask, SourceState
from etl.metrics.catalogue import METRICS
from etl.metrics.restatement import Restatement

MOST_CORRECTED = 3
MOST_PUT_ASIDE = 3
MOST_LATE, MOST_NAMED = 6, 3
"""Of more late sources only those with the most records are named; a table on Today has each."""
LOOKED_BACK = 13
"""So many periods back a number that is another now is still news."""


def health(ask: Ask, selection: Selection, at: Moment) -> Section:
    """What is missing, late or corrected, else that all is there."""
    sentences = [_delivered(ask.sources)]
    if at.is_unfinished:
        sentences.append(outcomes.unfinished(unfinished_words(at.period.start, at.period.end, at.as_of)))
    sentences += _gaps(ask.sources, at)
    sentences += _corrected(ask, selection, at)
    sentences += _put_aside(ask.sources)
    return Section(words.DATA, tuple(sentences))


def _delivered(sources: Sequence[SourceState]) -> str:
    newest = max((source.watermark for source in sources if source.watermark), default=None)
    late = [source for source in sources if source.watermark != newest]
    if newest is None:
        return outcomes.NOTHING_COMPLETE
    if not late:
        return outcomes.complete(format.day(newest), format.count(len(sources)), is_one=len(sources) == 1)
    entries = []
    for source in sorted(late, key=lambda source: -source.records)[:MOST_NAMED] if len(late) > MOST_LATE else late:
        if source.watermark is None:
            entries.append(outcomes.not_begun(source.title))
            continue
        days = (newest - source.watermark).days
        entries.append(outcomes.behind(source.title, format.count(days), is_one=days == 1, is_active=source.is_active))
    more = len(late) - len(entries)
    return outcomes.late(entries, format.count(more) if more else "", is_one=len(late) == 1)


def _gaps(sources: Sequence[SourceState], at: Moment) -> list[str]:
    """The unknown days of the two periods compared."""
    first, last = min(at.period.start, at.before[0]), at.period.end
    found = {source.title: sum(first <= day <= last for day in source.gap_days) for source in sources}
    entries = [outcomes.gap(title, format.count(days), is_one=days == 1) for title, days in found.items() if days]
    return [outcomes.gaps(entries)] if entries else []


def _corrected(ask: Ask, selection: Selection, at: Moment) -> list[str]:
    """The main numbers of the last periods that read otherwise than they were first reported."""
    if selection.where or at.period.is_fiscal:
        return []
    first = ask.calendar.shift(at.period, 1 - LOOKED_BACK)
    found = [
        each
        for each in ask.restated(KPIS, at.period.grain, first.start, at.period.end)
        if _read(each, each.then.value) != _read(each, each.now)
    ]
    found.sort(key=lambda each: (each.start, -KPIS.index(each.metric)), reverse=True)
    entries = [
        outcomes.correction(
            METRICS[each.metric].label, period_words(ask.calendar.parse(each.period)),
            _read(each, each.then.value), _read(each, each.now),
        )
        for each in found[:MOST_CORRECTED]
    ]  # fmt: skip
    more = len(found) - len(entries)
    return [outcomes.restated(entries, format.count(more) if more else "")] if entries else []


def _read(each: Restatement, value: float | None) -> str:
    return format.value(value, METRICS[each.metric].unit)


def _put_aside(sources: Sequence[SourceState]) -> list[str]:
    found = sorted((source for source in sources if source.quarantined), key=lambda source: -source.quarantined)
    total = sum(source.quarantined for source in found)
    titles = [source.title for source in found[:MOST_PUT_ASIDE]]
    return [outcomes.put_aside(format.count(total), titles, is_one=total == 1)] if found else []
