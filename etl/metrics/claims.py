"""Claims: the id printed with a number, which says by itself what was counted, where, when, and what came out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from urllib.parse import quote, unquote

from etl.config import Settings
from etl.errors import UserError
from etl.metrics import catalogue
from etl.metrics.answer import Row, Where
from etl.metrics.base import Metric
from etl.metrics.definitions import fingerprint
from etl.vocabulary import Dimension

FORM = "g1/contacts/2024-03-04..2024-03-10/7.0/99e9-3df2"
SAFE = ":"
NOTHING = "none"
DIGITS = 4
"""Hexadecimal ones of the definition's mark and of the check: enough to catch a slip of the pen."""
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.\.([0-9]{4}-[0-9]{2}-[0-9]{2}))?")
_MARKS = re.compile(rf"([0-9a-f]{{{DIGITS}}})-([0-9a-f]{{{DIGITS}}})")


@dataclass(frozen=True)
class Claim:
    """One printed number: `value` of a metric over the days counted, both inclusive, under a filter.

    `definition` marks how the metric was defined and set then. As text it is one word that a shell takes as it is.
    """

    generation: int
    metric: str
    start: date
    end: date
    where: Where
    value: float | None
    definition: str

    def __str__(self) -> str:
        """The id: generation, metric, days, conditions, value, and the marks of definition and check."""
        days = f"{self.start}" if self.start == self.end else f"{self.start}..{self.end}"
        conditions = [f"{dimension.value}={','.join(map(_quoted, values))}" for dimension, values in self.where]
        value = NOTHING if self.value is None else repr(self.value)
        text = "/".join([f"g{self.generation}", self.metric, days, *conditions, value, self.definition])
        return f"{text}-{_mark(text)}"

    @classmethod
    def parse(cls, text: str) -> "Claim":
        """The claim of an id; a UserError when it is none, or not copied letter by letter."""
        given = text.strip()
        parts = given.split("/")
        marks = _MARKS.fullmatch(parts[-1])
        if len(parts) < 5 or not marks:
            raise UserError(f"{given!r} is not a claim; expected one such as {FORM}, whole.")
        if _mark(given.rpartition("-")[0]) != marks[2]:
            raise UserError(f"claim {given!r}: its last {DIGITS} signs do not fit the rest; copy it letter by letter.")
        generation, metric, days, *conditions, value, _ = parts
        span = _DAYS.fullmatch(days)
        try:
            if span is None:
                raise ValueError(days)
            start = date.fromisoformat(span[1])
            end = date.fromisoformat(span[2]) if span[2] else start
            number = None if value == NOTHING else float(value)
            where = tuple(_condition(condition) for condition in conditions)
            return cls(int(generation.removeprefix("g")), metric, start, end, where, number, marks[1])
        except ValueError as error:
            raise UserError(f"claim {given!r}: {error}; expected one such as {FORM}.") from error


def claimed(rows: Sequence[Row], where: Where, generation: int, settings: Settings) -> tuple[Row, ...]:
    """The rows of an answer with their claims under the filter of its question: over the days that they count."""
    marks: dict[str, str] = {}
    for name in {row.metric for row in rows}:
        metric = catalogue.metric_named(name)
        marks[name] = definition_of(metric, catalogue.settings_of(metric, settings))
    return tuple(replace(row, claim=str(_claim(row, where, generation, marks[row.metric]))) for row in rows)


def definition_of(metric: Metric, settings: Mapping[str, float]) -> str:
    """The mark of a metric's definition under its settings: another one means that the number was made otherwise."""
    return _mark(repr((fingerprint(catalogue.METRICS[metric.base_name]), sorted(settings.items()))))


def _claim(row: Row, where: Where, generation: int, definition: str) -> Claim:
    group = tuple((dimension, (value,)) for dimension, value in row.group)
    end = row.end if row.through is None else max(row.start, min(row.end, row.through))
    return Claim(generation, row.metric, row.start, end, (*where, *group), row.value, definition)


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGITS]


def _quoted(value: str) -> str:
    return quote(value, safe=SAFE)


def _condition(text: str) -> tuple[Dimension, tuple[str, ...]]:
    name, _, values = text.partition("=")
    return Dimension(name), tuple(unquote(value) for value in values.split(","))
