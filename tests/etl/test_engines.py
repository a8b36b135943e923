"""Little work runs on one thread, also when it fails; and no statement runs twice on data that never change."""

from contextlib import suppress

import duckdb
import pytest

from etl.engines import LITTLE_ROWS, MOST_ROWS_KEPT, Connection, DuckEngine, RememberingEngine, threads_for


def threads(connection: Connection) -> int:
    """How many threads work."""
    (found,) = connection.execute("SELECT current_setting('threads')").fetchall()
    return int(found[0])


@pytest.mark.parametrize(("rows", "within"), [(0, 1), (LITTLE_ROWS, 1), (LITTLE_ROWS + 1, 3)])
def test_threads_fit_the_work(rows: int, within: int) -> None:
    with duckdb.connect(config={"threads": 3}) as connection:
        with suppress(ZeroDivisionError), threads_for(connection, rows):
            assert threads(connection) == within
            raise ZeroDivisionError
        assert threads(connection) == 3


def test_a_statement_runs_once_for_each_of_its_parameters() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE SEQUENCE runs")
        engine = RememberingEngine(DuckEngine(connection))
        asked = "SELECT nextval('runs'), ?"
        first = engine.rows(asked, [1])
        first.append(("the caller's own",))
        assert engine.rows(asked, [1]) == [(1, 1)]
        assert engine.rows(asked, ["1"]) == [(2, "1")]


def test_what_has_many_rows_is_not_kept() -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE SEQUENCE runs")
        engine = RememberingEngine(DuckEngine(connection))
        asked = f"SELECT nextval('runs') FROM range({MOST_ROWS_KEPT + 1})"
        assert engine.rows(asked)[0] == (1,)
        assert engine.rows(asked)[0] == (MOST_ROWS_KEPT + 2,)
