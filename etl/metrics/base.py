"""What a metric declares, and how sums over rows become a value with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar, Literal, Self

from etl.metrics.intervals import UNKNOWN, Interval
from etl.vocabulary import Dimension, Goodness, Unit

VARIANT_MARK = ":"
"""Stands between the name of a metric and that of its variant."""
OPEN_SECONDS = "seconds_until_watermark"
"""In the conditions of a part: how long before the watermark the row's clock stood."""
BEYOND = "is_beyond_watermark"
"""In the conditions of a part: whether the row's day lies after the watermark of the metric's settled rows."""
PERSON = "COALESCE(customer_id, 'contact ' || CAST(contact_key AS VARCHAR))"
"""Who was in contact; a contact that names nobody counts as one of its own."""
FactName = Literal[
    "interactions", "contacts", "scores", "chain_contacts", "failures", "votes", "reviews", "private_contacts",
    "exposures", "outcomes", "journeys", "aftermaths", "promises",
    "sessions", "cases", "posts", "volumes", "invitations",
]  # fmt: skip
FACT_TABLES: Mapping[FactName, str] = {
    "interactions": "core_interactions",
    "contacts": "core_contacts",
    "scores": "core_scores",
    "chain_contacts": "core_chain_contacts",
    "failures": "core_failures",
    "votes": "core_votes",
    "reviews": "core_reviews",
    "private_contacts": "core_private_contacts",
    "exposures": "core_exposures",
    "outcomes": "core_outcomes",
    "journeys": "core_journeys",
    "aftermaths": "core_aftermaths",
    "promises": "core_promised_journeys",
    "sessions": "core_sessions",
    "cases": "core_cases",
    "posts": "core_posts",
    "volumes": "core_volumes",
    "invitations": "core_asked",
}
BASE_TABLES: Mapping[FactName, str] = {**FACT_TABLES, "sessions": "core_self_services"}
"""Where the rows that feed the metrics of a fact are counted: without what followed, where that is dear to find."""
ROW_TABLES: Mapping[FactName, str] = {
    **dict.fromkeys(FACT_TABLES, "core_interactions"),
    **dict.fromkeys(("failures", "aftermaths"), "core_failures"),
    **dict.fromkeys(("journeys", "promises"), "core_journeys"),
    **dict.fromkeys(("reviews", "posts"), "core_mentions"),
    "scores": "core_responses",
    "votes": "core_votes",
    "volumes": "core_volumes",
    "invitations": "core_invitations",
}
"""What a fact is made of: on a day without a row there it has none."""
LACKING: Mapping[FactName, tuple[Dimension, ...]] = {
    "scores": (Dimension.DIRECTION,),
    "votes": (Dimension.DIRECTION, Dimension.TEAM),
    "reviews": (Dimension.DIRECTION, Dimension.TEAM),
    "posts": (Dimension.DIRECTION, Dimension.TEAM),
    "invitations": (Dimension.DIRECTION, Dimension.TEAM),
}


