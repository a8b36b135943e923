"""The events of an Asterisk queue log, whether its lines are cut by bars or are a table with a header."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from etl.sources.telephony.clocks import offset_of, read_time

LOG = ("time", "callid", "queue", "agent", "event")
NAMES = {
    "queuename": "queue", "queue_name": "queue", "type": "agent", "timestamp": "time", "created": "time",
    "htime": "waited", "holdtime": "waited", "ttime": "talked", "calltime": "talked",
    **{f"param{number}": f"data{number}" for number in range(1, 6)},
}  # fmt: skip
PARAMETERS = tuple(f"data{number}" for number in range(1, 6))
NOTHING = ("", "NULL", "\\N", "None")
NOBODY = (*NOTHING, "NONE", "REALTIME", "MANAGER", "UNKNOWN")
DELIMITERS = (",", ";", "\t")
MILLISECONDS = 1e11


@dataclass(frozen=True)
class Event:
    """What one line says: a second since 1970, the call, the queue, the agent, and the event with its parameters."""

    second: float
    callid: str
    queue: str
    agent: str | None
    name: str
    parameters: tuple[str, ...] = ()
    waited: float | None = None
    talked: float | None = None

    @property
    def is_of_call(self) -> bool:
        """Whether it is about a call in a queue, not about agents or the log itself."""
        return self.callid not in NOBODY and self.queue not in NOBODY

    @property
    def count(self) -> int:
        """How many parameters it has."""
        return len(self.parameters)

    def parameter(self, place: int) -> str | None:
        """A parameter, counted from either end; None where there is none."""
        return (self.parameters[place] or None) if -self.count <= place < self.count else None

    def seconds(self, place: int) -> float | None:
        """A parameter as seconds."""
        return _number(self.parameter(place))


def events(lines: Iterable[str]) -> Iterator[Event | str]:
    """The events of a log in its order; a line that holds none is given back as it stands."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return
    header, rows = _cut(filled)
    told = [dict(zip(header or _places(len(cells)), cells, strict=False)) for cells in rows]
    offsets = _offsets(told)
    for line, cells in zip(filled[1:] if header else filled, told, strict=False):
        yield _event(cells, offsets) or line


def _offsets(told: list[dict[str, str]]) -> dict[str, int]:
    """How far the log's clock is ahead of UTC, by call; under "" what most calls say.

    A table has local times, and the id of a call begins with the UTC second in which it came in.
    """
    offsets: dict[str, int] = {}
    for cells in told:
        callid = cells.get("callid", "").strip()
        local, begun = read_time(cells.get("time"), "%Y-%m-%d"), _number(callid.rpartition("-")[2].partition(".")[0])
        offset = offset_of(local - begun) if local and begun else None
        if offset is not None:
            offsets.setdefault(callid, offset)
    usual = Counter(offsets.values()).most_common(1)
    return {"": usual[0][0] if usual else 0, **offsets}


def _places(width: int) -> tuple[str, ...]:
    return (*LOG, *(f"data{number}" for number in range(1, width - len(LOG) + 1)))


def _cut(lines: list[str]) -> tuple[tuple[str, ...], Iterable[list[str]]]:
    """The names of a table's columns, none for the log itself, and the cells of each line after them."""
    first = lines[0]
    delimiter = max(("|", *DELIMITERS), key=first.count)
    if delimiter == "|":
        return (), (line.split("|") for line in lines)
    rows = csv.reader(lines, delimiter=delimiter, strict=False)
    cells = [cell.strip().lower() for cell in next(rows)]
    if "callid" not in cells:
        return (), csv.reader(lines, delimiter=delimiter, strict=False)
    if "date_time" in cells:  # beside the epoch such a table has the local time of day
        cells = [{"date_time": "time", "time": "local"}.get(cell, cell) for cell in cells]
    return tuple(NAMES.get(cell, cell) for cell in cells), rows


def _event(told: dict[str, str], offsets: dict[str, int]) -> Event | None:
    second = _second(told, offsets)
    name = told.get("event", "").strip().upper()
    if second is None or not name:
        return None
    numbered = sorted(
        (key for key in told if key.startswith("data") and key[4:].isdigit()), key=lambda key: int(key[4:])
    )
    parameters = [told[key] for key in numbered]
    if not any(parameters) and told.get("data"):
        parameters = told["data"].split("|")
    while parameters and parameters[-1].strip() in NOTHING:
        parameters.pop()
    agent = told.get("agent", "").strip()
    return Event(
        second=second,
        callid=told.get("callid", "").strip(),
        queue=told.get("queue", "").strip(),
        agent=None if agent in NOBODY else agent,
        name=name,
        parameters=tuple(parameter.strip() for parameter in parameters),
        waited=_number(told.get("waited")),
        talked=_number(told.get("talked")),
    )


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if isfinite(number) else None


def _second(told: dict[str, str], offsets: dict[str, int]) -> float | None:
    """Seconds since 1970: noted as such, or with a stated zone, or by the log's clock."""
    text = told.get("time", "").strip()
    second = _number(text)
    if second is not None:
        return second if second < MILLISECONDS else second / 1000
    try:
        stated = datetime.fromisoformat(text)
    except ValueError:
        return None
    if stated.tzinfo is not None:
        return stated.timestamp()
    return stated.replace(tzinfo=UTC).timestamp() - offsets.get(told.get("callid", "").strip(), offsets[""])
