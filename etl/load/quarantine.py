"""Records that do not land: whole into the quarantine folder, their place and reason into the generation."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.durable import private_folder
from etl.engines import Connection
from etl.folders import Folders
from etl.reading.stage import Staged
from etl.sources.base import Source
from etl.sources.cast import refused_fields
from etl.sources.texts import literal
from etl.sources.times import Zones


@dataclass(frozen=True)
class Problem:
    """One record that does not land: where it begins, the column and the text that was refused, and why."""

    line: int | None
    column: str | None
    found: str | None
    reason: str


def find_problems(connection: Connection, source: Source, staged: Staged, zones: Zones) -> None:
    """Fill `problems` (line, column_name, found, reason, record) from `typed`, `dismissed` and `rejected`."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE problems AS "
        "SELECT line, column_name, CAST(NULL AS VARCHAR) AS found, reason, raw AS record FROM rejected"
    )
    if not connection.execute("SELECT 1 FROM dismissed WHERE fate = 'quarantined' LIMIT 1").fetchone():
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE aside AS SELECT dismissed.row, typed.refusal, dismissed.reason "
        "FROM dismissed JOIN typed ON typed.rowid = dismissed.row WHERE fate = 'quarantined'"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE whole AS SELECT * FROM {staged.whole} AS record "
        "WHERE row IN (SELECT row FROM aside)"
    )
    _number_lines(connection, staged)
    raws = _raw_texts(connection, source, zones)
    connection.execute(
        f"""
        INSERT INTO problems
        SELECT line, column_name, found, reason, record FROM (
            SELECT aside.row, lines.line, refused.column_name, {raws} AS found,
                coalesce(aside.reason, 'expected ' || refused.expected) AS reason,
                CAST(to_json(whole) AS VARCHAR) AS record
            FROM aside JOIN lines USING (row) LEFT JOIN refused ON refused.number = aside.refusal
            LEFT JOIN whole ON whole.row = aside.row
        ) ORDER BY row
        """
    )


def _raw_texts(connection: Connection, source: Source, zones: Zones) -> str:
    """Fill `refused` (number, column_name, expected); the SQL of the text that was refused, out of the whole record."""
    fields = refused_fields(source, zones)
    connection.execute("CREATE OR REPLACE TEMP TABLE refused (number INTEGER, column_name VARCHAR, expected VARCHAR)")
    connection.executemany(
        "INSERT INTO refused VALUES (?, ?, ?)",
        [[number, ", ".join(field.columns), field.expected] for number, field in enumerate(fields)],
    )
    steps = "'$.\"' || refused.column_name || '\"'"
    return f"json_extract_string(to_json(whole), {steps})" if source.form == "table" else "NULL"


def _number_lines(connection: Connection, staged: Staged) -> None:
    """Fill `lines` (row, line): as the first reading counted them, and behind the lines that the engine set aside."""
    header_rows = staged.plain.header_rows
    rows = connection.execute("SELECT row FROM aside ORDER BY row").fetchnumpy()["row"]
    numbers = rows + header_rows + 1
    if staged.plain.lines:
        numbers = np.load(staged.plain.lines)[rows + header_rows]
    connection.register("numbered", pa.table({"row": rows, "line": numbers}))
    connection.execute("CREATE OR REPLACE TEMP TABLE lines AS SELECT row, line FROM numbered")
    connection.unregister("numbered")
    if staged.plain.rejected_count or staged.plain.lines:
        return
    for (line,) in connection.execute("SELECT line FROM rejected WHERE line IS NOT NULL ORDER BY line").fetchall():
        connection.execute("UPDATE lines SET line = line + 1 WHERE line >= ?", [line])


def problems(connection: Connection, limit: int = 1_000) -> list[Problem]:
    """The first problems, for a person to read."""
    rows = connection.execute(
        "SELECT line, column_name, found, reason FROM problems ORDER BY line NULLS LAST LIMIT ?", [limit]
    )
    return [Problem(*row) for row in rows.fetchall()]


def put_aside(connection: Connection, folders: Folders, sha256: str, load_id: int) -> None:
    """Write the problems to `quarantine/<hash>.csv` (0600), and their places and reasons to the generation."""
    if not connection.execute("SELECT 1 FROM problems LIMIT 1").fetchone():
        return
    connection.execute(
        "INSERT INTO core_quarantine SELECT ?, line, column_name, reason FROM problems ORDER BY line", [load_id]
    )
    private_folder(folders.quarantine)
    path = folders.quarantine / f"{sha256}.csv"
    path.touch(mode=0o600)
    connection.execute(
        "COPY (SELECT line, column_name AS column, found, reason, record FROM problems ORDER BY line) "
        f"TO {literal(str(path))} (FORMAT csv, HEADER)"
    )
