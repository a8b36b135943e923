"""Generations are published whole or not at all, and readers see the newest sound one and nothing else."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC
from pathlib import Path

import duckdb
import pyarrow
import pytest

from etl.errors import Busy, CheckFailed, UserError
from etl.folders import Folders
from etl.warehouse import PUBLISH_STEPS, Warehouse
from tests.etl.warehouses import add_row, names, present, rows

PROJECT = Path(__file__).parents[2]
SWITCHED = PUBLISH_STEPS.index("publish.switch_pointer")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty warehouse; its files are in `tmp_path / "warehouse"`."""
    return Warehouse(Folders(tmp_path))


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder per publish step, each left by a process that was killed there."""
    root = tmp_path_factory.mktemp("killed")
    subprocess.run([sys.executable, "-m", "tests.etl.warehouses", str(root)], cwd=PROJECT, check=True, timeout=60)
    return root


@pytest.mark.parametrize("step", PUBLISH_STEPS)
def test_kill_leaves_one_generation_whole_and_the_next_build_works(killed: Path, step: str) -> None:
    warehouse = Warehouse(Folders(killed / step))
    before = [1, 2] if PUBLISH_STEPS.index(step) >= SWITCHED else [1]
    assert rows(warehouse) == before
    assert not present(warehouse).fallback
    add_row(warehouse)
    latest = present(warehouse)
    assert rows(warehouse) == [*before, latest.generation]
    kept = {f"w{number}.duckdb" for number in rows(warehouse)}
    assert names(killed / step) == {*kept, "CURRENT", "lock", "spill"}


def test_first_generation(warehouse: Warehouse, tmp_path: Path) -> None:
    assert warehouse.current() is None
    with warehouse.build() as build:
        assert (build.generation, build.copy_seconds) == (1, 0.0)
        build.connection.execute("CREATE TABLE loads AS SELECT 7 AS generation")
        published = build.publish()
    assert published == present(warehouse)
    assert (published.generation, published.published_at.tzinfo) == (1, UTC)
    assert rows(warehouse) == [7]
    assert json.loads((tmp_path / "warehouse" / "CURRENT").read_text())["engine_version"] == duckdb.__version__


def test_modes_do_not_depend_on_the_umask(warehouse: Warehouse, tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        add_row(warehouse)
        add_row(warehouse)
    finally:
        os.umask(previous)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "warehouse").iterdir()}
    files = dict.fromkeys(("w1.duckdb", "w2.duckdb", "CURRENT", "lock"), 0o600)
    assert modes == {**files, "spill": 0o700}
    assert (tmp_path / "warehouse").stat().st_mode & 0o777 == 0o700


def test_build_copies_the_last_generation_and_says_how_long_it_took(warehouse: Warehouse) -> None:
    add_row(warehouse)
    with warehouse.build() as build:
        assert build.copy_seconds > 0
        assert build.connection.execute("SELECT generation FROM loads").fetchall() == [(1,)]


def test_a_view_outlives_the_change_of_name(warehouse: Warehouse) -> None:
    with warehouse.build() as build:
        build.connection.execute("CREATE TABLE facts AS SELECT 1 AS generation")
        build.connection.execute("CREATE VIEW loads AS SELECT generation FROM facts")
        build.publish()
    assert rows(warehouse) == [1]


@pytest.mark.parametrize("ending", ["nothing published", "exception"])
def test_what_is_not_published_leaves_no_trace(warehouse: Warehouse, tmp_path: Path, ending: str) -> None:
    add_row(warehouse)
    before = names(tmp_path)

    def spoil() -> None:
        with warehouse.build() as build:
            build.connection.execute("DROP TABLE loads")
            if ending == "exception":
                raise KeyError(ending)

    if ending == "exception":
        with pytest.raises(KeyError):
            spoil()
    else:
        spoil()
    assert names(tmp_path) == before
    assert rows(warehouse) == [1]


@pytest.mark.parametrize(
    "pointer",
    [b"", b'{"generation": 2, "by', b"[]", b'{"generation": 9, "bytes": 1, "schema_version": 1}', None],
    ids=["empty", "torn", "no object", "missing file", "missing"],
)
def test_without_a_usable_pointer_the_newest_sound_generation_is_read(
    warehouse: Warehouse, tmp_path: Path, pointer: bytes | None
) -> None:
    add_row(warehouse)
    add_row(warehouse)
    if pointer is None:
        (tmp_path / "warehouse" / "CURRENT").unlink()
    else:
        (tmp_path / "warehouse" / "CURRENT").write_bytes(pointer)
    assert (present(warehouse).generation, present(warehouse).fallback) == (2, True)
    add_row(warehouse)
    assert rows(warehouse) == [1, 2, 3]


@pytest.mark.parametrize("damage", ["deleted", "empty", "cut", "log beside it"])
def test_a_damaged_generation_is_passed_over(warehouse: Warehouse, tmp_path: Path, damage: str) -> None:
    add_row(warehouse)
    add_row(warehouse)
    newest = tmp_path / "warehouse" / "w2.duckdb"
    if damage == "deleted":
        newest.unlink()
    elif damage == "log beside it":
        (tmp_path / "warehouse" / "w2.duckdb.wal").write_bytes(b"\0" * 100)
    else:
        os.truncate(newest, 0 if damage == "empty" else newest.stat().st_size // 2)
    assert rows(warehouse) == [1]
    assert present(warehouse).fallback


def test_history_is_never_begun_anew_over_damaged_files(warehouse: Warehouse, tmp_path: Path) -> None:
    add_row(warehouse)
    (tmp_path / "warehouse" / "w1.duckdb").write_bytes(b"")
    with pytest.raises(CheckFailed, match="none of the 1 generations is sound"):
        add_row(warehouse)


def test_flipped_bits_in_the_header_are_told(warehouse: Warehouse, tmp_path: Path) -> None:
    add_row(warehouse)
    with (tmp_path / "warehouse" / "w1.duckdb").open("r+b") as file:
        file.write(b"\xff" * 64)
    with pytest.raises(CheckFailed, match=r"w1\.duckdb: does not open"):
        warehouse.read(present(warehouse))
    with pytest.raises(CheckFailed, match=r"w1\.duckdb: does not open"):
        add_row(warehouse)


def test_a_newer_program_wrote_it(warehouse: Warehouse, tmp_path: Path) -> None:
    add_row(warehouse)
    pointer = tmp_path / "warehouse" / "CURRENT"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"schema_version": 99}))
    with pytest.raises(UserError, match="holds version 99 of the tables"):
        warehouse.current()


def test_the_second_run_is_busy(warehouse: Warehouse, tmp_path: Path) -> None:
    second = Warehouse(Folders(tmp_path))
    with warehouse.lock():
        with pytest.raises(Busy, match="Wait until it has ended") as caught, second.build():
            pytest.fail("two builds at once")
        add_row(warehouse)
    assert caught.value.exit_code == 75
    add_row(second)
    assert rows(warehouse) == [1, 2]


def test_three_generations_are_kept_and_a_reader_of_an_older_one_goes_on(warehouse: Warehouse, tmp_path: Path) -> None:
    add_row(warehouse)
    with closing(warehouse.read(present(warehouse))) as reader:
        for _ in range(4):
            add_row(warehouse)
        assert {name for name in names(tmp_path) if name.startswith("w")} == {"w3.duckdb", "w4.duckdb", "w5.duckdb"}
        assert reader.cursor().execute("SELECT count(*) FROM loads").fetchall() == [(1,)]
    assert rows(warehouse) == [1, 2, 3, 4, 5]


def test_leftovers_of_killed_builds_are_removed(warehouse: Warehouse, tmp_path: Path) -> None:
    add_row(warehouse)
    folder = tmp_path / "warehouse"
    leftovers = ("building-2-ab.duckdb", "building-2-ab.duckdb.wal", "CURRENT.tmp", "w7.duckdb", "spill/rows.tmp")
    for name in leftovers:
        (folder / name).write_bytes(b"left")
    with warehouse.build() as build:
        assert build.generation == 8
        assert not [name for name in leftovers if (folder / name).exists()]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (i INTEGER)",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY loads TO 'out.csv'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET threads = 1",
        "SELECT * FROM rows_of_python",
    ],
)
def test_a_reader_cannot_write_or_look_elsewhere(warehouse: Warehouse, statement: str) -> None:
    add_row(warehouse)
    rows_of_python = pyarrow.table({"i": [1]})
    assert rows_of_python.num_rows == 1
    with closing(warehouse.read(present(warehouse))) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)
