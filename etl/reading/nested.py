"""JSON and XML files: their source found from the first documents, their records written as plain JSON lines."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from etl.errors import FileRefused
from etl.reading.dialect import Rejected
from etl.reading.documents import Document, bare, documents, elements, inner_arrays, paths
from etl.reading.feeds import feed_documents
from etl.reading.plain import Plain, json_line
from etl.reading.rejects import write_rejected
from etl.sources.base import Head, Source
from etl.sources.catalogue import choose, missing

FIRST = 50
FIRST_RECORDS = 200
SHOWN = 2_000


def read_json(path: Path, folder: Path, sources: Iterable[Source]) -> Plain:
    """The records of a UTF-8 JSON file.

    Raises FileRefused when no source, or more than one, knows its documents.
    """
    if _is_lines(path):
        with path.open("rb") as file:
            first = [
                _line_document(number, line) for number, line in zip(range(1, FIRST + 1), _filled(file), strict=False)
            ]
        source, head, way = _recognise(first, sources, "ndjson")
        if source.flatten is None and not way:
            return Plain(source.name, head, head.columns, path, "ndjson", _count_lines(path))
        with path.open("rb") as file:
            found = (_line_document(number, line) for number, line in enumerate(_filled(file), 1))
            return write_documents(found, source, head, way, folder)
    text = bare(path.read_text(encoding="utf-8", errors="replace"))
    source, head, way = _recognise(list(islice(documents(text), FIRST)), sources, "json")
    return write_documents(documents(text), source, head, way, folder)


def read_feed(path: Path, folder: Path, sources: Iterable[Source]) -> Plain:
    """The entries of an XML feed."""
    found = list(feed_documents(path))
    source, head, way = _recognise(found[:FIRST], sources, "xml")
    return write_documents(found, source, head, way, folder)


def _filled(file: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line in file if line.strip())


def _line_document(number: int, line: bytes) -> Document:
    """The document of one line of NDJSON; two on one line, or a part of one, are none."""
    found = list(islice(documents(line.decode("utf-8", errors="replace")), 2))
    if len(found) == 1 and (found[0].fault or isinstance(found[0].value, dict)):
        return Document(number, found[0].value, found[0].fault, found[0].raw)
    return Document(number, None, "not one JSON object", line[:SHOWN].decode("utf-8", errors="replace"))


def _is_lines(path: Path) -> bool:
    """Whether the first line that holds anything is an object of its own, and so begins the second, if there is one."""
    with path.open("rb") as file:
        lines = list(islice(_filled(file), 2))
    first = list(islice(documents(lines[0].decode("utf-8", errors="replace")), 2))
    return len(first) == 1 and isinstance(first[0].value, dict) and lines[-1].lstrip().startswith(b"{")


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in _filled(file))


def _recognise(
    first: list[Document], sources: Iterable[Source], container: str
) -> tuple[Source, Head, tuple[str, ...]]:
    """The source of the first documents, or of what an array inside them holds; the head, and the way to that array."""
    known = [source for source in sources if source.form == "json"]
    values = [document.value for document in first if isinstance(document.value, dict)]
    if not values:
        shown = first[0].fault if first and first[0].fault else "no objects"
        raise FileRefused(f"JSON that holds {shown}; expected records as objects.")
    head = head_of(values, container)
    if any(not missing(source, head) for source in known):
        return choose(head, known), head, ()
    for way in inner_arrays(values[0]):
        inner = [held.value for document in first for held in elements(document, way) if isinstance(held.value, dict)]
        inner_head = head_of(inner[:FIRST], container)
        if any(not missing(source, inner_head) for source in known):
            return choose(inner_head, known), inner_head, way
    return choose(head, known), head, ()


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
    plain, count = folder / "plain.ndjson", 0
    with plain.open("w", encoding="utf-8", errors="replace") as file:
        for document in chain.from_iterable(elements(document, way) if way else (document,) for document in found):
            if document.fault or not isinstance(document.value, dict):
                fault = document.fault or "not a JSON object; expected one object a record"
                rejected.append(Rejected(document.line, fault, document.raw or _shown(document.value)))
                continue
            for record in source.flatten(document.value) if source.flatten else (document.value,):
                file.write(json_line(record))
                count += 1
                if source.flatten:
                    flat.update(dict.fromkeys(paths(dict(record)) if count <= FIRST_RECORDS else record))
    columns = tuple(flat) if source.flatten else head.columns
    return Plain(
        source.name, head, columns, plain, "ndjson", count,
        rejected=write_rejected(folder, rejected) if rejected else None, rejected_count=len(rejected),
    )  # fmt: skip


def _shown(value: object) -> str:
    return json.dumps(value, default=str)[:SHOWN]
