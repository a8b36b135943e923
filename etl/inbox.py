"""From paths to safe raw copies: what may be read is copied under its content hash, never opened by name again."""

import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from etl.durable import disk_errors, private_folder, rename_durably
from etl.errors import FileRefused, UserError
from etl.folders import Folders

CHUNK_BYTES = 1 << 20
MOST_BYTES = 64 << 30
RAW_SUFFIX = ".bin"
UNFINISHED_PREFIX = "taking-"
# Browsers, upload tools and Office use these while a file is not yet, or only for a moment, there.
SKIPPED_PREFIXES = (".", "~$")
SKIPPED_SUFFIXES = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp")


@dataclass(frozen=True)
class Arrival:
    """A path as the user gave it."""

    path: Path

    @property
    def shown(self) -> str:
        """The path for people: bytes that are no text, line breaks and invisible signs are written as escapes."""
        text = os.fsencode(self.path).decode("utf-8", "backslashreplace")
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


@dataclass(frozen=True)
class Taken(Arrival):
    """A file whose content now lies in `raw`, named by its SHA-256 and nothing else; `bytes` is its size."""

    raw: Path
    sha256: str
    bytes: int
    modified_at: datetime


@dataclass(frozen=True)
class Waiting(Arrival):
    """A file that another process still writes; the next run looks at it again."""

    reason: str


@dataclass(frozen=True)
class Refusal(Arrival):
    """A path that is never read: not a plain file, or not readable."""

    reason: str


def collect(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files at these paths, folders walked in order of their names, each once.

    What a folder holds hidden or half downloaded is passed over. A path that does not exist is a UserError.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UserError(f"{Arrival(path).shown}: no such file or folder; expected an export. Check the spelling.")
        found |= dict.fromkeys(_walk(path) if path.is_dir() else (path,))
    return tuple(found)


def take(path: Path, folders: Folders) -> Taken | Waiting | Refusal:
    """Copy a file into `raw` (0600 in 0700), or say why it is not for reading now or ever.

    Links, pipes, sockets, devices and folders are refused without reading. Content already in `raw` is reused.
    Raises UserError when `raw` may not be written, CxError when the disk is full.
    """
    try:
        with _opened(path) as descriptor, disk_errors(folders.raw), _unfinished_copy(folders.raw) as copy:
            before = os.fstat(descriptor)
            if before.st_size > MOST_BYTES:
                raise FileRefused(
                    f"has {before.st_size} bytes; expected at most {MOST_BYTES}. Export shorter spans of time."
                )
            if _is_being_written(descriptor):
                return Waiting(path, "another program is still writing it; load it again when it is complete")
            digest = _hash(descriptor)
            if is_new := not _is_kept(raw_copy(folders, digest), before.st_size):
                digest = _copy_hashing(descriptor, copy)
            after = os.fstat(descriptor)
            if _version(before) != _version(after) or _is_being_written(descriptor):
                return Waiting(path, "it changed while it was read; load it again when it is complete")
            if is_new:
                rename_durably(copy, raw_copy(folders, digest))
    except FileRefused as refused:
        return Refusal(path, str(refused))
    return Taken(path, raw_copy(folders, digest), digest, after.st_size, datetime.fromtimestamp(after.st_mtime, UTC))


def clear_unfinished(folders: Folders) -> None:
    """Remove the copies and work rooms that killed runs left; call it under the lock only."""
    for path in folders.raw.glob(f"{UNFINISHED_PREFIX}*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _walk(folder: Path) -> Iterator[Path]:
    """Files and links below a folder, its own before those of its folders; links are named, never followed."""
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            raise UserError(
                f"{Arrival(current).shown}: the folder may not be read ({error.strerror}). Change its owner or mode."
            ) from error
        wanted = [entry for entry in entries if not _is_passed_over(entry.name)]
        yield from (Path(entry.path) for entry in wanted if not entry.is_dir(follow_symlinks=False))
        pending += [Path(entry.path) for entry in reversed(wanted) if entry.is_dir(follow_symlinks=False)]


def _is_passed_over(name: str) -> bool:
    return name.startswith(SKIPPED_PREFIXES) or name.lower().endswith(SKIPPED_SUFFIXES)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open once and judge what was opened: a name that is swapped in between changes nothing."""
    try:
        # Without O_NONBLOCK a pipe would keep us waiting for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise FileRefused(_why_not_opened(error)) from error
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise FileRefused(f"is {_kind(mode)}; expected a plain file")
        yield descriptor
    finally:
        os.close(descriptor)


def _why_not_opened(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "is a symbolic link; expected a plain file: name the file that it points to"
    if error.errno == errno.ENXIO:
        return "is a socket or a device; expected a plain file"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "may not be read; give the user who runs this the right to read it"
    return f"cannot be opened ({error.strerror}); expected a plain file"


def _kind(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a device"


def _is_being_written(descriptor: int) -> bool:
    """Whether the kernel knows of a writer; it cannot say so for a network disk or a file of another owner."""
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    # Kept, the lease would make the next writer wait and send us a signal.
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


@contextmanager
def _unfinished_copy(raw: Path) -> Iterator[Path]:
    """A name in the folder for a copy that is gone afterwards unless it was kept under another name."""
    private_folder(raw)
    copy = raw / f"{UNFINISHED_PREFIX}{secrets.token_hex(8)}"
    try:
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def raw_copy(folders: Folders, digest: str) -> Path:
    """Where the copy of a file with this content hash lies."""
    return folders.raw / f"{digest}{RAW_SUFFIX}"


def _is_kept(raw: Path, size: int) -> bool:
    return raw.is_file() and raw.stat().st_size == size


def _hash(descriptor: int) -> str:
    """The SHA-256 of what is open; a file seen before is known by it at a sixth of what a copy costs."""
    content_hash = hashlib.sha256()
    for chunk in _chunks(descriptor):
        content_hash.update(chunk)
    return content_hash.hexdigest()


def _copy_hashing(descriptor: int, target: Path) -> str:
    """Copy what is open into a new file, synced; returns the SHA-256 in hexadecimal."""
    content_hash = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        os.fchmod(copy.fileno(), 0o600)
        for chunk in _chunks(descriptor):
            content_hash.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    return content_hash.hexdigest()


def _chunks(descriptor: int) -> Iterator[bytes]:
    """What is open, from its beginning."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    while True:
        try:
            chunk = os.read(descriptor, CHUNK_BYTES)
        except OSError as error:
            raise FileRefused(f"cannot be read to its end ({error.strerror}); copy it anew") from error
        if not chunk:
            return
        yield chunk
