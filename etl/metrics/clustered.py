"""A net score of every answer, with the interval that allows for customers who answered more than once."""

from dataclasses import dataclass
from typing import ClassVar

from etl.metrics import intervals
from etl.metrics.base import Estimate, Part, Sums
from etl.metrics.kinds import Net

OWN_ANSWERS, OWN_BALANCE, OWN_PLACE = "own_answers", "own_balance", "own_place"
"""Beside each answer: how many its customer gave among those counted, promoters minus detractors of them, its place."""


@dataclass(frozen=True, kw_only=True)
class EveryAnswer(Net):
    """A net score of all answers of a `kind`, customers who answer often included; asked from the facts."""

    kind: str
    is_stored: ClassVar[bool] = False

    @property
    def sign(self) -> str:
        """SQL: 1 for a promoter, -1 for a detractor, 0 between."""
        return f"(CASE WHEN {self.promoters} THEN 1 WHEN {self.detractors} THEN -1 ELSE 0 END)"

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sides, and over customers the sums of squared balances, of balance times answers, of squared answers."""
        return (
            *super().parts,
            Part("squares", self.among, add=f"{self.sign} * {OWN_BALANCE}"),
            Part("products", self.among, add=OWN_BALANCE),
            Part("answer_squares", self.among, add=OWN_ANSWERS),
            Part("customers", self.among, add=f"(CASE WHEN {OWN_PLACE} = 1 THEN 1 ELSE 0 END)"),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """100 · (promoters − detractors) / all; the base are answers, the interval's spread is between customers."""
        plain = super().estimate(sums)
        names = ("squares", "products", "answer_squares", "customers")
        squares, products, answer_squares, customers = (int(sums.totals[name]) for name in names)
        balance = int(sums.totals["top"]) - int(sums.totals["detractors"])
        interval = intervals.nps_of_customers(balance, plain.n, squares, products, answer_squares, customers)
        return Estimate(plain.value, plain.n, interval, (f"{customers:,} customers",) if plain.n else ())
