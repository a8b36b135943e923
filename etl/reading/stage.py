"""Staging: the plain records of one file as text columns in the engine, counted against the first reading."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from etl.engines import Connection, EngineError
from etl.errors import FileRefused
from etl.reading.dialect import LONGEST_RECORD
from etl.reading.plain import Plain
from etl.sources.base import Source
from etl.sources.posts.own import with_own_posts
from etl.sources.spelling import file_column
from etl.sources.texts import literal, quoted

ENGINE_WORDS = re.compile(r'^[\w ]* Error: | in file "[^"]*",?')
BUFFER_BYTES = 1 << 25
OBJECT_BYTES = 1 << 26
"""The engine reads JSON in stretches of twice this size: a quarter of the time goes where they are small."""
MOST_BUFFERS = 4
RECORDS_AT_ONCE = 450_000
UNIT_SEPARATOR = "\x1f"  # never inside valid JSON, so that a line is one column
NO_OBJECT = "(json IS NULL OR json_type(json) <> 'OBJECT')"
NOTING = "store_rejects = true, rejects_table = 'csv_errors', rejects_scan = 'csv_scans', rejects_limit = 0"


class Unreadable(FileRefused):
    """A file that the engine gave up on; JSON lines can still be read one by one."""


@dataclass(frozen=True)
class Staged:
    """Where the text records of one file are read from, in file order.

    `relation` is a FROM clause with one text column per column that the source reads (null where the file
    lacks it). `whole` reads the same records again with all the file's columns and their `row`, counting from 0.
    `plain` is what they were read from.
    """

    relation: str
    whole: str
    plain: Plain


def stage(connection: Connection, plain: Plain, source: Source) -> Staged:
    """Make the plain records of a file readable for the engine, and `rejected` of what was set aside before.

    Raises FileRefused when the file as a whole can't be read.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rejected (line BIGINT, column_name VARCHAR, reason VARCHAR, raw VARCHAR)"
    )
    connection.execute("DROP TABLE IF EXISTS csv_errors; DROP TABLE IF EXISTS csv_scans")
    if plain.rejected:
        connection.execute(
            f"INSERT INTO rejected SELECT line, NULL, reason, raw FROM read_json({literal(str(plain.rejected))}, "
            "format = 'newline_delimited', columns = {line: 'BIGINT', reason: 'VARCHAR', raw: 'VARCHAR'}, "
            f"maximum_object_size = {2 * LONGEST_RECORD})"
        )
    staging = {"csv": _stage_csv, "parquet": _stage_parquet, "ndjson": _stage_json}[plain.layout]
    with readable(source):
        return staging(connection, plain, source)


@contextmanager
def readable(source: Source) -> Iterator[None]:
    """Tell an engine's complaint about a file as a refusal of that file."""
    try:
        yield
    except EngineError as error:
        complaint = ENGINE_WORDS.sub("", str(error).splitlines()[0]).strip(" .")
        raise Unreadable(f"not readable as {source.name}: {complaint}. Export it again.") from error


def note_rejected(connection: Connection, plain: Plain) -> None:
    """Add to `rejected` the lines that the engine found to be no records, and hold both readings against each other.

    Raises FileRefused when they found different numbers of records.
    """
    by_engine = 0
    if connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'csv_errors'").fetchone():
        (by_engine,) = connection.execute("SELECT count(DISTINCT line) FROM csv_errors").fetchall()[0]
        connection.execute(
            "INSERT INTO rejected SELECT line, NULL, lower(min(error_type)) || '; expected ' || "
            "CASE min(error_type) WHEN 'INVALID ENCODING' THEN 'UTF-8' ELSE ? || ' columns' END, "
            "any_value(csv_line) FROM csv_errors GROUP BY line ORDER BY line",
            [str(len(plain.columns))],
        )
    (found,) = connection.execute("SELECT count(*) FROM typed").fetchall()[0]
    (set_aside,) = connection.execute("SELECT count(*) FROM rejected").fetchall()[0]
    expected = plain.records - plain.header_rows
    if found + set_aside - plain.rejected_count != expected:
        raise FileRefused(
            f"two readings of the file disagree: {expected} records by its line ends and delimiters, "
            f"{found + by_engine} by the engine. Nothing was loaded; export the file again."
        )


