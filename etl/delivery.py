"""One file on its way: recognised, staged, cast, masked, its records' fates decided, landed and accounted for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from etl.config import Settings
from etl.durable import failpoint
from etl.engines import Connection
from etl.enrich.normalise import normalise
from etl.enrich.redact import redact
from etl.enrich.threads import roots
from etl.errors import unknown
from etl.load import account, fates, landing, quarantine, threads, typed
from etl.load.fates import Fates
from etl.sources.base import Head, Questions, Source
from etl.sources.catalogue import choose
from etl.sources.dates import settle_dates
from etl.sources.fields import Zones
from etl.sources.keys import damaged_id, known_by_nature
from etl.sources.read import Staged, note_rejected, readable, stage
from etl.sources.recognise import read_head

FILE_STEPS = ("recognise", "stage", "cast", "mask", "identify", "decide", "put_aside", "thread", "land", "account")

Result = TypeVar("Result")


@dataclass
class Stopwatch:
    """Does named steps, adds up their seconds and stands at their failpoints."""

    seconds: dict[str, float] = field(default_factory=dict)

    def step(self, name: str, action: Callable[[], Result]) -> Result:
        """The result of the action."""
        started = perf_counter()
        result = action()
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - started
        failpoint(name)
        return result


@dataclass(frozen=True)
class Context:
    """What every file of a run is read with."""

    settings: Settings
    questions: Questions
    sources: Mapping[str, Source]
    source_name: str | None = None
    watch: Stopwatch = field(default_factory=Stopwatch)


@dataclass(frozen=True)
class Prepared:
    """A recognised file: its source completed for it, its zones, and where its records are read from.

    `note` tells what is unusual about it, in words.
    """

    source: Source
    head: Head
    staged: Staged
    zones: Zones
    is_zone_assumed: bool
    note: str = ""


@dataclass(frozen=True)
class Delivered:
    """A file that was landed: its counts, its source's name, its status, and what was unusual about it."""

    counts: Fates
    source: str
    status: str
    note: str


def prepare(connection: Connection, raw: Path, context: Context) -> Prepared:
    """Recognise and stage a file.

    Raises FileRefused when it is no known source, when a date order can't be decided, or when it is unreadable.
    """
    head, source = context.watch.step("recognise", lambda: _recognise(raw, context))
    staged = context.watch.step("stage", lambda: stage(connection, raw, source, head))
    day_first = context.settings.sources.get(source.name, {}).get("day_first", source.day_first)
    with readable(source):
        source = settle_dates(connection, source, staged, day_first)
    own = source.file_zone or context.settings.sources.get(source.name, {}).get("zone") or source.zone
    zones = Zones(own or context.settings.zone, context.settings.zone)
    is_assumed = not own and not source.event.states_zone
    return Prepared(source, head, staged, zones, is_assumed)


def _recognise(raw: Path, context: Context) -> tuple[Head, Source]:
    head = read_head(raw)
    if context.source_name is None:
        source = choose(head, context.sources.values())
    elif context.source_name in context.sources:
        source = choose(head, [context.sources[context.source_name]])
    else:
        raise unknown("source", context.source_name, context.sources)
    return head, source.specialise(source, head, context.questions) if source.specialise else source


def cast(connection: Connection, prepared: Prepared) -> Prepared:
    """Type the records into `typed` and note the lines that are none; what is returned holds the key they have.

    Raises FileRefused if the engine gives up, or if ids are damaged and nothing else tells the records apart.
    """
    _type(connection, prepared)
    damaged = damaged_id(connection, is_workbook=prepared.head.layout == "xlsx")
    if damaged:
        source, note = known_by_nature(prepared.source, damaged)
        prepared = replace(prepared, source=source, note=note)
        _type(connection, prepared)
    note_rejected(connection, prepared.head)
    return prepared


def _type(connection: Connection, prepared: Prepared) -> None:
    with readable(prepared.source):
        typed.type_records(connection, prepared.source, prepared.staged, prepared.zones)


def deliver(connection: Connection, raw: Path, sha256: str, file_name: str, context: Context) -> Delivered:
    """Land one file."""
    step = context.watch.step
    recognised = prepare(connection, raw, context)
    load_id = account.next_load_id(connection)
    prepared = step("cast", lambda: cast(connection, recognised))
    source = prepared.source
    step("mask", lambda: typed.mask_texts(connection, source, redact))
    step("identify", lambda: typed.key_identities(connection, source, normalise, None))
    counts = step("decide", lambda: fates.decide(connection, source))
    step("put_aside", lambda: _put_aside(connection, prepared, raw, context, sha256, load_id))
    step("thread", lambda: threads.thread(connection, source, roots) if source.parent else None)
    end, day = fates.delivery_end(connection)
    step("land", lambda: landing.land(connection, source, load_id, end))
    entry = account.Entry(
        sha256, file_name, source.name, end, day, source.title, ", ".join(source.handle_parts),
        prepared.zones.naive, prepared.is_zone_assumed, source.declaration or None,
    )  # fmt: skip
    status = step("account", lambda: account.note_load(connection, load_id, entry, counts))
    return Delivered(counts, source.name, status, prepared.note)


def _put_aside(
    connection: Connection, prepared: Prepared, raw: Path, context: Context, sha256: str, load_id: int
) -> None:
    quarantine.find_problems(connection, prepared.source, prepared.staged, prepared.zones, raw)
    quarantine.put_aside(connection, context.settings.folders, sha256, load_id)
