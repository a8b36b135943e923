"""The windows of a file one after another, the next ones read ahead by threads as long as all is regular."""

import mmap
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import numpy as np

from etl.reading.dialect import LONGEST_RECORD, Bytes
from etl.reading.window import CR, Layout, Window, read_window

WINDOW = 1 << 18
SMALL_WINDOW = 1 << 14
GROWTH = 4
THREADS = 2
AHEAD = 4


class Ahead:
    """Hands out windows by where they start. A guess at the next start is read ahead; a wrong guess costs time only."""

    def __init__(self, text: mmap.mmap, plan: Layout) -> None:
        """Start the threads."""
        self._text = text
        self._data: Bytes = np.frombuffer(text, np.uint8)
        self._plan = plan
        self._threads = ThreadPoolExecutor(THREADS)
        self._waiting: dict[int, Future[Window]] = {}
        self._guess = 0
        self._size = WINDOW

    def __enter__(self) -> Self:
        """Ready to hand out."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._forget()
        self._threads.shutdown()
        del self._data

    def slow_down(self) -> None:
        """Something was wrong: begin again with small windows."""
        self._forget()
        self._size = SMALL_WINDOW

    def window(self, start: int) -> Window:
        """The window that begins at `start`, with a whole record in it unless there is none of bearable length."""
        found = self._waiting.pop(start, None)
        if found is not None:
            self._read_ahead(self._guess)
            window = found.result()
        elif self._size == WINDOW:
            window = self._first_of_many(start)
        else:
            window = self._read(start, self._cut(start, self._size))
            self._size = min(self._size * GROWTH, WINDOW)
        size = WINDOW
        while window.stop == start and not window.is_broken and size <= LONGEST_RECORD:
            size *= GROWTH
            window = self._read(start, self._cut(start, size))
        return window

    def _first_of_many(self, start: int) -> Window:
        """A window that ends where the guesses go on, which are made anew if they lie far away."""
        later = [place for place in self._waiting if start < place <= start + 2 * WINDOW]
        if not later:
            self._forget()
        cut = min(later) if later else self._cut(start, WINDOW)
        if cut == start:
            return self._read(start, self._cut(start, WINDOW))
        self._read_ahead(self._guess if later else cut)
        return self._read(start, cut)

    def _read_ahead(self, place: int) -> None:
        while len(self._waiting) < AHEAD and place < self._data.size:
            cut = self._cut(place, WINDOW)
            self._waiting[place] = self._threads.submit(self._read, place, cut)
            place = cut
        self._guess = place

    def _forget(self) -> None:
        for guess in self._waiting.values():
            guess.cancel()
        self._waiting.clear()
        self._guess = self._data.size

    def _read(self, start: int, stop: int) -> Window:
        return read_window(self._data[start:stop], start, stop == self._data.size, self._plan)

    def _cut(self, start: int, size: int) -> int:
        """Where a window of about this size ends: behind a line feed if there is one, never inside CRLF."""
        stop = min(start + size, self._data.size)
        if stop == self._data.size:
            return stop
        line_end = self._text.rfind(b"\n", start, stop)
        if line_end >= 0:
            return line_end + 1
        while stop < self._data.size and self._data[stop - 1] == CR:
            stop += 1
        return stop
