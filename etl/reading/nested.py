"""JSON and XML files: their source found from the first documents, their records written as plain JSON lines."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any

from etl.reading.documents import SHOWN, Document, bare, documents, elements, inner_arrays, inner_objects
from etl.reading.feeds import feed_documents
from etl.reading.lines import count_lines
from etl.reading.plain import Plain
from etl.reading.records import head_of, write_documents
from etl.reading.rows import read_rows
from etl.reading.ways import leads_on, unflattened
from etl.reading.wrappers import UNWRAPPINGS, Unwrap, is_wrapped
from etl.sources.base import Head, Source
from etl.sources.catalogue import NotRecognised, candidates, choose, is_companion, missing

FIRST = 50
BLANK = b"\xef\xbb\xbf \t\r\n"


def read_json(path: Path, folder: Path, sources: Iterable[Source]) -> Plain:
    """The records of a UTF-8 JSON file.

    Raises FileRefused when no source, or more than one, knows its documents.
    """
    known = tuple(sources)
    if _is_lines(path):
        return _read_lines(path, folder, known)
    return _read_whole(bare(path.read_text(encoding="utf-8", errors="replace")), folder, known)


def _read_lines(path: Path, folder: Path, sources: tuple[Source, ...]) -> Plain:
    """The records of NDJSON: as they stand in the file where nothing must be made of them."""
    with path.open("rb") as file:
        first = list(islice(_lines(file), FIRST))
    try:
        source, head, way = _recognise(first, sources, "ndjson")
    except NotRecognised as refused:
        with path.open("rb") as file:
            return read_rows(list(_lines(file)), folder, sources, refused)
    if source.flatten is None and not way and not any(leads_on(document.value) for document in first):
        count, longest = count_lines(path)
        return Plain(source.name, head, head.columns, path, "ndjson", count, longest=longest)
    with path.open("rb") as file:
        return write_documents(_lines(file), source, head, way, folder)


def _read_whole(text: str, folder: Path, sources: tuple[Source, ...]) -> Plain:
    """The records of a JSON text, whatever a program put around them."""
    refusals: list[NotRecognised] = []
    for unwrap in UNWRAPPINGS:
        try:
            source, head, way = _recognise(list(islice(_unwrapped(text, unwrap), FIRST)), sources, "json")
        except NotRecognised as error:
            refusals.append(error)
            continue
        return write_documents(_unwrapped(text, unwrap), source, head, way, folder)
    for unwrap in UNWRAPPINGS:
        with suppress(NotRecognised):
            return read_rows(list(_unwrapped(text, unwrap)), folder, sources, refusals[0])
    raise refusals[0]


def _unwrapped(text: str, unwrap: Unwrap) -> Iterator[Document]:
    return chain.from_iterable(map(unwrap, documents(text)))


def read_feed(path: Path, folder: Path, sources: Iterable[Source]) -> Plain:
    """The entries of an XML feed."""
    found = list(feed_documents(path))
    source, head, way = _recognise(found[:FIRST], sources, "xml")
    return write_documents(found, source, head, way, folder)


def _lines(file: Iterable[bytes]) -> Iterator[Document]:
    return (_line_document(number, line) for number, line in enumerate(_filled(file), 1))


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
    is_record = len(first) == 1 and isinstance(first[0].value, dict) and not is_wrapped(first[0].value)
    # An array with a record on each line opens with its bracket.
    return is_record and all(line.lstrip(BLANK).startswith(b"{") for line in lines)


def _recognise(
    first: list[Document], sources: Iterable[Source], container: str
) -> tuple[Source, Head, tuple[str, ...]]:
    """The source of the first documents, or of what an array inside them holds; the head, and the way to that array."""
    known = [source for source in sources if source.form == "json"]
    values = _objects((document.value for document in first), container)
    if not values:
        shown = first[0].fault if first and first[0].fault else "no objects"
        raise NotRecognised(f"JSON that holds {shown}; expected records as objects.", Head("json", (), (), container))
    head = head_of(values, container)
    if any(not missing(source, head) for source in known):
        return choose(head, known), head, ()
    heads = [head]
    for way in _ways(values):
        inner = _objects((held.value for document in first for held in elements(document, way)), container)
        inner_head = head_of(inner[:FIRST], container)
        if any(not missing(source, inner_head) for source in known):
            return choose(inner_head, known), inner_head, way
        heads.append(inner_head)
    return choose(_likeliest(heads, known), known), head, ()


def _objects(values: Iterable[Any], container: str) -> list[dict[str, Any]]:
    """Those of some values that are objects; in JSON without the ways that a program made of their inner ones."""
    found = [value for value in values if isinstance(value, dict)]
    return [unflattened(value) if container != "xml" and leads_on(value) else value for value in found]


def _likeliest(heads: list[Head], sources: list[Source]) -> Head:
    """Of a document and what its arrays hold, what is known to hold nothing to land, or comes closest to a source."""
    known = next((head for head in heads if is_companion(head)), None)
    return known or max(heads, key=lambda head: candidates(head, sources)[0][0] if sources else 0.0)


def _ways(values: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Where records may stand inside documents: in arrays, alone (`{"ticket": {...}}`), alone in an array's elements.

    Messages of other kinds may come before the first that holds one. Records under their keys are none of these.
    """
    arrays = list(inner_arrays(values[0]))
    yield from arrays
    yield from dict.fromkeys(way for value in values if not is_wrapped(value) for way in inner_objects(value))
    for way in arrays:
        element = next((held.value for held in elements(Document(1, values[0]), way)), None)
        if isinstance(element, dict):
            yield from ((*way, *deeper) for deeper in inner_objects(element))
