"""The verdict on one record: sound, rejected for a reason, or held together by quotes that are none of its own."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.reading.dialect import LONGEST_RAW, LONGEST_RECORD, Rejected
from etl.reading.exact import LINE_END, Exact
from etl.reading.shapes import Shapes

UTF8 = "not UTF-8"
HEADER_AGAIN = "the header again"
TOO_LONG = f"longer than {LONGEST_RECORD >> 20} MB"
FEW_COLUMNS = 2  # so few that prose has as many commas
MOST_ODD = 4  # one in so many lines inside may be no record
DOUBLED_QUOTE = b'""'
_WITHIN = re.compile(rb"[\r\n]")


@dataclass(frozen=True)
class Verdict:
    """Why a record is not sound ("" if it is).

    `is_broken`: its quotes are in doubt, so that its lines count singly. `begins_table`: it holds the header's names,
    quoted otherwise, so that behind records it is where the table of another program begins.
    """

    reason: str = ""
    is_broken: bool = False
    begins_table: bool = False


SOUND = Verdict()


@dataclass(frozen=True)
class Judge:
    """Knows what a sound record of one file looks like."""

    exact: Exact
    columns: int
    header: bytes
    shapes: Shapes

    def verdict(self, record: bytes, is_header: bool = False) -> Verdict:
        """The verdict on a record whose quotes are well-formed."""
        if len(record) > LONGEST_RECORD:
            return Verdict(TOO_LONG, is_broken=bool(_WITHIN.search(record)))
        cells = self.exact.cells(record)
        lines = LINE_END.split(record) if len(cells) and _WITHIN.search(record) else []
        if lines and self._is_bomb(cells, lines):
            return Verdict(f"quotes that span {len(lines)} lines which are records themselves", is_broken=True)
        if len(cells) != self.columns:
            return Verdict(wrong_count(len(cells), self.columns))
        if not is_utf8(record):
            return Verdict(f"{UTF8}; expected UTF-8 (its bytes are kept as base64)")
        if record == self.header and not is_header:
            return Verdict(HEADER_AGAIN)
        if not is_header and self._names(cells) == self._header_names:
            return Verdict(begins_table=True)
        foreign = self._foreign_quotes(record, cells)
        return Verdict(foreign) if foreign else SOUND

    @cached_property
    def _header_names(self) -> list[bytes]:
        return self._names(self.exact.cells(self.header))

    def _names(self, cells: Sequence[bytes]) -> list[bytes]:
        return [cell.strip(self.exact.quote) for cell in cells]

    def _foreign_quotes(self, record: bytes, cells: Sequence[bytes]) -> str:
        """A record in which each cell is wrapped in the other quote sign (the last may go on in the next line).

        So is one in which that sign is doubled, as only quoted cells double it, in a file that quotes with apostrophes.
        """
        other = b'"' if self.exact.quote == b"'" else b"'"
        is_wrapped = all(cell[:1] == other for cell in cells) and all(cell[1:].endswith(other) for cell in cells[:-1])
        if is_wrapped or (self.exact.quote == b"'" and DOUBLED_QUOTE in record):
            return f"quoted with {other.decode()}; expected {self.exact.dialect.quote}"
        return ""

    def _is_bomb(self, cells: Sequence[bytes], lines: Sequence[bytes]) -> bool:
        """Whether two lone quotes make one record out of lines that are records themselves.

        One such line is enough where records are easily told from prose; else each line must be one.
        """
        is_right = len(cells) == self.columns
        if not is_right or (self.columns > FEW_COLUMNS and self.shapes.is_telling()):
            least, delimiter = self.columns - 1, self.exact.delimiter
            if any(self.is_record(line) for line in lines[1:] if line.count(delimiter) >= least):
                return True
        return is_right and any(
            (b"\n" in cell or b"\r" in cell) and self._is_torn(cells, column) for column, cell in enumerate(cells)
        )

    def _is_torn(self, cells: Sequence[bytes], column: int) -> bool:
        """Whether a cell over several lines, its quotes taken away, gives each line its right number of cells."""
        delimiter = self.exact.delimiter
        lines = LINE_END.split(cells[column][1:-1])
        if lines[0].count(delimiter) != self.columns - 1 - column or lines[-1].count(delimiter) != column:
            return False
        first = [*cells[:column], *lines[0].split(delimiter)]
        last = [*lines[-1].split(delimiter), *cells[column + 1 :]]
        between = [line.split(delimiter) for line in lines[1:-1]]
        odd = sum(len(row) != self.columns for row in between)
        rows = (first, last, *(row for row in between if len(row) == self.columns))
        return odd * MOST_ODD <= len(between) and all(self.shapes.know(row, torn=column) for row in rows)

    def is_record(self, line: bytes) -> bool:
        """Whether a physical line is, taken alone, a record that looks like the file's others."""
        if line.count(self.exact.delimiter) < self.columns - 1:
            return False
        cells = self.exact.cells(line)
        return len(cells) == self.columns and self.shapes.know(cells)

    def is_complete(self, line: bytes) -> bool:
        """Whether a physical line is, taken alone, well-formed with the right number of cells."""
        return line.count(self.exact.delimiter) >= self.columns - 1 and len(self.exact.cells(line)) == self.columns

    def is_plausible(self, line: bytes) -> bool:
        """Whether a physical line is complete and reads not like prose, where a blank follows each comma."""
        return self.is_complete(line) and self.exact.delimiter + b" " not in line


def wrong_count(found: int, expected: int) -> str:
    """The reason for a record with more or fewer cells than the header."""
    return f"found {found} column{'' if found == 1 else 's'}; expected {expected}"


def is_utf8(record: bytes) -> bool:
    """Whether the bytes are UTF-8 throughout."""
    try:
        record.decode()
    except UnicodeDecodeError:
        return False
    return True


def rejected(line: int, reason: str, record: bytes) -> Rejected:
    """A rejected record with its text, or with its bytes as base64 where they are no text."""
    if reason.startswith(UTF8):
        return Rejected(line, reason, base64.b64encode(record[: LONGEST_RAW * 3 // 4]).decode())
    return Rejected(line, reason, record[:LONGEST_RAW].decode("utf-8", errors="replace"))
