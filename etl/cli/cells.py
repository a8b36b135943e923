"""Any table as columns of text, and back as CSV that a spreadsheet does not mistake for formulas."""

import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from etl.durable import disk_errors, expect_file_name, rename_durably, temporary_name
from etl.errors import FileRefused, UserError
from etl.reading.containers import unpacked
from etl.reading.documents import bare, documents
from etl.reading.encodings import as_utf8, settled_encoding

DELIMITERS = ",;\t|"
BLOCK_BYTES = 1 << 24
START_CHARACTERS = 1 << 16
# A spreadsheet takes what begins so for a formula; a number it does not.
FORMULA_PATTERN = r"^[=+\-@\t\r]"
NUMBER_PATTERN = r"^[+-]?[0-9]+(?:[.,'’ ][0-9]+)*(?:[eE][+-]?[0-9]+)?%?$"


def read_cells(path: Path) -> pa.Table:
    """The records of a CSV, TSV, JSON, NDJSON, XLSX, XLS or Parquet file, also packed, each column as text.

    Raises UserError for a missing path and FileRefused, saying why, for a file that cannot be read whole.
    """
    if not path.is_file():
        raise UserError(f"{path}: no such file. Name a table, such as CSV, XLSX, JSON lines or Parquet.")
    try:
        with tempfile.TemporaryDirectory(prefix="cx-") as folder:
            return _read(path, Path(folder))
    except FileRefused as error:
        raise FileRefused(f"{path}: {error}") from error


def write_cells(table: pa.Table, path: Path) -> None:
    """Write a table as CSV in UTF-8, whole or not at all; a cell that would be a formula begins with an apostrophe."""
    safe = pa.table(
        [_safe(column) for column in table.columns], names=[_safe_name(name) for name in table.column_names]
    )
    expect_file_name(path)
    unfinished = temporary_name(path)
    with disk_errors(path.parent, "--out"):
        pyarrow.csv.write_csv(safe, unfinished, pyarrow.csv.WriteOptions(quoting_style="needed"))
        rename_durably(unfinished, path)


def _safe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    is_formula = pc.and_(
        pc.match_substring_regex(column, FORMULA_PATTERN), pc.invert(pc.match_substring_regex(column, NUMBER_PATTERN))
    )
    return pc.if_else(pc.fill_null(is_formula, False), pc.binary_join_element_wise("'", column, ""), column)


def _safe_name(name: str) -> str:
    return str(_safe(pa.chunked_array([[name]]))[0])


def _read(path: Path, folder: Path) -> pa.Table:
    content = unpacked(path, folder)
    if content.kind == "parquet":
        return _texts(pyarrow.parquet.read_table(content.path))
    if content.kind in ("xlsx", "xls"):
        sheet = fastexcel.read_excel(content.path).load_sheet(0, dtypes="string")
        return _texts(pa.table(sheet.to_arrow()))
    encoding, _ = settled_encoding(content.path)
    plain = as_utf8(content.path, folder / "utf8", encoding)
    with plain.open(encoding="utf-8", errors="replace", newline="") as file:
        start = file.read(START_CHARACTERS)
    if bare(start.lstrip())[:1] in ("{", "["):
        return _from_documents(bare(plain.read_text("utf-8", errors="replace").lstrip()))
    return _from_csv(plain, start)


def _texts(table: pa.Table) -> pa.Table:
    """All columns as text; nested values as their JSON."""
    columns = [
        pa.chunked_array([[_shown(value) for value in column.to_pylist()]], pa.string())
        if pa.types.is_nested(column.type)
        else column.cast(pa.string())
        for column in table.columns
    ]
    return pa.table(columns, names=table.column_names)


def _shown(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _from_documents(text: str) -> pa.Table:
    rows: list[dict[str, Any]] = []
    for document in documents(text):
        if document.fault or not isinstance(document.value, dict):
            fault = document.fault or "no object"
            raise FileRefused(f"line {document.line}: {fault}; expected one JSON object for each record.")
        rows.append(document.value)
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: pa.array([_shown(row.get(name)) for row in rows], pa.string()) for name in names})


def _from_csv(path: Path, start: str) -> pa.Table:
    header = start.splitlines()[0]
    delimiter = max(DELIMITERS, key=lambda mark: (len(_cells(header, mark)), -DELIMITERS.index(mark)))
    first = next(csv.reader(start.splitlines(keepends=True), delimiter=delimiter))
    names = [f"f{place}" for place in range(len(first))]
    try:
        table = pyarrow.csv.read_csv(
            path,
            pyarrow.csv.ReadOptions(autogenerate_column_names=True, block_size=BLOCK_BYTES, use_threads=False),
            pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        raise FileRefused(f"{str(error).partition(': ')[0]}; expected {len(first)} cells in each record.") from error
    return table.slice(1).rename_columns(_distinct(first))


def _cells(line: str, delimiter: str) -> Sequence[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _distinct(names: Sequence[str]) -> list[str]:
    """Column names, a repeated one with its number."""
    return [
        f"{name}_{names[:place].count(name) + 1}" if name in names[:place] else name for place, name in enumerate(names)
    ]
