"""What breakdowns cost those they failed: answers, sightings, time and public voices by cell, for analysis to judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

from etl.metrics.answer import Cell, Where

Stratum: TypeAlias = tuple[str, str, str]
"""Channel, touchpoint and segment of an answer."""
Lists: TypeAlias = tuple[bool, bool, bool]
"""On which lists a customer is: failed on record, unhappy in a survey, negative in public."""


@dataclass(frozen=True)
class Sample:
    """Answers as sums: how many, their total, and the total of their squares."""

    n: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: "Sample") -> "Sample":
        """Both together."""
        return Sample(self.n + other.n, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> float:
        """Their mean; of none it is a ZeroDivisionError."""
        return self.total / self.n

    @property
    def variance(self) -> float:
        """Their variance, n - 1 in the denominator; 0 of fewer than two."""
        return max(0.0, (self.squares - self.total**2 / self.n) / (self.n - 1)) if self.n > 1 else 0.0


Strata: TypeAlias = Mapping[Stratum, Sample]


@dataclass(frozen=True)
class Scores:
    """The last answer of each customer in some days, by whom something failed before they gave it.

    `scale` is what was answered: `nps` from 0 to 10, or `csat` as 0 or 100. What failed is known here by other signs
    than the answer itself. `affected` counts those whom each cell failed, whether or not they answered; `everyone`
    holds those whom any cell failed, `unaffected` those whom nothing failed.
    """

    scale: str
    affected: Mapping[Cell, int] = field(default_factory=dict)
    cells: Mapping[Cell, Strata] = field(default_factory=dict)
    causes: Mapping[str, Strata] = field(default_factory=dict)
    everyone: Strata = field(default_factory=dict)
    unaffected: Strata = field(default_factory=dict)


@dataclass(frozen=True)
class Sightings:
    """How those whom a cell failed came to light in some days.

    `asked` customers answered a survey about its touchpoint, `asked_failed` of them it had failed. Of `told_asked`
    people with the problem `told` said that they told us. `lists` counts known customers by the lists they are on, and
    `occasions` by on how many occasions it failed them, contacts of one chain being one.
    """

    asked: int = 0
    asked_failed: int = 0
    told_asked: int = 0
    told: int = 0
    lists: Mapping[Lists, int] = field(default_factory=dict)
    occasions: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Toll:
    """What a cell cost in some days: minutes of its customers' chains, people negative in public, their posts, reposts.

    The public part is None under a filter that posts do not have.
    """

    minutes: float = 0.0
    voices: int | None = 0
    posts: int | None = 0
    reposts: int | None = 0


@dataclass(frozen=True)
class Part:
    """Failed contacts of a cell among all at its touchpoint, of one product and region."""

    product: str
    region: str
    failed: int
    contacts: int


@dataclass(frozen=True)
class Saying:
    """What a person wrote in one record, personal data masked."""

    key: int
    day: date
    person: str
    text: str


class TollAsk(Protocol):
    """What is asked of breakdowns beside their counts; within the principal's scope."""

    @property
    def value_per_customer(self) -> float | None:
        """What a customer is worth, where the settings say it."""
        ...

    @property
    def currency(self) -> str:
        """The company's currency; empty where the settings name none."""
        ...

    def scores(self, start: date, end: date, where: Where = ()) -> Scores:
        """The answers of those who were failed and of those who were not, between two days, both included."""
        ...

    def sightings(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, Sightings]:
        """How those whom each cell failed came to light."""
        ...

    def tolls(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, Toll]:
        """What each cell cost in time and in public."""
        ...

    def parts(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, tuple[Part, ...]]:
        """Each cell by product and region."""
        ...

    def said(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, tuple[Saying, ...]]:
        """What those whom each cell failed wrote to us about it."""
        ...
