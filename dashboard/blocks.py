"""What a page consists of: frozen values without colour, layout code or formatted numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from dashboard.tables import Drill, Table
from dashboard.timelines import Timelines
from etl.metrics.answer import Where
from etl.metrics.nowcast import Nowcast
from etl.vocabulary import Goodness, Grain, Unit

Status: TypeAlias = Literal["on target", "off target", "cannot tell", "no target"]
Control: TypeAlias = Literal[
    "metric", "variant", "grain", "period", "versus", "split", "where", "span", "annotate", "plan", "acknowledge",
    "phrase", "label",
]  # fmt: skip


@dataclass(frozen=True)
class Selection:
    """What the reader chose: it lives in the URL and is printed on each snapshot.

    `period` None means the last complete one of the grain; `metric` and `split` serve views that offer them, as
    does `span`: how many periods a course over time holds, None for as many as suit the grain. Fiscal are the company's
    own months, quarters and years.
    """

    grain: Grain = Grain.WEEK
    period: str | None = None
    versus: str = "previous"
    metric: str = "contacts"
    split: str | None = None
    where: Where = ()
    span: int | None = None
    fiscal: bool = False


@dataclass(frozen=True)
class Limits:
    """What is expected of one period, in the metric's unit: the mean and the range around it."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Point:
    """One period of a series; `value` None is a hole whose `reason` is said, never a zero.

    `start` is where it is drawn: in a series for comparison the first day of the period it is compared with.
    `label` is the point's own period in words; an unfinished one (`complete` false) says in `reason` how far it is.
    Of a count, `per_day` is its mean over the days counted, `nowcast` and `probable` what it will be. `limits` are what
    was expected; `flags` the rules it completes, `marks` those it is part of. `restated` is what was reported before.
    """

    period: str
    start: date
    value: float | None
    low: float | None
    high: float | None
    n: int
    complete: bool = True
    reason: str | None = None
    label: str = ""
    per_day: float | None = None
    limits: Limits | None = None
    flags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    claim: str = ""
    nowcast: Nowcast | None = None
    restated: str = ""
    probable: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Kpi:
    """One number with what is needed to believe it: base, interval, target, change and verdict.

    `change` is value minus the comparison's value in the metric's unit (counts: relative change), `is_good`
    whether that direction is better (None for neutral metrics or when it may be noise), `is_believable` whether it
    is probably real. `spark` ends with the period of the value and holds the comparison's period too. `reason`
    says why `value` is missing, `notes` what this value leaves out, `variant` how vendors count the metric. `period` is
    its own period in words where that is not the page's, because rows of this metric take days to mature. Of a count,
    `per_day` is said where periods differ in length, and `per_day_before` that of the comparison. Where sources do not
    cover both periods, `basis` says what is left to compare ("without Chat"), and `compared` are its values before and
    after, which the change is of.
    """

    metric: str
    label: str
    unit: Unit
    goodness: Goodness
    meaning: str
    value: float | None
    n: int
    low: float | None
    high: float | None
    reason: str | None
    target: float | None
    status: Status
    change: float | None
    versus: str
    verdict: str
    is_good: bool | None
    spark: tuple[Point, ...]
    notes: tuple[str, ...] = ()
    owner: str = ""
    is_believable: bool = False
    variant: str = ""
    period: str = ""
    per_day: float | None = None
    per_day_before: float | None = None
    drill: Drill | None = None
    basis: str = ""
    compared: tuple[float, float] | None = None


@dataclass(frozen=True)
class Series:
    """Named points of one line; a `muted` one is context, not the finding."""

    name: str
    points: tuple[Point, ...]
    is_muted: bool = False

    @property
    def has_limits(self) -> bool:
        """Whether something was expected of any of its points."""
        return any(point.limits for point in self.points)


@dataclass(frozen=True)
class Mark:
    """Something that happened from `start` to `end`, both inclusive: `sign` stands at the chart, `words` tell it."""

    sign: str
    start: date
    end: date
    words: str


@dataclass(frozen=True)
class Trend:
    """Values over time: its title is the conclusion, `caption` how to read it, `table` the same numbers.

    `marks` are what happened meanwhile, by their first day. `verdict` says what signals the line has, `is_good` whether
    one that goes on is for the better (None: there is none, or no way is better). `drills` lead to the rows behind its
    points. `targets`, one a period, stand for `target` where it changed over time.
    """

    title: str
    caption: str
    unit: Unit
    grain: Grain
    series: tuple[Series, ...]
    target: float | None
    table: Table
    marks: tuple[Mark, ...] = ()
    verdict: str = ""
    is_good: bool | None = None
    drills: tuple[tuple[str, Drill], ...] = ()
    targets: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Bar:
    """One horizontal bar; `is_highlight` marks the few that matter, `drill` leads to what it counts."""

    label: str
    value: float | None
    text_note: str = ""
    is_highlight: bool = False
    drill: Drill | None = None


@dataclass(frozen=True)
class Bars:
    """A ranking as horizontal bars, with the same numbers as a table."""

    title: str
    caption: str
    unit: Unit
    bars: tuple[Bar, ...]
    table: Table
    is_signed: bool = False

    @property
    def drills(self) -> tuple[tuple[str, Drill], ...]:
        """The bars that lead to rows, by their labels."""
        return tuple((bar.label, bar.drill) for bar in self.bars if bar.drill)


@dataclass(frozen=True)
class Note:
    """A paragraph: a remark, or why a place is empty. An alert is one that must be seen."""

    text: str
    is_alert: bool = False


@dataclass(frozen=True)
class Cards:
    """KPIs side by side, as many to a line as fit."""

    kpis: tuple[Kpi, ...]

    @property
    def drills(self) -> tuple[tuple[str, Drill], ...]:
        """The KPIs that lead to rows, by their labels."""
        return tuple((kpi.label, kpi.drill) for kpi in self.kpis if kpi.drill)


@dataclass(frozen=True)
class Side:
    """Blocks beside each other, tables the widest; below each other where there is no room."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Glossary:
    """What is explained of one subject: each by its name, a sentence, and by name what more there is to say."""

    title: str
    entries: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Section:
    """Sentences under a title that says what they are about; `drills` lead to what stands behind their numbers."""

    title: str
    sentences: tuple[str, ...]
    drills: tuple[tuple[str, Drill], ...] = ()


Block: TypeAlias = "Cards | Trend | Bars | Timelines | Table | Note | Side | Glossary | Section"


@dataclass(frozen=True)
class Page:
    """A whole page: the finding as a sentence, one quiet line of context, then blocks."""

    name: str
    title: str
    headline: str
    context: str
    controls: tuple[Control, ...]
    selection: Selection
    blocks: tuple[Block, ...]
