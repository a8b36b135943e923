"""One run of loading: the steps from files in the inbox to a published generation, readable from top to bottom."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from etl.config import Settings
from etl.delivery import FILE_STEPS, Context, Stopwatch, deliver
from etl.engines import ENGINE_VERSION, Connection
from etl.enrich.causes.kept import taxonomy_of
from etl.enrich.causes.learned import Learned, learned_causes, telling
from etl.enrich.causes.taxonomy import Taxonomy
from etl.enrich.identity import customers
from etl.enrich.known import known_customers
from etl.enrich.normalise import normalise
from etl.enrich.redact import redactor
from etl.enrich.sentiment import Sentiment, sentiment_model
from etl.enrich.text_model.model import OWN_MODEL
from etl.errors import CheckFailed, FileRefused, UserError
from etl.folders import Folders, identifier_key
from etl.inbox import Refusal, Taken, Waiting, clear_unfinished, collect, raw_copy, take
from etl.invitations import mark_of_invitations, read_invitations
from etl.load import account, campaigns, held, invitations, remap, sentiments, told, typed
from etl.load import customers as linking
from etl.metrics.catalogue import check_settings
from etl.parcels import parted
from etl.reading.jail import JAIL
from etl.references import (
    KnownIdentifier,
    MapLine,
    NotSame,
    read_causes,
    read_customers,
    read_map,
    read_not_same,
    read_promises,
    read_questions,
)
from etl.sources.base import Source, fingerprint
from etl.sources.catalogue import SOURCES
from etl.transform import definitions, foundation, reported, runner, scopes, watermarks
from etl.vocabulary import LoadStatus
from etl.warehouse import PUBLISH_STEPS, Build, Warehouse

RUN_STEPS = (
    "copy",
    *FILE_STEPS,
    "sentiment",
    "causes",
    "join_customers",
    "campaigns",
    "watermarks",
    "models",
    "marts",
    "report",
    "check",
)
ALL_STEPS = (*RUN_STEPS, *PUBLISH_STEPS)
READ = (LoadStatus.LOADED, LoadStatus.QUARANTINED)


@dataclass(frozen=True)
class FileReport:
    """What became of one file; the counts are None for a file that was not read.

    `zone` is that of times that state none; it is assumed where only the reporting zone was at hand.
    """

    path: str
    status: LoadStatus
    source: str | None = None
    read: int | None = None
    loaded: int | None = None
    updated: int | None = None
    unchanged: int | None = None
    superseded: int | None = None
    quarantined: int | None = None
    reason: str | None = None
    zone: str | None = None
    zone_assumed: bool | None = None


@dataclass
class Run:
    """What a run did: a report a file in the order of the paths, seconds by step, codes that the map lacks."""

    generation: int | None = None
    files: list[FileReport] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    unmapped: list[tuple[str, str, str, int]] = field(default_factory=list)


def load(settings: Settings, paths: Sequence[Path], source: str | None = None, extra: Sequence[Source] = ()) -> Run:
    """Load files and folders and publish a generation; with nothing new the last one stays.

    A file that can't be loaded is reported and does not stop the others. Raises UserError for a missing path
    or a wrong setting, Busy when another run is at work, CheckFailed when a check on the whole does not hold.
    """
    check_settings(settings)
    sources = {**SOURCES, **{declared.name: declared for declared in extra}}
    watch = Stopwatch()
    JAIL.start()
    masking = redactor(known_customers(settings.folders))
    context = Context(settings, read_questions(settings.folders), sources, source, masking, watch)
    warehouse = Warehouse(settings.folders)
    run = Run(seconds=watch.seconds)
    with warehouse.lock():
        clear_unfinished(settings.folders)
        found = collect(paths)
        arrivals = watch.step("copy", lambda: _arrivals(found, settings.folders))
        arriving_bytes = sum(arrival.bytes for arrival in arrivals if isinstance(arrival, Taken))
        with warehouse.build(arriving_bytes) as build:
            watch.seconds["generation"] = build.copy_seconds
            if _fill(build, run, arrivals, context):
                run.generation = watch.step("publish", build.publish).generation
                return run
        published = warehouse.current()
    run.generation = published.generation if published else None
    return run


def _arrivals(paths: Sequence[Path], folders: Folders) -> list[Taken | Waiting | Refusal]:
    """The files at these paths, and those packed together in one, each with its raw copy."""
    return [part for path in paths for part in parted(take(path, folders), folders)]


def _fill(build: Build, run: Run, arrivals: Sequence[Taken | Waiting | Refusal], context: Context) -> bool:
    """All that stands between the raw copies and publishing; False when nothing is new."""
    connection, settings, step = build.connection, context.settings, context.watch.step
    defined = definitions.known_definitions(connection)
    is_first = foundation.lay(connection)
    context = replace(context, sources={**account.mapped_sources(account.loaded_files(connection)), **context.sources})
    scopes.open_scopes(connection)
    typed.set_identifier_key(connection, identifier_key(settings.folders))
    lines = read_map(settings.folders)
    is_remapped = foundation.write_map(connection, lines) and not is_first
    is_replayed = not is_first and _replay(connection, context, lines)
    is_limited = foundation.write_limits(connection, settings) and not is_first
    is_recast = _recast(connection, settings, lines) and not is_first
    taxonomy = taxonomy_of(settings.folders) if settings.causes_from_words else None
    learned = _learned(settings, taxonomy, lines)
    by = " ".join(each.version for each in (taxonomy, learned) if each)
    is_retold = told.has_changed(connection, by) and not is_first
    known, not_same = read_customers(settings.folders), read_not_same(settings.folders)
    tone = Sentiment(sentiment_model(settings.folders.root / OWN_MODEL))
    is_invited = invitations.have_changed(connection, mark_of_invitations(settings))
    is_rejoined = linking.has_changed(connection, known, not_same, settings)
    is_full = is_first or is_remapped or is_replayed or is_limited or is_recast
    for arrival in arrivals:
        run.files.append(receive(connection, arrival, context, is_full))
    step("land", lambda: held.show(connection))
    is_relabelled = not is_first and sentiments.is_outdated(connection, tone.version)
    is_changed = any(
        (is_relabelled, is_remapped, is_replayed, is_limited, is_recast, is_rejoined, is_retold, is_invited)
    )
    if not is_changed and not any(report.status in READ for report in run.files):
        return False
    foundation.note_fingerprints(connection, _fingerprints(connection, context))
    step("sentiment", lambda: sentiments.label_mentions(connection, tone, tone.version))
    step("causes", lambda: _tell_causes(connection, taxonomy, learned, is_changed=is_retold))
    step("join_customers", lambda: _join_customers(connection, known, not_same, settings))
    step("campaigns", lambda: campaigns.find_campaigns(connection))
    step("watermarks", lambda: watermarks.refresh(connection, settings))
    step("models", lambda: runner.run_models(connection, is_full))
    step("marts", lambda: _refresh_marts(connection, settings, is_full))
    definitions.note_definitions(connection, defined, build.generation, datetime.now(UTC).replace(tzinfo=None))
    step("report", lambda: reported.note_reports(connection, settings, build.generation, is_full))
    run.unmapped = remap.unmapped(connection)
    step("check", lambda: _check(connection))
    return True


def _learned(settings: Settings, taxonomy: Taxonomy | None, lines: Sequence[MapLine]) -> Learned | None:
    """The company's own model of causes, where causes are told from words and it has one."""
    if taxonomy is None:
        return None
    places = [(line.cause, line.touchpoint) for line in lines]
    return learned_causes(settings.folders.root, taxonomy, places)


