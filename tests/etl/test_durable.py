"""Content is replaced whole, and errors of the disk become sentences while mistakes stay mistakes."""

import errno
import os
from pathlib import Path

import pytest

from etl.durable import disk_errors, failpoint, temporary_name, write_atomically
from etl.errors import CxError, UserError


def test_content_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    write_atomically(path, b"old and longer")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [child.name for child in tmp_path.iterdir()] == ["settings.json"]


def test_a_failed_sync_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    write_atomically(path, b"old")

    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(CxError, match="input/output error"), disk_errors(tmp_path):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert temporary_name(path).name == "settings.json.tmp"


@pytest.mark.parametrize(
    ("number", "expected", "exit_code"),
    [(errno.EROFS, UserError, 2), (errno.EACCES, UserError, 2), (errno.ENOSPC, CxError, 1), (errno.EIO, CxError, 1)],
)
def test_disk_errors_name_the_path(number: int, expected: type[CxError], exit_code: int) -> None:
    with pytest.raises(expected, match=r"^data/raw: ") as caught, disk_errors(Path("data")):
        raise OSError(number, os.strerror(number), "data/raw")
    assert caught.value.exit_code == exit_code


def test_a_mistake_in_the_program_is_not_called_a_disk_error() -> None:
    with pytest.raises(FileNotFoundError), disk_errors(Path("data")):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "data/raw")


def test_another_failpoint_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CX_FAILPOINT", "publish.close")
    failpoint("publish.checkpoint")
