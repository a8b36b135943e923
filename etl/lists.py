"""The lists that people keep beside the data: CSV files with known columns, row by row with their lines."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from etl.errors import UserError


def rows_of(
    path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and trimmed values of each row, none without the file; an optional column may be missing.

    Raises UserError naming the file, the line and what was expected.
    """
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [column for column in columns if column not in (reader.fieldnames or ())]
            if lacking:
                raise UserError(f"{path} line 1: column {lacking[0]!r} is missing; expected {', '.join(columns)}.")
            for row in reader:
                if None in row.values() or None in row:
                    count = len(reader.fieldnames or ())
                    raise UserError(f"{path} line {reader.line_num}: expected {count} values. Mend the line.")
                yield reader.line_num, {name: (row.get(name) or "").strip() for name in (*columns, *optional)}
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 ({error}). Save it as UTF-8.") from error


def day_of(text: str, complaint: str) -> date:
    """A day that somebody wrote in a list; a UserError with the complaint when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(complaint) from error
