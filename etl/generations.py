"""The files in the warehouse folder: generations, the pointer to the published one, and what killed builds left."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from etl.durable import private_folder, temporary_name, write_synced
from etl.errors import UserError

SCHEMA_VERSION = 1  # raise it when an older program can no longer read what this one publishes
KEPT = 3
POINTER = "CURRENT"


@dataclass(frozen=True)
class Published:
    """One complete generation; `fallback` says that the pointer was unusable and the newest sound file is taken."""

    generation: int
    path: Path
    published_at: datetime
    fallback: bool = False


@dataclass(frozen=True)
class Pointer:
    """What the pointer file says; the size of the file stands in for a hash, which takes as long as copying it."""

    generation: int
    bytes: int
    schema_version: int
    engine_version: str
    published_at: str


def generation_path(folder: Path, generation: int) -> Path:
    """The file of a generation; its number is never given to another file."""
    return folder / f"w{generation}.duckdb"


def log_path(path: Path) -> Path:
    """Where the engine keeps rows that are not yet in the file; a published file has none, as it may lose them."""
    return path.with_name(f"{path.name}.wal")


def spill_folder(folder: Path) -> Path:
    """Where a build puts rows that do not fit into memory."""
    return folder / "spill"


def generations(folder: Path) -> list[int]:
    """The numbers of all generation files, newest first."""
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    matches = (re.fullmatch(r"w([0-9]+)\.duckdb", name) for name in names)
    return sorted((int(match[1]) for match in matches if match), reverse=True)


def pointed(folder: Path) -> Published | None:
    """What the pointer names, if the pointer is whole and the file has its size and no log beside it.

    Raises UserError when a newer program published it.
    """
    pointer = _read_pointer(folder)
    if pointer is None or not _has_size(generation_path(folder, pointer.generation), pointer.bytes):
        return None
    path = generation_path(folder, pointer.generation)
    if pointer.schema_version > SCHEMA_VERSION:
        raise UserError(
            f"{path}: holds version {pointer.schema_version} of the tables (engine {pointer.engine_version}); "
            f"this program reads up to version {SCHEMA_VERSION}. Use the newer program, or an older copy of the folder."
        )
    return Published(pointer.generation, path, datetime.fromisoformat(pointer.published_at))


def kept(folder: Path, generation: int) -> Published | None:
    """A generation by its number while its file is there; it was published when its file was written."""
    path = generation_path(folder, generation)
    if log_path(path).exists():
        return None
    with suppress(FileNotFoundError):
        return Published(generation, path, datetime.fromtimestamp(path.stat().st_mtime, UTC))
    return None


def without_pointer(folder: Path) -> Iterator[Published]:
    """The generations to try, newest first, when `pointed` finds none: not the one the pointer contradicts."""
    pointer = _read_pointer(folder)
    for generation in generations(folder):
        is_contradicted = pointer is not None and generation == pointer.generation
        if not is_contradicted and (found := kept(folder, generation)):  # else pruned by a run meanwhile
            yield replace(found, fallback=True)


def write_next_pointer(folder: Path, generation: int, engine_version: str) -> None:
    """Write the next pointer beside the present one; nobody follows it yet."""
    size = generation_path(folder, generation).stat().st_size
    pointer = Pointer(generation, size, SCHEMA_VERSION, engine_version, datetime.now(UTC).isoformat())
    write_synced(temporary_name(folder / POINTER), json.dumps(asdict(pointer), indent=2).encode() + b"\n")


def switch_pointer(folder: Path) -> None:
    """Let the next pointer take the place of the present one."""
    temporary_name(folder / POINTER).replace(folder / POINTER)


def building_path(folder: Path, generation: int, token: str) -> Path:
    """Where a generation is built; the token makes the name unique, as the engine shares files by name."""
    return folder / f"building-{generation}-{token}.duckdb"


def remove_leftovers(folder: Path) -> None:
    """Clear what killed builds left: their files, their spilled rows, generations the pointer never reached."""
    for path in (*folder.glob("building-*"), temporary_name(folder / POINTER)):
        path.unlink(missing_ok=True)
    if published := pointed(folder):
        remove_newer(folder, published.generation)
    if spill_folder(folder).exists():
        shutil.rmtree(spill_folder(folder))
    private_folder(spill_folder(folder))


def remove_newer(folder: Path, generation: int) -> None:
    """Remove the generations after this one."""
    for number in generations(folder):
        if number > generation:
            remove(generation_path(folder, number))


def remove_old(folder: Path) -> None:
    """Keep the three newest generations; a reader that has an older one open keeps it until closing it."""
    for number in generations(folder)[KEPT:]:
        with suppress(OSError):  # the next run tries again
            remove(generation_path(folder, number))


def remove(path: Path) -> None:
    """Remove a database file and its log, if they are there."""
    path.unlink(missing_ok=True)
    log_path(path).unlink(missing_ok=True)


def _read_pointer(folder: Path) -> Pointer | None:
    try:
        content = json.loads((folder / POINTER).read_bytes())
        return Pointer(
            generation=int(content["generation"]),
            bytes=int(content["bytes"]),
            schema_version=int(content["schema_version"]),
            engine_version=str(content["engine_version"]),
            published_at=datetime.fromisoformat(content["published_at"]).isoformat(),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size and not log_path(path).exists()
