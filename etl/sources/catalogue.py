"""All sources: every declaration in this folder, and the choice of the one that a file belongs to."""

import importlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from etl.errors import FileRefused
from etl.sources.base import Form, Head, Source
from etl.sources.declaration import parse_source
from etl.sources.spelling import file_column

FOLDER = Path(__file__).parent
COMPANION_FILE = "companions.toml"
CLOSE_SHARE = 0.3
PROPOSAL = "Let cx inspect FILE --propose mapping.toml write a mapping for it."


class NotRecognised(FileRefused):
    """A readable file that no source knows, with what its head shows."""

    def __init__(self, message: str, head: Head) -> None:
        """The sentence and the head."""
        super().__init__(message)
        self.head = head


@dataclass(frozen=True)
class Companion:
    """A file that systems export beside the others and that holds nothing to land: its signature, what it is."""

    form: Form
    columns: tuple[str, ...]
    sentence: str


MACHINERY = {
    "__init__",
    "base",
    "cast",
    "catalogue",
    "dates",
    "declaration",
    "fields",
    "keys",
    "months",
    "quick",
    "spelling",
    "texts",
    "times",
}


def _declared() -> dict[str, Source]:
    found = [
        parse_source(path.read_text("utf-8"), path.name)
        for path in sorted(FOLDER.glob("*.toml"))
        if path.name != COMPANION_FILE
    ]
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem not in MACHINERY:
            found.append(importlib.import_module(f"etl.sources.{path.stem}").SOURCE)
    return {source.name: source for source in sorted(found, key=lambda source: source.name)}


def _companions() -> tuple[Companion, ...]:
    document = tomllib.loads((FOLDER / COMPANION_FILE).read_text("utf-8"))
    return tuple(
        Companion(entry["form"], tuple(entry["columns"]), entry["sentence"]) for entry in document["companion"]
    )


SOURCES: Mapping[str, Source] = MappingProxyType(_declared())
COMPANIONS = _companions()


def missing(source: Source, head: Head, *, is_exact: bool = False) -> list[str]:
    """The columns that a file's head lacks, under any of their names, of the signature that it comes closest to."""
    lacking = [
        [column for column in columns if file_column(source, column, head.columns, is_exact=is_exact) is None]
        for columns in signatures(source)
    ]
    return min(lacking, key=len, default=["a header"])


def signatures(source: Source) -> list[tuple[str, ...]]:
    """The sets of columns each of which makes a file this source's; none for one that knows files without a header."""
    return [columns for columns in (source.required, *source.signatures) if columns]


def unique_names(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a header as names that differ from each other in more than case: `column 3`, `Comment#2`."""
    names: list[str] = []
    seen: set[str] = set()
    for place, cell in enumerate(cells, 1):
        bare = cell or f"column {place}"
        name, number = bare, 1
        while name.casefold() in seen:
            number += 1
            name = f"{bare}#{number}"
        seen.add(name.casefold())
        names.append(name)
    return tuple(names)


def candidates(head: Head, sources: Iterable[Source]) -> list[tuple[float, Source]]:
    """Sources with the share of their signature that a head has, the closest first: of its form, or of documents.

    A table may hold documents made flat.
    """
    forms = (head.form, "json") if head.form == "table" else (head.form,)
    scored = [(_share(source, head), source) for source in sources if source.form in forms]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].name))


def _share(source: Source, head: Head) -> float:
    shares = [
        sum(file_column(source, column, head.columns) is not None for column in columns) / len(columns)
        for columns in signatures(source)
    ]
    return max(shares, default=0.0)


def choose(head: Head, sources: Iterable[Source]) -> Source:
    """The one source whose signature the head has in full; of two the one that asks for all the other asks, and more.

    A mapping file that fits comes before the built-in sources.

    Raises FileRefused with both names when two match, and NotRecognised: with the closest source and what is missing,
    or with what the file is where it is known to hold nothing to land.
    """
    known = list(sources)
    matching = _matching(head, [source for source in known if source.form == head.form])
    matching = [source for source in matching if source.declaration] or matching
    wider = [source for source in matching if not any(_asks_more(other, source, head) for other in matching)]
    if len(wider) == 1:
        return wider[0]
    if len(wider) > 1:
        names = " and ".join(source.name for source in wider)
        raise FileRefused(f"two sources claim this file: {names}. Name one with --source.")
    raise NotRecognised(_refusal(head, known), head)


def _matching(head: Head, sources: Iterable[Source]) -> list[Source]:
    """Those whose signature a head has in full; in spellings that are not declared only where there is none else."""
    known = [source for source in sources if not (source.is_closed and _unknown(source, head))]
    exact = [source for source in known if not missing(source, head, is_exact=True)]
    return exact or [source for source in known if not missing(source, head)]


def _unknown(source: Source, head: Head) -> set[str]:
    """The columns of a file that a source knows by no spelling."""
    names = (*source.columns, *source.ignored)
    return set(head.columns) - {spelling for name in names for spelling in (name, *source.aliases.get(name, ()))}


def _asks_more(source: Source, other: Source, head: Head) -> bool:
    return _columns_met(source, head) > _columns_met(other, head)


def _columns_met(source: Source, head: Head) -> set[str]:
    """The file's columns that the longest of the signatures met asks for."""
    asked = [[file_column(source, column, head.columns) for column in columns] for columns in signatures(source)]
    met = [{name for name in names if name} for names in asked if names and None not in names]
    return max(met, key=len, default=set())


def is_companion(head: Head) -> bool:
    """Whether a head is that of a file that is known to hold nothing to land."""
    return _companion(head) is not None


def _companion(head: Head) -> Companion | None:
    alike = (found for found in COMPANIONS if found.form == head.form and set(found.columns) <= set(head.columns))
    return next(alike, None)


def _refusal(head: Head, sources: list[Source]) -> str:
    companion = _companion(head)
    if companion:
        return companion.sentence
    found = ", ".join(repr(column) for column in head.columns[:8]) + (", …" if len(head.columns) > 8 else "")
    ranked = candidates(head, [source for source in sources if missing(source, head)])
    if not ranked or ranked[0][0] < CLOSE_SHARE:
        return f"not recognised: found columns {found}; no known source comes close. {PROPOSAL}"
    closest = ranked[0][1]
    lacking = missing(closest, head)
    shown = ", ".join(_with_nearest(column, head) for column in lacking)
    lack = f"the closest source is {closest.name}, but {shown} is missing"
    return f"not recognised: {lack}; found columns {found}. {PROPOSAL}"


def _with_nearest(column: str, head: Head) -> str:
    by_case = {name.casefold(): name for name in head.columns}
    near = get_close_matches(column.casefold(), by_case, n=1, cutoff=0.75)
    return repr(column) + (f" (did you mean {by_case[near[0]]!r}?)" if near else "")
