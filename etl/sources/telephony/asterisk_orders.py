"""The order in which an operator lets Asterisk write its call records, told by what the columns hold.

`cdr_custom.conf` may name any fields in any order. In all that were seen the two lengths stand before the outcome, and
the numbers of who called and who was called beside each other. A number of the record is not looked for: taken from
the wrong column it would make one record of two. Of two unique ids the one that calls share is the linked one.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from operator import eq

from etl.sources.telephony.clocks import is_time

Record = Sequence[str | None]
Column = Sequence[str]
WORDS = ("ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION")
LENGTH = re.compile(r"\d+(\.\d+)?")
UNIQUE_ID = re.compile(r"(.*-)?\d{9,10}\.\d+")
CHANNEL = re.compile(r"[A-Za-z0-9]+/.+-[0-9a-f]+(;\d)?")
CALLER_ID = re.compile(r".*<([^<>]*)>")
NUMBER = re.compile(r"[+*#]?\d{2,}")
APPLICATIONS = (
    "agi", "appdial", "appqueue", "background", "busy", "confbridge", "congestion", "dial", "echo", "hangup", "meetme",
    "playback", "queue", "read", "stasis", "voicemail", "voicemailmain", "wait", "waitexten",
)  # fmt: skip
SOUND = 0.7


def order_of(records: Sequence[Record]) -> tuple[str, ...] | None:
    """The names of the columns of records without a header, places without a known meaning numbered.

    None if the columns do not show the outcome after two lengths, a time and two numbers.
    """
    width = len(records[0])
    full = [record for record in records if len(record) == width]
    columns = [[(record[place] or "").strip() for record in full] for place in range(width)]
    outcome = next((place for place in range(2, width) if _is_outcome(columns, place)), None)
    if outcome is None:
        return None
    names = {outcome - 2: "duration", outcome - 1: "billsec", outcome: "disposition"}
    _add(names, ("calldate", "end"), _places(columns, is_time), ends=True)
    ids = _places(columns, UNIQUE_ID.fullmatch)[:2]
    _add(names, ("uniqueid", "linkedid"), sorted(ids, key=lambda place: -len(set(columns[place]))))
    _add(names, ("channel", "dstchannel"), _places(columns, CHANNEL.fullmatch))
    application = _places(columns, lambda text: text.lower() in APPLICATIONS)[:1]
    _add(names, ("lastapp", "lastdata"), [place + more for place in application for more in (0, 1)])
    names.update(_parties(columns, names))
    if not {"calldate", "src"} <= set(names.values()):
        return None
    return tuple(names.get(place, f"column {place + 1}") for place in range(width))


def _is_outcome(columns: Sequence[Column], place: int) -> bool:
    """Whether each record has an outcome here and two lengths before it, the longer one first."""
    lengths = list(zip(columns[place - 2], columns[place - 1], strict=True))
    are_lengths = all(LENGTH.fullmatch(text) for pair in lengths for text in pair)
    is_said = columns[place][0].upper() in WORDS and _share(columns[place], lambda text: text.upper() in WORDS) >= SOUND
    return is_said and are_lengths and all(float(total) >= float(billed) for total, billed in lengths)


def _places(columns: Sequence[Column], holds: Callable[[str], object]) -> list[int]:
    """The columns in which what is written is of a kind, but for a few cells that are spoilt."""
    return [place for place, texts in enumerate(columns) if any(texts) and _share(filter(None, texts), holds) >= SOUND]


def _share(texts: Iterable[str], holds: Callable[[str], object]) -> float:
    held = [bool(holds(text)) for text in texts]
    return sum(held) / len(held)


def _add(names: dict[int, str], meanings: tuple[str, str], places: Sequence[int], *, ends: bool = False) -> None:
    """Name the first column of a kind and the second, or the last where it is the end; others stay as they are."""
    chosen = (*places[:1], *(places[1:][-1:] if ends else places[1:2]))
    names.update({place: name for place, name in zip(chosen, meanings, strict=False) if place not in names})


def _parties(columns: Sequence[Column], names: dict[int, str]) -> dict[int, str]:
    """Who called, whom and in which dial plan: who called is whose number the name of the caller ends with.

    Without that name only one pair of columns may hold numbers.
    """
    free = [place for place in range(len(columns) - 1) if place not in names and place + 1 not in names]
    callers = [place for place in free if _share(columns[place], CALLER_ID.match) >= SOUND]
    told = [found[1] if (found := CALLER_ID.match(text)) else None for text in columns[callers[0]]] if callers else []
    agreeing = [place for place in free if told and sum(map(eq, columns[place], told)) >= SOUND * len(told)]
    numbers = [place for place in free if _share((*columns[place], *columns[place + 1]), NUMBER.fullmatch) >= SOUND]
    found_at = agreeing[:1] or (numbers if len(numbers) == 1 else [])
    named = {place + more: name for place in found_at for more, name in enumerate(("src", "dst", "dcontext"))}
    return {place: name for place, name in named.items() if place not in names}
