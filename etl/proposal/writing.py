"""The text of a proposal: TOML with a comment on each line, whatever signs names and values hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from etl.proposal.draft import Draft, Line, Section

MARK = "UNDECIDED:"
WIDTH = 110
SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def written(draft: Draft) -> str:
    """The whole mapping file."""
    parts = [
        [f"# {printable(remark)}" for remark in draft.remarks],
        [
            *_lines(draft.lines[:2]),
            *_columns("required", draft.required),
            *(_columns("optional", draft.optional) if draft.optional else ()),
            *_lines(draft.lines[2:]),
        ],
        *(_section(section, draft) for section in draft.sections),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _section(section: Section, draft: Draft) -> list[str]:
    """The section's lines; several of one target are an array of tables."""
    is_one = [other.target for other in draft.sections].count(section.target) == 1
    return [f"[{section.target}]" if is_one else f"[[{section.target}]]", *_lines(section.lines)]


def _columns(key: str, columns: Iterable[tuple[str, str]]) -> list[str]:
    """A list of columns, one a line with what becomes of it."""
    named = [f"    {quoted(name)},  # {printable(remark)}" for name, remark in columns]
    return [f"{key} = [", *named, "]"]


def _lines(lines: Iterable[Line]) -> list[str]:
    return [text for line in lines for text in _line(line)]


def _line(line: Line) -> list[str]:
    text = f"{bare_key(line.key)} = {toml(line.value)}"
    reason = f"  # {printable(line.reason)}" if line.reason else ""
    found = [f"# {MARK} {printable(line.question)}"] if line.question else []
    found += [f"# {bare_key(other.key)} = {toml(other.value)}" for other in line.others]
    return [*found, f"# {text}{reason}" if line.is_waiting else f"{text}{reason}"]


def toml(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{bare_key(str(key))} = {toml(held)}" for key, held in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return quoted(str(value))


def bare_key(key: str) -> str:
    """A key, in quotes where it must be."""
    return key if key and BARE.issuperset(key) else quoted(key)


def quoted(text: str) -> str:
    """A text as a basic string; signs that do not print are escaped, so that what is read is what is there."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(sign: str) -> str:
    if sign in SHORT:
        return SHORT[sign]
    if sign.isprintable():
        return sign
    code = ord(sign)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def printable(text: str) -> str:
    """A comment's text on one line, without a sign that could end it or steer a screen."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape", "replace").decode("ascii") for sign in text
    )
