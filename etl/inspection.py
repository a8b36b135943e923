"""A look at one file: what it is and what a load would do with it, in a scratch database; nothing is changed."""

import secrets
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from etl.config import Settings
from etl.delivery import Context, Prepared, cast, prepare, workroom
from etl.engines import Connection, scratch
from etl.enrich.known import known_customers
from etl.enrich.normalise import normalise
from etl.enrich.redact import redactor
from etl.enrich.threads import roots
from etl.errors import FileRefused, UserError
from etl.folders import Folders
from etl.inbox import Arrival, Refusal, Waiting, collect, take
from etl.load import fates, held, landing, quarantine, sample, threads, typed
from etl.load.fates import Fates
from etl.load.quarantine import Problem
from etl.reading.plain import Plain
from etl.references import read_map, read_questions
from etl.sources.base import Head, Source, TargetName
from etl.sources.catalogue import SOURCES, NotRecognised, candidates
from etl.sources.spelling import file_column
from etl.transform import foundation, scopes
from etl.vocabulary import LoadStatus

LIKELY_SHARE, MOST_ALTERNATIVES = 0.7, 5
EVENT_FIELDS: Mapping[TargetName, str] = MappingProxyType(
    {"interactions": "started_at", "mentions": "posted_at", "responses": "responded_at", "volumes": "started_at"}
)


@dataclass
class Inspection:
    """What a file is and what a load would do; the counts are None for a file that would not be read."""

    path: str
    status: LoadStatus
    source: str | None = None
    reason: str | None = None
    note: str | None = None
    zone: str | None = None
    zone_assumed: bool | None = None
    alternatives: list[dict[str, object]] = field(default_factory=list)
    encoding: str | None = None
    columns: list[dict[str, str | None]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    read: int | None = None
    quarantined: int | None = None
    problems: list[Problem] = field(default_factory=list)
    sample: list[dict[str, object]] = field(default_factory=list)


def inspect(path: Path, settings: Settings) -> Inspection:
    """Look at a file as a load into an empty warehouse would; a folder or a missing path is a UserError.

    The file is read from a private copy that is gone afterwards, for the same safety as a load's.
    """
    collect([path])
    shown = Arrival(path).shown
    if path.is_dir():
        raise UserError(f"{shown}: is a folder; expected one file. Name a file in it.")
    with tempfile.TemporaryDirectory() as folder:
        taken = take(path, Folders(Path(folder)))
        if isinstance(taken, Waiting | Refusal):
            status = LoadStatus.WAITING if isinstance(taken, Waiting) else LoadStatus.REFUSED
            return Inspection(shown, status, reason=taken.reason)
        found = Inspection(shown, LoadStatus.REFUSED)
        try:
            with workroom(Path(folder)) as room:
                _look(taken.raw, room, settings, found)
        except NotRecognised as refused:
            found.reason = str(refused)
            _show_head(refused.head, found)
        except FileRefused as refused:
            found.reason = str(refused)
        return found


def _look(raw: Path, folder: Path, settings: Settings, found: Inspection) -> None:
    """Fill in what is seen, step by step, so that a refusal still shows what was seen before it."""
    connection = scratch()
    typed.set_identifier_key(connection, secrets.token_hex(32))  # nobody keeps it
    try:
        prepared = prepare(connection, raw, folder, Context(settings, read_questions(settings.folders), SOURCES))
        plain = prepared.staged.plain
        found.source, found.encoding = prepared.source.name, plain.encoding
        _show_head(plain.head, found)
        _match_columns(prepared.source, plain, found)
        foundation.lay(connection)
        foundation.write_map(connection, read_map(settings.folders))
        scopes.open_scopes(connection)
        prepared, counts = _read(connection, prepared, found)
        found.note = "; ".join(prepared.notes) or None
        found.zone, found.zone_assumed = prepared.zones.naive, prepared.is_zone_assumed
        _match_columns(prepared.source, plain, found)
        _sample(connection, prepared.source, settings, found)
    finally:
        connection.close()
    is_lost = counts.read > 0 and counts.quarantined == counts.read
    found.status = LoadStatus.QUARANTINED if is_lost else LoadStatus.LOADED


def _show_head(head: Head, found: Inspection) -> None:
    """The file's columns, and the sources that know some of them."""
    found.columns = [{"file": column, "field": None} for column in head.columns]
    shares = [(share, source.name) for share, source in candidates(head, SOURCES.values()) if share]
    others = [(share, name) for share, name in shares if name != found.source]
    likely = [(share, name) for share, name in others if share >= LIKELY_SHARE] if found.source else others
    found.alternatives = [{"source": name, "share": round(share, 3)} for share, name in likely[:MOST_ALTERNATIVES]]


def _match_columns(source: Source, plain: Plain, found: Inspection) -> None:
    """Each file column with the canonical fields that it feeds; the rest is known but unused, or drift."""
    own = {file_column(source, column, plain.columns): read for column, read in fields_read(source).items()}
    ignored = {file_column(source, column, plain.columns) for column in (*source.ignored, *source.required)}
    found.ignored, found.unknown = [], []
    found.columns = [{"file": name, "field": ", ".join(own[name]) if name in own else None} for name in plain.columns]
    for name in plain.columns:
        if name in own or _leads_to(name, (*source.columns, *plain.columns)):
            continue
        steps = name.split(".") if plain.head.form == "json" else [name]
        is_known = any(".".join(steps[:end]) in ignored for end in range(1, len(steps) + 1))
        (found.ignored if is_known else found.unknown).append(name)


def _leads_to(name: str, paths: Iterable[str]) -> bool:
    """Whether a JSON path is only the way to others."""
    return any(path.startswith(f"{name}.") for path in paths)


def fields_read(source: Source) -> Mapping[str, list[str]]:
    """For each column that a source reads, the canonical fields it feeds, such as interactions.started_at."""
    read: dict[str, list[str]] = {column: ["records.record_id"] for column in source.key}
    for column in source.compared:
        read.setdefault(column, []).append("records.content_hash")
    for target in source.targets:
        for column in source.event.columns:
            read.setdefault(column, []).append(f"{target.name}.{EVENT_FIELDS[target.name]}")
    for column in source.version.columns if source.version else ():
        read.setdefault(column, []).append("records.version_at")
    for column in source.conversation:
        read.setdefault(column, []).append("interactions.conversation_id")
    if source.parent:
        read.setdefault(source.parent, []).append("interactions.parent_key")
    for target in source.targets:
        for name, declared in target.fields.items():
            for column in declared.columns:
                read.setdefault(column, []).append(f"{target.name}.{name}")
    return {column: list(dict.fromkeys(names)) for column, names in read.items()}


def _read(connection: Connection, prepared: Prepared, found: Inspection) -> tuple[Prepared, Fates]:
    """Type every record and count; the fates are those inside the file, as nothing is held."""
    prepared = cast(connection, prepared)
    counts = fates.decide(connection, prepared.source)
    quarantine.find_problems(connection, prepared.source, prepared.staged, prepared.zones)
    found.read, found.quarantined = counts.read, counts.quarantined
    found.problems = quarantine.problems(connection)
    return prepared, counts


def _sample(connection: Connection, source: Source, settings: Settings, found: Inspection) -> None:
    """Land the first records in the scratch database, as a load would."""
    sample.narrow(connection)
    typed.mask_texts(connection, source, redactor(known_customers(settings.folders)))
    typed.key_identities(connection, source, normalise, settings.country_of(source.name))
    if source.parent:
        threads.thread(connection, source, roots)
    landing.land(connection, source, 1, None)
    held.show(connection)
    found.sample = sample.rows(connection)
