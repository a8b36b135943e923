"""Whether a file whose quotes are escaped with backslashes means all its backslashes so."""

import mmap
import re
from itertools import islice

from etl.reading.exact import Exact

_PAIR = re.compile(rb"\\([\s\S])")
MOST_LOOKED_AT = 1000
LITERAL = b"\"'\\\r\n"  # what a backslash stands before to be taken as it is


def loses_backslashes(text: mmap.mmap, start: int, exact: Exact) -> bool:
    """Whether a quoted cell holds a backslash before a letter, which the engine would drop with the escape.

    So does one before an apostrophe, where others have none before them: a system that escapes them escapes all.
    """
    other, has_bare = _other_quote(exact), None
    for looked_at, pair in enumerate(_PAIR.finditer(text, start)):
        if looked_at == MOST_LOOKED_AT:
            return False
        if pair[1] == other and has_bare is None:
            has_bare = _has_bare(other, text, start, exact)
        is_literal = pair[1] in LITERAL and not (pair[1] == other and has_bare)
        if not is_literal and pair[1] != exact.delimiter and _is_quoted(text, pair.start(), start, exact):
            return True
    return False


def escapes_only_quotes(text: mmap.mmap, start: int) -> bool:
    """Whether a backslash before a quote can only mean that quote: none is escaped itself."""
    return text.find(b"\\\\", start) < 0


def with_doubled_quotes(text: mmap.mmap, exact: Exact) -> bytes:
    """The same lines with quotes doubled that were escaped with backslashes; all other backslashes stay."""
    return bytes(text).replace(b"\\" + exact.quote, 2 * exact.quote)


def _other_quote(exact: Exact) -> bytes:
    return b"'" if exact.quote == b'"' else b'"'


def _has_bare(mark: bytes, text: mmap.mmap, start: int, exact: Exact) -> bool:
    """Whether one of the first such marks in quoted cells has no backslash before it."""
    bare = re.compile(rb"(?<!\\)" + mark)
    found = islice(bare.finditer(text, start), MOST_LOOKED_AT)
    return any(_is_quoted(text, match.start(), start, exact) for match in found)


def _is_quoted(text: mmap.mmap, place: int, start: int, exact: Exact) -> bool:
    """Whether a place is inside quotes, judged by its physical line; in doubt it is."""
    begin = max(text.rfind(b"\n", start, place) + 1, start)
    before = _PAIR.sub(b"", text[begin:place])
    if before.count(exact.quote) % 2:
        return True
    return not exact.cells(text[begin : exact.line(text, place)[0]])
