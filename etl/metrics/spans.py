"""The periods of an answer, and which day each must reach to be complete."""

from dataclasses import replace
from datetime import date

from etl.calendar import Calendar, Period
from etl.metrics.answer import Question
from etl.vocabulary import Grain


def periods_of(calendar: Calendar, start: date, end: date, question: Question) -> list[Period]:
    """The periods of a span, the outer ones cut to it; without a grain the span itself."""
    if question.grain is None:
        return [Period(Grain.DAY, f"{start}..{end}", start, end)]
    cut = calendar.between(start, end, question.grain, fiscal=question.fiscal)
    return [replace(period, start=max(period.start, start), end=min(period.end, end)) for period in cut]


def last_day(calendar: Calendar, period: Period, question: Question) -> date:
    """The last day that must be there for a period to be complete: where nobody cut it, the calendar's."""
    if question.grain is None or question.end is not None:
        return period.end
    return calendar.period_of(period.start, question.grain, fiscal=question.fiscal).end
