"""Ratios of sums that systems had already added up per interval; what lies within an interval is not known."""

from dataclasses import dataclass

from etl.metrics import intervals
from etl.metrics.base import Estimate, Metric, Part, Sums
from etl.vocabulary import Unit


@dataclass(frozen=True, kw_only=True)
class Pooled(Metric):
    """The sum of `over` divided by the sum of `under`, over rows that each hold the sums of many contacts.

    The interval is Student's over the rows, as contacts of one interval share its fate: with R the ratio of k rows and
    N the sum of `under`, SE² = k/(k−1) · Σ(over − R·under)² / N²; shares stay within 0 and 1.
    """

    over: str
    under: str
    where: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """Both sums, their squares and products, and the number of rows."""
        known = f"({self.where}) AND {self.over} IS NOT NULL AND {self.under} > 0"
        return (
            Part("over", known, add=self.over),
            Part("under", known, add=self.under),
            Part("over_squares", known, add=_product(self.over, self.over)),
            Part("products", known, add=_product(self.over, self.under)),
            Part("under_squares", known, add=_product(self.under, self.under)),
            Part("bottom", known),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """One sum divided by the other; the base is what is counted, not the rows."""
        over, under, squares, products, under_squares, rows = (float(sums.totals[part.name]) for part in self.parts)
        if not under:
            return Estimate(None, 0)
        ratio = over / under
        residues = squares - 2 * ratio * products + ratio**2 * under_squares
        interval = intervals.of_ratio(ratio, residues, under, int(rows))
        return Estimate(ratio, int(under), intervals.within(interval, 0, 1) if self.unit is Unit.SHARE else interval)


def _product(one: str, other: str) -> str:
    """SQL: two sums of a row multiplied, rounded so that they add up alike in any order."""
    return f"CAST(round(({one}) * ({other}), 0) AS BIGINT)"