def column_sources(source: Source, plain: Plain) -> dict[str, str | None]:
    """For each column that the source reads, the file's own name of it, or None where the file lacks it."""
    return {column: file_column(source, column, plain.columns) for column in source.columns}


def _selection(source: Source, plain: Plain) -> str:
    """The source's columns under its own names."""
    parts = []
    for column, own in column_sources(source, plain).items():
        value = "CAST(NULL AS VARCHAR)" if own is None else quoted(own)
        parts.append(f"{value} AS {quoted(column)}")
    return ", ".join(parts)


def exact(path: Path) -> str:
    """The path as the engine must read it, which takes some characters for patterns."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def _stage_csv(connection: Connection, plain: Plain, source: Source) -> Staged:
    del connection
    names = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in plain.columns)
    reading = (
        f"read_csv({literal(exact(plain.path))}, columns = {{{names}}}, auto_detect = false, header = false, "
        f"skip = {plain.header_rows}, delim = {literal(plain.delimiter)}, quote = {literal(plain.quote)}, "
        f"escape = {literal(plain.escape)}, strict_mode = true, max_line_size = {LONGEST_RECORD}, "
        f"buffer_size = {_buffer_bytes(plain)}{_line_end(plain)}"
    )
    return Staged(
        f"(SELECT {_selection(source, plain)} FROM {reading}, {NOTING})) AS staged",
        f"(SELECT row_number() OVER () - 1 AS row, * FROM {reading}, ignore_errors = true))",
        plain,
    )


def _buffer_bytes(plain: Plain) -> int:
    """How much of the file is read at once: more where records are long, up to 128 MB.

    The engine's threads take quarters of it, and copy once more what does not fill a row group of 122,880 records:
    a tenth of the time of casting 25 columns. Of a size that 16 does not divide it loses records.
    """
    bytes_per_record = plain.path.stat().st_size / max(plain.records, 1)
    return BUFFER_BYTES * min(max(round(RECORDS_AT_ONCE * bytes_per_record / BUFFER_BYTES), 1), MOST_BUFFERS)


def _line_end(plain: Plain) -> str:
    """LF must be named where it ends the lines: a CR inside a quoted cell misleads the engine, which else guesses."""
    return r", new_line = '\n'" if plain.line_end == "\n" else ""


def _stage_parquet(connection: Connection, plain: Plain, source: Source) -> Staged:
    del connection
    reading = f"read_parquet({literal(exact(plain.path))}, file_row_number = true)"
    of_data = f"file_row_number >= {plain.header_rows}"
    names = ", ".join(quoted(column) for column in plain.columns)
    return Staged(
        f"(SELECT {_selection(source, plain)} FROM {reading} WHERE {of_data}) AS staged",
        f"(SELECT file_row_number - {plain.header_rows} AS row, {names} FROM {reading} WHERE {of_data})",
        plain,
    )


def _stage_json(connection: Connection, plain: Plain, source: Source) -> Staged:
    """Straight from the file; a file in which the engine stumbles is staged anew by `stage_exactly`."""
    del connection
    steps = {column: _steps(column, plain, source) for column in source.columns}
    heads = {way[0]: "JSON" if len(way) > 1 else "VARCHAR" for way in sorted(steps.values(), key=len)}
    names = ", ".join(f"{quoted(name)}: '{kind}'" for name, kind in heads.items())
    values = ", ".join(f"{_value(way, heads)} AS {quoted(column)}" for column, way in steps.items())
    reading = (
        f"read_json({literal(exact(plain.path))}, format = 'newline_delimited', columns = {{{names}}}, "
        f"maximum_object_size = {LONGEST_RECORD if plain.longest > LONGEST_RECORD else OBJECT_BYTES})"
    )
    return Staged(_owned(f"(SELECT {values} FROM {reading}) AS staged", source), _documents_of(plain), plain)


def stage_exactly(connection: Connection, staged: Staged, source: Source) -> Staged | None:
    """JSON lines document by document, those that are none set aside; None where there is no other way to stage."""
    plain = staged.plain
    if plain.layout != "ndjson":
        return None
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE documents AS SELECT json FROM "
        f"read_ndjson_objects({literal(exact(plain.path))}, ignore_errors = true, "
        f"maximum_object_size = {LONGEST_RECORD})"
    )
    _reject_documents(connection, plain.path)
    paths = ", ".join(
        literal("$." + ".".join(quoted(step) for step in _steps(column, plain, source))) for column in source.columns
    )
    columns = ", ".join(f"found[{place}] AS {quoted(name)}" for place, name in enumerate(source.columns, 1))
    found = f"(SELECT json_extract_string(json, [{paths}]) AS found FROM documents)"
    whole = "(SELECT row_number() OVER (ORDER BY rowid) - 1 AS row, CAST(json AS VARCHAR) AS document FROM documents)"
    return Staged(_owned(f"(SELECT {columns} FROM {found}) AS staged", source), whole, plain)


def _owned(relation: str, source: Source) -> str:
    return with_own_posts(relation, source, source.own_accounts) if source.own_accounts else relation


def _steps(column: str, plain: Plain, source: Source) -> tuple[str, ...]:
    """The way to a column's value: through nested objects, unless code or a feed made flat records."""
    own = file_column(source, column, plain.columns) or column
    is_flat = source.is_restaged or plain.head.container == "xml"
    return (own,) if is_flat else tuple(own.split("."))


