"""The lines of a file that hold anything: how many, and how long the longest is, counted over blocks of bytes."""

from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np

BLOCK = 1 << 22
LINE_END = ord("\n")
LAST_WHITE = ord(" ")
"""Every white sign of ASCII is at most this."""


def count_lines(path: Path) -> tuple[int, int]:
    """How many lines hold more than white space, and the bytes of the longest line, of a file that is not empty."""
    count = longest = start = 0
    with path.open("rb") as file:
        text = mmap(file.fileno(), 0, access=ACCESS_READ)
    while start < len(text):
        stop = text.rfind(b"\n", start, start + BLOCK)
        if stop < 0:
            stop = text.find(b"\n", start + BLOCK)
        stop = stop if stop >= 0 else len(text)
        found, reach = _counted(text, start, stop)
        count, longest, start = count + found, max(longest, reach), stop + 1
    return count, longest


def _counted(text: mmap, start: int, stop: int) -> tuple[int, int]:
    """Of whole lines those that are filled, and the longest; only what begins with white space is looked at whole."""
    if start == stop:
        return 0, 0
    data = np.frombuffer(text, np.uint8, stop - start, start)
    ends = np.append(np.flatnonzero(data == LINE_END), stop - start)
    starts = np.append(0, ends[:-1] + 1)
    is_doubtful = (starts == ends) | (data[np.minimum(starts, len(data) - 1)] <= LAST_WHITE)
    doubtful = zip((starts[is_doubtful] + start).tolist(), (ends[is_doubtful] + start).tolist(), strict=True)
    blank = sum(not text[first:last].strip() for first, last in doubtful)
    return len(ends) - blank, int((ends - starts).max())
