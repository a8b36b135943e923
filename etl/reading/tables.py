"""Where another table begins in the same file: behind a blank line, or with the header's names quoted otherwise."""

import mmap

from etl.reading.tally import Tally
from etl.reading.verdict import Judge

ENOUGH = 4  # records from which on the header's names are no part of the header, which may take several rows


def begins_another(text: mmap.mmap, place: int, judge: Judge) -> bool:
    """Whether what follows a blank line is another table: like a header, or of another number of columns."""
    place, line = _next_line(text, place, judge)
    cells = judge.exact.cells(line)
    if len(cells) == judge.columns:
        return line != judge.header and judge.shapes.is_header_like(cells)
    if len(cells) < 2:
        return False
    _, following = _next_line(text, place, judge)
    return bool(following) and not judge.is_complete(following)


def _next_line(text: mmap.mmap, place: int, judge: Judge) -> tuple[int, bytes]:
    """The next line that is not blank, and where the one after it begins."""
    while place < len(text):
        end, after = judge.exact.line(text, place)
        if end > place:
            return after, text[place:end]
        place = after
    return place, b""


def close_at(text: mmap.mmap, place: int, judge: Judge, tally: Tally) -> int:
    """Set aside all lines from `place` on, where another table begins; the end of the file."""
    beginning = 0
    while place < len(text):
        end, after = judge.exact.line(text, place)
        if end > place:
            beginning = beginning or tally.line
            tally.reject(tally.line, f"another table begins at line {beginning}", text[place:end])
        tally.line += 1
        place = after
    return place
