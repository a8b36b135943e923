"""A data folder that is missing, read-only, full or broken is told in a sentence, and yesterday's numbers stand."""

import errno
import os
import resource
import shutil
from collections import namedtuple
from itertools import count
from pathlib import Path

import pytest

from etl.errors import CxError, UserError
from etl.folders import Folders
from etl.warehouse import Warehouse
from tests.etl.warehouses import add_row, names, present, rows

DiskUsage = namedtuple("DiskUsage", "total used free")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty warehouse; its files are in `tmp_path / "warehouse"`."""
    return Warehouse(Folders(tmp_path))


def add_a_million_rows(warehouse: Warehouse) -> None:
    with warehouse.build() as build:
        build.connection.execute("CREATE TABLE big AS SELECT hash(range) AS h FROM range(1000000)")
        build.publish()


def test_missing_data_folder(tmp_path: Path) -> None:
    warehouse = Warehouse(Folders(tmp_path / "nowhere"))
    with pytest.raises(UserError, match="nowhere: no such folder"):
        warehouse.current()
    with pytest.raises(UserError, match="nowhere: no such folder"), warehouse.build():
        pytest.fail("built in a missing folder")


@pytest.mark.parametrize(("call", "number"), [("mkdir", errno.EACCES), ("mkdir", errno.EROFS), ("open", errno.EROFS)])
def test_read_only_data_folder(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: str, number: int
) -> None:
    if call == "open":
        add_row(warehouse)

    def refuse(path: object, *_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(UserError, match="may not be written; expected a data folder") as caught:
        add_row(Warehouse(Folders(tmp_path)))
    assert caught.value.exit_code == 2


def test_disk_full_while_copying(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    add_row(warehouse)
    before = names(tmp_path)

    def fill(_: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", fill)
        with pytest.raises(CxError, match="the disk is full; what was published before still stands"):
            add_row(warehouse)
    assert names(tmp_path) == before
    assert rows(warehouse) == [1]


def test_disk_full_while_the_engine_writes(warehouse: Warehouse, tmp_path: Path) -> None:
    add_row(warehouse)
    before = names(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, limits[1]))
    try:
        with pytest.raises(CxError, match="the disk is full"):
            add_a_million_rows(warehouse)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert names(tmp_path) == before
    assert rows(warehouse) == [1]


@pytest.mark.parametrize(
    ("failing", "expected"),
    [(1, [1]), (2, [1]), (3, [1]), (4, [1]), (5, [1, 2])],
    ids=["spill folder", "generation", "its name", "pointer", "pointer's name"],
)
def test_a_failed_sync_publishes_all_or_nothing(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, failing: int, expected: list[int]
) -> None:
    add_row(warehouse)
    sync, calls = os.fsync, count(1)

    def fail_once(descriptor: int) -> None:
        if next(calls) == failing:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_once)
        with pytest.raises(CxError, match="input/output error"):
            add_row(warehouse)
    assert rows(warehouse) == expected
    assert not present(warehouse).fallback
    add_row(warehouse)
    assert rows(warehouse) == [*expected, len(expected) + 1]


def test_too_little_space_is_told_before_anything_is_copied(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add_row(warehouse)
    size = present(warehouse).path.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _: DiskUsage(0, 0, int(2.1 * size)))
    with pytest.raises(CxError, match="2.2 times the last generation"):
        add_row(warehouse)
    assert rows(warehouse) == [1]
    assert "building" not in " ".join(names(tmp_path))
