"""What was reported of a period, and a number that is another now."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Report:
    """What a generation said of a period when it was complete: the first to say so, with its newest load.

    `version` and `settings` are those of the metric's definition then. `value` is None where it was too few to show.
    """

    value: float | None
    n: int
    generation: int
    published_at: datetime
    newest_load: int
    version: str
    settings: str


@dataclass(frozen=True)
class Restatement:
    """A number that is another now than it was reported: how many records of its days came late or were corrected
    since, and why it changed, in words.
    """

    metric: str
    period: str
    start: date
    end: date
    then: Report
    now: float | None
    n: int
    late: int
    corrected: int
    why: tuple[str, ...]

    @property
    def difference(self) -> float | None:
        """Now minus then; None where one of them is missing."""
        return None if self.now is None or self.then.value is None else self.now - self.then.value
