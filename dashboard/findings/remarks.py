"""Answers as a reader is told them: sources by their titles and days in words wherever a remark names them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard import format, strings
from dashboard.blocks import Kpi
from etl.metrics.answer import Ask, Question, Row, SourceState, Where
from etl.vocabulary import Dimension

MOST_NAMED = 3
HYPHEN = re.compile(r"(?<!\S)-(?=\d)")
"""Where it stands for a minus."""
SECONDS = re.compile(r"\b(\d+(?:\.\d+)?) s\b")
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def answered(ask: Ask, question: Question) -> tuple[Row, ...]:
    """The rows of the answer, with their remarks, reasons and the sources they are split by in the reader's words."""
    return tuple(_told(row, ask.sources) for row in ask(question).rows)


def told(remark: str, sources: Sequence[SourceState]) -> str:
    """`without twcs since 2017-10-31` as `without Twitter support since 31 Oct 2017`; minus signs and times, too."""
    titles = {source.source: source.title for source in sources}
    names = "|".join(re.escape(name) for name in sorted(titles, key=len, reverse=True))
    named = re.sub(rf"\b(?:{names})\b", lambda found: titles[found[0]], remark) if names else remark
    return SECONDS.sub(_duration, HYPHEN.sub(format.MINUS, DAY.sub(_day, named)))


def told_where(where: Where, sources: Sequence[SourceState]) -> Where:
    """A filter with the titles of the sources that it names."""
    return tuple(
        (dimension, tuple(_value(dimension, value, sources) for value in values)) for dimension, values in where
    )


def remark_line(kpis: Sequence[Kpi], sources: Sequence[SourceState]) -> str:
    """The remarks on all KPIs in a line: each once, with the metrics it holds for unless it holds for all.

    Sources that lack data are named where they are few, else counted.
    """
    found: dict[str, list[str]] = {}
    for kpi in kpis:
        for note in kpi.notes:
            found.setdefault(note, []).append(strings.inside(kpi.label))
    lacking = [note for note in found if _lacking(note, sources)]
    counted = [strings.without_sources(format.count(len(lacking)))] if len(lacking) > MOST_NAMED else []
    told_of = {note: labels for note, labels in found.items() if not counted or note not in lacking}
    return strings.SEPARATOR.join((*counted, *(_remark(note, labels, len(kpis)) for note, labels in told_of.items())))


def _lacking(remark: str, sources: Sequence[SourceState]) -> int:
    """How many sources a remark or reason in the reader's words says lack data."""
    return sum(
        f"without {each.title} since " in remark or f"{each.title}: no complete day" in remark for each in sources
    )


def reason_in_words(reason: str, sources: Sequence[SourceState]) -> str:
    """Why there is no number, as `told` says it; sources that lack data are counted where they are many."""
    words = told(reason, sources)
    count = _lacking(words, sources)
    return strings.inside(strings.without_sources(format.count(count))) if count > MOST_NAMED else words


def _remark(note: str, labels: Sequence[str], of: int) -> str:
    if len(labels) == of:
        return strings.capitalised(note)
    few = strings.joined(labels) if len(labels) <= MOST_NAMED else strings.some_of(str(len(labels)), str(of))
    return f"{strings.capitalised(note)} ({few})"


def _told(row: Row, sources: Sequence[SourceState]) -> Row:
    group = tuple((dimension, _value(dimension, value, sources)) for dimension, value in row.group)
    notes = tuple(told(note, sources) for note in row.notes)
    titles = {source.source: source.title for source in sources}
    return replace(
        row,
        group=group,
        notes=notes,
        missing=tuple(told(note, sources) for note in row.missing),
        sources_through=tuple((titles.get(name, name), day) for name, day in row.sources_through),
        reason=reason_in_words(row.reason, sources) if row.reason else row.reason,
    )


def _value(dimension: Dimension, value: str, sources: Sequence[SourceState]) -> str:
    if dimension is not Dimension.SOURCE:
        return value
    return next((source.title for source in sources if source.source == value), value)


def _duration(found: re.Match[str]) -> str:
    return format.duration(float(found[1]))


def _day(found: re.Match[str]) -> str:
    try:
        return format.day(date.fromisoformat(found[0]), has_weekday=False)
    except ValueError:
        return found[0]
