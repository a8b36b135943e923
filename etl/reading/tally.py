"""The course of one survey: what was found sound, what was rejected, and on which physical line it stands."""

from dataclasses import dataclass, field

import numpy as np

from etl.reading.dialect import Offsets, Rejected
from etl.reading.verdict import rejected

MOST_MERGED = 1 << 22


@dataclass
class Segment:
    """Bytes of sound records one after another, and what the copy of them has to change."""

    start: int
    stop: int
    has_cr: bool
    has_nul: bool


@dataclass
class Tally:
    """Grows while a file is read; `line` is the physical line at which reading stands."""

    line: int
    records: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    has_escaped_quote: bool = False
    has_line_feed: bool = False
    has_crlf: bool = False
    has_cr: bool = False
    has_nul: bool = False
    blank_count: int = 0
    pending_blanks: int = 0
    is_consecutive: bool = True
    _first_line: int = 0
    _numbers: list[Offsets | tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Line numbers are consecutive as long as they follow the first."""
        self._first_line = self.line

    def take(self, segment: Segment, numbers: Offsets | tuple[int, int], count: int) -> None:
        """Add sound records: their bytes, and their physical lines (one by one, or the first and how many)."""
        self._pass_blanks()
        if not isinstance(numbers, tuple) or numbers[0] != self._first_line + self.records:
            self.is_consecutive = False
        self._numbers.append(numbers)
        self.records += count
        last = self.segments[-1] if self.segments else None
        if last and last.stop == segment.start and segment.stop - last.start <= MOST_MERGED:
            last.stop = segment.stop
            last.has_cr |= segment.has_cr
            last.has_nul |= segment.has_nul
        else:
            self.segments.append(segment)

    def ends_with(self, start: int, stop: int) -> bool:
        """Whether the bytes from `start` to `stop` end what was taken last."""
        last = self.segments[-1] if self.segments else None
        return last is not None and last.start <= start and last.stop == stop

    def give_back(self, start: int, reason: str, record: bytes) -> None:
        """Set aside the sound record that was taken last, which begins at `start`."""
        numbers = self._numbers.pop()
        if not isinstance(numbers, tuple):
            line, left = int(numbers[-1]), numbers.size - 1
            rest: Offsets | tuple[int, int] = numbers[:-1]
        else:
            line, left = numbers[0] + numbers[1] - 1, numbers[1] - 1
            rest = (numbers[0], left)
        if left:
            self._numbers.append(rest)
        self.records -= 1
        self.segments[-1].stop = start
        if self.segments[-1].start == start:
            self.segments.pop()
        self.rejected.append(rejected(line, reason, record))

    def reject(self, line: int, reason: str, record: bytes) -> None:
        """Set a record or line aside."""
        self._pass_blanks()
        self.rejected.append(rejected(line, reason, record))

    def _pass_blanks(self) -> None:
        """Blank lines count once something follows them."""
        self.blank_count += self.pending_blanks
        self.pending_blanks = 0

    def lines(self) -> Offsets | None:
        """The first physical line of each sound record; None when they simply follow one another."""
        if self.is_consecutive:
            return None
        return np.concatenate(
            [np.arange(part[0], part[0] + part[1]) if isinstance(part, tuple) else part for part in self._numbers]
        )
