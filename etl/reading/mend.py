"""Reading by the letter where quotes went wrong: lines that are no record are set aside until records begin again."""

import mmap
from collections import Counter
from dataclasses import dataclass

from etl.reading.dialect import LONGEST_RECORD
from etl.reading.exact import LINE_END
from etl.reading.shapes import shape
from etl.reading.tables import ENOUGH, begins_another, close_at
from etl.reading.tally import Segment, Tally
from etl.reading.torn import hold_torn
from etl.reading.verdict import Judge

CALM = 16  # sound records in a row after which the fast reading takes over again
TRUSTED_RUN = 3  # lines in a row that are complete although they look unlike the records known
FEW = 20  # records known; with fewer, lines that seem complete tell what records look like
PEEK = 1 << 16


@dataclass
class Mender:
    """Reads on from a record whose quotes are malformed or in doubt."""

    text: mmap.mmap
    judge: Judge
    tally: Tally

    def mend(self, start: int, reason: str) -> int:
        """Set aside the line at `start`, read on until all is calm, and say where the fast reading may go on."""
        if self.judge.shapes.learnt < FEW:
            self._peek(start)
        place = self._give_up(start, reason)
        size, calm = len(self.text), 0
        while place < size and calm < CALM:
            end, after = self.judge.exact.line(self.text, place)
            before = self.tally.records
            place = self._step(place, end, after) if end > place else self.pass_blank(after)
            calm = calm + 1 if self.tally.records > before else 0
        return place

    def pass_blank(self, after: int) -> int:
        """Skip a blank line, and all that follows if another table begins there; where to read on."""
        self.tally.pending_blanks += 1
        self.tally.line += 1
        if after < len(self.text) and self.tally.records and begins_another(self.text, after, self.judge):
            return close_at(self.text, after, self.judge, self.tally)
        return after

    def _peek(self, start: int) -> None:
        """For want of known records learn from the lines to come that are complete and begin as most of them do."""
        place, stop = self.judge.exact.line(self.text, start)[1], min(start + PEEK, len(self.text))
        complete: list[list[bytes]] = []
        while place < stop and len(complete) < FEW:
            end, after = self.judge.exact.line(self.text, place)
            cells = self.judge.exact.cells(self.text[place:end])
            if len(cells) == self.judge.columns and not any(cell.startswith(b" ") for cell in cells[1:]):
                complete.append(cells)
            place = after
        forms = Counter(shape(cells[0]) for cells in complete)
        for cells in complete:
            if forms[shape(cells[0])] * 2 > len(complete):
                self.judge.shapes.learn(cells)

    def _step(self, start: int, end: int, after: int) -> int:
        """Read the record that begins in the line from `start` to `end`; where the next begins."""
        record = self.text[start:end]
        if not self.judge.exact.cells(record):  # it does not end here, or nowhere
            end, after = self.judge.exact.record(self.text, start)
            if end < 0:
                return self._give_up(start, self.judge.exact.fault(self.text, start))
            record = self.text[start:end]
        verdict = self.judge.verdict(record)
        if verdict.is_broken:
            return self._give_up(start, verdict.reason)
        breaks = len(LINE_END.findall(record))
        if verdict.begins_table and self.tally.records >= ENOUGH:
            return close_at(self.text, start, self.judge, self.tally)
        if verdict.reason:
            hold_torn(self.text, start, self.judge, self.tally)
            self.tally.reject(self.tally.line, verdict.reason, record)
        else:
            self._take(record, start, after, breaks)
        self.tally.line += 1 + breaks
        return after

    def _take(self, record: bytes, start: int, after: int, breaks: int) -> None:
        line_end = self.text[start + len(record) : after]
        self.tally.has_line_feed |= line_end == b"\n"
        self.tally.has_crlf |= line_end == b"\r\n"
        self.tally.has_cr |= line_end == b"\r"
        has_nul = b"\0" in record
        self.tally.has_nul |= has_nul
        if not breaks and not self.judge.shapes.is_full():
            self.judge.shapes.learn(self.judge.exact.cells(record))
        self.tally.take(Segment(start, after, line_end.startswith(b"\r"), has_nul), (self.tally.line, 1), 1)

    def _give_up(self, start: int, reason: str) -> int:
        """Set aside the line at `start` and those after it up to one that is a record; where that begins."""
        exact, size, origin = self.judge.exact, len(self.text), self.tally.line
        end, place = exact.line(self.text, start)
        line = self.text[start:end]
        self.tally.has_escaped_quote |= b"\\" + exact.quote in line
        hold_torn(self.text, start, self.judge, self.tally)
        self.tally.reject(origin, reason, line)
        self.tally.line += 1
        while place < size:
            end, after = exact.line(self.text, place)
            if end > place and self._resumes(place, end):
                return place
            if end > place:
                self.tally.reject(self.tally.line, f"follows the broken quotes of line {origin}", self.text[place:end])
            self.tally.line += 1
            place = after
        return size

    def _resumes(self, start: int, end: int) -> bool:
        """Whether a line is where records begin again."""
        if end - start > LONGEST_RECORD:
            return False
        line = self.text[start:end]
        if self.judge.exact.cells(line):
            return self.judge.is_record(line) or (self.judge.is_plausible(line) and self._run_follows(end))
        stop, _ = self.judge.exact.record(self.text, start)
        if stop < 0 or not self.judge.shapes.is_telling():
            return False
        record = self.text[start:stop]
        return self.judge.is_record(record) and not self.judge.verdict(record).reason

    def _run_follows(self, end: int) -> bool:
        """Whether the next lines are plausible as well."""
        for _ in range(TRUSTED_RUN - 1):
            found = LINE_END.match(self.text, end)
            if not found:
                return False
            start = found.end()
            end, _ = self.judge.exact.line(self.text, start)
            if end == start or not self.judge.is_plausible(self.text[start:end]):
                return False
        return True
