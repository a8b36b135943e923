"""Careful reading of JSON: what is missing, null or of another shape is nothing, and never an error."""

from collections.abc import Mapping
from typing import Any


def part(document: Any, *path: str) -> Any:
    """The value under the names of a path; None where one is missing or does not lead on.

    Connectors write the whole path as one name, `via_channel`, where they make a table of documents.
    """
    for place, name in enumerate(path):
        if not isinstance(document, Mapping):
            return None
        if name not in document:
            return document.get("_".join(path[place:]))
        document = document[name]
    return document


def objects(document: Any, *path: str) -> list[Mapping[str, Any]]:
    """The objects of the list under a path."""
    found = part(document, *path)
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []


def text(document: Any, *path: str) -> str | None:
    """The text, number or flag under a path as text; None for nothing, for blanks and for what holds others."""
    found = part(document, *path)
    if isinstance(found, bool):
        return str(found).lower()
    return str(found).strip() or None if isinstance(found, str | int | float) else None


def number(document: Any, *path: str) -> float | None:
    """The number under a path, also where it is written as a text."""
    try:
        return float(text(document, *path) or "")
    except ValueError:
        return None


def first(*values: str | None) -> str | None:
    """The first text that there is."""
    return next((value for value in values if value), None)


def joined(values: list[str | None], mark: str = " ") -> str | None:
    """Several texts as one; None where there are none."""
    return mark.join(value for value in values if value) or None


def names(document: Any, *path: str) -> str | None:
    """The labels of the list under a path, be they texts or objects with a name, each once."""
    found = part(document, *path)
    entries = found if isinstance(found, list) else []
    labels = [text(entry, "name") if isinstance(entry, Mapping) else text({"name": entry}, "name") for entry in entries]
    return joined(list(dict.fromkeys(labels)))
