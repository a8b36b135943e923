"""JSON whose names are ways, as pandas writes what it made flat: `user.screen_name` is the name in `user` again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

WAY = re.compile(r"[^\s.]+(\.[^\s.]+)+")


def leads_on(document: Any) -> bool:
    """Whether some of a document's names are ways."""
    return isinstance(document, Mapping) and any(WAY.fullmatch(name) for name in document)


def unflattened(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the objects that its ways lead through; a way that is taken stays a name.

    What one document lacks and others have is null in it, and is left out.
    """
    told = {name: value for name, value in document.items() if value is not None}
    nested: dict[str, Any] = {name: value for name, value in told.items() if not WAY.fullmatch(name)}
    for name in sorted(told.keys() - nested.keys()):
        put(nested, name.split("."), told[name])
    return nested


def put(found: dict[str, Any], steps: Sequence[str], value: Any) -> None:
    """Put a value where a way leads; under its whole name where something else stands there or on the way."""
    held, (*way, last) = found, steps
    for step in way:
        inner = held.setdefault(step, {})
        if not isinstance(inner, dict):
            break
        held = inner
    else:
        if last not in held:
            held[last] = value
            return
    found.setdefault(".".join(steps), value)
