"""The second, independent reading of a delimited text: which records are sound, and all that is not set aside.

The engine then reads the sound records, and both must count the same.
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from etl.reading.course import Course
from etl.reading.dialect import Dialect, Rejected, Survey
from etl.reading.escapes import escapes_only_quotes, loses_backslashes, with_doubled_quotes
from etl.reading.sound import Changes, write_sound

__all__ = ["Dialect", "Rejected", "Survey", "survey"]

BOM = b"\xef\xbb\xbf"
DOUBLED = "doubled.csv"
ESCAPED_NOTE = "quotes are escaped with backslashes"


def survey(path: Path, out: Path, dialect: Dialect, columns: int, first_line: int = 1, skip_bytes: int = 0) -> Survey:
    """Read `path` from byte `skip_bytes` on, which is line `first_line`, and write its sound records if any is not.

    The header comes first and has `columns` cells, at least two.
    """
    if path.stat().st_size <= skip_bytes:
        return Survey(0, [], path, None, dialect)
    with _mapped(path) as text:
        start = len(BOM) if not skip_bytes and text[: len(BOM)] == BOM else skip_bytes
        course = Course(text, dialect, columns, start, first_line)
        course.run()
        if course.tally.has_escaped_quote and dialect.escape == dialect.quote:
            other = Course(text, replace(dialect, escape="\\"), columns, start, first_line)
            if other.run(is_tolerant=False):
                if not loses_backslashes(text, start, other.judge.exact):
                    course = other
                elif escapes_only_quotes(text, start):
                    doubled = out.with_name(DOUBLED)
                    doubled.write_bytes(with_doubled_quotes(text, other.judge.exact))
                    found = survey(doubled, out, dialect, columns, first_line, skip_bytes)
                    return replace(found, notes=(ESCAPED_NOTE, *found.notes))
        if not skip_bytes and course.is_sound_in_place():
            return _result(course, path, Changes(), "\r\n" if course.tally.has_crlf else "\n")
        changes = write_sound(text, course.tally.segments, course.plan, out)
        return _result(course, out, changes, "\n")


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file:
        text = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    yield text
    with suppress(BufferError):  # an array over it that still lives closes it at its end
        text.close()


def _result(course: Course, path: Path, changes: Changes, line_end: str) -> Survey:
    tally = course.tally
    notes = tuple(_notes(course, changes))
    return Survey(tally.records, tally.rejected, path, tally.lines(), course.dialect, notes, line_end)


def _notes(course: Course, changes: Changes) -> Iterator[str]:
    tally = course.tally
    if course.dialect.escape != course.dialect.quote:
        yield ESCAPED_NOTE
    if changes.cr_count:
        yield f"{_counted(changes.cr_count, 'line')} with CR alone, read as line ends"
    if tally.has_crlf and tally.has_line_feed:
        yield f"{_counted(changes.crlf_count, 'line')} with CRLF, the others with LF"
    if changes.nul_count:
        yield f"{changes.nul_count} NUL byte{'s' * (changes.nul_count > 1)}, kept as U+FFFD"
    if tally.blank_count:
        yield f"{tally.blank_count} blank line{'s' * (tally.blank_count > 1)} skipped"
    if course.text[-1:] not in (b"\n", b"\r"):
        yield "the last line has no line end"


def _counted(count: int, noun: str) -> str:
    return f"1 {noun} ends" if count == 1 else f"{count} {noun}s end"
