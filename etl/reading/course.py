"""One reading of a whole file under one dialect: windows at once, by the letter where something is wrong."""

import mmap
from dataclasses import dataclass, field

import numpy as np

from etl.reading.ahead import Ahead
from etl.reading.dialect import LONGEST_RECORD, Dialect, Offsets
from etl.reading.exact import Exact
from etl.reading.mend import Mender
from etl.reading.shapes import Shapes
from etl.reading.tables import ENOUGH, close_at
from etl.reading.tally import Segment, Tally
from etl.reading.torn import hold_torn
from etl.reading.verdict import TOO_LONG, Judge
from etl.reading.window import Layout, Window, layout

LEARN_FROM = 100  # records of a window that holds something odd


@dataclass
class Course:
    """Reads `text` from byte `start` on, which is line `first_line`."""

    text: mmap.mmap
    dialect: Dialect
    columns: int
    start: int
    first_line: int
    tally: Tally = field(init=False)
    judge: Judge = field(init=False)
    plan: Layout = field(init=False)

    def __post_init__(self) -> None:
        """Take the first record as the header."""
        exact = Exact(self.dialect)
        place = self.start
        while place < len(self.text) and exact.line(self.text, place)[0] == place:
            place = exact.line(self.text, place)[1]
        end, _ = exact.record(self.text, place)
        self._header_at = place
        self.judge = Judge(exact, self.columns, self.text[place : max(end, place)], Shapes(self.columns))
        self.tally = Tally(self.first_line)
        self._mender = Mender(self.text, self.judge, self.tally)
        self.plan = layout(self.dialect, self.columns, self.judge.header)

    def run(self, is_tolerant: bool = True) -> bool:
        """Read all; if not tolerant, stop at the first malformed quotes. Whether the end was reached."""
        place = self.start
        with Ahead(self.text, self.plan) as ahead:
            while place < len(self.text):
                place, fault = self._absorb(ahead.window(place))
                if fault and not is_tolerant:
                    return False
                if fault:
                    place = self._mender.mend(place, fault)
                    ahead.slow_down()
        return True

    def is_sound_in_place(self) -> bool:
        """Whether the engine may read the file as it is: nothing to leave out, nothing to change."""
        tally = self.tally
        if tally.rejected or tally.has_nul or tally.has_cr or tally.blank_count:
            return False
        if tally.has_crlf:  # the engine takes the first line end in the file for that of all records
            bare = self.judge.header.replace(b"\r\n", b"")
            return not tally.has_line_feed and b"\n" not in bare and b"\r" not in bare
        return True

    def _absorb(self, window: Window) -> tuple[int, str]:
        """Count a window's records in or out; where to read on, and what is wrong there with the quotes."""
        numbers = self._numbers(window)
        if (window.is_broken or window.odd.size) and not self.judge.shapes.is_full():
            self._learn(window)
        done = 0
        for place in window.odd.tolist():
            start, end = window.start + int(window.starts[place]), window.start + int(window.ends[place])
            verdict = self.judge.verdict(self.text[start:end], start == self._header_at) if end > start else None
            begins_table = verdict and verdict.begins_table and self.tally.records + place - done >= ENOUGH
            if verdict and not verdict.reason and not begins_table:
                continue
            self._take(window, numbers, done, place)
            self.tally.line, done = int(numbers[place]), place + 1
            if begins_table:
                return close_at(self.text, start, self.judge, self.tally), ""
            if verdict and verdict.is_broken:
                return start, verdict.reason
            if verdict:
                hold_torn(self.text, start, self.judge, self.tally)
                self.tally.reject(self.tally.line, verdict.reason, self.text[start:end])
            elif self._mender.pass_blank(self._after(window, place)) == len(self.text):
                return len(self.text), ""
        self._take(window, numbers, done, window.starts.size)
        self.tally.line = int(numbers[-1])
        return window.stop, self._fault(window)

    def _fault(self, window: Window) -> str:
        """What is wrong with the record at which a window stops."""
        if window.is_broken:
            return self.judge.exact.fault(self.text, window.stop)
        if window.stop > window.start:
            return ""
        end, _ = self.judge.exact.line(self.text, window.stop)
        return TOO_LONG if end - window.stop > LONGEST_RECORD else self.judge.exact.fault(self.text, window.stop)

    def _numbers(self, window: Window) -> Offsets:
        """The physical line of each record of a window, and of what follows it."""
        numbers = np.arange(self.tally.line, self.tally.line + window.starts.size + 1)
        if window.breaks is not None:
            numbers[1:] += np.cumsum(window.breaks)
        return numbers

    def _after(self, window: Window, place: int) -> int:
        """Where the record after the one at `place` begins."""
        is_last = place + 1 == window.starts.size
        return window.stop if is_last else window.start + int(window.starts[place + 1])

    def _take(self, window: Window, numbers: Offsets, first: int, beyond: int) -> None:
        """Count in the records of a window from `first` up to `beyond`."""
        if first >= beyond:
            return
        segment = Segment(
            window.start + int(window.starts[first]), self._after(window, beyond - 1),
            window.has_crlf or window.has_cr, window.has_nul,
        )  # fmt: skip
        self.tally.has_line_feed |= window.has_line_feed
        self.tally.has_crlf |= window.has_crlf
        self.tally.has_cr |= window.has_cr
        self.tally.has_nul |= window.has_nul
        count = beyond - first
        is_run = numbers[beyond - 1] - numbers[first] == count - 1
        self.tally.take(segment, (int(numbers[first]), count) if is_run else numbers[first:beyond], count)

    def _learn(self, window: Window) -> None:
        """See what the sound single-line records of a window look like."""
        plain = np.ones(window.starts.size, bool) if window.breaks is None else window.breaks == 0
        plain[window.odd] = False
        places = np.flatnonzero(plain)
        for place in places[:: max(1, places.size // LEARN_FROM)].tolist():
            record = self.text[window.start + int(window.starts[place]) : window.start + int(window.ends[place])]
            self.judge.shapes.learn(self.judge.exact.cells(record))
