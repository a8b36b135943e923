"""The ledger: one row a loaded file, with counts that add up or the load fails."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.engines import Connection
from etl.errors import CheckFailed
from etl.load.fates import Fates
from etl.sources.base import Source
from etl.sources.declaration import parse_source


@dataclass(frozen=True)
class Entry:
    """What the ledger notes of a file beside its counts."""

    sha256: str
    file_name: str
    source: str
    newest_event_at: object
    newest_day: object
    title: str
    handle_parts: str
    zone: str
    is_zone_assumed: bool
    mapping: str | None
    shape: str


def next_load_id(connection: Connection) -> int:
    """The number of the next load."""
    row = connection.execute("SELECT coalesce(max(load_id), 0) + 1 FROM core_loads").fetchone()
    return int(row[0]) if row else 1


def known_load(connection: Connection, sha256: str) -> int | None:
    """The load that brought a file of this content, if one did."""
    row = connection.execute("SELECT min(load_id) FROM core_loads WHERE sha256 = ?", [sha256]).fetchone()
    return row[0] if row else None


@dataclass(frozen=True)
class Loaded:
    """A file that the ledger knows: its content hash, name and source, the mapping file's text if one was used,
    and how many of its records were put aside.
    """

    sha256: str
    file_name: str
    source: str
    mapping: str | None
    quarantined: int


def loaded_files(connection: Connection) -> list[Loaded]:
    """All files of the ledger in the order of their loads."""
    rows = connection.execute(
        "SELECT sha256, file_name, source, mapping, quarantined_count FROM core_loads ORDER BY load_id"
    ).fetchall()
    return [Loaded(*row) for row in rows]


def mapped_sources(files: Sequence[Loaded]) -> dict[str, Source]:
    """The sources that mapping files declared when these files were loaded; of one name the last."""
    return {
        file.source: replace(parse_source(file.mapping, file.file_name), declaration=file.mapping)
        for file in files
        if file.mapping
    }


def note_load(connection: Connection, load_id: int, entry: Entry, fates: Fates) -> str:
    """Add the ledger row and return its status, loaded or (when no record landed or was held) quarantined.

    Raises CheckFailed when read is not loaded + updated + unchanged + superseded + quarantined.
    """
    if not fates.add_up:
        raise CheckFailed(
            f"{entry.file_name}: the counts of its records do not add up ({fates}); nothing is published."
        )
    status = "quarantined" if fates.read and fates.quarantined == fates.read else "loaded"
    connection.execute(
        f"INSERT INTO core_loads VALUES ({', '.join('?' * 17)}, now() AT TIME ZONE 'UTC', ?, ?)",
        [
            load_id, entry.sha256, entry.file_name, entry.source, status,
            fates.read, fates.loaded, fates.updated, fates.unchanged, fates.superseded, fates.quarantined,
            entry.newest_event_at, entry.newest_day, entry.title, entry.handle_parts,
            entry.zone, entry.is_zone_assumed, entry.mapping, entry.shape,
        ],
    )  # fmt: skip
    return status
