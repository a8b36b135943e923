"""Delimited text: which delimiter and quote it uses, where its header stands, and its sound records."""

import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from etl.errors import FileRefused
from etl.reading.blanks import has_blanks_before_quotes, unspaced, without_blanks
from etl.reading.dialect import Dialect as Marks
from etl.reading.dialect import Survey
from etl.reading.flattened import as_documents
from etl.reading.marks import WEAK_DELIMITERS, first_rows, likely_delimiters, likely_quote
from etl.reading.plain import Plain
from etl.reading.recognition import Cells, Found, recognise_table
from etl.reading.rejects import write_rejected
from etl.reading.survey import survey
from etl.sources.base import Dialect, Head, Source
from etl.sources.catalogue import NotRecognised

HEAD_BYTES = 1 << 18
COPY_BYTES = 1 << 22
MOST_UNREADABLE = 0.1
ONE_MORE_SHARE = 0.9
LEAST_FITTING = 0.3
BLANKS_NOTE = "a blank after each delimiter passed over"


class OneColumn(FileRefused):
    """A text whose likeliest delimiter does not part it."""


@dataclass(frozen=True)
class _Recognised:
    """A table that a source knows, by which marks, after how many lines, and whether blanks follow its delimiters."""

    found: Found
    delimiter: str
    quote: str
    lines_before: int
    is_spaced: bool


def read_delimited(path: Path, folder: Path, sources: Iterable[Source], dialect: Dialect) -> Plain:
    """The sound records of a UTF-8 text file; what is not sound is set aside with line and reason.

    Raises FileRefused when no source, or more than one, knows the file.
    """
    text = _start(path)
    mark, text, skipped = _stated_delimiter(text)
    lines = text.splitlines(keepends=True)[dialect.skip_lines :]
    skipped += dialect.skip_lines
    start = "".join(lines)
    stated = dialect.delimiter[:1] or mark
    delimiters = [stated] if stated else likely_delimiters(start)
    read = _recognised(start, delimiters, dialect.quote, tuple(sources))
    found, delimiter, quote = _one_more(read.found), read.delimiter, read.quote
    first_line = 1 + skipped + read.lines_before
    if read.is_spaced:
        path = without_blanks(path, folder / "unspaced", delimiter)
    table = path if first_line == 1 else _without_start(path, folder / "table", first_line - 1)
    marks, columns = Marks(delimiter, quote, quote), len(found.head.columns)
    surveyed = survey(table, folder / "sound.csv", marks, columns, first_line)
    if surveyed.rejected and found.source.naive_quotes:
        table = _quoted_anew(table, folder / "requoted", marks, columns)
        surveyed = survey(table, folder / "sound.csv", marks, columns, first_line)
    if found.header_at is not None and any(reject.line == first_line for reject in surveyed.rejected[:1]):
        raise FileRefused(f"line {first_line}: the header is broken ({surveyed.rejected[0].reason}). Export it again.")
    plain = _plain(found, surveyed, folder, first_line)
    plain = replace(plain, notes=(BLANKS_NOTE, *plain.notes)) if read.is_spaced else plain
    return as_documents(plain, found.source, found.documents, folder) if found.documents else plain


def _recognised(start: str, delimiters: list[str], stated_quote: str, sources: tuple[Source, ...]) -> _Recognised:
    """The table by the first delimiter under which a source knows it.

    Raises what the likeliest delimiter led to where no source knows the file.
    """
    refusals: list[FileRefused] = []
    for delimiter in delimiters:
        is_spaced = has_blanks_before_quotes(start, delimiter)
        text = unspaced(start, delimiter) if is_spaced else start
        quote = stated_quote or likely_quote(text, delimiter)
        rows, ends = first_rows(text, delimiter, quote)
        try:
            if not refusals:
                _refuse_one_column(rows)
            found = recognise_table(rows, "csv", sources)
        except (NotRecognised, OneColumn) as error:
            if not refusals or (isinstance(refusals[-1], OneColumn) and _is_regular(rows)):
                refusals.append(error)
            continue
        # A table without a header looks like many; only the likeliest delimiter may tell it. A header that is parted
        # by blanks above records that are not is itself broken.
        if not refusals or (found.header_at is not None and _fits_records(delimiter, found.head)):
            return _Recognised(found, delimiter, quote, ends[found.header_at - 1] if found.header_at else 0, is_spaced)
    raise refusals[-1]


