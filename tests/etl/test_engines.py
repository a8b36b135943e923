"""Little work runs on one thread, also when it fails; after it there are as many as before."""

from contextlib import suppress

import duckdb
import pytest

from etl.engines import LITTLE_ROWS, Connection, threads_for


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
