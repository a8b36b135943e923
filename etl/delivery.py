"""One file on its way: recognised, staged, cast, masked, its records' fates decided, landed and accounted for."""

import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from etl.config import Settings
from etl.durable import failpoint, private_folder
from etl.engines import Connection
from etl.enrich.normalise import normalise
from etl.enrich.redact import redact
from etl.enrich.threads import roots
from etl.errors import FileRefused, UserError, unknown
from etl.inbox import UNFINISHED_PREFIX
from etl.load import account, drift, fates, landing, quarantine, threads, typed
from etl.load.fates import Fates
from etl.reading.jail import JAIL
from etl.reading.plain import Plain
from etl.reading.stage import Staged, Unreadable, note_rejected, readable, stage, stage_exactly
from etl.sources.base import Questions, Source
from etl.sources.catalogue import SOURCES
from etl.sources.dates import settle_dates
from etl.sources.keys import damaged_id, known_by_nature
from etl.sources.posts.own import tells_own_posts
from etl.sources.times import Zones

WORKBOOKS = ("xlsx", "xls")
FILE_STEPS = ("read", "stage", "cast", "mask", "identify", "decide", "put_aside", "thread", "land", "account")

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
    redact: typed.Redact = redact
    watch: Stopwatch = field(default_factory=Stopwatch)


@dataclass(frozen=True)
class Prepared:
    """A recognised file: its source completed for it, its zones, and where its records are read from.

    `notes` tell what is unusual about it, in words.
    """

    source: Source
    staged: Staged
    zones: Zones
    is_zone_assumed: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delivered:
    """A file that was landed: its counts, its source's name, its status, what was unusual about it, and its zones."""

    counts: Fates
    source: str
    status: str
    notes: tuple[str, ...]
    zones: Zones
    is_zone_assumed: bool


def prepare(connection: Connection, raw: Path, folder: Path, context: Context) -> Prepared:
    """Read, recognise and stage a file; its plain records lie in `folder` where they had to be written.

    Raises FileRefused when it is no known source, when a date order can't be decided, or when it is unreadable.
    """
    plain, source = context.watch.step("read", lambda: _read(raw, folder, context))
    staged = context.watch.step("stage", lambda: stage(connection, plain, source))
    day_first = context.settings.sources.get(source.name, {}).get("day_first")
    try:
        with readable(source):
            settled = settle_dates(connection, source, staged.relation, day_first)
    except Unreadable:
        staged = _exactly(connection, staged, source)
        settled = settle_dates(connection, source, staged.relation, day_first)
    own = source.file_zone or context.settings.sources.get(source.name, {}).get("zone") or source.zone
    zones = Zones(own or context.settings.zone, context.settings.zone)
    is_assumed = not own and not settled.event.states_zone and not settled.event.epoch
    return Prepared(settled, staged, zones, is_assumed, plain.notes)


def _read(raw: Path, folder: Path, context: Context) -> tuple[Plain, Source]:
    """The plain records, and their source completed for this file."""
    if context.source_name is not None and context.source_name not in context.sources:
        raise unknown("source", context.source_name, context.sources)
    mappings = {name: source.declaration for name, source in context.sources.items() if source.declaration}
    plain = JAIL.read(raw, folder, context.source_name, mappings)
    source = context.sources[plain.source]
    if source.form == "table" and not plain.header_rows:
        source = replace(source, header_rows=0)
    head = replace(plain.head, columns=plain.columns)
    if source.specialise:
        source = source.specialise(source, head, context.questions)
    source = replace(source, own_accounts=_own_accounts(source, context.settings))
    in_plain = max(source.header_rows - plain.cut_rows, 0)
    return replace(plain, header_rows=in_plain if source.form == "table" else 0), source


def _own_accounts(source: Source, settings: Settings) -> tuple[str, ...]:
    accounts = tuple(settings.sources.get(source.name, {}).get("own_accounts", ()))
    if accounts and not tells_own_posts(source):
        posts = [name for name, known in SOURCES.items() if tells_own_posts(known)]
        raise UserError(
            f"{settings.folders.settings} [sources.{source.name}] own_accounts: its records are no posts of accounts; "
            f"expected it for one of {', '.join(posts)}. Remove the line."
        )
    return accounts


