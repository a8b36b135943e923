"""JSON whose names are ways, as programs write what they made flat: `user.screen_name` is the name in `user` again.

Lists come back, too, from names that count from 0: `tags.0`, and `comments_data_0_id` where underscores part the names.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

WAY = re.compile(r"[^\s.]+(\.[^\s.]+)+")
FIRST_PLACE = re.compile(r".+_0(_\D.*)?")
PLACE = re.compile(r"(.+?)_(\d+)(?:_(\D.*))?")


def leads_on(document: Any) -> bool:
    """Whether some of a document's names are ways."""
    return isinstance(document, Mapping) and any(
        ("." in name and WAY.fullmatch(name)) or ("_0" in name and FIRST_PLACE.fullmatch(name)) for name in document
    )


def unflattened(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the objects that its ways lead through; a way that is taken stays a name.

    What one document lacks and others have is null in it, and is left out.
    """
    told = {name: value for name, value in document.items() if value is not None}
    nested: dict[str, Any] = {name: value for name, value in told.items() if not WAY.fullmatch(name)}
    for name in sorted(told.keys() - nested.keys()):
        put(nested, name.split("."), told[name])
    return with_lists(nested)


def with_lists(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with lists where names of inner objects, or parts of names between underscores, count from 0."""
    found = {name: _listed(value) for name, value in document.items()}
    placed: dict[str, dict[str, Any]] = {}
    for name, told in [(name, told) for name in found if (told := PLACE.fullmatch(name))]:
        put(placed.setdefault(told[1], {}), [step for step in told.groups()[1:] if step], found[name])
    lists = {
        name: made for name, held in placed.items() if name not in found and isinstance(made := _listed(held), list)
    }
    kept = {name: value for name, value in found.items() if not ((told := PLACE.fullmatch(name)) and told[1] in lists)}
    return kept | lists


def _listed(value: Any) -> Any:
    """A list where the names of an object count from 0."""
    if not isinstance(value, dict):
        return value
    inner = with_lists(value)
    places = [str(place) for place in range(len(inner))]
    return [inner[place] for place in places] if inner and inner.keys() == set(places) else inner


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
