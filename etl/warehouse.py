"""The one door to the database: a lock, builds that are published whole or not at all, and hardened readers."""

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import filelock

from etl import generations
from etl.durable import disk_errors, disk_full, failpoint, private_folder, sync_file, sync_folder
from etl.errors import Busy, CheckFailed, CxError, UserError
from etl.folders import Folders
from etl.generations import Published

__all__ = ["PUBLISH_STEPS", "Build", "Published", "Warehouse"]

SPACE_FACTOR = 2.2  # one copy of the last generation, its growth, and what spills while building
LITTLE_BYTES = 16_000_000
DISK_FULL_WORDS = ("No space left on device", "Disk quota exceeded", "File too large")
NO_EXTENSIONS: Mapping[str, Any] = MappingProxyType(
    {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "allow_community_extensions": False}
)
READING: Mapping[str, Any] = MappingProxyType(
    {
        **NO_EXTENSIONS,
        "enable_external_access": False,
        "python_enable_replacements": False,
        "temp_directory": "",  # a reader never leaves rows on disk outside a generation
        "lock_configuration": True,
    }
)


class Warehouse:
    """The generations of one data folder."""

    def __init__(self, folders: Folders) -> None:
        """Only name the folder; it is made by the first lock."""
        self._folders = folders
        self._folder = folders.warehouse
        # A lock that falls back to a file's mere existence could outlive its holder.
        self._lock = filelock.FileLock(self._folder / "lock", mode=0o600, fallback_to_soft=False)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to write; entering it again in the same thread is free.

        Raises Busy at once when another run has it. The kernel lets go of it when its holder dies.
        """
        self._folders.require()
        with disk_errors(self._folder):
            private_folder(self._folder)
            try:
                self._lock.acquire(blocking=False)
            except filelock.Timeout as error:
                raise Busy(
                    f"{self._folder}: another run is writing to this data folder; expected to be the only one. "
                    "Wait until it has ended, then run again."
                ) from error
        try:
            yield
        finally:
            self._lock.release()

    def current(self) -> Published | None:
        """The generation to read, or None before the first one was published.

        Raises CheckFailed when there are generations but none is sound, UserError when a newer program wrote it.
        """
        self._folders.require()
        with disk_errors(self._folder):
            return generations.pointed(self._folder) or self._newest_sound()

    def published(self) -> Published:
        """The generation to read; UserError before the first one was published, CheckFailed as `current` has it."""
        published = self.current()
        if published is None:
            raise UserError(f"{self._folder}: nothing is loaded yet. Run cx load, or cx demo to look around.")
        return published

    def kept(self, generation: int) -> Published | None:
        """An earlier generation by its number, None when its file is kept no longer."""
        self._folders.require()
        return generations.kept(self._folder, generation)

    @contextmanager
    def build(self, arriving_bytes: int = 0) -> Iterator["Build"]:
        """Start the next generation on a copy of the last one; what is not published leaves no trace.

        Raises Busy, and CxError when the disk is full or has less than 2.2 times the last generation free.
        """
        with self.lock(), disk_errors(self._folder):
            base = self.current()
            number = 1 + max(generations.generations(self._folder), default=0)
            generations.remove_leftovers(self._folder)
            _require_space(self._folder, base)
            temporary = generations.building_path(self._folder, number, secrets.token_hex(4))
            try:
                copy_seconds = _copy(base, temporary)
                with closing(_open_to_write(temporary, self._folder, base, arriving_bytes)) as connection:
                    yield Build(connection, number, copy_seconds, self._folder, temporary)
            except duckdb.Error as error:
                if _is_disk_full(error):
                    raise disk_full(str(self._folder)) from error
                raise
            finally:
                generations.remove(temporary)
                published = generations.pointed(self._folder)
                if published is None or published.generation < number:
                    generations.remove(generations.generation_path(self._folder, number))

    def read(self, published: Published) -> duckdb.DuckDBPyConnection:
        """Open a generation read-only, blind to other files; keep one connection, take a `.cursor()` per query.

        Raises CheckFailed when the file does not open.
        """
        return _open_to_read(published.path)

    def _newest_sound(self) -> Published | None:
        for candidate in generations.without_pointer(self._folder):
            with suppress(CheckFailed), closing(_open_to_read(candidate.path)):
                return candidate
        if count := len(generations.generations(self._folder)):
            raise CheckFailed(
                f"{self._folder}: none of the {count} generations is sound; expected at least one that opens. "
                "Restore the folder from a backup, or move it away and load the files again."
            )
        return None


@dataclass(frozen=True)
class Build:
    """The generation being written; `copy_seconds` is what copying the last one took, 0 for the first."""

    connection: duckdb.DuckDBPyConnection
    generation: int
    copy_seconds: float
    folder: Path
    temporary: Path

    def publish(self) -> Published:
        """Make it the current generation for every reader, durably; this closes the connection.

        Raises CxError when a step fails; the generation before then still stands.
        """
        for step in _STEPS:
            step(self)
            failpoint(_step_name(step))
        published = generations.pointed(self.folder)
        if published is None or published.generation != self.generation:
            raise CheckFailed(f"{self.folder}: generation {self.generation} is not what was written. Run again.")
        return published


def _checkpoint(build: Build) -> None:
    build.connection.execute("CHECKPOINT")


def _close(build: Build) -> None:
    build.connection.close()
    if generations.log_path(build.temporary).exists():
        raise CheckFailed(f"{build.temporary}: a log is left beside the closed file; nothing is published. Run again.")
    _open_to_read(build.temporary).close()


def _sync_file(build: Build) -> None:
    sync_file(build.temporary)


def _rename_file(build: Build) -> None:
    build.temporary.rename(generations.generation_path(build.folder, build.generation))


def _sync_folder(build: Build) -> None:
    sync_folder(build.folder)


def _write_pointer(build: Build) -> None:
    generations.write_next_pointer(build.folder, build.generation, duckdb.__version__)


def _switch_pointer(build: Build) -> None:
    generations.switch_pointer(build.folder)


def _sync_pointer(build: Build) -> None:
    sync_folder(build.folder)


def _remove_old(build: Build) -> None:
    generations.remove_old(build.folder)


_STEPS: tuple[Callable[[Build], None], ...] = (
    _checkpoint,
    _close,
    _sync_file,
    _rename_file,
    _sync_folder,
    _write_pointer,
    _switch_pointer,
    _sync_pointer,
    _remove_old,
)


def _step_name(step: Callable[[Build], None]) -> str:
    return f"publish.{step.__name__.strip('_')}"


COPY_STEP = "publish.copy"
PUBLISH_STEPS = (COPY_STEP, *(_step_name(step) for step in _STEPS))


def _copy(base: Published | None, temporary: Path) -> float:
    """Copy the last generation, if there is one; returns the seconds it took."""
    started = time.perf_counter()
    if base:
        shutil.copyfile(base.path, temporary)
    seconds = time.perf_counter() - started if base else 0.0
    failpoint(COPY_STEP)
    return seconds


def _threads(size: int) -> int:
    """How many threads work on so many bytes; on little, waking a second one costs more than it does."""
    return (os.cpu_count() or 1) if size > LITTLE_BYTES else 1


def _open_to_write(path: Path, folder: Path, base: Published | None, arriving_bytes: int) -> duckdb.DuckDBPyConnection:
    settings: dict[str, Any] = {
        **NO_EXTENSIONS,
        # Of what the machine, or its container, has: 5,000,000 wide rows that have to spill cost an eighth more.
        "memory_limit": "40%",
        "threads": _threads(arriving_bytes + (path.stat().st_size if base else 0)),
        "temp_directory": str(generations.spill_folder(folder)),
    }
    try:
        connection = duckdb.connect(path, config=settings)
    except duckdb.Error as error:
        if _is_disk_full(error) or not base:
            raise
        raise _damaged(base.path, error) from error
    path.chmod(0o600)
    return connection


def _open_to_read(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(path, read_only=True, config={**READING, "threads": _threads(path.stat().st_size)})
    except (duckdb.Error, FileNotFoundError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: duckdb.Error | FileNotFoundError) -> CheckFailed:
    return CheckFailed(
        f"{path}: does not open ({str(error).splitlines()[0]}); expected a sound generation. "
        "Move the file away: the newest sound one before it is used then."
    )


def _is_disk_full(error: duckdb.Error) -> bool:
    return any(words in str(error) for words in DISK_FULL_WORDS)


def _require_space(folder: Path, base: Published | None) -> None:
    needed = SPACE_FACTOR * base.path.stat().st_size if base else 0
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CxError(
            f"{folder}: {free / 1e9:.2f} GB are free; a load needs {needed / 1e9:.2f} GB, "
            f"{SPACE_FACTOR} times the last generation. Free some space and run again."
        )
