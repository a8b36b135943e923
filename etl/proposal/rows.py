"""The rows of a file that no source knows: its header found, its records staged as texts under their own names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl.engines import Connection
from etl.errors import FileRefused
from etl.proposal.writing import toml
from etl.reading.jail import JAIL
from etl.reading.plain import Plain
from etl.reading.stage import Unreadable, readable, stage, stage_exactly
from etl.sources.base import Head
from etl.sources.catalogue import NotRecognised, unique_names
from etl.sources.declaration import parse_source
from etl.sources.texts import quoted

NAME = "proposed"
MOST_ROWS = 300_000
MOST_PREAMBLE = 20
FEW_DOCUMENTS = 3
VALUE = re.compile(r"[-+]?[\d.,:/ -]*\d[\d.,:/ TZ%-]*|")


@dataclass(frozen=True)
class Rows:
    """A file's records as the table `looked` of texts, with the source that knows it or what was said instead."""

    head: Head
    columns: tuple[str, ...]
    records: int
    known_as: str
    told: str


def read_rows(connection: Connection, raw: Path, folder: Path) -> Rows:
    """Read a raw copy and fill the temporary table `looked` with its first records.

    Raises FileRefused for a file that cannot be read at all or has no names for its columns.
    """
    head, known_as, told = _head(raw, _room(folder, "first"))
    columns = _table_columns(head) if head.form == "table" else _leaves(head.columns, head.container)
    plain = _read(raw, _room(folder, "second"), head, columns or head.columns[:1])
    inner = _inner(head) if head.form == "json" and plain.records <= FEW_DOCUMENTS else ()
    if inner:
        plain, columns = _deeper(raw, _room(folder, "third"), head, inner) or (plain, columns)
    if not columns:
        raise FileRefused("JSON whose objects hold no plain values; expected records with named values.")
    _stage(connection, plain, columns)
    return Rows(plain.head, columns, plain.records - plain.header_rows, known_as, told)


def _deeper(raw: Path, folder: Path, head: Head, inner: Sequence[str]) -> tuple[Plain, tuple[str, ...]] | None:
    """The objects of a list inside the only documents as records, and their columns; None if they are none."""
    try:
        plain = _read(raw, folder, head, inner)
    except FileRefused:
        return None
    return plain, _leaves(plain.columns, head.container)


def _room(folder: Path, name: str) -> Path:
    room = folder / name
    room.mkdir()
    return room


def _head(raw: Path, folder: Path) -> tuple[Head, str, str]:
    """The head of a file, the source that knows it, or what is said of a file that none knows."""
    try:
        plain = JAIL.read(raw, folder)
    except NotRecognised as unknown:
        return unknown.head, "", str(unknown)
    return plain.head, plain.source, ""


def _read(raw: Path, folder: Path, head: Head, columns: Sequence[str]) -> Plain:
    try:
        plain = JAIL.read(raw, folder, NAME, {NAME: _signature(head.form, columns)})
    except NotRecognised as unnamed:
        raise FileRefused(
            "its first line holds no names of columns, which a mapping needs. Load it without one if a source knows "
            "it, or add a first line with a name for each column."
        ) from unnamed
    if head.form != "table" or plain.layout != "csv":
        return replace(plain, header_rows=0)
    return plain


def _signature(form: str, columns: Sequence[str]) -> str:
    """A mapping that only says which columns a file has."""
    first = toml(columns[0])
    repeated = [name for name in columns if f"{name}#2" in columns]
    return (
        f'name = "{NAME}"\ntitle = "{NAME}"\nform = "{form}"\nrequired = {toml(columns)}\nkey = [{first}]\n'
        f"repeated = {toml(repeated)}\n"
        f'event = {{ kind = "text", column = {first} }}\n[responses]\nquestion = {first}\n'
    )


def _stage(connection: Connection, plain: Plain, columns: Sequence[str]) -> None:
    source = parse_source(_signature(plain.head.form, columns), NAME)
    staged = stage(connection, plain, source)
    names = ", ".join(quoted(column) for column in columns)
    filling = f"CREATE OR REPLACE TEMP TABLE looked AS SELECT {names} FROM {{}} LIMIT {MOST_ROWS}"
    try:
        with readable(source):
            connection.execute(filling.format(staged.relation))
    except Unreadable:
        exact = stage_exactly(connection, staged, source)
        if exact is None:
            raise
        with readable(source):
            connection.execute(filling.format(exact.relation))


def _table_columns(head: Head) -> tuple[str, ...]:
    """The names in the row that is the header: the first that is as wide as the rest and holds names only."""
    rows = [tuple(head.columns), *head.samples[:MOST_PREAMBLE]]
    filled = [sum(1 for cell in row if cell and cell.strip()) for row in rows]
    filled[0] = sum(1 for place, cell in enumerate(head.columns, 1) if cell != f"column {place}")
    usual = sorted(filled)[len(filled) // 2]
    for place, row in enumerate(rows):
        if filled[place] >= max(2, 0.7 * usual) and _are_names(row):
            return head.columns if place == 0 else unique_names(tuple((cell or "").strip() for cell in row))
    raise FileRefused(
        f"the first line holds {rows[0][0]!r}, {rows[0][1]!r}, …; expected the names of its columns, and no line below "
        "has them. Add a first line with a name for each column."
    )


def _are_names(row: Sequence[str | None]) -> bool:
    """Whether the cells of a row are names rather than numbers and dates."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    values = sum(1 for cell in cells if VALUE.fullmatch(cell))
    return values <= 0.25 * len(cells)


def _leaves(paths: Sequence[str], container: str) -> tuple[str, ...]:
    """The paths of a document that hold values: none that lead to others, and none inside its lists."""
    found: dict[str, str] = {}
    for path in paths:
        is_way = container != "xml" and any(other.startswith((f"{path}.", f"{path}[].")) for other in paths)
        if "[]" not in path and not is_way:
            found.setdefault(path.casefold(), path)
    return tuple(found.values())


def _inner(head: Head) -> tuple[str, ...]:
    """The paths inside the list of objects that holds most of a document; none where there is no such list."""
    lists: dict[str, list[str]] = {}
    for path in head.columns:
        way, inside, rest = path.partition("[].")
        if inside and way.count(".") <= 1:
            lists.setdefault(way, []).append(rest)
    best = max(lists.values(), key=len, default=[])
    return _leaves(best, head.container) if best else ()
