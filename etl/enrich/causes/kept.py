"""Phrases that people add to the taxonomy, kept in the journal of decisions with who added each and when."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from etl.actions import Actions
from etl.enrich.causes.read import FILE, read_taxonomy
from etl.enrich.causes.taxonomy import Taxonomy
from etl.errors import UserError
from etl.folders import Folders

KIND = "phrase"
__all__ = ["FILE", "KIND", "drop_phrase", "keep_phrase", "labels_for", "taxonomy_of"]


def taxonomy_of(folders: Folders, own: Path | None = None) -> Taxonomy:
    """The taxonomy of a company: what ships, its taxonomy.toml, and the phrases kept in the journal.

    `own` is a file to read in place of taxonomy.toml.
    """
    return read_taxonomy(own or _file(folders), _kept(folders))


def labels_for(folders: Folders, told: Collection[str]) -> list[str]:
    """The causes by which a person may label a text among those that words tell `told` of.

    Where a cause of a chapter is told, the general ones that it stands for never are, and nobody should say them.
    """
    causes = taxonomy_of(folders).causes
    covered = {name for cause in causes if cause.name in told for name in cause.covers}
    return [cause.name for cause in causes if cause.name not in covered and (not cause.chapter or cause.name in told)]


def keep_phrase(
    folders: Folders, phrase: str, cause: str, author: str, *, theme: str = "", language: str = "en", weight: int = 4
) -> str:
    """Add a phrase to a cause, which is made, of that theme, where there is none; returns its key.

    Raises UserError when the phrase can't be read, a new cause has no theme, or an example would no longer hold: then
    nothing is kept.
    """
    given = {"phrase": phrase, "cause": cause, "theme": theme, "language": language, "weight": str(weight)}
    read_taxonomy(_file(folders), [*_kept(folders), _tables(given)])
    key = sha256("\0".join((language, cause, phrase)).encode()).hexdigest()[:12]
    actions = Actions(folders)
    actions.write(KIND, key, given, author, actions.version(KIND, key))
    return key


def drop_phrase(folders: Folders, key: str, author: str) -> None:
    """Take a kept phrase back; a UserError when none of this key is kept."""
    kept = {edit.key: edit for edit in Actions(folders).current(KIND)}
    if key not in kept:
        raise UserError(f"phrase {key!r}: is not kept; expected a key that cx taxonomy --json lists.")
    Actions(folders).write(KIND, key, None, author, kept[key].version)


def _file(folders: Folders) -> Path | None:
    file = folders.root / FILE
    return file if file.exists() else None


def _kept(folders: Folders) -> list[dict[str, Any]]:
    return [_tables(edit.content or {}) for edit in Actions(folders).current(KIND)]


def _tables(given: Mapping[str, str]) -> dict[str, Any]:
    """One addition in the form of a taxonomy file."""
    theme = {"theme": given["theme"]} if given["theme"] else {}
    phrases = {given["language"]: {given["weight"]: [given["phrase"]]}}
    return {"cause": {given["cause"]: {**theme, "phrases": phrases}}}
