"""Only whole, plain files are taken, by content and never by name."""

import errno
import fcntl
import hashlib
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from etl.errors import CxError, UserError
from etl.folders import Folders
from etl.inbox import Refusal, Taken, Waiting, clear_unfinished, collect, take

HOLD_OPEN = "import sys; file = open(sys.argv[1], 'ab'); print('open', flush=True); sys.stdin.read()"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A data folder with an inbox."""
    folders = Folders(tmp_path / "data")
    folders.inbox.mkdir(parents=True)
    return folders


def put(folders: Folders, name: str, content: bytes = b"id\n1\n") -> Path:
    path = folders.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def taken(path: Path, folders: Folders) -> Taken:
    result = take(path, folders)
    assert isinstance(result, Taken)
    return result


def raw_names(folders: Folders) -> list[str]:
    return [path.name for path in folders.raw.iterdir()] if folders.raw.exists() else []


def test_a_file_is_copied_under_its_hash(folders: Folders) -> None:
    content = b"id\n" + b"x" * 3_000_000
    path = put(folders, "calls.csv", content)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    result = taken(path, folders)
    digest = hashlib.sha256(content).hexdigest()
    modified_at = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert result == Taken(path, folders.raw / f"{digest}.bin", digest, 3_000_003, modified_at)
    assert result.raw.read_bytes() == path.read_bytes() == content
    assert raw_names(folders) == [f"{digest}.bin"]


def test_modes_do_not_depend_on_the_umask(folders: Folders) -> None:
    previous = os.umask(0)
    try:
        raw = taken(put(folders, "calls.csv"), folders).raw
    finally:
        os.umask(previous)
    assert (raw.stat().st_mode & 0o777, folders.raw.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_same_content_is_kept_once(folders: Folders) -> None:
    first = taken(put(folders, "calls.csv"), folders)
    before = first.raw.stat().st_ino
    second = taken(put(folders, "deep/again.CSV"), folders)
    assert (first.raw, first.sha256) == (second.raw, second.sha256)
    assert second.raw.stat().st_ino == before
    assert len(raw_names(folders)) == 1


def test_a_damaged_raw_copy_is_replaced(folders: Folders) -> None:
    path = put(folders, "calls.csv", b"id\n1\n")
    os.truncate(taken(path, folders).raw, 2)
    assert taken(path, folders).raw.read_bytes() == b"id\n1\n"


def test_names_are_never_patterns(folders: Folders) -> None:
    """F-048: what looks like a pattern is the name of one file."""
    put(folders, "data1.csv", b"wrong")
    assert taken(put(folders, "data[1].csv", b"right"), folders).raw.read_bytes() == b"right"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"bad\xff.csv", "bad\\xff.csv"),
        (b"two\nlines;'\".csv", "two\\nlines;'\".csv"),
        ("\u202egpj.csv".encode(), "\\u202egpj.csv"),
        (b"\x1b[31mred.csv", "\\x1b[31mred.csv"),
        ("größe.csv".encode(), "größe.csv"),
        (b"-rf", "-rf"),
        (b"k=v" + b"y" * 252, "k=v" + "y" * 252),
    ],
)
def test_any_name_is_taken_and_safe_to_print(folders: Folders, name: bytes, shown: str) -> None:
    """F-048: a name is data, whatever signs it has."""
    path = put(folders, os.fsdecode(name))
    result = taken(path, folders)
    assert result.path == path
    assert result.shown == f"{folders.inbox}/{shown}"
    assert result.raw.read_bytes() == b"id\n1\n"


def test_what_is_not_a_plain_file_is_refused_unread(folders: Folders) -> None:
    """F-046: links, pipes, sockets, devices and folders under the name of an export."""
    inbox = folders.inbox
    (inbox / "link.csv").symlink_to(put(folders, "calls.csv"))
    (inbox / "dangling.csv").symlink_to("/nowhere")
    os.mkfifo(inbox / "pipe.csv")
    (inbox / "folder.csv").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(inbox / "socket.csv"))
    reasons = {
        inbox / "link.csv": "is a symbolic link; expected a plain file: name the file that it points to",
        inbox / "dangling.csv": "is a symbolic link; expected a plain file: name the file that it points to",
        inbox / "pipe.csv": "is a pipe; expected a plain file",
        inbox / "folder.csv": "is a folder; expected a plain file",
        inbox / "socket.csv": "is a socket or a device; expected a plain file",
        inbox / "gone.csv": "cannot be opened (No such file or directory); expected a plain file",
        Path("/dev/null"): "is a device; expected a plain file",
    }
    assert [take(path, folders) for path in reasons] == [Refusal(path, reason) for path, reason in reasons.items()]
    assert raw_names(folders) == []


@pytest.mark.parametrize(("is_before", "expected"), [(True, "is a symbolic link"), (False, "id\n1\n")])
def test_a_name_that_is_swapped_for_a_link_opens_nothing_else(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_before: bool, expected: str
) -> None:
    """F-047: swapped right before it is opened or right after, the link is never followed."""
    path = put(folders, "calls.csv")
    (tmp_path / "secret").write_bytes(b"secret")
    plain_open = os.open

    def swap_and_open(name: Path, *how: int, **more: int) -> int:
        opened = None if is_before or name != path else plain_open(name, *how, **more)
        if name == path:
            path.unlink()
            path.symlink_to(tmp_path / "secret")
        return plain_open(name, *how, **more) if opened is None else opened

    monkeypatch.setattr(os, "open", swap_and_open)
    result = take(path, folders)
    assert (result.raw.read_text() if isinstance(result, Taken) else getattr(result, "reason", "")).startswith(expected)


def test_a_file_that_another_process_writes_waits(folders: Folders) -> None:
    path = put(folders, "calls.csv")
    command = [sys.executable, "-S", "-c", HOLD_OPEN, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        result = take(path, folders)
        writer.communicate(timeout=10)
    assert isinstance(result, Waiting)
    assert result.reason.startswith("another program is still writing it")
    assert raw_names(folders) == []
    assert taken(path, folders).bytes == 5


def test_a_file_that_grows_while_it_is_copied_waits(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-032: the writer pauses, and goes on while we read."""
    path = put(folders, "calls.csv")
    read, calls = os.read, count(1)

    def read_and_grow(descriptor: int, size: int) -> bytes:
        chunk = read(descriptor, size)
        if next(calls) == 2:
            with path.open("ab") as file:
                file.write(b"2\n")
        return chunk

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", read_and_grow)
        result = take(path, folders)
    assert result == Waiting(path, "it changed while it was read; load it again when it is complete")
    assert raw_names(folders) == []
    assert taken(path, folders).bytes == 7


