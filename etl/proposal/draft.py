"""The parts of a proposed mapping: its lines, each with its reason and perhaps its open question, by section."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from etl.sources.base import TargetName


@dataclass(frozen=True)
class Open:
    """What the file could not tell: the place in the mapping, and the question whose answer goes there."""

    field: str
    question: str


@dataclass(frozen=True)
class Line:
    """One line of the mapping: a key with its value, why, and the question that its reader must decide.

    An `is_waiting` line is written as a comment, to be completed; `others` are lines to put in its place.
    """

    key: str
    value: Any
    reason: str = ""
    question: str = ""
    is_waiting: bool = False
    others: tuple["Line", ...] = ()


@dataclass(frozen=True)
class Section:
    """The lines of one target."""

    target: TargetName
    lines: tuple[Line, ...]

    def opened(self) -> Iterable[Open]:
        """Its open questions."""
        return (Open(f"{self.target}.{line.key}", line.question) for line in self.lines if line.question)


@dataclass(frozen=True)
class Draft:
    """A whole proposal: remarks for its head, head lines, targets, and for each column what becomes of it."""

    remarks: tuple[str, ...]
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]
    required: tuple[tuple[str, str], ...]
    optional: tuple[tuple[str, str], ...] = field(default=())

    @property
    def opened(self) -> tuple[Open, ...]:
        """Every question that is left open."""
        head = [Open(line.key, line.question) for line in self.lines if line.question]
        asked = [*head, *(question for section in self.sections for question in section.opened())]
        return tuple(dict.fromkeys(asked))
