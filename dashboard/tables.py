"""Tables of a page, what their cells hold, and the way from a number to the rows behind it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from etl.calendar import Period
from etl.metrics.answer import Where
from etl.vocabulary import Unit


@dataclass(frozen=True)
class Drill:
    """The rows behind a number: those that a metric counts in a period under a filter; `count` of them.

    `claim` is the id by which the number can be replayed.
    """

    metric: str
    period: Period
    where: Where
    count: int
    claim: str = ""


@dataclass(frozen=True)
class Course:
    """A short course inside a table's cell: shares by period, the marked ones signals; None is a period unknown.

    `words` tell it to those who do not see it.
    """

    values: tuple[float | None, ...]
    is_marked: tuple[bool, ...]
    words: str


Cell: TypeAlias = str | int | float | date | Course | None


@dataclass(frozen=True)
class Column:
    """A table's column: its title and the unit its numbers are read in (None: text, date or plain count)."""

    title: str
    unit: Unit | None = None
    is_signed: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of values under titled columns; `title` says what they are.

    `drills` leads, by a name for each, to the rows behind those of the table that have any.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    drills: tuple[tuple[str, Drill], ...] = ()
