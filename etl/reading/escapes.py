"""Whether a file whose quotes are escaped with backslashes means all its backslashes so."""

import mmap
import re

from etl.reading.exact import Exact

_PAIR = re.compile(rb"\\([\s\S])")
MOST_LOOKED_AT = 1000
LITERAL = b"\"'\\\r\n"  # what a backslash stands before to be taken as it is


def loses_backslashes(text: mmap.mmap, start: int, exact: Exact) -> bool:
    """Whether a quoted cell holds a backslash before a letter, which the engine would drop with the escape."""
    for looked_at, pair in enumerate(_PAIR.finditer(text, start)):
        if looked_at == MOST_LOOKED_AT:
            return False
        if pair[1] not in LITERAL and pair[1] != exact.delimiter and _is_quoted(text, pair.start(), start, exact):
            return True
    return False


def _is_quoted(text: mmap.mmap, place: int, start: int, exact: Exact) -> bool:
    """Whether a place is inside quotes, judged by its physical line; in doubt it is."""
    begin = max(text.rfind(b"\n", start, place) + 1, start)
    before = _PAIR.sub(b"", text[begin:place])
    if before.count(exact.quote) % 2:
        return True
    return not exact.cells(text[begin : exact.line(text, place)[0]])
