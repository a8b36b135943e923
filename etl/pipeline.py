"""One run of loading: the steps from files in the inbox to a published generation, readable from top to bottom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.config import Settings, identifier_key
from etl.delivery import FILE_STEPS, Context, Stopwatch, deliver
from etl.engines import Connection
from etl.enrich.identity import customers
from etl.enrich.normalise import normalise
from etl.errors import CheckFailed, FileRefused
from etl.inbox import Refusal, Taken, Waiting, clear_unfinished, collect, take
from etl.load import account, remap, typed
from etl.load import customers as linking
from etl.metrics.catalogue import check_settings
from etl.references import KnownIdentifier, read_customers, read_map, read_questions
from etl.sources.base import Source
from etl.sources.catalogue import SOURCES
from etl.transform import foundation, runner, watermarks
from etl.vocabulary import LoadStatus
from etl.warehouse import PUBLISH_STEPS, Build, Warehouse

RUN_STEPS = ("copy", *FILE_STEPS, "join_customers", "watermarks", "models", "marts", "check")
ALL_STEPS = (*RUN_STEPS, *PUBLISH_STEPS)
READ = (LoadStatus.LOADED, LoadStatus.QUARANTINED)


@dataclass(frozen=True)
class FileReport:
    """What became of one file; the counts are None for a file that was not read."""

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
    context = Context(settings, read_questions(settings.folders), sources, source, watch)
    warehouse = Warehouse(settings.folders)
    run = Run(seconds=watch.seconds)
    with warehouse.lock():
        clear_unfinished(settings.folders)
        found = collect(paths)
        arrivals = watch.step("copy", lambda: [take(path, settings.folders) for path in found])
        with warehouse.build() as build:
            if _fill(build, run, arrivals, context):
                run.generation = watch.step("publish", build.publish).generation
                return run
        published = warehouse.current()
    run.generation = published.generation if published else None
    return run


def _fill(build: Build, run: Run, arrivals: Sequence[Taken | Waiting | Refusal], context: Context) -> bool:
    """All that stands between the raw copies and publishing; False when nothing is new."""
    connection, settings, step = build.connection, context.settings, context.watch.step
    is_first = foundation.lay(connection)
    runner.open_scopes(connection)
    typed.set_identifier_key(connection, identifier_key(settings.folders))
    is_remapped = foundation.write_map(connection, read_map(settings.folders)) and not is_first
    if is_remapped:
        remap.remap(connection)
    for arrival in arrivals:
        run.files.append(_report(connection, arrival, context, is_first))
    if not is_remapped and not any(report.status in READ for report in run.files):
        return False
    is_full = is_first or is_remapped
    known = read_customers(settings.folders)
    step("join_customers", lambda: _join_customers(connection, known))
    step("watermarks", lambda: watermarks.refresh(connection, settings))
    step("models", lambda: runner.run_models(connection, is_full))
    step("marts", lambda: _refresh_marts(connection, settings, is_full))
    run.unmapped = remap.unmapped(connection)
    step("check", lambda: _check(connection))
    return True


def _report(connection: Connection, arrival: Taken | Waiting | Refusal, context: Context, is_first: bool) -> FileReport:
    if isinstance(arrival, Waiting):
        return FileReport(arrival.shown, LoadStatus.WAITING, reason=arrival.reason)
    if isinstance(arrival, Refusal):
        return FileReport(arrival.shown, LoadStatus.REFUSED, reason=arrival.reason)
    known = account.known_load(connection, arrival.sha256)
    if known is not None:
        return FileReport(arrival.shown, LoadStatus.DUPLICATE, reason=f"the content of load {known}, byte for byte")
    try:
        counts, source, status = deliver(connection, arrival.raw, arrival.sha256, arrival.shown, context)
    except FileRefused as refused:
        return FileReport(arrival.shown, LoadStatus.REFUSED, reason=str(refused))
    if not is_first:
        runner.touch_landed(connection)
    reason = None
    if counts.quarantined:
        reason = f"{counts.quarantined} of {counts.read} records in quarantine/{arrival.sha256}.csv"
    return FileReport(
        arrival.shown, LoadStatus(status), source, counts.read, counts.loaded, counts.updated,
        counts.unchanged, counts.superseded, counts.quarantined, reason,
    )  # fmt: skip


def _join_customers(connection: Connection, known: Sequence[KnownIdentifier]) -> None:
    linking.link_known(connection, known, normalise, None)
    linking.join_customers(connection, customers)


def _refresh_marts(connection: Connection, settings: Settings, is_full: bool) -> None:
    foundation.write_calendar(connection, settings)
    runner.run_marts(connection, settings, is_full)


def _check(connection: Connection) -> None:
    failed = [f"{name}: {detail}" for name, holds, detail in runner.run_checks(connection) if not holds]
    if failed:
        raise CheckFailed(f"{'; '.join(failed)}; the last generation stands. Run cx check, then load again.")
