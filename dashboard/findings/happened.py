"""What happened, as marks in a chart and as sentences: annotations that concern what a page shows."""

from collections.abc import Sequence
from datetime import date

from dashboard import format, strings
from dashboard.blocks import Mark, Note
from dashboard.strings import defined, happened
from etl.annotations import NEAR, Annotation, concerning
from etl.metrics.answer import Ask, Where
from etl.metrics.base import Metric, Redefinition
from etl.vocabulary import AnnotationKind

MOST_MARKS = 9


def marks(ask: Ask, where: Where, start: date, end: date) -> tuple[Mark, ...]:
    """What happened between two days and concerns the filter, numbered in order; the newest where there are many."""
    found = concerning(ask.annotations, dict(where), start, end)[-MOST_MARKS:]
    return tuple(Mark(str(number), each.start, each.end, told(each)) for number, each in enumerate(found, 1))


def redefinitions(ask: Ask, metric: Metric, start: date, end: date) -> tuple[Mark, ...]:
    """Where the definition of a metric changed between two days: a break in what was told, not in what is drawn."""
    return tuple(
        Mark(f"D{each.version}", each.since, each.since, _redefined(metric, each))
        for each in ask.redefinitions.get(metric.base_name, ())
        if start <= each.since <= end
    )


def _redefined(metric: Metric, each: Redefinition) -> str:
    day = format.day(each.since, has_weekday=False)
    return defined.redefined(each.version, metric.label, each.what.rstrip("."), day)


def told_marks(marked: Sequence[Mark]) -> tuple[Note, ...]:
    """The marks of a chart in words, below it; nothing where there are none."""
    words = strings.SEPARATOR.join(happened.marked(mark.sign, mark.words) for mark in marked)
    return (Note(words),) if words else ()


def candidates(ask: Ask, where: Where, start: date, end: date) -> tuple[Note, ...]:
    """What happened in a period or shortly before it, offered as possible causes of what moved there."""
    near = concerning(ask.annotations, dict(where), start - NEAR, end)
    events = [told(each) for each in near if each.kind is not AnnotationKind.GAP]
    return (Note(happened.candidates(events)),) if events else ()


def told(annotation: Annotation) -> str:
    """`release App 4.2 on 4 Mar 2026, channel phone`."""
    days = format.day(annotation.start, has_weekday=False)
    if annotation.end > annotation.start:
        days = format.days(annotation.start, annotation.end)
    places = [strings.only(dimension.value, values) for dimension, values in annotation.where.items()]
    return happened.event(annotation.kind.value, annotation.title, days, places)
