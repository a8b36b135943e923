"""Reading one file, from its bytes to plain records: what runs where a file may do no harm."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from etl.errors import FileRefused
from etl.reading.containers import Content, unpacked
from etl.reading.delimited import read_delimited
from etl.reading.documents import bare
from etl.reading.dumps import is_dump, tables
from etl.reading.encodings import as_utf8, settled_encoding
from etl.reading.logs import log_source, read_log
from etl.reading.nested import read_feed, read_json
from etl.reading.plain import Plain
from etl.reading.workbooks import read_parquet, read_workbook
from etl.sources.base import Dialect, Source

START_CHARACTERS = 1 << 16


def read(raw: Path, folder: Path, sources: Iterable[Source]) -> Plain:
    """Find out what a raw copy is and make its records plain, in `folder` where they must be written.

    With one source only, its dialect holds. Raises FileRefused, saying why, for a file that is not loaded at all.
    """
    known = tuple(sources)
    dialect = known[0].dialect if len(known) == 1 else Dialect()
    content = unpacked(raw, folder)
    if content.kind in ("xlsx", "xls"):
        plain = read_workbook(content.path, folder, content.kind, known)
    elif content.kind == "parquet":
        plain = read_parquet(content.path, folder, known)
    else:
        plain = _read_mapped(content, folder, known) or _read_text(content, folder, known, dialect)
    inside = (f"{content.inside!r} inside the ZIP file was read",) if content.inside else ()
    return replace(plain, notes=(*inside, *plain.notes))


def _read_mapped(content: Content, folder: Path, sources: tuple[Source, ...]) -> Plain | None:
    """A text written as a mapping file says, if one of those at hand fits it."""
    for source in sources if len(sources) > 1 else ():
        if source.dialect != Dialect():
            try:
                return _read_text(content, folder, (source,), source.dialect)
            except FileRefused:
                continue
    return None


def _read_text(content: Content, folder: Path, sources: tuple[Source, ...], dialect: Dialect) -> Plain:
    encoding, note = settled_encoding(content.path, dialect.encoding)
    path = as_utf8(content.path, folder / "utf8", encoding)
    with path.open(encoding="utf-8", errors="replace") as file:
        start = file.read(START_CHARACTERS).lstrip()
    if bare(start)[:1] in ("{", "["):
        plain = read_json(path, folder, sources)
    elif start.startswith("<"):
        plain = read_feed(content.path, folder, sources)
    elif log := log_source(path, sources):
        plain = read_log(path, folder, log)
    elif is_dump(start):
        plain = _read_dump(path, folder, sources)
    else:
        plain = read_delimited(path, folder, sources, dialect)
    return replace(plain, encoding=encoding, notes=(note, *plain.notes) if note else plain.notes)


def _read_dump(path: Path, folder: Path, sources: tuple[Source, ...]) -> Plain:
    """The first table of a dump that a source knows; what the first one is refused with where none is known."""
    refusals: list[FileRefused] = []
    found = tables(path, folder)
    for table in found:
        try:
            plain = read_delimited(table, folder, sources, Dialect())
        except FileRefused as error:
            refusals.append(error)
            continue
        notes = ("one table of the dump was read",) if len(found) > 1 else ()
        return replace(plain, notes=(*notes, *plain.notes))
    raise refusals[0]
