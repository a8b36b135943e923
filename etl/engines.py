"""Where portable SQL runs: one seam, so that a question does not know its engine."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, Protocol, TypeAlias

import duckdb

Connection: TypeAlias = duckdb.DuckDBPyConnection
EngineError: TypeAlias = duckdb.Error
ENGINE_VERSION = duckdb.__version__
LITTLE_ROWS = 250_000
"""On so few rows waking a second thread costs more than it does."""

MOST_KEPT, MOST_ROWS_KEPT = 512, 500
"""Of results how many are remembered, and with how many rows at most."""


class Engine(Protocol):
    """Runs one SQL statement with bound parameters."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of the result."""
        ...


class DuckEngine:
    """DuckDB over one connection; each question gets its own cursor, so that threads don't meet."""

    def __init__(self, connection: Connection) -> None:
        """`connection` stays open as long as questions come."""
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of the result."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql, list(parameters)).fetchall()


class RememberingEngine:
    """An engine over data that never change, such as a generation's: it runs no statement twice while it remembers it.

    Pages share much: what Today asks the Brief asks again. The longest unused results are forgotten first.
    """

    def __init__(self, engine: Engine) -> None:
        """`engine` runs what is not remembered."""
        self._engine = engine
        self._kept: OrderedDict[tuple[str, str], tuple[tuple[Any, ...], ...]] = OrderedDict()
        self._lock = Lock()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of the result, in a list of the caller's own."""
        key = (sql, repr(list(parameters)))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return list(self._kept[key])
        found = self._engine.rows(sql, parameters)
        if len(found) <= MOST_ROWS_KEPT:
            with self._lock:
                self._kept[key] = tuple(found)
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return found


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """One transaction: its statements are written down once, at the end, and none of them when one fails."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def threads_for(connection: Connection, rows: int) -> Iterator[None]:
    """As many threads as so many rows are worth."""
    given = connection.execute("SELECT current_setting('threads')").fetchone() if rows <= LITTLE_ROWS else None
    if given:
        connection.execute("SET threads = 1")
    try:
        yield
    finally:
        if given:
            connection.execute(f"SET threads = {int(given[0])}")


def run_file(connection: Connection, statements: str, parameters: dict[str, Any] | None = None) -> None:
    """Run the statements of an SQL file one after the other; a statement gets the parameters it names."""
    for statement in connection.extract_statements(statements):
        named = {name: value for name, value in (parameters or {}).items() if name in statement.named_parameters}
        connection.execute(statement, named)


def scratch() -> Connection:
    """A database in memory for looking at a file without loading it."""
    return duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False, "memory_limit": "1200MB"}
    )