def _tell_causes(
    connection: Connection, taxonomy: Taxonomy | None, learned: Learned | None, *, is_changed: bool
) -> None:
    if taxonomy is None:
        told.forget_causes(connection)
    else:
        told.tell_causes(connection, partial(telling, taxonomy, learned), is_changed=is_changed)


def _recast(connection: Connection, settings: Settings, lines: Sequence[MapLine]) -> bool:
    """Note what is promised and which causes are breakdowns; returns whether either is another now."""
    promises, causes = read_promises(settings.folders, lines), read_causes(settings.folders, lines)
    is_promised = foundation.write_list(connection, "core_promises", [astuple(promise) for promise in promises])
    return foundation.write_list(connection, "core_causes", [astuple(cause) for cause in causes]) or is_promised


def _replay(connection: Connection, context: Context, lines: Sequence[MapLine]) -> bool:
    """Land every raw copy again when a declaration or a setting that landed rows changed; whether it was needed.

    Raises CheckFailed when a copy is gone or is refused now: rows never vanish because a setting changed.
    """
    if not foundation.is_outdated(connection, _fingerprints(connection, context)):
        return False
    earlier = account.loaded_files(connection)
    foundation.clear(connection)
    foundation.lay(connection)
    foundation.write_map(connection, lines)
    for file in earlier:
        raw = raw_copy(context.settings.folders, file.sha256)
        if not raw.exists():
            raise CheckFailed(f"{raw}: the copy of {file.file_name} is gone, and it must be read again. Restore it.")
        sources = {**context.sources, **account.mapped_sources([file])}
        try:
            deliver(
                connection, raw, file.sha256, file.file_name, replace(context, sources=sources, source_name=file.source)
            )
        except (FileRefused, UserError) as refused:
            raise CheckFailed(
                f"{file.file_name}: was loaded before, but is refused under today's declarations ({refused}). "
                "The last generation stands; take the change back or move the data folder away."
            ) from refused
    return True