def _value(way: tuple[str, ...], heads: dict[str, str]) -> str:
    head = quoted(way[0])
    if heads[way[0]] == "VARCHAR":
        return head
    return f"json_extract_string({head}, {literal('$' + ''.join('.' + quoted(step) for step in way[1:]))})"


def _documents_of(plain: Plain) -> str:
    return (
        "(SELECT row_number() OVER () - 1 AS row, CAST(json AS VARCHAR) AS document FROM "
        f"read_ndjson_objects({literal(exact(plain.path))}, maximum_object_size = {LONGEST_RECORD}))"
    )


def _reject_documents(connection: Connection, path: Path) -> None:
    """Set aside the lines that hold no object, or one with a key that occurs twice."""
    repeats = "(json_type(json) = 'OBJECT' AND len(json_keys(json)) > len(list_distinct(json_keys(json))))"
    connection.execute(
        f"""
        INSERT INTO rejected
        WITH lines AS (
            SELECT row_number() OVER () AS line, text FROM read_csv({literal(exact(path))},
                columns = {{'text': 'VARCHAR'}}, auto_detect = false, header = false, delim = {literal(UNIT_SEPARATOR)},
                quote = '', escape = '', strict_mode = false, ignore_errors = true,
                max_line_size = {LONGEST_RECORD}, buffer_size = {BUFFER_BYTES})
        ), numbered AS (
            SELECT line, text, row_number() OVER (ORDER BY line) - 1 AS row
            FROM lines WHERE regexp_matches(text, '\\S')
        )
        SELECT coalesce(numbered.line, documents.rowid + 1), NULL,
            CASE WHEN {NO_OBJECT} THEN 'not a JSON object; expected one object a record'
                ELSE 'a key occurs twice in the object; expected each once' END,
            coalesce(numbered.text, CAST(documents.json AS VARCHAR))
        FROM documents LEFT JOIN numbered ON numbered.row = documents.rowid WHERE {NO_OBJECT} OR {repeats}
        """
    )
    connection.execute(f"DELETE FROM documents WHERE {NO_OBJECT} OR {repeats}")
