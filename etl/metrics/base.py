"""What a metric declares, and how sums over rows become a value with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from etl.metrics import histogram, intervals
from etl.metrics.intervals import UNKNOWN, Interval
from etl.vocabulary import Dimension, Goodness, Unit

FactName = Literal["interactions", "contacts", "scores"]
ALL_DIMENSIONS = tuple(Dimension)
WITHOUT_DIRECTION = tuple(dimension for dimension in Dimension if dimension is not Dimension.DIRECTION)
FACT_TABLES: Mapping[FactName, str] = {
    "interactions": "core_interactions",
    "contacts": "core_contacts",
    "scores": "core_scores",
}


@dataclass(frozen=True)
class Part:
    """One sum over the rows of a fact: how many fulfil `where`, or the sum of `add` over them.

    `where` must be known true; `excluding` must be known true to exclude. Names in braces are settings of
    the metric. `bins` counts the rows by duration bin of `add` instead of summing.
    """

    name: str
    where: str
    excluding: str = ""
    add: str = ""
    bins: bool = False

    def condition(self, settings: Mapping[str, float]) -> str:
        """The two-valued SQL condition with the settings filled in."""
        kept = f"coalesce({self.where.format(**settings)}, FALSE)"
        if not self.excluding:
            return kept
        return f"{kept} AND NOT coalesce({self.excluding.format(**settings)}, FALSE)"


@dataclass(frozen=True)
class Sums:
    """The parts of one number: plain sums by part name, histograms by part name, and the count interval's φ."""

    totals: Mapping[str, float] = field(default_factory=dict)
    bins: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    dispersion: float = 1.0


@dataclass(frozen=True)
class Estimate:
    """A value in the metric's unit with its base n and interval; None where there is nothing to divide."""

    value: float | None
    n: int
    interval: Interval = UNKNOWN
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Metric:
    """What every metric declares: where it counts, how it is read, who owns it and what it means.

    `settings` are its parameters with their defaults; `shares_settings_of` takes another metric's.
    `is_stored` says whether day marts hold its parts; others are asked from the facts.
    """

    name: str
    label: str
    fact: FactName
    unit: Unit
    goodness: Goodness
    owner: str
    meaning: str
    variant_note: str = ""
    minimum_n: int = 10
    settings: Mapping[str, float] = field(default_factory=dict)
    shares_settings_of: str = ""
    is_stored: ClassVar[bool] = True

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What it can be split and filtered by."""
        return WITHOUT_DIRECTION if self.fact == "scores" else ALL_DIMENSIONS

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sums it is made of; `bottom` among them is its base."""
        raise TypeError(f"{type(self).__name__} declares no parts")

    def estimate(self, sums: Sums) -> Estimate:
        """The value, base and interval of some sums."""
        raise TypeError(f"{type(self).__name__} has no estimate for {sums}")


@dataclass(frozen=True, kw_only=True)
class Count(Metric):
    """A number of rows; its interval allows for the over-dispersion of the weeks before."""

    where: str
    minimum_n: int = 0

    @property
    def parts(self) -> tuple[Part, ...]:
        """The rows counted."""
        return (Part("bottom", self.where),)

    def estimate(self, sums: Sums) -> Estimate:
        """The count itself."""
        count = int(sums.totals["bottom"])
        return Estimate(float(count), count, intervals.count(count, sums.dispersion))