def _exactly(connection: Connection, staged: Staged, source: Source) -> Staged:
    """Staged anew where the engine stumbled over a record; raises FileRefused where there is no other way."""
    with readable(source):
        exact = stage_exactly(connection, staged, source)
    if exact is None:
        raise FileRefused(f"not readable as {source.name}. Export it again.")
    return exact


def cast(connection: Connection, prepared: Prepared) -> Prepared:
    """Type the records into `typed` and note the lines that are none; what is returned holds the key they have.

    Raises FileRefused if the engine gives up, if it counts other records than the first reading did, or if ids are
    damaged and nothing else tells the records apart.
    """
    try:
        _type(connection, prepared)
    except Unreadable as unreadable:
        if prepared.staged.plain.layout != "ndjson":
            raise
        del unreadable
        prepared = replace(prepared, staged=_exactly(connection, prepared.staged, prepared.source))
        _type(connection, prepared)
    damaged = damaged_id(connection, is_workbook=prepared.staged.plain.head.container in WORKBOOKS)
    if damaged:
        source, note = known_by_nature(prepared.source, damaged)
        prepared = replace(prepared, source=source, notes=(*prepared.notes, note))
        _type(connection, prepared)
    note_rejected(connection, prepared.staged.plain)
    return prepared


def _type(connection: Connection, prepared: Prepared) -> None:
    with readable(prepared.source):
        typed.type_records(connection, prepared.source, prepared.staged, prepared.zones)


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """A private folder for the plain records of one file, gone afterwards."""
    room = folder / f"{UNFINISHED_PREFIX}{secrets.token_hex(8)}"
    private_folder(room)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def deliver(connection: Connection, raw: Path, sha256: str, file_name: str, context: Context) -> Delivered:
    """Land one file."""
    with workroom(raw.parent) as folder:
        return _deliver(connection, raw, folder, sha256, file_name, context)


def _deliver(
    connection: Connection, raw: Path, folder: Path, sha256: str, file_name: str, context: Context
) -> Delivered:
    step = context.watch.step
    recognised = prepare(connection, raw, folder, context)
    load_id = account.next_load_id(connection)
    prepared = step("cast", lambda: cast(connection, recognised))
    source, country = prepared.source, context.settings.country_of(prepared.source.name)
    step("mask", lambda: typed.mask_texts(connection, source, context.redact))
    step("identify", lambda: typed.key_identities(connection, source, normalise, country))
    counts = step("decide", lambda: fates.decide(connection, source))
    step("put_aside", lambda: _put_aside(connection, prepared, context, sha256, load_id))
    step("thread", lambda: threads.thread(connection, source, roots) if source.parent else None)
    end, day = fates.delivery_end(connection)
    step("land", lambda: landing.land(connection, source, load_id, end))
    shape = drift.shape_of(connection, source, prepared.staged)
    notes = (
        *prepared.notes,
        *typed.twice_encoded(connection, source),
        *typed.shown_twice(connection, source, prepared.zones),
        *drift.drift(connection, source, shape),
        *drift.fewer_than_usual(connection, source, day, counts.read),
    )
    entry = account.Entry(
        sha256, file_name, source.name, end, day, source.title, ", ".join(source.handle_parts),
        prepared.zones.naive, prepared.is_zone_assumed, source.declaration or None, shape.as_json(),
    )  # fmt: skip
    status = step("account", lambda: account.note_load(connection, load_id, entry, counts))
    return Delivered(counts, source.name, status, notes, prepared.zones, prepared.is_zone_assumed)


def _put_aside(connection: Connection, prepared: Prepared, context: Context, sha256: str, load_id: int) -> None:
    quarantine.find_problems(connection, prepared.source, prepared.staged, prepared.zones)
    quarantine.put_aside(connection, context.settings.folders, sha256, load_id)
