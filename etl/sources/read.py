"""Staging: the records of one file as text columns, and the lines that are no records."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from etl.engines import Connection, EngineError
from etl.errors import FileRefused
from etl.sources.base import Head, Source
from etl.sources.catalogue import file_column
from etl.sources.fields import literal, quoted

ENGINE_WORDS = re.compile(r'^[\w ]* Error: | in file "[^"]*",?')
EXCEL_TIME_PREFIX = r"^1899-12-3[01] "
EXCEL_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"
NO_OBJECT = "(json IS NULL OR json_type(json) <> 'OBJECT')"
UNIT_SEPARATOR = "\x1f"  # never inside valid JSON, so that a line is one column
LONGEST_RECORD = 1 << 22
BUFFER_BYTES = 1 << 25


@dataclass(frozen=True)
class Staged:
    """Where the text records of one file are read from, in file order.

    `relation` is a FROM clause with one text column per column that the source reads (null where the file
    lacks it); reading it notes the lines that are no records. `whole` reads the same records again with all
    the file's columns and their `row`, counting from 0.
    """

    relation: str
    whole: str
    header_rows: int


def stage(connection: Connection, path: Path, source: Source, head: Head) -> Staged:
    """Make the records of a raw copy readable; lines that are no records are known after the first reading.

    Raises FileRefused when the file as a whole can't be read.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rejected (line BIGINT, column_name VARCHAR, reason VARCHAR, raw VARCHAR)"
    )
    connection.execute("DROP TABLE IF EXISTS csv_errors; DROP TABLE IF EXISTS csv_scans")
    with readable(source):
        if head.form == "json":
            return _stage_json(connection, path, source, head)
        if head.layout == "xlsx":
            return _stage_workbook(connection, path, source, head)
    return _stage_csv(path, source, head)


@contextmanager
def readable(source: Source) -> Iterator[None]:
    """Tell an engine's complaint about a file as a refusal of that file."""
    try:
        yield
    except EngineError as error:
        complaint = ENGINE_WORDS.sub("", str(error).splitlines()[0]).strip(" .")
        raise FileRefused(f"not readable as {source.name}: {complaint}. Export it again.") from error


def note_rejected(connection: Connection, head: Head) -> None:
    """Fill `rejected` (line, column_name, reason, raw) with the lines that the first reading found to be no records."""
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'csv_errors'").fetchone():
        return
    connection.execute(
        "INSERT INTO rejected SELECT line, NULL, lower(min(error_type)) || '; expected ' || "
        "CASE min(error_type) WHEN 'INVALID ENCODING' THEN 'UTF-8' ELSE ? || ' columns' END, "
        "any_value(csv_line) FROM csv_errors GROUP BY line ORDER BY line",
        [str(len(head.columns))],
    )


def column_sources(source: Source, head: Head) -> dict[str, str | None]:
    """For each column that the source reads, the file's own name of it, or None where the file lacks it."""
    return {column: file_column(source, column, head) for column in source.columns}


def _selection(source: Source, head: Head) -> str:
    """The source's columns under its own names, with the blank header name staged as `column 1` and so on."""
    parts = []
    for column, own in column_sources(source, head).items():
        value = "CAST(NULL AS VARCHAR)" if own is None else quoted(staged_name(head, own))
        parts.append(f"{value} AS {quoted(column)}")
    return ", ".join(parts)


def staged_name(head: Head, column: str) -> str:
    """The name under which a file column is read: its own, or its position where the header is blank."""
    return column or f"column {head.columns.index(column) + 1}"


def _stage_csv(path: Path, source: Source, head: Head) -> Staged:
    names = ", ".join(f"{literal(staged_name(head, column))}: 'VARCHAR'" for column in _unique(head))
    reading = (
        f"read_csv({literal(_exact(path))}, columns = {{{names}}}, auto_detect = false, header = false, "
        f"skip = {source.header_rows}, delim = {literal(head.delimiter)}, quote = '\"', escape = '\"', "
        f"strict_mode = true, max_line_size = {LONGEST_RECORD}, buffer_size = {BUFFER_BYTES}"
    )
    noting = "store_rejects = true, rejects_table = 'csv_errors', rejects_scan = 'csv_scans', rejects_limit = 0"
    return Staged(
        f"(SELECT {_selection(source, head)} FROM {reading}, {noting})) AS staged",
        f"(SELECT row_number() OVER () - 1 AS row, * FROM {reading}, ignore_errors = true))",
        source.header_rows,
    )


