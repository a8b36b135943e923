"""XML as documents: of feeds (RSS, Atom) each item or entry, its children and attributes flat; call records nested."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, parse

from etl.errors import FileRefused
from etl.reading.documents import Document

ENTRIES = ("item", "entry")
CALL_RECORD = "cdr"
HTML = ("html", "table", "body")


def feed_documents(path: Path) -> Iterator[Document]:
    """The entries of a feed; raises FileRefused for what is no feed, no XML, or XML that grows when it is read."""
    try:
        root = parse(path).getroot()
    except DefusedXmlException as error:
        raise FileRefused(
            f"XML with entities or external parts ({type(error).__name__}); expected a plain feed."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise FileRefused(f"not readable as XML ({error}). Export it again.") from error
    if root is None or _name(root.tag) in HTML:
        raise FileRefused("an HTML page, whatever its name says; expected an export. Save the table as CSV or XLSX.")
    calls = [element for element in root.iter() if _name(element.tag) == CALL_RECORD]
    if calls:
        yield from (Document(number, _nested(element)) for number, element in enumerate(calls, 1))
        return
    entries = [element for element in root.iter() if _name(element.tag) in ENTRIES]
    about = {f"feed.{name}": text for name, text in _feed(root).items()}
    for number, element in enumerate(entries, 1):
        yield Document(number, {**about, **_flat(element)})


def _nested(element: Element) -> Any:
    """Children by name, repeated ones as a list; the text of an element that has none."""
    if not len(element):
        return _text(element)
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(_name(child.tag), []).append(_nested(child))
    return {name: held[0] if len(held) == 1 else held for name, held in found.items()}


def _feed(root: Element) -> dict[str, Any]:
    channel = next((child for child in root if _name(child.tag) == "channel"), root)
    return {name: text for name, text in _flat(channel, ENTRIES).items() if not name.startswith("image")}


def _flat(element: Element, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Children by name: their text, their attributes as `link@href`, theirs as `author.name`; the first of each."""
    found: dict[str, Any] = {}
    for child in element:
        name = _name(child.tag)
        if name in without:
            continue
        _note(found, name, _text(child))
        for attribute, value in child.attrib.items():
            _note(found, f"{name}@{_name(attribute)}", value)
        for inner in child:
            _note(found, f"{name}.{_name(inner.tag)}", _text(inner))
    return found


def _note(found: dict[str, Any], name: str, value: str | None) -> None:
    """Keep the first; a repeated one (categories) is joined to it with a bar, as a table would hold it."""
    if value is None:
        found.setdefault(name, None)
    elif found.get(name) and name.partition("@")[0] in ("category", "tag"):
        found[name] = f"{found[name]}|{value}"
    else:
        found[name] = found.get(name) or value


def _text(element: Element) -> str | None:
    text = "".join(element.itertext()).strip()
    return text or None


def _name(tag: object) -> str:
    """A tag or attribute without its namespace."""
    return str(tag).rpartition("}")[2]
