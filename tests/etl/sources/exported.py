"""One export as a file of its own: landed in a data folder, what is told of it, and what is held afterwards."""

import json
import re
from pathlib import Path
from typing import Any

from etl.pipeline import FileReport
from tests.etl.contents import data_folder
from tests.etl.sources.landed import Landing

CONCLUDED = re.compile(r"\bcore_(contacts|scores|chain_contacts|failures|votes)\b")
LANDINGS: dict[Path, Landing] = {}
"""What the files of the running test landed in, by the folder of the test; closed when it ends."""


def file(folder: Path, content: object, name: str = "export") -> Path:
    """A file with this text, or with this document as JSON."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def land(folder: Path, *files: Path) -> list[FileReport]:
    """What is told of some files, one landed after the other."""
    if folder not in LANDINGS:
        LANDINGS[folder] = Landing(data_folder(folder / "data").folders.root)
    return [LANDINGS[folder].receive(path) for path in files]


def report(folder: Path, content: object) -> FileReport:
    """What is told of a file with this content."""
    (only,) = land(folder, file(folder, content))
    return only


def told(folder: Path, content: object) -> tuple[str, str | None, int | None, int | None, int | None]:
    """Its status and source, and how many of its records were read, loaded and put aside."""
    found = report(folder, content)
    return found.status, found.source, found.read, found.loaded, found.quarantined


def loaded_under(folder: Path, settings: str, path: Path) -> FileReport:
    """What is told of a file that is landed under these settings."""
    root = data_folder(folder / "data").folders.root
    (root / "settings.toml").write_text(settings, encoding="utf-8")
    LANDINGS[folder] = Landing(root)
    (only,) = land(folder, path)
    return only


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a question to what has landed, and to what follows from it where it is asked for that."""
    landing = LANDINGS[folder]
    if CONCLUDED.search(sql):
        landing.conclude()
    return landing.connection.execute(sql).fetchall()
