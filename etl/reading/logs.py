"""Logs whose lines differ in length: known by the shape of their lines, folded into records by their source."""

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from etl.errors import FileRefused
from etl.reading.plain import Plain, json_line
from etl.sources.base import Head, Source

FIRST = 20


def log_source(path: Path, sources: Iterable[Source]) -> Source | None:
    """The source whose shape the first lines have, each of them; None if there is no such source.

    Raises FileRefused when two have that shape.
    """
    with path.open(encoding="utf-8", errors="replace") as file:
        lines = [line.rstrip("\r\n") for line in islice(file, FIRST) if line.strip()]
    claims = [
        source
        for source in sources
        if source.form == "lines" and lines and all(re.match(source.line_shape, line) for line in lines)
    ]
    if len(claims) > 1:
        raise FileRefused(f"two sources claim this log: {' and '.join(source.name for source in claims)}.")
    return claims[0] if claims else None


def read_log(path: Path, folder: Path, source: Source) -> Plain:
    """The records that a source folds the lines of a log into, as JSON lines."""
    assert source.fold is not None, f"{source.name} is of lines and folds none"  # noqa: S101
    plain, count = folder / "plain.ndjson", 0
    columns: dict[str, None] = {}
    with (
        path.open(encoding="utf-8", errors="replace") as lines,
        plain.open("w", encoding="utf-8", errors="replace") as file,
    ):
        for record in source.fold(line.rstrip("\r\n") for line in lines):
            file.write(json_line(record))
            columns.update(dict.fromkeys(record))
            count += 1
    head = Head("lines", tuple(columns), (), "log")
    return Plain(source.name, head, head.columns, plain, "ndjson", count)
