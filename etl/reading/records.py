"""Documents written as the plain JSON lines that the engine reads, and the head that they have."""

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from etl.errors import FileRefused
from etl.reading.dialect import Rejected
from etl.reading.documents import SHOWN, Document, elements, paths
from etl.reading.plain import Plain, json_line
from etl.reading.rejects import write_rejected
from etl.reading.ways import leads_on, unflattened
from etl.sources.base import Head, Source

FIRST_RECORDS = 200
NO_RECORD = "not a JSON object; expected one object a record"


def head_of(values: list[dict[str, Any]], container: str) -> Head:
    """The paths of some documents, each once."""
    try:
        columns = tuple(dict.fromkeys(path for value in values for path in paths(value)))
    except RecursionError:
        raise FileRefused("JSON nested too deeply; expected records as objects.") from None
    return Head("json", columns, (), container)


def write_documents(found: Iterable[Document], source: Source, head: Head, way: tuple[str, ...], folder: Path) -> Plain:
    """Write each record as one JSON line; count them, and set aside what is none."""
    rejected: list[Rejected] = []
    flat: dict[str, None] = {}
    plain, count, is_feed = folder / "plain.ndjson", 0, head.container == "xml"
    with plain.open("w", encoding="utf-8", errors="replace") as file:
        for document in chain.from_iterable(elements(document, way) if way else (document,) for document in found):
            if document.fault or not isinstance(document.value, dict):
                rejected.append(set_aside(document))
                continue
            value = unflattened(document.value) if not is_feed and leads_on(document.value) else document.value
            for record in source.flatten(value) if source.flatten else (value,):
                file.write(json_line(record))
                count += 1
                if source.flatten:
                    flat.update(dict.fromkeys(paths(dict(record)) if count <= FIRST_RECORDS else record))
    columns = tuple(flat) if source.flatten else head.columns
    return Plain(
        source.name, head, columns, plain, "ndjson", count,
        rejected=write_rejected(folder, rejected) if rejected else None, rejected_count=len(rejected),
    )  # fmt: skip


def set_aside(document: Document) -> Rejected:
    """A document that is no record: its fault, and what stood there."""
    raw = document.raw or json.dumps(document.value, default=str)[:SHOWN]
    return Rejected(document.line, document.fault or NO_RECORD, raw)
