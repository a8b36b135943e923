"""Which source a file belongs to, and in which of its first rows the header stands, if it has one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from etl.errors import FileRefused
from etl.reading.flattened import documents_head
from etl.sources.base import Head, Source
from etl.sources.catalogue import choose, missing, unique_names
from etl.sources.spelling import file_column

MOST_PREAMBLE = 20
MOST_SAMPLES = 200

Cells = tuple[str | None, ...]


@dataclass(frozen=True)
class Found:
    """A recognised table: its source, its head, and the number of the row that is its header; None without one.

    `documents` is the head of its rows as JSON documents, where the source is one for those.
    """

    source: Source
    head: Head
    header_at: int | None
    documents: Head | None = None


def recognise_table(rows: Sequence[Cells], container: str, sources: Iterable[Source]) -> Found:
    """The source of a table by its first rows: by the first as header, by a later one, or by what the rows hold.

    Raises FileRefused naming the closest source, as `choose` does.
    """
    every = tuple(sources)
    known = [source for source in every if source.form == "table"]
    first = head_at(rows, 0, container)
    found = _by_header(rows, container, known) or of_documents(first, every) or _without_header(rows, container, known)
    return found or _whole(Found(choose(first, every), first, 0))


def _by_header(rows: Sequence[Cells], container: str, sources: Sequence[Source]) -> Found | None:
    """The source that knows one of the first rows as its header."""
    for place in range(min(len(rows), MOST_PREAMBLE + 1)):
        head = head_at(rows, place, container)
        is_header = place == 0 or len([cell for cell in rows[place] if cell]) > 1
        if is_header and any(not missing(source, head) for source in sources):
            return _whole(Found(choose(head, sources), head, place))
    return None


def _whole(found: Found) -> Found:
    """The same; refused where the header names a column twice that the source reads and that has one meaning."""
    for column in found.source.columns:
        own = file_column(found.source, column, found.head.columns)
        if own and column not in found.source.repeated and f"{own}#2" in found.head.columns:
            raise FileRefused(f"column {own!r} occurs twice; expected each name once. Rename one of them.")
    return found


def head_at(rows: Sequence[Cells], place: int, container: str) -> Head:
    """The head of a table whose header is the row at `place`."""
    columns = unique_names(tuple((cell or "").strip() for cell in rows[place]))
    return Head("table", columns, tuple(rows[place + 1 : place + 1 + MOST_SAMPLES]), container)


def of_documents(head: Head, sources: Iterable[Source]) -> Found | None:
    """A source for JSON that knows the rows of a table once they are documents again; None without one."""
    known = [source for source in sources if source.form == "json"]
    documents = documents_head(head)
    if all(missing(source, documents) for source in known):
        return None
    return Found(choose(documents, known), head, 0, documents)


def _without_header(rows: Sequence[Cells], container: str, sources: Iterable[Source]) -> Found | None:
    """A source that knows its columns by their places; two that do are one too many."""
    raw = Head("table", tuple(cell or "" for cell in rows[0]), tuple(rows[1 : 1 + MOST_SAMPLES]), container)
    named = [(source, source.name_columns(raw)) for source in sources if source.name_columns]
    claims = [(source, names) for source, names in named if names is not None]
    if len(claims) > 1:
        names = " and ".join(source.name for source, _ in claims)
        raise FileRefused(f"no header, and two sources claim this file: {names}. Name one with --source.")
    if not claims:
        return None
    source, columns = claims[0]
    head = Head("table", unique_names(columns), tuple(rows[:MOST_SAMPLES]), container)
    return Found(replace(source, header_rows=0), head, None)
