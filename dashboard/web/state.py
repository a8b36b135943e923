"""What the reader chose, as it stands in the URL: read with distrust, written without defaults."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.blocks import Selection
from etl.calendar import Calendar, Period
from etl.errors import UserError
from etl.metrics.answer import Where
from etl.vocabulary import Dimension, Grain

DEFAULT = Selection()
CONTROL_NAMES = ("grain", "period", "versus", "metric", "split", "span")
NAMES = (*CONTROL_NAMES, *Dimension)
VERSUS_CHOICES = ("previous", "last_year")
MOST_VALUES = 50
LONGEST_PERIOD = 12
FISCAL = "fiscal_"
LONGEST_SPAN = 400


@dataclass(frozen=True)
class Choices:
    """What can be chosen on this generation: metric names with labels, values that occur, days that have data.

    `sources` are the titles of the loaded sources by name; `variants` are the ways to count a metric, by its name;
    `opens_early` tells of a filter whether pages open before the newest period.
    """

    calendar: Calendar
    first_day: date | None = None
    last_day: date | None = None
    metrics: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    opens_early: Callable[[Where], bool] = lambda _where: False

    def variants_of(self, metric: str) -> Mapping[str, str]:
        """All ways to count the metric that is asked for, which may be one of them; none where there is but one."""
        return next((named for base, named in self.variants.items() if metric in named), {})

    @property
    def lengths(self) -> Mapping[str, tuple[Grain, bool]]:
        """The grains, and those of the fiscal calendar where it is another one, as the URL names them."""
        plain = {grain.value: (grain, False) for grain in Grain}
        return plain | {f"{FISCAL}{grain.value}": (grain, True) for grain in self.calendar.fiscal_grains}

    def periods(self, grain: Grain, most: int, *, fiscal: bool = False) -> tuple[Period, ...]:
        """The periods that hold data, newest first."""
        if self.first_day is None or self.last_day is None:
            return ()
        periods = self.calendar.between(self.first_day, self.last_day, grain, fiscal=fiscal)
        return tuple(reversed(periods[-most:]))


def selection_from(query: Mapping[str, Sequence[str]], choices: Choices) -> Selection:
    """The selection that a query spells; whatever is unknown, repeated or out of range is the default."""
    grain, fiscal = choices.lengths.get(_one(query, "grain"), (DEFAULT.grain, DEFAULT.fiscal))
    metric = _one(query, "metric")
    split = _one(query, "split")
    return Selection(
        grain=grain,
        period=_period(_one(query, "period"), grain, choices, fiscal=fiscal),
        versus=_versus(_one(query, "versus"), grain, choices, fiscal=fiscal),
        metric=metric if metric in choices.metrics or choices.variants_of(metric) else DEFAULT.metric,
        split=split if split in choices.values else None,
        span=_span(_one(query, "span")),
        where=tuple((dimension, values) for dimension in Dimension if (values := _values(query, dimension, choices))),
        fiscal=fiscal,
    )


def query_from(selection: Selection) -> dict[str, list[str]]:
    """The query that spells the selection, without what is the default anyway."""
    query = {
        name: [str(value)]
        for name in CONTROL_NAMES
        if (value := getattr(selection, name)) is not None and value != getattr(DEFAULT, name)
    }
    if selection.fiscal:
        query["grain"] = [length_name(selection)]
    return query | {dimension.value: list(values) for dimension, values in selection.where}


def length_name(selection: Selection) -> str:
    """The length of the periods as the URL names it."""
    return f"{FISCAL}{selection.grain.value}" if selection.fiscal else selection.grain.value


def active_filters(query: Mapping[str, Sequence[str]], choices: Choices) -> int:
    """How many dimensions a query filters by."""
    return len(selection_from(query, choices).where)


def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
    """The only value of that name; none or several are nothing."""
    values = query.get(name, ())
    return values[0] if len(values) == 1 else ""


def _versus(text: str, grain: Grain, choices: Choices, *, fiscal: bool) -> str:
    """One of the usual comparisons, or a period to compare with."""
    return text if text in VERSUS_CHOICES else _period(text, grain, choices, fiscal=fiscal) or DEFAULT.versus


def _period(text: str, grain: Grain, choices: Choices, *, fiscal: bool) -> str | None:
    """The period's key if it is one of that grain and calendar and meets the days with data."""
    if not text or len(text) > LONGEST_PERIOD or choices.first_day is None or choices.last_day is None:
        return None
    try:
        period = choices.calendar.parse(text)
    except UserError:
        return None
    has_data = period.start <= choices.last_day and period.end >= choices.first_day
    is_of_length = period.grain is grain and period.is_fiscal is fiscal
    return period.key if is_of_length and has_data else None


def _span(text: str) -> int | None:
    """A number of periods from 2 to the longest course that is drawn."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= 3
    return int(text) if is_number and 2 <= int(text) <= LONGEST_SPAN else None


def _values(query: Mapping[str, Sequence[str]], dimension: Dimension, choices: Choices) -> tuple[str, ...]:
    """The known values asked for, each once, in the order in which they are offered."""
    asked = set(query.get(dimension.value, ()))
    return tuple(value for value in choices.values.get(dimension, ()) if value in asked)[:MOST_VALUES]
