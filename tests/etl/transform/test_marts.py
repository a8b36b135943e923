"""A refresh of some days leaves each mart as building it anew would; which sources feed a metric is noted rightly."""

import shutil
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.config import Settings
from etl.engines import Connection, DuckEngine
from etl.metrics.base import BASE_TABLES, ROW_TABLES, FactName
from etl.metrics.cells import WEEK_MARTS
from etl.metrics.marts import marts
from etl.metrics.standing import Standing
from etl.transform import runner, scopes
from etl.warehouse import Warehouse
from tests.loaded import END

NAMES = (*(mart.name for mart in marts()), *WEEK_MARTS)
BEFORE_ALL = date(2000, 1, 3)
"""A day without any record."""
APART = (END - timedelta(days=90), END - timedelta(days=20), END - timedelta(days=19))
MANY = tuple(END - timedelta(days=2 * back) for back in range(10, 45))
"""More days than are named one by one."""


@pytest.fixture
def copied(small_demo: Settings, tmp_path: Path) -> Iterator[Connection]:
    """The demo's generation, to be written to."""
    published = Warehouse(small_demo.folders).current()
    assert published is not None
    path = shutil.copyfile(published.path, tmp_path / "copy.duckdb")
    with duckdb.connect(path) as connection:
        scopes.open_scopes(connection)
        yield connection


def held(connection: Connection) -> Mapping[str, list[tuple[Any, ...]]]:
    """The rows of each mart."""
    return {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in NAMES}


def spoil(connection: Connection, days: Collection[date]) -> None:
    """Take away what the marts hold of some days, and put one day into them that no record has."""
    for name in NAMES:
        column = "week_start" if name in WEEK_MARTS else "business_day"
        starts = [day - timedelta(days=day.weekday()) if name in WEEK_MARTS else day for day in days]
        connection.execute(f"INSERT INTO {name} BY NAME SELECT DATE '{BEFORE_ALL}' AS {column}")
        connection.execute(f"DELETE FROM {name} WHERE list_contains(?, {column})", [starts])


@pytest.mark.parametrize("days", [APART, APART[1:], MANY], ids=["apart", "in a row", "many"])
def test_refreshed(copied: Connection, small_demo: Settings, days: tuple[date, ...]) -> None:
    built = held(copied)
    spoil(copied, days)
    copied.execute("INSERT INTO core_calendar BY NAME SELECT ? AS day, ? AS week_start", [BEFORE_ALL, BEFORE_ALL])
    for day in (*days, BEFORE_ALL):
        copied.execute("INSERT INTO scope_days VALUES (?)", [day])
    assert held(copied) != built
    runner.run_marts(copied, small_demo, is_full=False)
    assert held(copied) == built


def test_nothing_touched(copied: Connection, small_demo: Settings) -> None:
    built = held(copied)
    runner.run_marts(copied, small_demo, is_full=False)
    assert held(copied) == built
    runner.run_marts(copied, small_demo, is_full=True)
    assert held(copied) == built


@pytest.mark.parametrize("fact", BASE_TABLES)
def test_facts_have_rows_on_no_other_day_than_what_they_are_made_of(copied: Connection, fact: FactName) -> None:
    made, made_of = (f"SELECT business_day FROM {table[fact]}" for table in (BASE_TABLES, ROW_TABLES))
    assert copied.execute(f"{made} EXCEPT {made_of}").fetchall() == []


def test_marts_of_an_earlier_version_go(copied: Connection, small_demo: Settings) -> None:
    copied.execute("CREATE TABLE mart_day_contacts_by_source AS SELECT 1 AS one")
    copied.execute("DELETE FROM core_facts WHERE name = 'marts'")
    runner.run_marts(copied, small_demo, is_full=False)
    held = copied.execute("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'mart%'").fetchall()
    assert sorted(held) == sorted((name,) for name in NAMES)


def test_noted_feeds(copied: Connection, small_demo: Settings) -> None:
    counted = Standing(DuckEngine(copied), small_demo).counted_feeds()
    noted = copied.execute("SELECT metric, source FROM core_feeds ORDER BY ALL").fetchall()
    assert noted == sorted((metric, source) for metric, sources in counted.items() for source in sources)
    assert counted["volume_offered"] == set()
    assert len(counted["contacts"]) > 1
    copied.execute("DELETE FROM core_feeds")
    assert Standing(DuckEngine(copied), small_demo).feeds["contacts"] == frozenset()
    runner.run_marts(copied, small_demo, is_full=False)
    assert Standing(DuckEngine(copied), small_demo).feeds["contacts"] == counted["contacts"]
