"""The write side: what people decide in the app, kept as a journal that says who, when and what it said before."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.errors import Busy, CheckFailed, UserError
from etl.folders import Folders

FILE = "actions.sqlite"
WAIT_SECONDS = 5.0
"""So long a writer waits for another before it says that the store is busy."""
LAYOUT = """
CREATE TABLE IF NOT EXISTS edits (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    content TEXT,
    author TEXT NOT NULL,
    edited_at TEXT NOT NULL,
    UNIQUE (kind, key, version)
)
"""
LATEST = """
SELECT kind, key, version, content, author, edited_at FROM edits AS edit
WHERE kind = ? AND version = (SELECT MAX(version) FROM edits WHERE kind = edit.kind AND key = edit.key)
ORDER BY number
"""
HISTORY = "SELECT kind, key, version, content, author, edited_at FROM edits WHERE kind = ? AND key = ? ORDER BY version"
INSERT = "INSERT INTO edits (kind, key, version, content, author, edited_at) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Edit:
    """What one person decided: the `version`-th content of a thing, from 1 on; None means that it was taken away."""

    kind: str
    key: str
    version: int
    content: Mapping[str, Any] | None
    author: str
    edited_at: datetime


class Changed(UserError):
    """Somebody else changed the same thing meanwhile; nothing was written."""


class Actions:
    """The journal of one data folder: nothing in it is ever overwritten, and several processes may write at once."""

    def __init__(self, folders: Folders) -> None:
        """Only name the file; it is made by the first edit."""
        self._path = folders.root / FILE

    @property
    def edition(self) -> int:
        """The number of edits so far: whoever keeps what he read asks whether it still is the same."""
        if not self._path.exists():
            return 0
        with self._open() as connection:
            return int(connection.execute("SELECT COALESCE(MAX(number), 0) FROM edits").fetchone()[0])

    def current(self, kind: str) -> tuple[Edit, ...]:
        """The things of a kind as they stand, oldest edit first, without those taken away."""
        return tuple(edit for edit in self._read(LATEST, kind) if edit.content is not None)

    def history(self, kind: str, key: str) -> tuple[Edit, ...]:
        """Every version of one thing, the oldest first."""
        return self._read(HISTORY, kind, key)

    def version(self, kind: str, key: str) -> int:
        """Which version of a thing is its newest, taken away or not; 0 for none."""
        return max((edit.version for edit in self.history(kind, key)), default=0)

    def write(self, kind: str, key: str, content: Mapping[str, Any] | None, author: str, version: int = 0) -> Edit:
        """Keep a new version of a thing after the `version` that its author saw, 0 for none; None takes it away.

        Raises Changed when there is a newer version than the one seen, Busy when others keep the store from being
        written, CheckFailed when the file is damaged.
        """
        edit = Edit(kind, key, version + 1, content, author, datetime.now(UTC))
        text = None if content is None else json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        try:
            with self._open(is_writing=True) as connection, connection:
                connection.execute(INSERT, (kind, key, edit.version, text, author, edit.edited_at.isoformat()))
        except sqlite3.IntegrityError as error:
            newest = self.history(kind, key)[-1]
            raise Changed(
                f"{kind} {key}: {newest.author} changed it at {newest.edited_at:%Y-%m-%d %H:%M} UTC; "
                f"you saw version {version}, it is {newest.version} now. Look again, then decide."
            ) from error
        return edit

    def _read(self, statement: str, *parameters: str) -> tuple[Edit, ...]:
        if not self._path.exists():
            return ()
        with self._open() as connection:
            return tuple(_edit(row) for row in connection.execute(statement, parameters))

    @contextmanager
    def _open(self, *, is_writing: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection of its own for each use, so that threads and processes don't meet in one.

        With SQLite's usual journal, not the one written ahead, a folder that can only be read can still be read.
        """
        address = f"{self._path.absolute().as_uri()}?mode={'rwc' if is_writing else 'ro'}"
        is_new = not self._path.exists()
        try:
            with closing(sqlite3.connect(address, timeout=WAIT_SECONDS, uri=True)) as connection:
                if is_writing:
                    connection.execute("PRAGMA synchronous = FULL")
                    connection.execute(LAYOUT)
                if is_new:
                    self._path.chmod(0o600)
                yield connection
        except sqlite3.IntegrityError:
            raise
        except sqlite3.OperationalError as error:
            raise _unavailable(self._path, error) from error
        except sqlite3.DatabaseError as error:
            raise CheckFailed(
                f"{self._path}: does not open ({error}); expected the store of decisions. Restore it from a backup."
            ) from error


def _unavailable(path: Path, error: sqlite3.OperationalError) -> Busy | UserError:
    if "locked" in str(error) or "busy" in str(error):
        return Busy(f"{path}: others have been writing for {WAIT_SECONDS:.0f} s; nothing was written. Try again.")
    return UserError(f"{path}: can't be used ({error}). Choose a data folder that you may write to.")


def _edit(row: tuple[str, str, int, str | None, str, str]) -> Edit:
    kind, key, version, content, author, edited_at = row
    read = None if content is None else json.loads(content)
    return Edit(kind, key, version, read, author, datetime.fromisoformat(edited_at))
