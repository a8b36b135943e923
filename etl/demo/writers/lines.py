"""Whole columns to lines of text: the quick way to files of JSON objects or comma-separated values."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo.season import Ints, Times

_PLACEHOLDER = re.compile(r"\$(\w+)")


def filled(template: str, columns: Mapping[str, Any]) -> Any:
    """One text per row: the template with each `$name` replaced by that column's text; none may be null."""
    pieces = _PLACEHOLDER.split(template)
    parts = [columns[piece] if odd else piece for odd, piece in _alternating(pieces) if odd or piece]
    return pc.binary_join_element_wise(*parts, "")


def joined_cells(cells: list[Any]) -> Any:
    """One CSV line per row, ending in a line feed; nulls become empty cells, quotes stand only where needed."""
    lines = pc.binary_join_element_wise(*(_cell(cell) for cell in cells), ",")
    return pc.binary_join_element_wise(lines, "\n", "")


def json_text(values: Any) -> Any:
    """Texts as JSON strings, null as null."""
    escaped = pc.replace_substring(pc.replace_substring(values, "\\", "\\\\"), '"', '\\"')
    return pc.fill_null(pc.binary_join_element_wise('"', escaped, '"', ""), "null")


def looked_up(names: Any, positions: Ints) -> Any:
    """The name at each position; a position below 0 is null."""
    return pa.array(names, pa.string()).take(pa.array(positions, mask=positions < 0))


def whole(numbers: Ints) -> Any:
    """Integers as text."""
    return pa.array(numbers).cast(pa.string())


def instant(times: Times) -> Any:
    """Times as text, such as 2026-03-04 05:06:07."""
    return pa.array(times.astype("datetime64[s]")).cast(pa.string())


def write_lines(path: Path, header: str, lines: Any) -> None:
    """Write the header and the texts of an array one after the other; its buffer already is the file's content."""
    with path.open("wb") as file:
        file.write(header.encode())
        if len(lines):
            _, offsets, data = lines.buffers()
            ends = np.frombuffer(offsets, dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
            file.write(memoryview(data)[ends[0] : ends[-1]])


def _alternating(pieces: list[str]) -> list[tuple[bool, str]]:
    return [(index % 2 == 1, piece) for index, piece in enumerate(pieces)]


def _cell(values: Any) -> Any:
    text = pc.fill_null(values.cast(pa.string()), "")
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(text, '"', '""'), '"', "")
    return pc.if_else(pc.match_substring_regex(text, '[",\r\n]'), quoted, text)
