"""Dumps of a database (mysqldump, phpMyAdmin, pg_dump --inserts): the rows of their INSERT statements as a table."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from etl.errors import FileRefused

BEGINNING = re.compile(r"\s*(--|/\*|#|SET\b|DROP\b|CREATE\b|USE\b|LOCK\b|BEGIN\b|START\b|INSERT\b)", re.IGNORECASE)
NAME = r'[`"\[]?(?:[\w$]+[`"\]]?\.[`"\[]?)?([\w$ ]+?)[`"\]]?'
CREATE = re.compile(rf"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{NAME}\s*\(", re.IGNORECASE)
COLUMN = re.compile(
    r'^\s*[`"\[]([^`"\]]+)[`"\]]\s|^\s*(?!(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX|FULLTEXT|CHECK)\b)(\w+)\s', re.I
)
INSERT = re.compile(rf"INSERT\s+(?:IGNORE\s+)?INTO\s+{NAME}\s*(?:\(([^)]*)\)\s*)?VALUES\s*", re.IGNORECASE)
# A text in quotes, a bare number or word, or a mark between values and rows.
TOKEN = re.compile(r"'((?:[^'\\]|\\.|'')*)'|([(),;])|([^\s(),;']+)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a"}
LONGEST_START = 1 << 16


def is_dump(start: str) -> bool:
    """Whether a text begins like a dump and inserts rows, or creates the table for them, soon."""
    return bool(BEGINNING.match(start) and (INSERT.search(start) or CREATE.search(start)))


def tables(path: Path, folder: Path) -> list[Path]:
    """Each table of a dump that has rows as a CSV file, with a header where the dump tells its columns.

    Raises FileRefused for one without rows.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    columns = {found[1].lower(): _columns(text, found.end()) for found in CREATE.finditer(text)}
    rows: dict[tuple[str, tuple[str, ...]], list[list[str]]] = {}
    for found in INSERT.finditer(text):
        named = tuple(name.strip(' `"[]\n') for name in (found[2] or "").split(",") if name.strip())
        key = (found[1].lower(), named or columns.get(found[1].lower(), ()))
        rows.setdefault(key, []).extend(_rows(text, found.end()))
    if not rows:
        raise FileRefused("a dump of a database without any row; expected INSERT statements. Export it with its data.")
    return [_written(folder / f"table {number}.csv", key[1], held) for number, (key, held) in enumerate(rows.items())]


def _columns(text: str, start: int) -> tuple[str, ...]:
    """The columns that a CREATE TABLE names, a line each."""
    end = text.find("\n)", start)
    lines = text[start : end if end > 0 else text.find(";", start)].split("\n")
    found = [COLUMN.match(line) for line in lines]
    return tuple(name[1] or name[2] for name in found if name)


def _rows(text: str, start: int) -> Iterator[list[str]]:
    """The rows of one INSERT, from behind its VALUES to its end."""
    row: list[str] | None = None
    is_filled = False
    for token in TOKEN.finditer(text, start):
        quoted, mark, bare = token.groups()
        if row is None:
            if mark == "(":
                row, is_filled = [], False
            elif mark != ",":
                return
        elif mark == ")":
            yield row
            row = None
        elif mark == ",":
            is_filled = False
        elif quoted is not None or bare:
            value = _unescaped(quoted) if quoted is not None else "" if bare.upper() == "NULL" else bare
            if is_filled:
                row[-1] += value
            else:
                row.append(value)
            is_filled = True


def _unescaped(text: str) -> str:
    plain = text.replace("''", "'")
    return ESCAPED.sub(lambda found: ESCAPES.get(found[1], found[1]), plain) if "\\" in plain else plain


def _written(path: Path, columns: tuple[str, ...], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if columns and len(columns) == len(rows[0]):
            writer.writerow(columns)
        writer.writerows(rows)
    return path
