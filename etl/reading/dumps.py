"""Dumps of a database (mysqldump, phpMyAdmin, pg_dump --inserts): the rows of their INSERT statements as a table."""

import csv
import re
from pathlib import Path

from etl.errors import FileRefused

BEGINNING = re.compile(r"\s*(--|/\*|#|SET\b|DROP\b|CREATE\b|USE\b|LOCK\b|BEGIN\b|START\b|INSERT\b)", re.IGNORECASE)
NAME = r'[`"\[]?(?:[\w$]+[`"\]]?\.[`"\[]?)?([\w$ ]+?)[`"\]]?'
CREATE = rf"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{NAME}\s*\("
COLUMN = re.compile(
    r'^\s*[`"\[]([^`"\]]+)[`"\]]\s|^\s*(?!(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX|FULLTEXT|CHECK)\b)(\w+)\s', re.I
)
INSERT = rf"INSERT\s+(?:IGNORE\s+)?INTO\s+{NAME}\s*(?:\(([^)]*)\)\s*)?VALUES\s*"
STATEMENT = re.compile(f"{CREATE}|{INSERT}", re.IGNORECASE)
# A text in quotes, a bare number or word, or a mark between values and rows.
TOKEN = re.compile(r"'((?:[^'\\]|\\.|'')*)'|([(),;])|([^\s(),;']+)", re.DOTALL)
PLAIN_TOKEN = re.compile(r"'((?:[^']|'')*)'|([(),;])|([^\s(),;']+)")
PLAIN = re.compile(r"SET\s+standard_conforming_strings\s*=\s*on", re.IGNORECASE)  # PostgreSQL's own: \ is a letter
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a"}


def is_dump(start: str) -> bool:
    """Whether a text begins like a dump and inserts rows, or creates the table for them, soon."""
    return bool(BEGINNING.match(start) and STATEMENT.search(start))


def tables(path: Path, folder: Path) -> list[Path]:
    """Each table of a dump that has rows as a CSV file, with a header where the dump tells its columns.

    Raises FileRefused for one without rows.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    columns: dict[str, tuple[str, ...]] = {}
    rows: dict[tuple[str, tuple[str, ...]], list[list[str]]] = {}
    place, is_plain = 0, False  # a text may hold what looks like a statement, so each is sought behind the last one
    while found := STATEMENT.search(text, place):
        created, inserted, names = found.groups()
        is_plain = is_plain or PLAIN.search(text, place, found.start()) is not None
        place = found.end()
        if created:
            columns[created.lower()] = _columns(text, place)
            continue
        named = tuple(name.strip(' `"[]\n') for name in (names or "").split(",") if name.strip())
        read, place = _rows(text, place, is_plain)
        rows.setdefault((inserted.lower(), named or columns.get(inserted.lower(), ())), []).extend(read)
    if not rows:
        raise FileRefused("a dump of a database without any row; expected INSERT statements. Export it with its data.")
    return [_written(folder / f"table {number}.csv", key[1], held) for number, (key, held) in enumerate(rows.items())]


def _columns(text: str, start: int) -> tuple[str, ...]:
    """The columns that a CREATE TABLE names, a line each."""
    end = text.find("\n)", start)
    lines = text[start : end if end > 0 else text.find(";", start)].split("\n")
    found = [COLUMN.match(line) for line in lines]
    return tuple(name[1] or name[2] for name in found if name)


def _rows(text: str, start: int, is_plain: bool) -> tuple[list[list[str]], int]:
    """The rows of one INSERT, from behind its VALUES on, and where they end."""
    found: list[list[str]] = []
    row: list[str] | None = None
    is_filled = False
    for token in (PLAIN_TOKEN if is_plain else TOKEN).finditer(text, start):
        quoted, mark, bare = token.groups()
        if row is None:
            if mark == "(":
                row, is_filled = [], False
            elif mark != ",":
                return found, token.start()
        elif mark == ")":
            found.append(row)
            row = None
        elif mark == ",":
            is_filled = False
        elif quoted is not None or bare:
            value = _unescaped(quoted, is_plain) if quoted is not None else "" if bare.upper() == "NULL" else bare
            if is_filled:
                row[-1] += value
            else:
                row.append(value)
            is_filled = True
    return found, len(text)


def _unescaped(text: str, is_plain: bool) -> str:
    plain = text.replace("''", "'")
    return (
        plain
        if is_plain
        else ESCAPED.sub(lambda found: ESCAPES.get(found[1], found[1]), plain)
        if "\\" in plain
        else plain
    )


def _written(path: Path, columns: tuple[str, ...], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if columns and len(columns) == len(rows[0]):
            writer.writerow(columns)
        writer.writerows(rows)
    return path
