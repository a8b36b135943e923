"""What is told of single customers: their journeys, how they moved on, what went public, and what is still open.

Customers appear by their keyed id only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from etl.calendar import Period

if TYPE_CHECKING:
    from etl.metrics.answer import Where


@dataclass(frozen=True)
class Stop:
    """One contact of a journey; `record` is where its first record stands, as `file:number`."""

    contact_key: int
    started_at: datetime
    channel: str
    touchpoint: str | None
    reason: str | None
    is_answered: bool
    transfer_count: int
    wait_seconds: float | None = None
    record: str = ""


@dataclass(frozen=True)
class Journey:
    """A chain with what makes up its runaround index, and its contacts in order."""

    chain_key: int
    customer_id: str
    index: float
    minutes: float
    transfer_count: int
    switch_count: int
    retold_count: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Step:
    """How many customers went on from a contact in one channel to the next one of their chain in another, or again."""

    origin: str
    goal: str
    count: int


@dataclass(frozen=True)
class Outcry:
    """A private contact after which its customer said something negative in public within 72 hours."""

    customer_id: str
    started_at: datetime
    channel: str
    touchpoint: str | None
    cause: str | None
    posted_at: datetime
    platform: str


@dataclass(frozen=True)
class OpenFailure:
    """A failed contact after which nothing good is known: no later contact, no call of ours, no sign of content.

    `contacts` is how many the chain holds; `posted_at` is the latest post about us of the same customer, if any.
    """

    customer_id: str
    started_at: datetime
    channel: str
    touchpoint: str | None
    cause: str | None
    contacts: int
    is_unresolved: bool
    is_abandoned: bool
    is_complaint: bool
    went_public_at: datetime | None
    posted_at: datetime | None
    record: str = ""


class Ways(Protocol):
    """The part of the seam that tells of single customers, within the principal's scope."""

    def worst(self, period: Period, where: "Where" = (), most: int = 10) -> tuple[Journey, ...]:
        """The mature chains of a period with the highest runaround index, worst first."""
        ...

    def steps(self, start: date, end: date, where: "Where" = ()) -> Sequence[Step]:
        """How customers went on within the chains that began between two days, most frequent first."""
        ...

    def outcries(self, start: date, end: date, where: "Where" = ()) -> Sequence[Outcry]:
        """What went public after private contacts between two days, the newest first."""
        ...

    def open_failures(self, start: date, end: date, where: "Where" = ()) -> Sequence[OpenFailure]:
        """The failures between two days that are still open at the end of the last, the newest first."""
        ...
