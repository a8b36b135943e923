"""All sources: every declaration in this folder, and the choice of the one that a file belongs to."""

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from etl.errors import FileRefused
from etl.sources.base import Head, Source
from etl.sources.declaration import parse_source

FOLDER = Path(__file__).parent
MACHINERY = {"__init__", "base", "cast", "catalogue", "dates", "declaration", "fields", "keys", "read", "recognise"}


def _declared() -> dict[str, Source]:
    found = [parse_source(path.read_text("utf-8"), path.name) for path in sorted(FOLDER.glob("*.toml"))]
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem not in MACHINERY:
            found.append(importlib.import_module(f"etl.sources.{path.stem}").SOURCE)
    return {source.name: source for source in sorted(found, key=lambda source: source.name)}


SOURCES: Mapping[str, Source] = MappingProxyType(_declared())


def missing(source: Source, head: Head) -> list[str]:
    """The required columns that a file's head lacks, under any of their names."""
    return [column for column in source.required if file_column(source, column, head) is None]


def file_column(source: Source, column: str, head: Head) -> str | None:
    """The file's own name for a column of the source; a blank name is one only for the first column."""
    spellings = (column, *source.aliases.get(column, ()))
    named = [name for name in spellings if name and name in head.columns]
    return named[0] if named else ("" if "" in spellings and head.columns[:1] == ("",) else None)


def candidates(head: Head, sources: Iterable[Source]) -> list[tuple[float, Source]]:
    """Sources of the head's form with the share of their signature that it has, the closest first."""
    scored = [
        (1 - len(missing(source, head)) / len(source.required), source)
        for source in sources
        if source.form == head.form
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].name))


def choose(head: Head, sources: Iterable[Source]) -> Source:
    """The one source whose signature the head has in full.

    Raises FileRefused: with the closest source and what is missing, or with both names when two match.
    """
    ranked = candidates(head, sources)
    matching = [source for share, source in ranked if share == 1]
    if len(matching) == 1:
        return matching[0]
    if len(matching) > 1:
        names = " and ".join(source.name for source in matching)
        raise FileRefused(f"two sources claim this file: {names}. Name one with --source.")
    ranked = max(ranked, _by_second_row(head, sources), key=lambda found: found[0][0] if found else 0)
    found = ", ".join(repr(column) for column in head.columns[:8]) + (", …" if len(head.columns) > 8 else "")
    if not ranked or ranked[0][0] == 0:
        known = ", ".join(source.name for source in sources)
        raise FileRefused(f"not recognised: found columns {found}; no known source ({known}) has any of them.")
    closest = ranked[0][1]
    lacking = ", ".join(repr(column) for column in missing(closest, head))
    raise FileRefused(
        f"not recognised: the closest source is {closest.name}, but {lacking} is missing; found columns {found}."
    )


def _by_second_row(head: Head, sources: Iterable[Source]) -> list[tuple[float, Source]]:
    """Candidates if the second row were the header: exports with a preamble or an older layout."""
    second = tuple(cell or "" for cell in head.samples[0]) if head.samples else ()
    return candidates(replace(head, columns=second), sources)
