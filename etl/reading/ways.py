"""JSON whose names are ways, as pandas writes what it made flat: `user.screen_name` is the name in `user` again."""

import re
from collections.abc import Mapping
from typing import Any

WAY = re.compile(r"[^\s.]+(\.[^\s.]+)+")


def leads_on(document: Any) -> bool:
    """Whether some of a document's names are ways."""
    return isinstance(document, Mapping) and any(WAY.fullmatch(name) for name in document)


def unflattened(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the objects that its ways lead through; one that is taken stays a name.

    What one document lacks and others have is null in it, and is left out.
    """
    told = {name: value for name, value in document.items() if value is not None}
    nested: dict[str, Any] = {name: value for name, value in told.items() if not WAY.fullmatch(name)}
    for name in sorted(told.keys() - nested.keys()):
        held, (*way, last) = nested, name.split(".")
        for step in way:
            inner = held.setdefault(step, {})
            if not isinstance(inner, dict):
                nested[name] = told[name]
                break
            held = inner
        else:
            held.setdefault(last, told[name])
    return nested
