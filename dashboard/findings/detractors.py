"""Detractors by cause as a table: who mentions each, its part of all, and what NPS would be without it."""

from dashboard import format
from dashboard.strings import detractors as words
from dashboard.tables import Column, Table
from etl.analysis.detractors import UNCATEGORISED, CauseShare, by_cause
from etl.analysis.drivers.explain import span_of
from etl.calendar import Period
from etl.metrics.answer import Ask, Where
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension, Unit

MOST = 10


def detractors_by_cause(ask: Ask, period: Period, where: Where) -> tuple[Table, ...]:
    """The causes of those who would not recommend us; nothing where too few say so, or no code names their cause."""
    if not {dimension for dimension, _ in where} <= set(METRICS["nps"].dimensions) - {Dimension.SOURCE}:
        return ()
    start, end = span_of(ask, period)
    answers = ask.answers("nps", start, end, where)
    named = [[cause] if cause else [] for cause in answers.causes]
    found = by_cause(zip(map(int, answers.scores), named, strict=True)) if named else ()
    against = sum(each.detractors for each in found)
    causes = [each for each in found if each.cause != UNCATEGORISED and each.detractors]
    if against < ask.minimum_n("nps") or not causes:
        return ()
    most = causes[0]
    title = words.title(most.cause, format.value(most.additive, Unit.SHARE))
    units = (None, Unit.COUNT, Unit.SHARE, Unit.SHARE, Unit.SCORE)
    columns = tuple(
        Column(name, unit, is_signed=place == 4)
        for place, (name, unit) in enumerate(zip(words.COLUMNS, units, strict=True))
    )
    note = words.note(format.count(against), format.count(len(named)), format.days(start, end))
    return (Table(title, columns, tuple(_row(each) for each in found[:MOST] if each.detractors), note),)


def _row(each: CauseShare) -> tuple[str | int | float | None, ...]:
    name = words.UNCATEGORISED if each.cause == UNCATEGORISED else each.cause
    return (name, each.detractors, each.additive, each.additive_of_promoters, each.impact)
