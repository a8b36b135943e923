"""What a generation holds, as sorted rows a table, so that two ways of loading can be compared."""

from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from etl.config import Settings, load_settings
from etl.engines import Connection
from etl.folders import Folders
from etl.pipeline import Run, load
from etl.schema import TABLES
from etl.storage import JOINED
from etl.transform.foundation import PLAIN
from etl.warehouse import Warehouse

IDENTIFIER_KEY = "0" * 64
WHEN_LOADED = ("loaded_at", "published_at")
DELIVERY = ("loaded_at", "load_id", "record_number", "delivered_to", "first_delivered_to")
LEDGER = ("core_loads", "core_quarantine", "core_reported")
WHEN_DEFINED = "core_definitions"
FIXED = (*PLAIN, *JOINED)
"""Views of other tables that every generation defines alike; where those tables are equal, so are these."""

Contents = dict[str, list[tuple[object, ...]]]


def data_folder(root: Path) -> Settings:
    """A new data folder in which identifiers always get the same hashes."""
    root.mkdir(parents=True)
    key = Folders(root).identifier_key
    key.touch(mode=0o600)
    key.write_text(IDENTIFIER_KEY)
    return load_settings(root)


def loaded(root: Path, *files: Path) -> Run:
    """A new data folder into which these files were loaded in one run."""
    return load(data_folder(root), files)


def contents(folders: Folders, without: Collection[str] = WHEN_LOADED, but: Collection[str] = ()) -> Contents:
    """The sorted rows of each table of the published generation, without some columns, but for some tables."""
    warehouse = Warehouse(folders)
    published = warehouse.current()
    assert published is not None
    with closing(warehouse.read(published)) as connection:
        tables = [table for table in _tables(connection) if table not in (*but, WHEN_DEFINED)]
        rows = {table: rows_of(connection, table, without) for table in tables if table not in FIXED}
        return {**rows, **{view: _text_of(connection, view) for view in FIXED}}


def delivered(root: Path) -> Contents:
    """What the numbers are made from: all tables but the ledger, without how and in which order it came."""
    return contents(Folders(root), DELIVERY, LEDGER)


def _text_of(connection: Connection, view: str) -> list[tuple[object, ...]]:
    """The SELECT of a view."""
    return connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = ?", [view]).fetchall()


def _tables(connection: Connection) -> list[str]:
    tables = "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
    names = [row[0] for row in connection.execute(f"{tables} ORDER BY ALL").fetchall()]
    assert set(TABLES) <= set(names)
    return names


def rows_of(connection: Connection, table: str, without: Collection[str]) -> list[tuple[object, ...]]:
    """The sorted rows of a table without some columns."""
    names = ", ".join(f"'{column}'" for column in without)
    kept = f"COLUMNS(lambda name: name NOT IN ({names}))"
    return connection.execute(f'SELECT {kept} FROM "{table}" ORDER BY ALL').fetchall()