def _fingerprints(connection: Connection, context: Context) -> dict[str, str]:
    """For each source what its rows are landed under: declaration, settings, questions and the engine's hashes."""
    sources = {**account.mapped_sources(account.loaded_files(connection)), **context.sources}
    return {
        name: fingerprint(source, _landing_settings(context, name), context.questions.of(name), ENGINE_VERSION)
        for name, source in sources.items()
    }


def _landing_settings(context: Context, source: str) -> tuple[object, ...]:
    """The settings that landed rows depend on: the reporting zone, the country of numbers, and the source's own."""
    own = context.settings.sources.get(source, {})
    return (
        context.settings.zone,
        context.settings.country_of(source),
        tuple(sorted((key, value) for key, value in own.items() if key != "active")),
    )


def receive(connection: Connection, arrival: Taken | Waiting | Refusal, context: Context, is_full: bool) -> FileReport:
    """Land one arrival, and tell what became of it; unless all is worked out anew, note what its rows touch."""
    if isinstance(arrival, Waiting):
        return FileReport(arrival.shown, LoadStatus.WAITING, reason=arrival.reason)
    if isinstance(arrival, Refusal):
        return FileReport(arrival.shown, LoadStatus.REFUSED, reason=arrival.reason)
    known = account.known_load(connection, arrival.sha256)
    if known is not None:
        return FileReport(arrival.shown, LoadStatus.DUPLICATE, reason=f"the content of load {known}, byte for byte")
    try:
        delivered = deliver(connection, arrival.raw, arrival.sha256, arrival.shown, context)
    except FileRefused as refused:
        return FileReport(arrival.shown, LoadStatus.REFUSED, reason=str(refused))
    if not is_full:
        held.show(connection)
        scopes.touch_landed(connection)
    counts, told = delivered.counts, list(delivered.notes)
    if counts.quarantined:
        told.append(f"{counts.quarantined} of {counts.read} records in quarantine/{arrival.sha256}.csv")
    return FileReport(
        arrival.shown, LoadStatus(delivered.status), delivered.source, counts.read, counts.loaded, counts.updated,
        counts.unchanged, counts.superseded, counts.quarantined, "; ".join(told) or None,
        delivered.zones.naive, delivered.is_zone_assumed,
    )  # fmt: skip


def _join_customers(
    connection: Connection, known: Sequence[KnownIdentifier], not_same: Sequence[NotSame], settings: Settings
) -> None:
    linking.link_known(connection, known, normalise, settings.country_of(), not_same)
    linking.join_customers(connection, customers, settings.most_ids_per_key, settings.most_keys_per_id)
    if invitations.have_changed(connection, mark := mark_of_invitations(settings)):
        asked = tuple(read_invitations(settings))
        invitations.replace_invitations(connection, asked, mark, normalise, settings.country_of())


def _refresh_marts(connection: Connection, settings: Settings, is_full: bool) -> None:
    foundation.write_calendar(connection, settings)
    runner.run_marts(connection, settings, is_full)
    runner.note_feeds(connection, settings)


def _check(connection: Connection) -> None:
    failed = [f"{name}: {detail}" for name, holds, detail in runner.run_checks(connection) if not holds]
    if failed:
        raise CheckFailed(f"{'; '.join(failed)}; the last generation stands. Run cx check, then load again.")
