"""Tables of numbers as CSV, JSON or Parquet, on stdout or in a file."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from etl.durable import disk_errors, write_atomically
from etl.errors import UserError

FORMATS = ("table", "json", "csv", "parquet")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(records: Sequence[Mapping[str, Any]], head: Mapping[str, Any], output: str, out: Path | None) -> None:
    """Write records in a format; Parquet needs a file. An existing file is replaced whole or not at all."""
    if output == "parquet" and out is None:
        raise UserError("--format parquet: a terminal can't show it; expected a file. Add --out FILE.")
    content = _encoded(records, head, output)
    if out is None:
        typer.echo(content, nl=False)
        return
    if not out.absolute().parent.is_dir():
        raise UserError(f"--out {out}: its folder does not exist. Make it, or choose another.")
    with disk_errors(out, "--out"):
        write_atomically(out.absolute(), content)


def _encoded(records: Sequence[Mapping[str, Any]], head: Mapping[str, Any], output: str) -> bytes:
    if output == "parquet":
        return _parquet(records)
    if output == "json":
        return json.dumps({**head, "rows": records}, ensure_ascii=False, indent=2, default=str).encode()
    return csv_text(records).encode()


def csv_text(records: Sequence[Mapping[str, Any]]) -> str:
    """Records as CSV; a text that a spreadsheet would take for a formula is guarded by an apostrophe."""
    columns = list(dict.fromkeys(name for record in records for name in record))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_guarded(record.get(name)) for name in columns] for record in records)
    return text.getvalue()


def _guarded(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _parquet(records: Sequence[Mapping[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(dict.fromkeys(name for record in records for name in record))
    table = pa.table({name: [record.get(name) for record in records] for name in columns})
    sink = io.BytesIO()
    pq.write_table(table, sink, write_page_checksum=True)
    return sink.getvalue()