def _unique(head: Head) -> tuple[str, ...]:
    blank = [index for index, column in enumerate(head.columns) if not column]
    if len(blank) > 1:
        places = ", ".join(str(index + 1) for index in blank)
        raise FileRefused(f"line 1: columns {places} have no name; expected at most one without. Name them.")
    return head.columns


def _exact(path: Path) -> str:
    """The path as the engine must read it: a raw copy has an internal name without pattern characters."""
    text = str(path)
    return "".join(f"[{char}]" if char in "*?[" else char for char in text)


def _stage_workbook(connection: Connection, path: Path, source: Source, head: Head) -> Staged:
    sheet = fastexcel.read_excel(path).load_sheet(head.sheet or 0, header_row=None, dtypes="string")
    table = pa.table(sheet.to_arrow()).slice(source.header_rows)
    names = [staged_name(head, column) for column in _unique(head)][: table.num_columns]
    columns = [_cell_texts(column.cast(pa.string())) for column in table.columns]
    connection.register("workbook", pa.table(columns[: len(names)], names=names))
    connection.execute("CREATE OR REPLACE TEMP TABLE sheet AS SELECT * FROM workbook")
    connection.unregister("workbook")
    return Staged(
        f"(SELECT {_selection(source, head)} FROM sheet) AS staged",
        "(SELECT rowid AS row, * FROM sheet)",
        source.header_rows,
    )


def _cell_texts(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """A time without the day that Excel counts from, a day without its midnight."""
    times = pc.replace_substring_regex(cells, EXCEL_TIME_PREFIX, "")
    return pc.replace_substring_regex(times, EXCEL_MIDNIGHT, r"\1")


def _stage_json(connection: Connection, path: Path, source: Source, head: Head) -> Staged:
    reader = {
        "lines": "read_ndjson_objects({path}, ignore_errors = true, maximum_object_size = {size})",
        "array": "read_json_objects({path}, format = 'array', maximum_object_size = {size})",
        "objects": "read_json_objects({path}, format = 'unstructured', maximum_object_size = {size})",
    }[head.layout]
    records = reader.format(path=literal(_exact(path)), size=LONGEST_RECORD)
    paths = ", ".join(literal("$." + ".".join(f'"{step}"' for step in column.split("."))) for column in source.columns)
    columns = ", ".join(f"found[{place}] AS {quoted(name)}" for place, name in enumerate(source.columns, 1))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE documents AS SELECT json FROM {records}")
    if connection.execute(f"SELECT 1 FROM documents WHERE {NO_OBJECT} LIMIT 1").fetchone():
        _reject_documents(connection, path, head)
    connection.execute(f"DELETE FROM documents WHERE {NO_OBJECT}")
    found = f"(SELECT json_extract_string(json, [{paths}]) AS found FROM documents)"
    whole = "(SELECT row_number() OVER (ORDER BY rowid) - 1 AS row, CAST(json AS VARCHAR) AS document FROM documents)"
    return Staged(f"(SELECT {columns} FROM {found}) AS staged", whole, 0)


def _reject_documents(connection: Connection, path: Path, head: Head) -> None:
    """Note the documents that are no objects; in NDJSON with line and text, which the JSON reader does not keep."""
    lines = "SELECT 1 AS line, '' AS text WHERE FALSE"
    if head.layout == "lines":
        lines = (
            f"SELECT row_number() OVER () AS line, text FROM read_csv({literal(_exact(path))}, "
            f"columns = {{'text': 'VARCHAR'}}, auto_detect = false, header = false, delim = {literal(UNIT_SEPARATOR)}, "
            f"quote = '', escape = '', strict_mode = false, ignore_errors = true, "
            f"max_line_size = {LONGEST_RECORD}, buffer_size = {BUFFER_BYTES})"
        )
    connection.execute(
        f"""
        INSERT INTO rejected
        WITH lines AS ({lines}), numbered AS (
            SELECT line, text, row_number() OVER (ORDER BY line) - 1 AS row
            FROM lines WHERE regexp_matches(text, '\\S')
        )
        SELECT coalesce(numbered.line, documents.rowid + 1), NULL, 'not a JSON object; expected one object a record',
            coalesce(numbered.text, CAST(documents.json AS VARCHAR))
        FROM documents LEFT JOIN numbered ON numbered.row = documents.rowid WHERE {NO_OBJECT}
        """
    )