def test_a_disk_without_leases_is_read_all_the_same(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    assert taken(put(folders, "calls.csv"), folders).bytes == 5


def test_a_file_that_cannot_be_read_to_its_end_is_refused(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folders, "calls.csv")

    def fail(*_: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "read", fail)
    assert take(path, folders) == Refusal(path, "cannot be read to its end (Input/output error); copy it anew")
    assert raw_names(folders) == []


def test_a_full_disk_leaves_no_half_copy(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folders, "calls.csv")

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CxError, match="the disk is full"):
        take(path, folders)
    assert raw_names(folders) == []


def test_a_read_only_data_folder(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folders, "calls.csv")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folders.raw))

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(UserError, match="raw: may not be written"):
        take(path, folders)


def test_copies_of_killed_runs_are_cleared(folders: Folders) -> None:
    clear_unfinished(folders)
    kept = taken(put(folders, "calls.csv"), folders).raw
    (folders.raw / "taking-0123456789abcdef").write_bytes(b"half")
    clear_unfinished(folders)
    assert raw_names(folders) == [kept.name]


def test_folders_are_walked_in_order(folders: Folders) -> None:
    wanted = ["B.csv", "a.csv", "data[1].csv", "deep/er/y.csv", "z/calls.csv"]
    for name in (*reversed(wanted), ".hidden.csv", ".git/config", "~$a.xlsx", "a.csv.part", "b.CRDOWNLOAD", "c.tmp"):
        put(folders, name)
    (folders.inbox / "link").symlink_to(folders.inbox / "deep")
    files = collect([folders.inbox])
    assert [path.relative_to(folders.inbox).as_posix() for path in files] == [*wanted[:3], "link", *wanted[3:]]
    assert isinstance(take(folders.inbox / "link", folders), Refusal)


def test_what_is_named_outright_is_not_passed_over_and_counts_once(folders: Folders) -> None:
    hidden = put(folders, ".calls.csv")
    plain = put(folders, "calls.csv")
    assert collect([hidden, plain, folders.inbox, hidden]) == (hidden, plain)
    assert collect([]) == ()


def test_a_missing_path_is_the_callers_mistake(folders: Folders) -> None:
    with pytest.raises(UserError, match=r"no\\nwhere\.csv: no such file or folder") as caught:
        collect([folders.inbox, folders.inbox / "no\nwhere.csv"])
    assert caught.value.exit_code == 2
