"""What the reader chose, as it stands in the URL: read with distrust, written without defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.blocks import Selection, Versus
from etl.calendar import Calendar, Period
from etl.errors import UserError
from etl.vocabulary import Dimension, Grain

DEFAULT = Selection()
CONTROL_NAMES = ("grain", "period", "versus", "metric", "split", "span")
NAMES = (*CONTROL_NAMES, *Dimension)
VERSUS_CHOICES: tuple[Versus, ...] = ("previous", "last_year")
MOST_VALUES = 50
LONGEST_PERIOD = 12
LONGEST_SPAN = 400


@dataclass(frozen=True)
class Choices:
    """What can be chosen on this generation: metric names with labels, values that occur, days that have data.

    `sources` are the titles of the loaded sources by name.
    """

    calendar: Calendar
    first_day: date | None = None
    last_day: date | None = None
    metrics: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def periods(self, grain: Grain, most: int) -> tuple[Period, ...]:
        """The periods that hold data, newest first."""
        if self.first_day is None or self.last_day is None:
            return ()
        return tuple(reversed(self.calendar.between(self.first_day, self.last_day, grain)[-most:]))


def selection_from(query: Mapping[str, Sequence[str]], choices: Choices) -> Selection:
    """The selection that a query spells; whatever is unknown, repeated or out of range is the default."""
    grain = next((grain for grain in Grain if grain.value == _one(query, "grain")), DEFAULT.grain)
    metric = _one(query, "metric")
    split = _one(query, "split")
    return Selection(
        grain=grain,
        period=_period(_one(query, "period"), grain, choices),
        versus=next((word for word in VERSUS_CHOICES if word == _one(query, "versus")), DEFAULT.versus),
        metric=metric if metric in choices.metrics else DEFAULT.metric,
        split=split if split in choices.values else None,
        span=_span(_one(query, "span")),
        where=tuple((dimension, values) for dimension in Dimension if (values := _values(query, dimension, choices))),
    )


def query_from(selection: Selection) -> dict[str, list[str]]:
    """The query that spells the selection, without what is the default anyway."""
    query = {
        name: [str(value)]
        for name in CONTROL_NAMES
        if (value := getattr(selection, name)) is not None and value != getattr(DEFAULT, name)
    }
    return query | {dimension.value: list(values) for dimension, values in selection.where}


def active_filters(query: Mapping[str, Sequence[str]], choices: Choices) -> int:
    """How many dimensions a query filters by."""
    return len(selection_from(query, choices).where)


def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
    """The only value of that name; none or several are nothing."""
    values = query.get(name, ())
    return values[0] if len(values) == 1 else ""


def _period(text: str, grain: Grain, choices: Choices) -> str | None:
    """The period's key if it is one of that grain and meets the days with data."""
    if not text or len(text) > LONGEST_PERIOD or choices.first_day is None or choices.last_day is None:
        return None
    try:
        period = choices.calendar.parse(text)
    except UserError:
        return None
    has_data = period.start <= choices.last_day and period.end >= choices.first_day
    return period.key if period.grain is grain and has_data else None


def _span(text: str) -> int | None:
    """A number of periods from 2 to the longest course that is drawn."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= 3
    return int(text) if is_number and 2 <= int(text) <= LONGEST_SPAN else None


def _values(query: Mapping[str, Sequence[str]], dimension: Dimension, choices: Choices) -> tuple[str, ...]:
    """The known values asked for, each once, in the order in which they are offered."""
    asked = set(query.get(dimension.value, ()))
    return tuple(value for value in choices.values.get(dimension, ()) if value in asked)[:MOST_VALUES]
