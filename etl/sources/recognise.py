"""The first look at a file: is it readable at all, and which columns or JSON paths does it have?"""

import csv
import io
import json
from pathlib import Path
from typing import Any

import fastexcel

from etl.errors import FileRefused
from etl.sources.base import Head

HEAD_BYTES = 1 << 18
JSON_HEAD_BYTES = 1 << 22  # the longest record that is read; the first must be whole
LFS_POINTER = b"version https://git-lfs.github.com/spec/"
ZIP_MAGIC = b"PK\x03\x04"
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_RECORDS = 5
MOST_UNREADABLE = 0.1
NOT_TABLES = {
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file (XLS)",
    b"\x89PNG": "a picture",
    b"SQLite format 3": "an SQLite database",
}


def read_head(path: Path) -> Head:
    """The head of a file's content, whatever its name says.

    Raises FileRefused, saying what was found, for an empty file, a git-LFS pointer and anything binary.
    """
    with path.open("rb") as file:
        start = file.read(HEAD_BYTES)
    if not start.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise FileRefused("the file is empty; expected a header and records. Export it again.")
    if start.startswith(LFS_POINTER):
        raise FileRefused("this is a git-LFS pointer, not the file it stands for. Fetch it with: git lfs pull.")
    if start.startswith(ZIP_MAGIC):
        return _workbook_head(path)
    for magic, name in NOT_TABLES.items():
        if start.startswith(magic):
            raise FileRefused(f"this is {name}, which is not read; expected CSV, JSON, NDJSON or XLSX.")
    text = start.decode("utf-8-sig", errors="replace")
    if b"\x00" in start or _unreadable_share(text) > MOST_UNREADABLE:
        raise FileRefused("binary content; expected CSV, JSON, NDJSON or XLSX as UTF-8 text.")
    if text.lstrip()[:1] in "{[":
        return _json_head(path)
    return _csv_head(text, is_whole=len(start) < HEAD_BYTES)


def _unreadable_share(text: str) -> float:
    """The share of signs that stand for bytes which are no UTF-8, or that steer instead of being read."""
    steering = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f")
    return (text.count("\ufffd") + steering) / len(text)


def _csv_head(text: str, is_whole: bool) -> Head:
    lines = text if is_whole else text[: text.rfind("\n") + 1]
    header_line = lines.splitlines()[0]
    delimiter = max(DELIMITERS, key=lambda mark: (len(_records(header_line, mark)[0]), -DELIMITERS.index(mark)))
    records = _records(lines, delimiter)
    columns = tuple(cell.strip() for cell in records[0])
    if len(columns) < 2:
        raise FileRefused(
            f"line 1: found one column {columns[0][:60]!r}; expected a header with a delimiter (, ; tab |)."
        )
    repeated = sorted({column for column in columns if column and columns.count(column) > 1})
    if repeated:
        raise FileRefused(f"line 1: column {repeated[0]!r} occurs twice; expected each name once. Rename one of them.")
    return Head("table", columns, tuple(tuple(record) for record in records[1:]), delimiter)


def _records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        return [record for _, record in zip(range(SAMPLE_RECORDS + 1), reader, strict=False)]
    except csv.Error as error:
        raise FileRefused(f"line 1: not readable as a table ({error}); expected delimited text.") from error


def _workbook_head(path: Path) -> Head:
    """The first sheet that has a header of two columns or more."""
    try:
        workbook = fastexcel.read_excel(path)
        for sheet in workbook.sheet_names:
            rows = workbook.load_sheet(sheet, header_row=None, n_rows=SAMPLE_RECORDS + 1, dtypes="string").to_arrow()
            records = [tuple(record.values()) for record in rows.to_pylist()]
            if records and len([cell for cell in records[0] if cell]) >= 2:
                columns = tuple((cell or "").strip() for cell in records[0])
                return Head("table", columns, tuple(records[1:]), sheet=sheet, layout="xlsx")
    except fastexcel.FastExcelError as error:
        raise FileRefused(f"a ZIP file that is not a readable XLSX workbook ({error}).") from error
    raise FileRefused("no sheet has a header row with two columns or more; expected a table from the first row on.")


def _json_head(path: Path) -> Head:
    with path.open("rb") as file:
        text = file.read(JSON_HEAD_BYTES).decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith("["):
        first, layout = _first_object(text[1:]), "array"
    else:
        try:
            first, layout = json.loads(text.partition("\n")[0]), "lines"
        except (ValueError, RecursionError):
            first, layout = _first_object(text), "objects"
    if not isinstance(first, dict):
        raise FileRefused(f"JSON without objects (found {type(first).__name__}); expected records as objects.")
    return Head("json", tuple(_paths(first)), layout=layout)  # type: ignore[arg-type]


def _first_object(text: str) -> Any:
    try:
        return json.JSONDecoder().raw_decode(text.lstrip())[0]
    except RecursionError as error:
        raise FileRefused("JSON nested too deeply; expected records as objects.") from error
    except ValueError as error:
        raise FileRefused(f"not valid JSON ({error}). Export it again.") from error


def _paths(record: dict[str, Any], prefix: str = "") -> list[str]:
    """Every path of a record, inner ones joined with dots."""
    found: list[str] = []
    for name, value in record.items():
        found.append(prefix + name)
        if isinstance(value, dict):
            found += _paths(value, f"{prefix}{name}.")
    return found
