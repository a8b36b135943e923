"""The days and the filter that a question about breakdowns is limited to, as conditions on each kind of row."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.engines import Engine
from etl.metrics.answer import Where
from etl.metrics.base import LACKING, FactName
from etl.metrics.cells import CAUSE, TOUCHPOINT, WHAT
from etl.metrics.filters import COVERED, DAYS, Statement, conditions
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


def negative_days(public: Statement) -> str:
    """SQL: person, cause, touchpoint and how many posts, for each day on which all of them together are negative.

    A cause that no code records is the one that negative words tell.
    """
    return (
        f"SELECT fact.person, {CAUSE}, {TOUCHPOINT}, COUNT(fact.tone) AS posts FROM core_posts AS fact {COVERED} "
        f"WHERE {DAYS} AND {public.sql} GROUP BY 1, 2, 3, fact.business_day HAVING SUM(fact.tone) < 0"
    )


def known(name: str) -> str:
    """A column with a word for what it does not say."""
    return f"COALESCE(fact.{name}, '{UNKNOWN}') AS {name}"
