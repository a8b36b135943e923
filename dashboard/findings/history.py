"""Numbers that are not final: nowcasts of unfinished periods in words; what was reported before, marked and listed."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard import format
from dashboard.blocks import Block, Note, Point
from dashboard.findings.readings import length, period_words
from dashboard.findings.remarks import told
from dashboard.strings import history
from dashboard.tables import Column, Table
from etl.calendar import Period
from etl.metrics.answer import Ask, Where
from etl.metrics.base import Metric
from etl.metrics.restatement import Restatement
from etl.vocabulary import Unit


def foretold(drawn: Sequence[Point], metric: Metric) -> list[Note]:
    """A sentence for each unfinished period that has begun: what it will probably be, or why that is not told."""
    notes = []
    for point in drawn:
        words, found = probable_words(point, metric.unit), point.nowcast
        if found and words:
            notes.append(Note(history.foretold(_label(point), words, format.count(found.m))))
        elif found and found.reason and found.m:
            so_far = format.value(found.so_far, metric.unit)
            notes.append(Note(history.not_foretold(_label(point), so_far, found.reason)))
    return notes


def probable_words(point: Point, unit: Unit) -> str:
    """`812 so far, probably 1 130 (1 050–1 220)`; nothing where that is not told."""
    if point.probable is None or point.nowcast is None:
        return ""
    probable, low, high = point.probable
    so_far = format.value(point.nowcast.so_far, unit)
    return history.probable(so_far, format.value(probable, unit), format.interval(low, high, unit))


def restatements(ask: Ask, metric: Metric, periods: Sequence[Period], where: Where) -> tuple[Restatement, ...]:
    """The periods drawn that were reported otherwise, as a reader would read it; reports are of the whole company."""
    if where or periods[0].is_fiscal:
        return ()
    found = ask.restated((metric.name,), periods[0].grain, periods[0].start, periods[-1].end)
    return tuple(
        replace(each, why=tuple(told(words, ask.sources) for words in each.why))
        for each in found
        if format.value(each.then.value, metric.unit) != format.value(each.now, metric.unit)
    )


def marked(drawn: Sequence[Point], found: Sequence[Restatement], unit: Unit) -> tuple[Point, ...]:
    """The points, those that were reported otherwise with words about it."""
    words = {each.period: _words(each, unit) for each in found}
    return tuple(replace(point, restated=words.get(point.period, "")) for point in drawn)


def restated_table(metric: Metric, periods: Sequence[Period], found: Sequence[Restatement]) -> list[Block]:
    """The differences, newest first; nothing where there are none."""
    if not found:
        return []
    by_key, titles = {period.key: period for period in periods}, history.RESTATED_COLUMNS
    units = (None, metric.unit, None, metric.unit, metric.unit, None)
    columns = tuple(
        Column(title, unit, is_signed=title == titles[4]) for title, unit in zip(titles, units, strict=True)
    )
    rows = tuple(
        (
            period_words(by_key[each.period]), each.then.value, _day(each), each.now, each.difference, _why(each),
        )
        for each in reversed(found)
        if each.period in by_key
    )  # fmt: skip
    is_one = len(rows) == 1
    noun = length(periods[0]) + ("" if is_one else "s")
    return [Table(history.restated_title(format.count(len(rows)), noun, is_one=is_one), columns, rows)]


def _label(point: Point) -> str:
    """The period, and how far it is: `Week 48, 4 of 7 days`."""
    return point.label if point.value is None or not point.reason else f"{point.label}, {point.reason}"


def _words(found: Restatement, unit: Unit) -> str:
    return history.reported(
        format.value(found.then.value, unit), _day(found), format.value(found.now, unit), _why(found)
    )


def _why(found: Restatement) -> str:
    return ", ".join(found.why)


def _day(found: Restatement) -> str:
    return format.day(found.then.published_at.date(), has_weekday=False)
