"""Writing that survives a power cut, folders nobody else reads, and the points where a test kills the process."""

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import CxError, UserError

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NOT_WRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def failpoint(name: str) -> None:
    """Kill this process as a power cut would, if the variable CX_FAILPOINT holds this name."""
    if os.environ.get("CX_FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)


def sync_file(path: Path) -> None:
    """Return only when the content of the file is on the disk; an OSError must never be answered by a retry."""
    _sync(path, os.O_RDWR)


def sync_folder(path: Path) -> None:
    """Return only when the names in the folder are on the disk."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def write_synced(path: Path, content: bytes) -> None:
    """Write a new file of mode 0600, or overwrite one, and wait until its content is on the disk."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def temporary_name(path: Path) -> Path:
    """Where `write_atomically` prepares the content of a path: beside it, as `<name>.tmp`."""
    return path.with_name(f"{path.name}.tmp")


def rename_durably(source: Path, target: Path) -> None:
    """Give a synced file its name, replacing what had it, and wait until the folder knows."""
    source.replace(target)
    sync_folder(target.parent)


def expect_file_name(path: Path) -> None:
    """Raise UserError where a folder or a device has the name: it must not be replaced by a file."""
    if path.exists() and not path.is_file():
        found = "a folder" if path.is_dir() else "a device"
        raise UserError(f"{path}: is {found}; expected the name of a file. Choose another.")


def write_atomically(path: Path, content: bytes) -> None:
    """Whoever reads the path, also after a power cut, finds the old content or the new one, nothing between."""
    expect_file_name(path)
    temporary = temporary_name(path)
    write_synced(temporary, content)
    rename_durably(temporary, path)


def private_folder(path: Path) -> None:
    """Make the folder if it is missing, and see to it that only its owner may enter (0700 under any umask)."""
    if not path.is_dir():
        path.mkdir(mode=0o700)
        sync_folder(path.parent)
    if path.stat().st_mode & 0o777 != 0o700:
        path.chmod(0o700)


@contextmanager
def disk_errors(folder: Path, option: str = "--data") -> Iterator[None]:
    """Tell what the disk refused: UserError if it may not be written, CxError if it is full or broken.

    `option` is the one that names another folder on the command line: of what is no part of the data folder, --out.
    Any other OSError passes unchanged: it is a mistake in the program, not a state of the disk.
    """
    try:
        yield
    except OSError as error:
        where = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(folder)
        told = _told(error.errno, where, option)
        if told is None:
            raise
        raise told from error


def disk_full(where: str) -> CxError:
    """The error for a disk without room."""
    return CxError(f"{where}: the disk is full; what was published before still stands. Free some space and run again.")


def _told(number: int | None, where: str, option: str) -> CxError | None:
    if number in NOT_WRITABLE:
        kind = "data folder" if option == "--data" else "folder"
        return UserError(
            f"{where}: may not be written; expected a {kind} that you own on a disk mounted for writing. "
            f"Change its owner or mode, or give another folder with {option}."
        )
    if number in DISK_FULL:
        return disk_full(where)
    if number == errno.EIO:
        return CxError(
            f"{where}: the disk reported an input/output error; what was published before still stands. "
            "Check the disk before you run again."
        )
    return None


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
