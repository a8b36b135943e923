"""Ratings: a share of the top steps of one or several scales, with the mean of each scale beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from etl.metrics.base import Estimate, Part, Sums
from etl.metrics.kinds import Ratio


@dataclass(frozen=True, kw_only=True)
class Ratings(Ratio):
    """A share of answers on scales; the mean of each scale is a note, as means of different scales have no sum.

    `averaged` says for a stratum which steps its mean is out of, in words; one that is not named has no mean.
    """

    averaged: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Those of a share, and the sum of the scores on each scale."""
        sums = (Part(f"sum_{name}", self.strata[name], add="score") for name in self.averaged)
        return (*super().parts, *sums)

    def estimate(self, sums: Sums) -> Estimate:
        """Top divided by bottom, with the means as a note."""
        plain = super().estimate(sums)
        means = [
            f"{float(sums.totals[f'sum_{name}']) / int(sums.totals[f'stratum_{name}']):.2f} {words}"
            for name, words in self.averaged.items()
            if sums.totals[f"stratum_{name}"]
        ]
        return replace(plain, notes=(*plain.notes, *([f"mean {' and '.join(means)}"] if means else [])))


@dataclass(frozen=True, kw_only=True)
class RatingsOfContacts(Ratings):
    """The same share, each answer on the day of the contact that it is about; asked from the facts.

    Answers about no contact that is known are left out.
    """

    is_stored: ClassVar[bool] = False
