"""Rebases: from which day a metric's signals are held against a new baseline, why, and who decided so."""

from dataclasses import dataclass
from datetime import date

from etl.errors import UserError
from etl.folders import Folders
from etl.lists import day_of, rows_of

FILE = "rebases.csv"
COLUMNS = ("metric", "day", "reason", "who")


@dataclass(frozen=True)
class Rebase:
    """From `day` on a metric's process is another one; `origin` says where that is written."""

    metric: str
    day: date
    reason: str
    who: str
    origin: str = ""


def read_rebases(folders: Folders) -> tuple[Rebase, ...]:
    """The rebases recorded in `rebases.csv`, oldest first; a line that lacks something is a UserError naming it."""
    path = folders.root / FILE
    read = [_rebase(row, f"{path} line {number}") for number, row in rows_of(path, COLUMNS)]
    return tuple(sorted(read, key=lambda rebase: rebase.day))


def _rebase(row: dict[str, str], where: str) -> Rebase:
    for column in COLUMNS:
        if not row[column]:
            raise UserError(f"{where}: {column} is empty; a rebase has {', '.join(COLUMNS)}.")
    day = day_of(row["day"], f"{where}: day is {row['day']!r}; expected one such as 2026-03-04.")
    return Rebase(row["metric"], day, row["reason"], row["who"], where)
