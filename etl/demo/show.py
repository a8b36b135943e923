"""A demo in a data folder: refuses to mix with other data, replaces an earlier demo, writes it and loads it."""

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import pipeline
from etl.config import load_settings
from etl.demo.company import Demo, Written, write_demo
from etl.durable import write_atomically
from etl.errors import CheckFailed, UserError
from etl.folders import Folders
from etl.warehouse import Warehouse

MARKER = ".demo.json"
REFERENCES = (
    "map.csv", "questions.toml", "customers.csv", "promises.toml", "causes.csv", "hours.toml", "owners.csv",
    "plans.csv",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What was written, and the run that loaded it."""

    written: Written
    run: pipeline.Run


def show(demo: Demo) -> Shown:
    """Write the demo's exports into the inbox and load them like any other input.

    Raises UserError where the folder holds anything that is not of an earlier demo.
    """
    folders = Folders(demo.folder)
    demo.folder.mkdir(parents=True, exist_ok=True)
    warehouse = Warehouse(folders)
    with warehouse.lock():
        _require_own(folders, warehouse)
        _clear(folders)
        write_atomically(folders.root / MARKER, json.dumps({"files": []}).encode())
        written = write_demo(demo)
        names = [str(path.relative_to(folders.root)) for path in written.files]
        write_atomically(folders.root / MARKER, json.dumps({"files": names}).encode())
    return Shown(written, pipeline.load(load_settings(demo.folder), [folders.inbox]))


def _require_own(folders: Folders, warehouse: Warehouse) -> None:
    """Everything in the inbox and in the ledger must come from an earlier demo."""
    own = set(_marked(folders))
    strangers = [
        path for path in folders.inbox.rglob("*") if path.is_file() and str(path.relative_to(folders.root)) not in own
    ]
    strangers += [
        folders.root / name for name in REFERENCES if not _has_marker(folders) and (folders.root / name).exists()
    ]
    loaded = _loaded_files(warehouse)
    strangers += [Path(name) for name in loaded if not any(Path(name).name == Path(mine).name for mine in own)]
    if strangers:
        raise UserError(
            f"{folders.root}: holds other data ({strangers[0].name}); a demo never mixes with it. "
            "Name an empty folder: cx demo --data demo-data."
        )


def _loaded_files(warehouse: Warehouse) -> list[str]:
    with suppress(CheckFailed):
        published = warehouse.current()
        if published:
            connection = warehouse.read(published)
            try:
                return [name for (name,) in connection.execute("SELECT file_name FROM core_loads").fetchall()]
            finally:
                connection.close()
    return []


def _has_marker(folders: Folders) -> bool:
    return (folders.root / MARKER).exists()


def _marked(folders: Folders) -> list[str]:
    path = folders.root / MARKER
    content: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return list(content.get("files", []))


def _clear(folders: Folders) -> None:
    """Remove an earlier demo: its files, what was loaded from them, and the references it wrote."""
    if not _has_marker(folders):
        return
    for name in (*_marked(folders), *REFERENCES):
        (folders.root / name).unlink(missing_ok=True)
    for folder in (folders.raw, folders.quarantine):
        shutil.rmtree(folder, ignore_errors=True)
    for path in folders.warehouse.glob("*"):
        if path.name != "lock":
            path.unlink() if path.is_file() else shutil.rmtree(path)
