"""What reading a file leaves behind: where its plain records lie and all that was seen on the way."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from etl.sources.base import Document, Head

Layout = Literal["csv", "parquet", "ndjson"]


@dataclass(frozen=True)
class Plain:
    """The records of one file, ready for the engine.

    `source` is the recognised source's name and `head` what it was recognised by. `columns` are those of the plain
    records, the head's own unless code made the records. `path` holds them in `layout`: the raw copy itself where
    it is sound, else a clean one beside it. `skip_lines` stand before the first record; of the header, `header_rows`
    stand among the records and `cut_rows` no longer do. `records` counts the sound
    ones, `rejected` is a file of the others (NDJSON: line, reason, raw), `lines` one of each sound record's line
    (numpy), empty where record n stands in line n + `skip_lines`. `longest` are the bytes of the longest line of NDJSON
    that is read as it stands.
    """

    source: str
    head: Head
    columns: tuple[str, ...]
    path: Path
    layout: Layout
    records: int
    encoding: str | None = None
    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    line_end: str = "\n"
    header_rows: int = 0
    cut_rows: int = 0
    rejected: Path | None = None
    rejected_count: int = 0
    lines: Path | None = None
    longest: int = 0
    notes: tuple[str, ...] = ()


def json_line(record: Document) -> str:
    """A record as the line of NDJSON that the engine reads, which takes no zero byte."""
    return json.dumps(record, ensure_ascii=False, default=str).replace("\\u0000", "\\ufffd") + "\n"


def to_json(plain: Plain) -> str:
    """A plain file's description on one line, for the way between two processes."""
    return json.dumps(asdict(plain), default=str)


def from_json(told: dict[str, Any]) -> Plain:
    """What `to_json` wrote, out of its JSON."""
    head = head_from(told.pop("head"))
    paths = {name: Path(told[name]) if told[name] else None for name in ("path", "rejected", "lines")}
    lists = {name: tuple(told[name]) for name in ("columns", "notes")}
    return Plain(**{**told, **paths, **lists, "head": head})


def head_from(told: dict[str, Any]) -> Head:
    """A head out of its JSON."""
    samples = tuple(tuple(record) for record in told["samples"])
    return Head(told["form"], tuple(told["columns"]), samples, told["container"])
