"""Posts about us with their words: who wrote each, how it sounds, and the cause that it is about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from etl.calendar import Period
from etl.metrics.answer import Ask, Where
from etl.vocabulary import UNASSIGNED

METRIC = "mentions"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
BETWEEN_RUNS = re.compile(r"[^\w\s'’-]+|\d+|_+|\s-+\s")
NOT_SAID = re.compile(r"https?://\S+|[@#]\S+|\[[A-Z]+\]")
SHORTEST = 3
"""Words of fewer letters say little; they part pairs, as a sign and a number do."""


@dataclass(frozen=True)
class Post:
    """One post; `tone` is 1, 0 or -1, None where nobody can tell, `intensity` from -1,000 to 1,000.

    `cause` is the recorded one, else `told`, the one that its words tell; None where there is neither. `wording` marks
    the posts of one campaign, whose words so many `people_alike` wrote within 24 hours; None where it is part of none.
    """

    key: int
    day: date
    person: str
    text: str
    tone: int | None
    intensity: int
    cause: str | None
    told: str | None = None
    wording: int | None = None
    people_alike: int = 0

    @cached_property
    def runs(self) -> tuple[tuple[str, ...], ...]:
        """Its words in order, in lower case: those between signs and numbers belong together."""
        parts = BETWEEN_RUNS.split(NOT_SAID.sub(" . ", self.text).lower().replace("’", "'"))
        return tuple(words for part in parts if (words := tuple(WORD.findall(part))))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its words and pairs of neighbouring words, in lower case."""
        pairs = {
            f"{first} {second}"
            for words in self.runs
            for first, second in pairwise(words)
            if min(len(first), len(second)) >= SHORTEST
        }
        return frozenset({word for words in self.runs for word in words if len(word) >= SHORTEST} | pairs)


def posts_of(ask: Ask, period: Period, where: Where = ()) -> tuple[Post, ...]:
    """The posts of a period that have words, the oldest first."""
    return tuple(_posts(ask.rows(METRIC, period, where).rows))


def told_to_us(ask: Ask, period: Period, where: Where = ()) -> tuple[Post, ...]:
    """What those who were failed in a period wrote to us, as posts about the cause that failed them."""
    cells = ask.toll.said(period.start, period.end, where)
    return tuple(
        Post(saying.key, saying.day, saying.person, saying.text, -1, 0, cell.cause)
        for cell, sayings in cells.items()
        for saying in sayings
        if cell.is_assigned
    )


def _posts(rows: Iterable[Mapping[str, Any]]) -> Iterable[Post]:
    for row in rows:
        if row["text"]:
            recorded = row["cause"] if row["cause"] != UNASSIGNED else None
            yield Post(
                row["record_key"], row["business_day"], row["person"], row["text"], row["tone"], row["intensity"] or 0,
                recorded or row["told_cause"], row["told_cause"], row["wording"], row["person_count"] or 0,
            )  # fmt: skip
