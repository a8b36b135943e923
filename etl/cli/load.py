"""`cx load`: files in, a published generation out, and what became of each file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say, working
from etl.config import Settings
from etl.errors import UserError, unknown
from etl.folders import Folders
from etl.vocabulary import LoadStatus

if TYPE_CHECKING:
    from etl.pipeline import FileReport, Run
    from etl.sources.base import Source

COUNTS = ("read", "loaded", "updated", "unchanged", "superseded", "quarantined")
FAILED = (LoadStatus.REFUSED, LoadStatus.QUARANTINED)


def load(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Files or folders; the inbox if none is named.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Read every file as this source.")] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="A file that declares one more source.")] = None,
    is_strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if any row is quarantined.")] = False,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Load export files or folders, publish a generation.

    Exits with 1 if a file was refused or quarantined whole, 75 if another run is at work.
    """
    _require_free(Folders(data.absolute()))
    settings = settings_of(data)
    extra = _mapped(mapping, source) if mapping else None
    _require_known(source, extra)
    _make_folders(settings.folders)
    run = _run(settings, paths or [settings.folders.inbox], extra.name if extra else source, [extra] if extra else [])
    if as_json:
        print_json({"generation": run.generation, "files": [asdict(report) for report in run.files]})
    else:
        _print_reports(run.files)
    _tell(run, settings.folders)
    if any(report.status in FAILED or (is_strict and report.quarantined) for report in run.files):
        raise typer.Exit(1)


def _require_free(folders: Folders) -> None:
    """Raise Busy at once, before the second that importing all the rest takes; the load asks for the lock itself."""
    if folders.warehouse.is_dir():
        from etl.warehouse import Warehouse

        with Warehouse(folders).lock():
            pass


def _mapped(path: Path, source: str | None) -> "Source":
    from etl.sources.declaration import parse_source

    try:
        text = path.read_text(encoding="utf-8-sig")
        declared = replace(parse_source(text, str(path)), declaration=text)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read ({error}); expected a mapping file in TOML.") from error
    if source not in (None, declared.name):
        raise UserError(f"{path}: declares the source {declared.name}, but --source says {source}. Name one of them.")
    return declared


def _require_known(source: str | None, extra: "Source | None") -> None:
    from etl.sources.catalogue import SOURCES

    if source is not None and source not in SOURCES and extra is None:
        raise unknown("source", source, SOURCES)


def _make_folders(folders: Folders) -> None:
    """Make the data folder and its inbox where they are missing, unless not even the folder around it exists."""
    from etl.durable import disk_errors

    if not folders.root.exists() and folders.root.parent.is_dir():
        with disk_errors(folders.root):
            folders.root.mkdir()
        say(f"{folders.root}: made this data folder.")
    if folders.root.is_dir() and not folders.inbox.exists():
        with disk_errors(folders.inbox):
            folders.inbox.mkdir()


def _run(settings: Settings, paths: Sequence[Path], source: str | None, extra: Sequence["Source"]) -> "Run":
    from etl import pipeline

    with working("loading …"):
        return pipeline.load(settings, paths, source, extra)


def _print_reports(reports: Sequence["FileReport"]) -> None:
    if reports:
        rows = [
            (report.path, report.source, report.status, *(getattr(report, count) for count in COUNTS), report.reason)
            for report in reports
        ]
        print_table(("file", "source", "status", *COUNTS, "reason"), rows)


def _tell(run: "Run", folders: Folders) -> None:
    if not run.files:
        say(f"{folders.inbox}: nothing to load. Put export files there, or name some.")
    if run.unmapped:
        say(f"Codes without a meaning, the most frequent first. Complete these lines in {folders.root / 'map.csv'}")
        say("below the header source,field,value,reason,cause,touchpoint,is_complaint:")
    for code_source, field, value, rows in run.unmapped:
        say(f"  {_csv_line(code_source, field, value, '', '', '', '')}   (rows: {rows})")
    assumed = sorted({f"{report.source} ({report.zone})" for report in run.files if report.zone_assumed})
    if assumed:
        say(f"Times without a zone were read in the reporting zone: {', '.join(assumed)}.")
        say(f"If that is wrong, name theirs in {folders.root / 'settings.toml'}: [sources.NAME] zone.")
    generation = "no generation yet" if run.generation is None else f"generation {run.generation}"
    seconds = sum(run.seconds.values())
    say(f"{generation}; files: {len(run.files)}; {seconds:.1f} s.")


def _csv_line(*cells: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