def _fits_records(delimiter: str, head: Head) -> bool:
    """Whether a mark that prose holds too cuts enough of the first records into as many cells as the header."""
    fitting = sum(len(record) == len(head.columns) for record in head.samples)
    return delimiter not in WEAK_DELIMITERS or fitting >= LEAST_FITTING * len(head.samples)


def _plain(found: Found, surveyed: Survey, folder: Path, first_line: int) -> Plain:
    rejected = write_rejected(folder, surveyed.rejected) if surveyed.rejected else None
    lines = None
    numbers = surveyed.lines
    if numbers is None and first_line > 1:
        numbers = np.arange(first_line, first_line + surveyed.records)
    if numbers is not None:
        lines = folder / "lines.npy"
        np.save(lines, numbers)
    notes = surveyed.notes
    if found.header_at:
        notes = (f"{first_line - 1} lines before the header passed over", *notes)
    return Plain(
        source=found.source.name,
        head=found.head,
        columns=found.head.columns,
        path=surveyed.path,
        layout="csv",
        records=surveyed.records,
        delimiter=surveyed.dialect.delimiter,
        quote=surveyed.dialect.quote,
        escape=surveyed.dialect.escape,
        line_end=surveyed.line_end,
        header_rows=found.source.header_rows if found.header_at is not None else 0,
        rejected=rejected,
        rejected_count=len(surveyed.rejected),
        lines=lines,
        notes=notes,
    )


def _start(path: Path) -> str:
    """The first whole lines of a file; refused when they are no text."""
    with path.open("rb") as file:
        raw = file.read(HEAD_BYTES)
    text = raw.decode("utf-8", errors="replace")
    steering = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f\x1f")
    if (text.count("\ufffd") + steering) / len(text) > MOST_UNREADABLE:
        raise FileRefused("binary content; expected CSV, JSON, NDJSON, XLSX, XLS or Parquet.")
    if len(raw) < HEAD_BYTES:
        return text
    return text[: max(text.rfind("\n"), text.rfind("\r")) + 1]


def _stated_delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter that a first line `sep=;` states, the text after it, and how many lines that took."""
    first = text.splitlines()[0] if text else ""
    if len(first) == len("sep=;") and first.lower().startswith("sep="):
        return first[-1], "".join(text.splitlines(keepends=True)[1:]), 1
    return "", text, 0


def _refuse_one_column(rows: list[Cells]) -> None:
    if not rows or max(map(len, rows)) < 2:
        shown = (rows[0][0] or "") if rows else ""
        raise OneColumn(f"line 1: found one column {shown[:60]!r}; expected a header with a delimiter (, ; tab |).")


def _is_regular(rows: list[Cells]) -> bool:
    return len(rows) > 1 and len(set(map(len, rows))) == 1


def _one_more(found: Found) -> Found:
    """Where nearly every record ends with one delimiter more than the header, that is a column without a name."""
    width = len(found.head.columns)
    samples = [record for record in found.head.samples if record]
    longer = [record for record in samples if len(record) == width + 1 and not record[-1]]
    if found.header_at is None or not samples or len(longer) < ONE_MORE_SHARE * len(samples):
        return found
    head = replace(found.head, columns=(*found.head.columns, f"column {width + 1}"))
    return replace(found, head=head)


def _without_start(path: Path, target: Path, lines: int) -> Path:
    """A copy of a file without its first lines, whatever ends them."""
    with path.open("rb") as file, target.open("wb") as copy:
        start = file.read(HEAD_BYTES).splitlines(keepends=True)
        file.seek(sum(map(len, start[:lines])))
        shutil.copyfileobj(file, copy, COPY_BYTES)
    return target


def _quoted_anew(path: Path, target: Path, marks: Marks, columns: int) -> Path:
    """A copy whose lines are quoted by the rules, of a system that wraps cells in quotes whatever stands in them.

    A line that has another number of cells however it is read stays as it is.
    """
    with (
        path.open(encoding="utf-8", errors="surrogateescape", newline="") as lines,
        target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as copy,
    ):
        writer = csv.writer(copy, delimiter=marks.delimiter, quotechar=marks.quote, lineterminator="\n")
        for line in lines:
            cells = next(csv.reader([line], delimiter=marks.delimiter, quotechar=marks.quote), [])
            if len(cells) == columns:
                writer.writerow(cells)
            else:
                copy.write(line)
    return target
