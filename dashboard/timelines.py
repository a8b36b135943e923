"""A chart value of its own: what happened to single customers, each on a line of time of its own."""

from dataclasses import dataclass

from dashboard.tables import Table


@dataclass(frozen=True)
class Dot:
    """One contact: so many days after the first, by a channel; a `hollow` one got no answer.

    `sign` stands beside it where something is to be seen at once, `words` tell all of it.
    """

    days: float
    channel: str
    words: str
    is_hollow: bool = False
    sign: str = ""


@dataclass(frozen=True)
class Timeline:
    """One customer's contacts in order, named at the left."""

    label: str
    note: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Timelines:
    """Several of them over the same days, with the same contacts as a table."""

    title: str
    caption: str
    lines: tuple[Timeline, ...]
    table: Table

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that occur, the most frequent first: their places are their colours."""
        found = [dot.channel for line in self.lines for dot in line.dots]
        return tuple(sorted(set(found), key=lambda channel: (-found.count(channel), channel)))

    @property
    def longest(self) -> float:
        """How many days the longest takes; one where nobody had a second contact."""
        return max((dot.days for line in self.lines for dot in line.dots), default=1.0) or 1.0
