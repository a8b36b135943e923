"""The marks of a delimited text, judged by its first records: what parts its cells, what quotes them, and blanks."""

import csv
import io
import re
from collections import Counter

from etl.errors import FileRefused
from etl.reading.dialect import Dialect
from etl.reading.exact import Exact
from etl.reading.recognition import MOST_PREAMBLE, MOST_SAMPLES, Cells

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f")
WEAK_DELIMITERS = (":", " ")  # times and prose hold them too, so that only a known header tells that they part cells
QUOTES = ('"', "'")
MOST_TRIED = MOST_PREAMBLE + MOST_SAMPLES


def first_rows(text: str, delimiter: str, quote: str, most: int = MOST_TRIED) -> tuple[list[Cells], list[int]]:
    """The first records that hold anything, and the number of the line in which each ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=False)
    rows: list[Cells] = []
    ends: list[int] = []
    try:
        for row in reader:
            if len(rows) >= most:
                break
            if row:
                rows.append(tuple(row))
                ends.append(reader.line_num)
    except csv.Error as error:
        if not rows:
            raise FileRefused(f"line 1: not readable as a table ({error}); expected delimited text.") from error
    return rows, ends


def likely_delimiters(text: str) -> list[str]:
    """The marks that may part the cells; first the one that cuts most records, the header too, into equally many."""
    widths = {mark: _widths(text, mark) for mark in (*DELIMITERS, *WEAK_DELIMITERS)}

    def regularity(mark: str) -> tuple[bool, float, int, int]:
        usual, often = Counter(widths[mark]).most_common(1)[0] if widths[mark] else (0, 0)
        if usual < 2:
            return False, 0.0, usual, -DELIMITERS.index(mark)
        return widths[mark][0] == usual, often / len(widths[mark]), usual, -DELIMITERS.index(mark)

    ranked = sorted(DELIMITERS, key=regularity, reverse=True)
    return [ranked[0], *(mark for mark in (*ranked[1:], *WEAK_DELIMITERS) if max(widths[mark], default=0) > 1)]


def _widths(text: str, mark: str) -> list[int]:
    """The numbers of cells into which a mark cuts the first records."""
    return [len(row) for row in first_rows(text, mark, '"', MOST_PREAMBLE)[0]]


def likely_quote(text: str, delimiter: str) -> str:
    """The sign around quoted cells: the apostrophe where it wraps the header's, or cells that need it.

    Cells need quotes that hold the delimiter, a line end or the sign itself, doubled. What looks wrapped in
    apostrophes without need is a phrase in apostrophes.
    """
    double, single = QUOTES
    wrapped = _wrapped(text, delimiter, single)
    if not wrapped:
        return double
    header = (text.splitlines() or [""])[0].split(delimiter)
    if any(len(cell) > 1 and cell[0] == cell[-1] == single for cell in header):
        return double if any(cell[:1] == double for cell in header) else single
    is_needed = any(re.search(rf"{re.escape(delimiter)}|[\r\n]|''", cell) for cell in wrapped)
    if not is_needed or len(wrapped) <= len(_wrapped(text, delimiter, double)):
        return double
    return single if _sound_share(text, delimiter, single) >= _sound_share(text, delimiter, double) else double


def _wrapped(text: str, delimiter: str, quote: str) -> list[str]:
    """What stands in cells that are wrapped in a sign and double it inside."""
    mark = re.escape(delimiter)
    cell = rf"(?:\A|(?<=[\r\n])|{mark}){quote}((?:[^{quote}]|{quote}{quote})*+){quote}(?={mark}|[\r\n]|\Z)"
    return re.findall(cell, text)


def _sound_share(text: str, delimiter: str, quote: str) -> float:
    """The share of the first records, or lines that are none, that have the usual number of cells."""
    exact, sample = Exact(Dialect(delimiter, quote, quote)), text.encode()
    widths: Counter[int] = Counter()
    place = 0
    while place < len(sample) and widths.total() < MOST_TRIED:
        end, after = exact.record(sample, place)
        widths[len(exact.cells(sample[place:end])) if end >= 0 else 0] += 1
        place = after if end >= 0 else exact.line(sample, place)[1]
    usual = max((often for width, often in widths.items() if width > 1), default=0)
    return usual / widths.total()
