"""Quarantined records of a load as a file like the one they came from: to be mended and loaded again."""

import csv
import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.config import Settings
from etl.delivery import Context, prepare, workroom
from etl.engines import scratch
from etl.errors import UserError
from etl.folders import Folders
from etl.inbox import raw_copy
from etl.load import account
from etl.reading.plain import Plain
from etl.references import read_questions
from etl.sources.catalogue import SOURCES
from etl.warehouse import Warehouse

csv.field_size_limit(1 << 27)


@dataclass(frozen=True)
class PutAside:
    """A load that put records aside: its file, its source, how many, and where they lie."""

    sha256: str
    file: str
    source: str
    quarantined: int
    path: str


@dataclass(frozen=True)
class Exported:
    """Records written to be mended: where to, how many, and how many of them are broken lines as they stood."""

    path: str
    records: int
    broken_lines: int


def put_aside(settings: Settings) -> list[PutAside]:
    """The loads of the published generation that put records aside, the newest first."""
    return [
        PutAside(load.sha256, load.file_name, load.source, load.quarantined, str(_records_of(settings, load.sha256)))
        for load in reversed(_loads(settings))
        if load.quarantined
    ]


def export(settings: Settings, named: str, out: Path) -> Exported:
    """Write the records that one load put aside, under the header of its file, or as JSON lines.

    `named` is the file's name or the beginning of its content hash. Raises UserError when it names no such load.
    """
    load = _chosen(settings, named)
    with _records_of(settings, load.sha256).open(encoding="utf-8", newline="") as file:
        records = [row["record"] for row in csv.DictReader(file)]
    plain = _plain(settings, load)
    if plain.head.form == "table":
        return _table(records, plain, out)
    out.write_text("".join(f"{_document(record)}\n" for record in records), encoding="utf-8")
    return Exported(str(out), len(records), 0)


def _records_of(settings: Settings, sha256: str) -> Path:
    return settings.folders.quarantine / f"{sha256}.csv"


def _loads(settings: Settings) -> list[account.Loaded]:
    warehouse = Warehouse(settings.folders)
    with closing(warehouse.read(warehouse.published())) as connection:
        return account.loaded_files(connection)


def _chosen(settings: Settings, named: str) -> account.Loaded:
    loads = [load for load in _loads(settings) if load.quarantined]
    found = [load for load in loads if load.sha256.startswith(named) or Path(load.file_name).name == Path(named).name]
    if not found:
        names = ", ".join(Path(load.file_name).name for load in loads[-5:]) or "none"
        raise UserError(f"{named}: no load of that name or hash put records aside; those that did: {names}.")
    return found[-1]


def _plain(settings: Settings, load: account.Loaded) -> Plain:
    """The file's head once more, from its raw copy."""
    folders: Folders = settings.folders
    raw = raw_copy(folders, load.sha256)
    if not raw.exists():
        raise UserError(f"{raw}: the copy of {load.file_name} is gone; its header is needed. Restore it.")
    context = Context(settings, read_questions(folders), {**account.mapped_sources([load]), **SOURCES}, load.source)
    with workroom(folders.raw) as room, closing(scratch()) as connection:
        return prepare(connection, raw, room, context).staged.plain


def _table(records: list[str], plain: Plain, out: Path) -> Exported:
    """The file's header rows, then the records cell by cell; a broken line last, as it stood."""
    broken = []
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=plain.delimiter, quotechar=plain.quote, lineterminator="\n")
        header = list(plain.columns) if plain.header_rows or plain.layout == "parquet" else None
        if header:
            writer.writerow(header)
            writer.writerows(plain.head.samples[: max(plain.header_rows - (plain.layout == "csv"), 0)])
        for record in records:
            cells = _cells(record)
            if cells is None:
                broken.append(record)
            else:
                writer.writerow([cells.get(column) for column in plain.columns])
        file.writelines(f"{line.rstrip()}\n" for line in broken)
    return Exported(str(out), len(records), len(broken))


def _cells(record: str) -> dict[str, Any] | None:
    try:
        cells = json.loads(record)
    except ValueError:
        return None
    return cells if isinstance(cells, dict) else None


def _document(record: str) -> str:
    cells = _cells(record)
    document = cells.get("document") if cells else None
    return document if isinstance(document, str) else record
