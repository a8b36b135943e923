"""JSON whose records are the rows of a table that a source knows, as programs write the tables that they read."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from etl.reading.documents import Document, elements, inner_arrays
from etl.reading.plain import Plain
from etl.reading.recognition import MOST_SAMPLES, Cells, Found, recognise_table
from etl.reading.records import set_aside
from etl.reading.rejects import write_rejected
from etl.reading.workbooks import write_table
from etl.sources.base import Source
from etl.sources.catalogue import NotRecognised


def read_rows(found: list[Document], folder: Path, sources: Iterable[Source], refused: NotRecognised) -> Plain:
    """The rows that the documents are, or those in an array inside them; raises `refused` for rows of no source."""
    known = [source for source in sources if source.form == "table"]
    outer = next((document.value for document in found if isinstance(document.value, dict)), {})
    for way in ((), *inner_arrays(outer)):
        records = [inner for document in found for inner in (elements(document, way) if way else (document,))]
        sound = [record for record in records if isinstance(record.value, dict) and not record.fault]
        columns = tuple(dict.fromkeys(name for record in sound for name in record.value))
        with suppress(NotRecognised):
            recognised = recognise_table(
                [columns, *(_cells(columns, record.value) for record in sound[:MOST_SAMPLES])], "json", known
            )
            aside = [record for record in records if not isinstance(record.value, dict) or record.fault]
            return _with_rejected(_table(recognised, columns, sound, folder), aside, folder)
    raise refused


def _table(found: Found, columns: tuple[str, ...], records: list[Document], folder: Path) -> Plain:
    """The rows as a table; a header that the source itself reads stays the first of them."""
    rows = [_cells(columns, record.value) for record in records]
    lines = [record.line for record in records]
    if found.header_at is None:
        rows, lines = [columns, *rows], [0, *lines]
    cells = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    table = pa.table(cells, names=list(found.head.columns))
    return write_table(table, np.array(lines, dtype=np.int64), found, folder, ())


def _cells(columns: tuple[str, ...], record: dict[str, Any]) -> Cells:
    return tuple(_cell(record.get(column)) for column in columns)


def _cell(value: Any) -> str | None:
    """A value as a table would hold it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _with_rejected(plain: Plain, records: list[Document], folder: Path) -> Plain:
    if not records:
        return plain
    return replace(plain, rejected=write_rejected(folder, map(set_aside, records)), rejected_count=len(records))
