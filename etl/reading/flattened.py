"""Tables that a program made of JSON documents, a column a path: their rows are made documents again.

So come `json_normalize` and most converters (`Queue.Name`, `tags/0`, `items[0].id`) and the tables of connectors,
which leave objects and lists as JSON text in a cell.
"""

import ast
import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from etl.reading.dialect import LONGEST_RECORD
from etl.reading.documents import Document
from etl.reading.plain import Plain
from etl.reading.records import head_of, write_documents
from etl.reading.ways import put, with_lists
from etl.sources.base import Head, Source

STEPS = re.compile(r"\[(\d+)\]|[./]")
FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE_DOCUMENT = "_airbyte_data"
NOTHING = ("", "null", "NULL", "None", "NaN", "nan", "\\N")
WHOLE_NUMBER = re.compile(r"-?\d+\.0")

Cells = Sequence[str | None]


def documents_head(head: Head) -> Head:
    """The head that a table's rows have as JSON documents: each path of its columns and of what its cells hold."""
    empty = document(head.columns, [None] * len(head.columns), with_blanks=True)
    return head_of([empty, *(document(head.columns, cells) for cells in head.samples)], head.container)


def document(columns: Sequence[str], cells: Cells, *, with_blanks: bool = False) -> dict[str, Any]:
    """The document of one row; what its cells leave blank is not in it unless that is asked for."""
    found: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        value = _value(cell)
        if value is not None or with_blanks:
            put(found, [step for step in STEPS.split(column) if step] or [column], value)
    whole = found.get(WHOLE_DOCUMENT)
    return whole if isinstance(whole, dict) else with_lists(found)


def _value(cell: str | None) -> Any:
    """What a cell holds: nothing, a flag, an object or a list; else its text, as ids must keep their zeros."""
    bare = (cell or "").strip()
    if bare in NOTHING:
        return None
    if bare in FLAGS:
        return FLAGS[bare]
    if bare[0] in "{[":
        return _nested(bare)
    return bare[:-2] if WHOLE_NUMBER.fullmatch(bare) else cell


def _nested(text: str) -> Any:
    """The value that a cell spells in JSON or as Python shows it; the text where it is neither."""
    for read in (json.loads, _shown_by_python):
        try:
            return read(text)
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
    return text


def _shown_by_python(text: str) -> Any:
    return json.loads(json.dumps(ast.literal_eval(text), default=str))


def as_documents(plain: Plain, source: Source, head: Head, folder: Path) -> Plain:
    """The sound rows of a table as documents with this head; what was set aside before stays so."""
    rows = _rows_of_parquet(plain) if plain.layout == "parquet" else _rows_of_csv(plain)
    found = (Document(number, document(plain.columns, cells)) for number, cells in enumerate(rows, 1))
    written = write_documents(found, source, head, (), folder)
    kept = {name: getattr(plain, name) for name in ("rejected", "rejected_count", "notes", "encoding")}
    return replace(written, **kept)


def _rows_of_csv(plain: Plain) -> Iterator[Cells]:
    csv.field_size_limit(LONGEST_RECORD)
    is_doubled = plain.escape == plain.quote
    with plain.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        yield from islice(
            csv.reader(
                file, delimiter=plain.delimiter, quotechar=plain.quote, doublequote=is_doubled,
                escapechar=None if is_doubled else plain.escape,
            ),
            plain.header_rows, None,
        )  # fmt: skip


def _rows_of_parquet(plain: Plain) -> Iterator[Cells]:
    for batch in pq.ParquetFile(plain.path).iter_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
