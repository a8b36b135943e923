"""A period: its grain, its key and its days."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from etl.vocabulary import Grain

Span: TypeAlias = tuple[date, date]
"""The first and the last day of some days."""


@dataclass(frozen=True)
class Period:
    """A day, week, month, quarter or year; `end` is its last day. A fiscal one has a key that begins with F."""

    grain: Grain
    key: str
    start: date
    end: date

    @property
    def days(self) -> int:
        """Its length in days."""
        return (self.end - self.start).days + 1

    @property
    def is_fiscal(self) -> bool:
        """Whether it belongs to the fiscal calendar."""
        return self.key.startswith("F")
