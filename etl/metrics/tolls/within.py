"""The days and the filter that a question about breakdowns is limited to, as conditions on each kind of row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.engines import Engine
from etl.metrics.answer import Where
from etl.metrics.base import LACKING, FactName
from etl.metrics.cells import WHAT
from etl.metrics.filters import Statement, conditions
from etl.vocabulary import UNKNOWN, Dimension


@dataclass(frozen=True)
class Within:
    """The days from start to end, both included, and a filter, the principal's scope in it."""

    engine: Engine
    start: date
    end: date
    where: Where

    @property
    def days(self) -> list[Any]:
        """The values of DAYS."""
        return [self.start, self.end]

    @property
    def about(self) -> Statement:
        """The filter on what failed."""
        return conditions(self.where)

    @property
    def here(self) -> Statement:
        """The filter on where somebody was, whatever he came for."""
        return self._without(WHAT)

    @property
    def answered(self) -> Statement:
        """The filter on where somebody was, as far as answers know it."""
        return self._without((*WHAT, *LACKING["scores"]))

    @property
    def said_of(self) -> Statement:
        """The filter on what answers are about."""
        return self._without(LACKING["scores"])

    def public(self, fact: FactName = "votes") -> Statement | None:
        """The filter on what is said in public; None where that lacks a dimension of it.

        All of it is inbound; reposts (`posts`) tell no channel of their own.
        """
        lacking = {Dimension.TEAM} | ({Dimension.CHANNEL} if fact == "posts" else set())
        if any(dimension in lacking for dimension, _ in self.where):
            return None
        return self._without((Dimension.DIRECTION,))

    def _without(self, dimensions: tuple[Dimension, ...]) -> Statement:
        return conditions(tuple(each for each in self.where if each[0] not in dimensions))


def known(name: str) -> str:
    """A column with a word for what it does not say."""
    return f"COALESCE(fact.{name}, '{UNKNOWN}') AS {name}"
