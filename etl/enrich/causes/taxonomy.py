"""What a taxonomy is: causes with their phrases by language, their owners, and the chapters of trades."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from etl.enrich.causes.phrases import Step


@dataclass(frozen=True)
class Phrase:
    """One way to say a cause in a language; `weight` is how much it tells, below 0 against the cause.

    `orders` are the orders of words in which it may stand.
    """

    written: str
    weight: int
    orders: tuple[tuple[Step, ...], ...]


Phrases: TypeAlias = Mapping[str, tuple[Phrase, ...]]
"""Phrases by the code of their language."""


@dataclass(frozen=True)
class Example:
    """A text that is a unit test of a cause."""

    language: str
    text: str


@dataclass(frozen=True)
class CauseRule:
    """A cause of a theme and how it is told; `code` is how records of the trade write it, where they do.

    `covers` are the general causes that a chapter's cause stands for, in texts of that chapter.
    """

    name: str
    theme: str
    touchpoint: str | None = None
    owner: str | None = None
    code: str | None = None
    chapter: str | None = None
    covers: tuple[str, ...] = ()
    phrases: Phrases = field(default_factory=dict)
    must_match: tuple[Example, ...] = ()
    must_not_match: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """The causes of one trade; they are looked for where enough texts hold one of its marks.

    `otherwise` is the cause of a complaint that no phrase tells.
    """

    name: str
    share: float
    marks: Phrases
    otherwise: str | None = None


@dataclass(frozen=True)
class Taxonomy:
    """All causes in order: of two with like evidence the earlier one is told."""

    version: str
    causes: tuple[CauseRule, ...]
    chapters: tuple[Chapter, ...] = ()
    negations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    complaint: Phrases = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it has phrases."""
        return tuple(sorted({language for cause in self.causes for language in cause.phrases}))