@dataclass(frozen=True)
class Part:
    """One sum over the rows of a fact: how many fulfil `where`, or the sum of `add` over them.

    `where` must be known true; `excluding` must be known true to exclude. Names in braces are settings of
    the metric. `bins` counts the rows by duration bin of `add` instead of summing, `distinct` the different values of
    an expression over them: such a part does not add up over days or groups.
    """

    name: str
    where: str
    excluding: str = ""
    add: str = ""
    bins: bool = False
    distinct: str = ""

    def condition(self, settings: Mapping[str, float]) -> str:
        """The SQL condition with the settings filled in, for a place where unknown is as good as false."""
        kept = f"({self.where.format(**settings)})"
        if not self.excluding:
            return kept
        return f"{kept} AND NOT coalesce({self.excluding.format(**settings)}, FALSE)"

    def added(self, settings: Mapping[str, float]) -> str:
        """The SQL of what is added up, with the settings filled in."""
        return self.add.format(**settings)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Another reading of a metric's own parts that is usual in the field; it is asked as `metric:variant`.

    `reads` says which parts each side adds up: they share no row, and one with a minus before it is taken off, down to
    nothing. `changes` are fields of the declaration that stand otherwise. `meaning` says what it counts and who does.
    """

    label: str
    meaning: str
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """From which day on a definition was another one, and what is counted otherwise since."""

    version: int
    since: date
    what: str


@dataclass(frozen=True)
class Redefinition:
    """A metric is counted by another definition since a generation, made on a day; all its history is, too."""

    version: int
    generation: int
    since: date
    what: str


@dataclass(frozen=True)
class Sums:
    """The parts of one number: plain sums by part name, histograms by part name, and the count interval's φ.

    `prior` is the mean of the rows' whole category, where the metric shrinks towards it.
    """

    totals: Mapping[str, float] = field(default_factory=dict)
    bins: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    dispersion: float = 1.0
    prior: float | None = None


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
    `clock` is the column of the instant from which a row matures, `maturity_days` how long that takes: a row counts
    from then on. `fed_by` names a metric whose sources feed this one, too: without them it can't be told; so do those
    of any metric in `told_by`, of which one is enough. `tells_pending` sums undecided rows up to the newest delivery.
    `is_stored` says whether day marts hold its parts; others are asked from the facts. `is_additive` says whether its
    segments make up the whole: those of different customers do not. `dispersed` names the part whose weekly counts give
    the interval's φ. `durations` are those that it adds up where a source records them. `variants` are other readings
    of its parts; a metric that is one has `reads`. `told_beside` names the one that is said beside each value that
    differs from it. `hidden_under` is the base under which a cell of confidential answers is hidden (0: it is not
    confidential), `floor` the least minimum n that settings may ask for. `formula`, `window` and `exclusions` are said
    where they do not follow from the parts. `version` counts its definitions; `history` has a change for each after
    the first. `remark` is printed beside every value, with the settings in braces filled in.
    `in_business_time` counts waits only while the company is open.
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
    clock: str = "started_at"
    maturity_days: int = 0
    fed_by: str = ""
    hidden_under: int = 0
    floor: int = 0
    remark: str = ""
    in_business_time: bool = False
    told_by: tuple[str, ...] = ()
    tells_pending: ClassVar[bool] = False
    is_stored: ClassVar[bool] = True
    is_additive: ClassVar[bool] = True
    dispersed: ClassVar[str] = ""
    durations: tuple[str, ...] = ()
    variants: Mapping[str, Variant] = field(default_factory=dict)
    told_beside: str = ""
    reads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    formula: str = ""
    window: str = ""
    exclusions: str = ""
    version: int = 1
    history: tuple[Change, ...] = ()

    @property
    def base_name(self) -> str:
        """The name of the metric whose parts it reads: its own, unless it is a variant."""
        return self.name.partition(VARIANT_MARK)[0]

    @property
    def summed_as(self) -> str:
        """What is summed for it: the parts of its base, but over waits of its own where these are in business time."""
        return self.name if self.in_business_time else self.base_name

    def variant(self, name: str) -> Self:
        """One of its variants as a metric: the same parts, read otherwise."""
        chosen = self.variants[name]
        return replace(
            self,
            name=f"{self.name}{VARIANT_MARK}{name}",
            label=f"{self.label} ({chosen.label})",
            meaning=chosen.meaning,
            formula=chosen.meaning,
            variant_note=f"A variant. As defined here: {self.meaning}",
            reads=chosen.reads,
            variants={},
            told_beside="",
            **chosen.changes,
        )

    def read(self, sums: Sums) -> Sums:
        """The sums with each side as a variant adds it up from the parts."""
        if not self.reads:
            return sums
        sides = {side: max(0, sum(_signed(sums.totals, name) for name in names)) for side, names in self.reads.items()}
        return replace(sums, totals={**sums.totals, **sides})

    def beside(self, sums: Sums) -> tuple[str, ...]:
        """What the variant `told_beside` comes to, where that is something else."""
        if not self.told_beside:
            return ()
        own, other = self.estimate(sums), self.variant(self.told_beside)
        found = other.estimate(other.read(sums))
        if (own.value, own.n) == (found.value, found.n):
            return ()
        label = self.variants[self.told_beside].label
        if found.value is None:
            return (f"nothing {label}",)
        told = f"{found.value:,.0f} {label}" if self.unit is Unit.COUNT else f"{found.value:.1f} {label} (n={found.n})"
        return (told,)

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What it can be split and filtered by."""
        return tuple(dimension for dimension in Dimension if dimension not in LACKING.get(self.fact, ()))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sums it is made of; `bottom` among them is its base."""
        raise TypeError(f"{type(self).__name__} declares no parts")

    def estimate(self, sums: Sums) -> Estimate:
        """The value, base and interval of some sums."""
        raise TypeError(f"{type(self).__name__} has no estimate for {sums}")


def _signed(totals: Mapping[str, float], name: str) -> float:
    return -totals.get(name[1:], 0) if name.startswith("-") else totals.get(name, 0)
