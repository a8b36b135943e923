"""The grammar of RFC 4180 in regular expressions: one line or one record at a time, for what is not plainly sound."""

import mmap
import re
from dataclasses import dataclass
from functools import cached_property

from etl.reading.dialect import LONGEST_RECORD, Dialect

Text = bytes | mmap.mmap

UNCLOSED = "a quote that is never closed"
AFTER_QUOTE = "text after a closing quote"
MID_CELL = "a quote inside an unquoted cell"
LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True)
class Exact:
    """Reads single lines and records of one dialect, by the letter."""

    dialect: Dialect

    @cached_property
    def quote(self) -> bytes:
        """The sign around quoted cells."""
        return self.dialect.quote.encode()

    @cached_property
    def delimiter(self) -> bytes:
        """The sign between cells."""
        return self.dialect.delimiter.encode()

    @cached_property
    def _quoted(self) -> bytes:
        quote = re.escape(self.quote)
        if self.dialect.escape == self.dialect.quote:
            return rb"%b[^%b]*+(?:%b%b[^%b]*+)*+%b" % ((quote,) * 6)
        return rb"%b(?:[^%b\\]++|\\[\s\S])*+%b" % ((quote,) * 3)

    @cached_property
    def _cell(self) -> bytes:
        marks = re.escape(self.quote) + re.escape(self.delimiter)
        return rb"%b|[^%b\r\n]*+" % (self._quoted, marks)

    @cached_property
    def _cells(self) -> re.Pattern[bytes]:
        return re.compile(rb"(?:%b)(?:%b(?:%b))*+" % (self._cell, re.escape(self.delimiter), self._cell))

    @cached_property
    def _each_cell(self) -> re.Pattern[bytes]:
        return re.compile(rb"%b(%b)" % (re.escape(self.delimiter), self._cell))

    def line(self, text: Text, start: int) -> tuple[int, int]:
        """Where the physical line that begins at `start` ends, and where the next begins."""
        found = LINE_END.search(text, start)
        return found.span() if found else (len(text), len(text))

    def record(self, text: Text, start: int) -> tuple[int, int]:
        """Where the record that begins at `start` ends, and where the next begins; (-1, -1) if it is malformed."""
        stop = self._well_formed_to(text, start)
        found = LINE_END.match(text, stop)
        if found:
            return found.span()
        return (stop, stop) if stop == len(text) else (-1, -1)

    def cells(self, record: bytes) -> list[bytes]:
        """The cells of a record as they stand, quotes included; none if it is malformed or does not end there."""
        if self.quote not in record:
            return record.split(self.delimiter)
        if not self._cells.fullmatch(record):
            return []
        cells: list[bytes] = self._each_cell.findall(self.delimiter + record)
        return cells

    def fault(self, text: Text, start: int) -> str:
        """What is wrong with the quotes of the record that begins at `start`."""
        stop = self._well_formed_to(text, start)
        if text[stop : stop + 1] != self.quote:
            return AFTER_QUOTE
        before = text[stop - 1 : stop]
        if before == self.quote and stop > start:
            return AFTER_QUOTE
        return UNCLOSED if stop == start or before == self.delimiter else MID_CELL

    def _well_formed_to(self, text: Text, start: int) -> int:
        found = self._cells.match(text, start, start + LONGEST_RECORD)
        return found.end() if found else start
