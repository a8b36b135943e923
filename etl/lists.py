"""The lists that people keep beside the data: CSV files with known columns, row by row with their lines."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from etl.errors import UserError, unknown
from etl.vocabulary import Dimension


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


def day_named(text: str, name: str, where: str) -> date:
    """A day that somebody wrote under a name; a UserError that says where when it is none."""
    return day_of(text, f"{where}: {name} is {text!r}; expected a day such as 2026-03-04.")


def conditions_of(text: str, where: str) -> dict[Dimension, tuple[str, ...]]:
    """`region=North; channel=phone` as the values of each dimension; a UserError that says where for anything else."""
    found: dict[Dimension, tuple[str, ...]] = {}
    for condition in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, value = (part.strip() for part in condition.partition("="))
        if not equals or not value:
            raise UserError(f"{where}: found {condition!r}; expected DIM=VALUE, several parted by semicolons.")
        if name not in list(Dimension):
            raise unknown("dimension", name, list(Dimension), where)
        found[Dimension(name)] = (*found.get(Dimension(name), ()), value)
    return found