@dataclass(frozen=True, kw_only=True)
class Ratio(Metric):
    """A share: rows that fulfil `top` among those that fulfil `bottom`; Wilson interval.

    `strata` names kinds of rows that are pooled only with a word about it.
    """

    top: str
    bottom: str
    excluding: str = ""
    strata: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Top, bottom and one part a stratum."""
        named = tuple(Part(f"stratum_{name}", where, self.excluding) for name, where in self.strata.items())
        return (Part("top", self.top, self.excluding), Part("bottom", self.bottom, self.excluding), *named)

    def estimate(self, sums: Sums) -> Estimate:
        """Top divided by bottom."""
        top, bottom = int(sums.totals["top"]), int(sums.totals["bottom"])
        pooled = [name for name in self.strata if sums.totals[f"stratum_{name}"]]
        notes = (f"pools {' and '.join(pooled)}",) if len(pooled) > 1 else ()
        return Estimate(top / bottom if bottom else None, bottom, intervals.wilson(top, bottom), notes)


@dataclass(frozen=True, kw_only=True)
class SettledRatio(Ratio):
    """A share whose undecided rows wait: it needs the watermark's instant and is asked from the facts."""

    is_stored: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Mean(Metric):
    """The mean of a duration in seconds over the rows that have it; t interval."""

    add: str
    where: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sum, the number of rows and the sum of squares of whole seconds."""
        known = f"({self.where}) AND {self.add} IS NOT NULL"
        squares = f"CAST(round({self.add}, 0) AS BIGINT) * CAST(round({self.add}, 0) AS BIGINT)"
        return (Part("top", known, add=self.add), Part("bottom", known), Part("squares", known, add=squares))

    def estimate(self, sums: Sums) -> Estimate:
        """Sum divided by number."""
        total, n, squares = (float(sums.totals[name]) for name in ("top", "bottom", "squares"))
        return Estimate(total / n if n else None, int(n), intervals.mean(total, squares, int(n)))


@dataclass(frozen=True, kw_only=True)
class Quantile(Metric):
    """A quantile of a duration from counts in fixed bins, with the interval of its order statistics."""

    add: str
    where: str
    q: float

    @property
    def parts(self) -> tuple[Part, ...]:
        """The histogram."""
        return (Part("bottom", f"({self.where}) AND {self.add} IS NOT NULL", add=self.add, bins=True),)

    def estimate(self, sums: Sums) -> Estimate:
        """The geometric middle of the bin that holds the quantile."""
        counts = sums.bins["bottom"]
        low, high = histogram.quantile_interval(counts, self.q)
        return Estimate(histogram.quantile(counts, self.q), sum(counts.values()), _between(low, high))


@dataclass(frozen=True, kw_only=True)
class Survival(Metric):
    """A quantile of a waiting time by Kaplan and Meier: rows still open are censored at the watermark."""

    add: str
    where: str
    q: float
    is_stored: ClassVar[bool] = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """Two histograms: the times of those that ended, and of those still open."""
        return (
            Part("ended", f"({self.where}) AND {self.add} IS NOT NULL", add=self.add, bins=True),
            Part("open", f"({self.where}) AND {self.add} IS NULL", add=OPEN_SECONDS, bins=True),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """The smallest time by which the share q has ended; none if it is not reached."""
        ended, still_open = sums.bins.get("ended", {}), sums.bins.get("open", {})
        value = histogram.survival_quantile(ended, still_open, self.q)
        n = sum(ended.values()) + sum(still_open.values())
        longest = max([*ended, *still_open], default=None)
        notes = () if value is not None or longest is None else (f"longer than {histogram.middle(longest):.0f} s",)
        low, high = histogram.survival_interval(ended, still_open, self.q)
        return Estimate(value, n, _between(low, high), notes)


@dataclass(frozen=True, kw_only=True)
class Balance(Metric):
    """Promoters minus detractors in points, one answer per customer, question and period: the latest.

    The choice of the latest is made before any filter, so it is not additive over time and asked from the facts.
    """

    kind: str
    promoters: str
    detractors: str
    is_stored: ClassVar[bool] = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """Promoters, detractors and all answers."""
        of_kind = f"kind = '{self.kind}'"
        return (
            Part("top", f"{of_kind} AND {self.promoters}"),
            Part("detractors", f"{of_kind} AND {self.detractors}"),
            Part("bottom", of_kind),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """100 · (promoters − detractors) / answers."""
        top, down, n = (int(sums.totals[name]) for name in ("top", "detractors", "bottom"))
        return Estimate(100 * (top - down) / n if n else None, n, intervals.nps(top, down, n))


OPEN_SECONDS = "seconds_until_watermark"


def _between(low: float | None, high: float | None) -> Interval:
    if low is None or high is None:
        return Interval(low, high, None, None)
    return Interval(low, high, (low + high) / 2, (high - low) / 2 / intervals.Z)
