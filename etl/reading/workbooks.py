"""Workbooks (XLSX, XLS) and Parquet: the table in them as text columns."""

import json
from collections.abc import Iterable
from pathlib import Path

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.errors import FileRefused
from etl.reading.flattened import as_documents
from etl.reading.plain import Plain
from etl.reading.recognition import MOST_PREAMBLE, MOST_SAMPLES, Cells, Found, of_documents, recognise_table
from etl.sources.base import Head, Source
from etl.sources.catalogue import choose, missing, unique_names

EXCEL_TIME_PREFIX = r"^(1899-12-3[01]|1904-01-01) "
EXCEL_MIDNIGHT = r"^(\d{4}-\d\d-\d\d) 00:00:00$"
WHOLE_NUMBER = r"^(-?\d+)\.0$"
MOST_CELLS = 50_000_000


def read_workbook(path: Path, folder: Path, kind: str, sources: Iterable[Source]) -> Plain:
    """The first sheet, of those that are shown, that a source knows.

    Raises FileRefused when none is known, and when the file is no readable workbook.
    """
    known = list(sources)
    try:
        workbook = fastexcel.read_excel(path)
        refused: FileRefused | None = None
        for name in workbook.sheet_names:
            sheet = workbook.load_sheet(
                name,
                header_row=None,
                n_rows=MOST_PREAMBLE + MOST_SAMPLES,
                dtypes="string",
                skip_whitespace_tail_rows=True,
            )
            rows: list[Cells] = [tuple(record.values()) for record in pa.table(sheet.to_arrow()).to_pylist()]
            if sheet.visible != "visible" or not any(len([cell for cell in row if cell]) > 1 for row in rows):
                continue
            try:
                found = recognise_table(rows, kind, known)
            except FileRefused as error:
                refused = refused or error
                continue
            plain = _sheet(workbook, name, found, folder, len(workbook.sheet_names))
            return as_documents(plain, found.source, found.documents, folder) if found.documents else plain
    except fastexcel.FastExcelError as error:
        raise FileRefused(f"not a readable workbook ({_told(error)}). Save it again without a password.") from error
    raise refused or FileRefused(
        "no sheet has a header row with two columns or more; expected a table from the first row on."
    )


def _told(error: Exception) -> str:
    return str(error).splitlines()[0].strip(" .")


def _sheet(workbook: fastexcel.ExcelReader, name: str, found: Found, folder: Path, sheets: int) -> Plain:
    sheet = workbook.load_sheet(name, header_row=None, dtypes="string", skip_whitespace_tail_rows=True)
    if sheet.width * sheet.total_height > MOST_CELLS:
        raise FileRefused(f"sheet {name!r} claims {sheet.width * sheet.total_height} cells. Save its table as CSV.")
    table = pa.table(sheet.to_arrow())
    first = 0 if found.header_at is None else found.header_at + 1
    width = min(len(found.head.columns), table.num_columns)
    columns = [_cell_texts(column.cast(pa.string())) for column in table.slice(first).columns[:width]]
    whole = pa.table(columns, names=list(found.head.columns[:width]))
    numbers = np.arange(first + 1, first + 1 + whole.num_rows)
    filled = pc.fill_null(_any_filled(whole), False)
    notes = (f"sheet {name!r} of {sheets} was read",) if sheets > 1 else ()
    return write_table(whole.filter(filled), numbers[np.asarray(filled)], found, folder, notes)


def _any_filled(table: pa.Table) -> pa.ChunkedArray:
    filled = pa.chunked_array([pa.array(np.zeros(table.num_rows, bool))])
    for column in table.columns:
        filled = pc.or_(filled, pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(column), ""), False))
    return filled.combine_chunks() if filled.num_chunks != 1 else filled.chunk(0)


def write_table(table: pa.Table, numbers: np.ndarray, found: Found, folder: Path, notes: tuple[str, ...]) -> Plain:
    """Write a recognised table of texts for the engine, with the number of the line or row of each record."""
    plain, lines = folder / "plain.parquet", folder / "lines.npy"
    pq.write_table(table, plain, compression="none")
    np.save(lines, numbers)
    header_rows = max(found.source.header_rows - 1, 0) if found.header_at is not None else 0
    return Plain(
        found.source.name, found.head, found.head.columns, plain, "parquet", table.num_rows,
        header_rows=header_rows, cut_rows=0 if found.header_at is None else 1, lines=lines, notes=notes,
    )  # fmt: skip


def _cell_texts(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """A time without the day that Excel counts from, in 1900 or in 1904; a day without its midnight."""
    times = pc.replace_substring_regex(cells, EXCEL_TIME_PREFIX, "")
    return pc.replace_substring_regex(times, EXCEL_MIDNIGHT, r"\1")


def read_parquet(path: Path, folder: Path, sources: Iterable[Source]) -> Plain:
    """The columns of a Parquet file as text, or its rows as documents where only a source for JSON knows them.

    Nested columns of a table are passed over, and a note says so. Raises FileRefused for a damaged file, and when no
    source knows it.
    """
    try:
        table = pq.read_table(path, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise FileRefused(f"a Parquet file that is damaged ({_told(error)}). Export it again.") from error
    known = tuple(sources)
    nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
    whole = _texts(table)
    texts = whole.drop_columns(nested) if nested else whole
    head = _head_of(texts)
    is_table = any(source.form == "table" and not missing(source, head) for source in known)
    found = None if is_table else of_documents(_head_of(whole), known)
    if found and found.documents:
        plain = write_table(whole, np.arange(1, whole.num_rows + 1), found, folder, ())
        return as_documents(plain, found.source, found.documents, folder)
    source = choose(head, known)
    notes = (f"nested columns were not read: {', '.join(nested)}",) if nested else ()
    return write_table(texts, np.arange(1, texts.num_rows + 1), Found(source, head, 0), folder, notes)


def _texts(table: pa.Table) -> pa.Table:
    names = unique_names(tuple(table.column_names))
    return pa.table([_plain_text(column) for column in table.columns], names=list(names))


def _head_of(texts: pa.Table) -> Head:
    samples: tuple[Cells, ...] = tuple(tuple(row.values()) for row in texts.slice(0, MOST_SAMPLES).to_pylist())
    return Head("table", tuple(texts.column_names), samples, "parquet")


def _plain_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as the text that a CSV would hold; whole numbers stored as floats are whole again."""
    kind = column.type
    if pa.types.is_nested(kind):
        return pa.chunked_array([[json.dumps(value, default=str) for value in column.to_pylist()]], pa.string())
    if pa.types.is_dictionary(kind):
        return _plain_text(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind):
        text = pc.strftime(column, format="%Y-%m-%dT%H:%M:%S")
        return pc.binary_join_element_wise(text, "Z", "") if kind.tz else text
    text = column.cast(pa.string())
    return pc.replace_substring_regex(text, WHOLE_NUMBER, r"\1") if pa.types.is_floating(kind) else text
