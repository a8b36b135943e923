"""One export as a file of its own: loaded into a new data folder, what is told of it, and what is held afterwards."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from etl.config import Folders, load_settings
from etl.pipeline import FileReport, load
from etl.warehouse import Warehouse
from tests.etl.contents import data_folder, loaded


def file(folder: Path, content: object, name: str = "export") -> Path:
    """A file with this text, or with this document as JSON."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def report(folder: Path, content: object) -> FileReport:
    """What is told of a file with this content."""
    (only,) = loaded(folder / "data", file(folder, content)).files
    return only


def told(folder: Path, content: object) -> tuple[str, str | None, int | None, int | None, int | None]:
    """Its status and source, and how many of its records were read, loaded and put aside."""
    found = report(folder, content)
    return found.status, found.source, found.read, found.loaded, found.quarantined


def loaded_under(folder: Path, settings: str, path: Path) -> FileReport:
    """What is told of a file that is loaded under these settings."""
    root = data_folder(folder / "data").folders.root
    (root / "settings.toml").write_text(settings, encoding="utf-8")
    (only,) = load(load_settings(root), [path]).files
    return only


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a question to what was loaded."""
    warehouse = Warehouse(Folders(folder / "data"))
    published = warehouse.current()
    assert published is not None
    with closing(warehouse.read(published)) as connection:
        return connection.execute(sql).fetchall()
