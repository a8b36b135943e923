"""The limits of the process that parses files: memory, time, file size, no network; and which the system refuses."""

import ctypes
import os
import resource
import sys
from dataclasses import dataclass

MEMORY_BYTES = 4 << 30
FILE_BYTES = 8 << 30
SECONDS = 60
BYTES_A_SECOND = 8 << 20
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


@dataclass(frozen=True)
class Limit:
    """One limit: whether it could be set, and what it is or why it could not."""

    name: str
    is_set: bool
    detail: str


def seconds_for(size: int) -> float:
    """How long a file of this many bytes may take to be read."""
    return SECONDS + size / BYTES_A_SECOND


def confine() -> list[Limit]:
    """Limit this process for good: what it may write, and that it may call nobody."""
    os.umask(0o077)
    return [_limited("file size", resource.RLIMIT_FSIZE, FILE_BYTES), _offline()]


def allow(size: int) -> list[Limit]:
    """Limit memory and processor time for the next file, of this many bytes, which is mapped into memory, too."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + 2 * seconds_for(size)) + 1
    return [
        _limited("memory", resource.RLIMIT_AS, MEMORY_BYTES + 3 * size),
        _limited("processor time", resource.RLIMIT_CPU, seconds),
    ]


def _limited(name: str, limit: int, most: int) -> Limit:
    """Set the soft limit only, so that the next file may have another one."""
    try:
        _, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(limit, (most, hard))
    except (OSError, ValueError) as error:
        return Limit(name, False, f"could not be set ({error})")
    return Limit(name, True, str(most))


def _offline() -> Limit:
    """Leave the network by entering an empty one, where the kernel lets an ordinary user do so."""
    if not sys.platform.startswith("linux"):
        return Limit("network", False, "can only be cut off on Linux")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWNET) == 0:
        return Limit("network", True, "cut off")
    return Limit("network", False, f"could not be cut off ({os.strerror(ctypes.get_errno())})")
