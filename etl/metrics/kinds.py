"""The kinds of metric: a count, shares, means, quantiles, net scores; how the sums of each become its value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar

from etl.metrics import histogram, intervals
from etl.metrics.base import OPEN_SECONDS, Estimate, Metric, Part, Sums
from etl.metrics.intervals import Interval

WORTH_BOUNDS = 0.05
"""Share of contacts without a customer from which on the bounds are said."""


@dataclass(frozen=True, kw_only=True)
class Count(Metric):
    """A number of rows, or of what `add` counts in each; its interval allows for over-dispersed weeks before.

    `classes` are the rows that variants count instead.
    """

    where: str
    add: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)
    minimum_n: int = 0
    dispersed: ClassVar[str] = "bottom"

    @property
    def parts(self) -> tuple[Part, ...]:
        """The rows counted, or the sum over them, and one part a class."""
        named = {"bottom": self.where, **self.classes}
        return tuple(Part(name, where, add=self.add) for name, where in named.items())

    def estimate(self, sums: Sums) -> Estimate:
        """The count itself."""
        count = int(sums.totals["bottom"])
        return Estimate(float(count), count, intervals.count(count, sums.dispersion))


@dataclass(frozen=True, kw_only=True)
class Distinct(Count):
    """A number of different things, such as customers, that the rows name in `of`.

    It does not add up, neither over days nor over groups, and is asked from the facts.
    """

    of: str
    is_stored: ClassVar[bool] = False
    is_additive: ClassVar[bool] = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """The different values among the rows counted, and among those of each class."""
        named = {"bottom": self.where, **self.classes}
        return tuple(Part(name, where, distinct=self.of) for name, where in named.items())


@dataclass(frozen=True, kw_only=True)
class Ratio(Metric):
    """A share: rows that fulfil `top` among those that fulfil `bottom`; Wilson interval.

    `strata` names kinds of rows that are pooled only with a word about it; `classes` are the rows that variants add to
    a side or leave out.
    """

    top: str
    bottom: str
    excluding: str = ""
    strata: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Top, bottom, one part a stratum and one a class."""
        named = tuple(Part(f"stratum_{name}", where, self.excluding) for name, where in self.strata.items())
        named += tuple(Part(name, where) for name, where in self.classes.items())
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
class ChainRatio(SettledRatio):
    """A share over chains of known customers; how many contacts name none is said beside it.

    With `has_bounds` it also says what the share would be if those contacts were counted, for better and for worse.
    """

    has_bounds: bool = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """Top, bottom, the contacts in chains, those that name nobody, and one part a class."""
        mature = self.excluding
        return (
            Part("top", f"is_identified AND {self.top}", mature),
            Part("bottom", f"is_identified AND {self.bottom}", mature),
            Part("linked", "is_identified", mature),
            Part("unlinked", "NOT is_identified", mature),
            *(Part(name, f"is_identified AND {where}", mature) for name, where in self.classes.items()),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """Top divided by bottom, with coverage and bounds as notes."""
        top, bottom, linked, unlinked = (int(sums.totals[name]) for name in ("top", "bottom", "linked", "unlinked"))
        notes = []
        if unlinked:
            notes.append(f"{100 * linked / (linked + unlinked):.1f} % of the contacts name their customer")
        if self.has_bounds and bottom and unlinked / (bottom + unlinked) > WORTH_BOUNDS:
            low, high = intervals.unlinked_bounds(top, bottom, unlinked)
            notes.append(f"between {100 * low:.1f} % and {100 * high:.1f} % whatever the others did")
        return Estimate(top / bottom if bottom else None, bottom, intervals.wilson(top, bottom), tuple(notes))


@dataclass(frozen=True, kw_only=True)
class Rate(Ratio):
    """Cases per 1,000; the interval of the count of cases, over-dispersed as its weeks before were."""

    dispersed: ClassVar[str] = "top"

    def estimate(self, sums: Sums) -> Estimate:
        """1,000 · top / bottom."""
        top, bottom = int(sums.totals["top"]), int(sums.totals["bottom"])
        if not bottom:
            return Estimate(None, 0)
        return Estimate(
            1000 * top / bottom, bottom, intervals.scaled(intervals.count(top, sums.dispersion), 1000 / bottom)
        )


@dataclass(frozen=True, kw_only=True)
class CustomerRate(Rate):
    """Cases per 1,000 different customers, whom the rows name in `of`; it does not add up: asked from the facts."""

    of: str
    is_stored: ClassVar[bool] = False
    is_additive: ClassVar[bool] = False

    @property
    def parts(self) -> tuple[Part, ...]:
        """The cases, and the different customers."""
        return (Part("top", self.top), Part("bottom", self.bottom, distinct=self.of))


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
class ShrunkMean(Mean):
    """A mean with, beside it, what it is when small bases are drawn towards the mean of their category."""

    def estimate(self, sums: Sums) -> Estimate:
        """Sum divided by number; the shrunk mean is a note, (C·m + sum) / (C + n)."""
        plain = super().estimate(sums)
        weight = self.settings["C"]
        if plain.value is None or sums.prior is None:
            return plain
        shrunk = (weight * sums.prior + float(sums.totals["top"])) / (weight + plain.n)
        return replace(plain, notes=(f"{shrunk:.2f} when drawn towards the mean of all ({sums.prior:.2f})",))


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
    """A quantile of a waiting time by Kaplan and Meier: rows still open are censored at the watermark.

    With `ignores_open` it is the plain quantile of the times that ended, as most tools have it.
    """

    add: str
    where: str
    q: float
    ignores_open: bool = False
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
        if self.ignores_open:
            bounds = histogram.quantile_interval(ended, self.q)
            return Estimate(histogram.plain_quantile(ended, self.q), sum(ended.values()), _between(*bounds))
        value = histogram.survival_quantile(ended, still_open, self.q)
        n = sum(ended.values()) + sum(still_open.values())
        longest = max([*ended, *still_open], default=None)
        notes = () if value is not None or longest is None else (f"longer than {histogram.middle(longest):.0f} s",)
        low, high = histogram.survival_interval(ended, still_open, self.q)
        return Estimate(value, n, _between(low, high), notes)


@dataclass(frozen=True, kw_only=True)
class Net(Metric):
    """One side minus the other in points of all: `promoters` speak for us, `detractors` against.

    `classes` are the rows that variants count instead.
    """

    promoters: str
    detractors: str
    among: str = "TRUE"
    classes: Mapping[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Promoters, detractors and all, and one part a class."""
        return (
            Part("top", f"{self.among} AND {self.promoters}"),
            Part("detractors", f"{self.among} AND {self.detractors}"),
            Part("bottom", self.among),
            *(Part(name, where) for name, where in self.classes.items()),
        )

    def estimate(self, sums: Sums) -> Estimate:
        """100 · (promoters − detractors) / all."""
        top, down, n = (int(sums.totals[name]) for name in ("top", "detractors", "bottom"))
        return Estimate(100 * (top - down) / n if n else None, n, intervals.nps(top, down, n))


@dataclass(frozen=True, kw_only=True)
class Balance(Net):
    """A net score with one answer per customer, question and period: the latest.

    The choice of the latest is made before any filter, so it is not additive over time and asked from the facts.
    """

    kind: str
    is_stored: ClassVar[bool] = False


def _between(low: float | None, high: float | None) -> Interval:
    if low is None or high is None:
        return Interval(low, high, None, None)
    return Interval(low, high, (low + high) / 2, (high - low) / 2 / intervals.Z)
