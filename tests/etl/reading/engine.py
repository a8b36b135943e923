"""A survey and the engine's reading of what it calls sound, as the loading does it."""

from pathlib import Path

import duckdb

from etl.reading.survey import Dialect, Survey, survey

Rows = list[tuple[str, ...]]


def surveyed(folder: Path, data: bytes, dialect: Dialect, columns: int, **kept: int) -> Survey:
    """The survey of a file of these bytes."""
    path, out = folder / "input.csv", folder / "sound.csv"
    path.write_bytes(data)
    out.unlink(missing_ok=True)
    return survey(path, out, dialect, columns, **kept)


def engine_rows(connection: duckdb.DuckDBPyConnection, found: Survey, columns: int) -> Rows:
    """The records that the engine reads, header included; it must reject none."""
    connection.execute("DROP TABLE IF EXISTS csv_errors; DROP TABLE IF EXISTS csv_scans")
    names = ", ".join(f"'c{column}': 'VARCHAR'" for column in range(columns))
    sign = [found.dialect.delimiter, found.dialect.quote, found.dialect.escape]
    delimiter, quote, escape = ("'" + mark.replace("'", "''") + "'" for mark in sign)
    line_end = ", new_line = '\\n'" if found.line_end == "\n" else ""
    rows = connection.execute(
        f"SELECT * FROM read_csv('{found.path}', columns = {{{names}}}, auto_detect = false, header = false, "
        f"strict_mode = true, delim = {delimiter}, quote = {quote}, escape = {escape}{line_end}, "
        "max_line_size = 4194304, buffer_size = 8388608, store_rejects = true, rejects_table = 'csv_errors', "
        "rejects_scan = 'csv_scans', rejects_limit = 0)"
    ).fetchall()
    assert connection.execute("SELECT count(*) FROM csv_errors").fetchone() == (0,)
    return [tuple(cell or "" for cell in row) for row in rows]
