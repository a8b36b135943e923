"""JSON in its forms (array, lines, objects one after another, inside JavaScript) as documents, one after the other."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from etl.errors import FileRefused

ASSIGNMENT = re.compile(r"\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.\[\]\"']*\s*=\s*(?=[\[{])")
WHITE = re.compile(r"[\s,;]*")
SHOWN = 2_000


@dataclass(frozen=True)
class Document:
    """One document and the line where it begins; `fault` says why it is none, and `raw` is then what stood there."""

    line: int
    value: Any
    fault: str = ""
    raw: str = ""


class _Faults:
    """Collects what the decoder lets pass: repeated keys and numbers that are none."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        decoded = dict(pairs)
        if len(decoded) < len(pairs):
            names = [name for name, _ in pairs]
            self.found.append(f"the key {next(name for name in names if names.count(name) > 1)!r} occurs twice")
        return decoded

    def constant(self, text: str) -> None:
        self.found.append(f"{text} is no number")

    def taken(self) -> str:
        told, self.found = "; ".join(self.found), []
        return told and f"{told}; expected plain JSON"


def bare(text: str) -> str:
    """The JSON of a file without the JavaScript assignment before it."""
    begun = ASSIGNMENT.match(text[:SHOWN])
    return text[begun.end() :] if begun else text


def documents(text: str) -> Iterator[Document]:
    """The elements of a top-level array, or the values that follow each other; what is none says why.

    After a fault the reading goes on with the next line; inside an array it ends, and the rest is one faulty document.
    """
    faults = _Faults()
    decoder = json.JSONDecoder(object_pairs_hook=faults.object, parse_constant=faults.constant)
    place = _after_white(text, 0)
    is_array = text.startswith("[", place)
    place += is_array
    line, counted = 1, 0
    while True:
        place = _after_white(text, place)
        if place >= len(text) or (is_array and text[place] == "]"):
            return
        line, counted = line + text.count("\n", counted, place), place
        try:
            value, end = decoder.raw_decode(text, place)
        except RecursionError:
            raise FileRefused(f"line {line}: JSON nested too deeply; expected records as objects.") from None
        except ValueError as error:
            faults.taken()
            after = text.find("\n", place)
            end = len(text) if is_array or after < 0 else after
            yield Document(
                line, None, f"not valid JSON ({str(error).split(':')[0]})", text[place : min(end, place + SHOWN)]
            )
        else:
            fault = faults.taken()
            yield Document(line, value, fault, text[place : place + SHOWN] if fault else "")
        place = end


def _after_white(text: str, place: int) -> int:
    found = WHITE.match(text, place)
    return found.end() if found else place


def paths(document: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """Every path of a document: inner ones joined with dots, `data[].id` through the first object of an array."""
    for name, value in document.items():
        yield prefix + name
        if isinstance(value, dict):
            yield from paths(value, f"{prefix}{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from paths(value[0], f"{prefix}{name}[].")


def inner_arrays(document: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The ways to arrays of objects inside a document, the outer ones first: to `data`, then to `data.children`."""
    for name, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield (name,)
    for name, value in document.items():
        if isinstance(value, dict):
            for inner, held in value.items():
                if isinstance(held, list) and held and isinstance(held[0], dict):
                    yield (name, inner)


def inner_objects(document: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The ways to objects inside a document, the outer ones first: to `record`, then to `record.data`."""
    inner = {name: value for name, value in document.items() if isinstance(value, dict)}
    yield from ((name,) for name in inner)
    yield from ((name, deeper) for name, held in inner.items() for deeper in held if isinstance(held[deeper], dict))


def elements(document: Document, way: tuple[str, ...]) -> Iterator[Document]:
    """The objects at the end of a way, each element of the arrays on it; the document itself where it leads nowhere."""
    found = _at_end(document.value, way)
    yield from (document,) if found is None else (Document(document.line, value) for value in found)


def _at_end(value: Any, way: tuple[str, ...]) -> list[Any] | None:
    if isinstance(value, list):
        ends = [(held, _at_end(held, way) if way else [held]) for held in value]
        return [end for held, found in ends for end in ([held] if found is None else found)]
    if not isinstance(value, dict):
        return None
    return _at_end(value.get(way[0]), way[1:]) if way else [value]
