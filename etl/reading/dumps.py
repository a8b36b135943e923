"""Dumps of a database (MySQL, PostgreSQL, SQL Server, SQLite): the rows that their statements insert, as tables."""

import csv
import re
from pathlib import Path

from etl.errors import FileRefused
from etl.reading.dumped import copied, inserted

BEGINNING = re.compile(
    r"\s*(--|/\*|#|(ALTER|BEGIN|COPY|CREATE|DELETE|DROP|GO|INSERT|LOCK|PRAGMA|REM|REPLACE|SET|START|TRUNCATE|USE)\b)",
    re.I,
)
NAME = r'[`"\[]?(?:[\w$]+[`"\]]?\.[`"\[]?)*([\w$ ]+?)[`"\]]?'
CREATE = rf"CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{NAME}\s*\("
COLUMN = re.compile(
    r'^\s*[`"\[]([^`"\]]+)[`"\]]\s|^\s*(?!(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX|FULLTEXT|CHECK)\b)(\w+)\s', re.I
)
CREATED = re.compile(r"\n\)|\)[^(),\n]*;")
BETWEEN = re.compile(r",(?![^(]*\))")  # no comma of a type or a key
COLUMNS = r"(?:\(([^)]*)\)\s*)?"
INTO = r"(?:INSERT|REPLACE)\s+(?:(?:IGNORE|DELAYED|LOW_PRIORITY|OR\s+\w+)\s+)*(?:INTO\s+|(?=\[))"
INSERT = rf"{INTO}{NAME}\s*{COLUMNS}(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES\s*"
COPY = rf"COPY\s+{NAME}\s*{COLUMNS}FROM\s+stdin\b([^;\n]*);[ \t]*\n"
STATEMENT = re.compile(f"{CREATE}|{INSERT}|{COPY}", re.IGNORECASE)
# What only databases write in whose texts a backslash is a letter: PostgreSQL, SQL Server, SQLite, Oracle.
PLAIN = re.compile(
    r"SET\s+(?:standard_conforming_strings\s*=\s*on|ANSI_|QUOTED_|IDENTITY_INSERT|DEFINE\b)"
    r"|^(?:GO|PRAGMA|REM)\b|INTO\s+\[|INSERT\s+\[",
    re.IGNORECASE | re.MULTILINE,
)


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
        created, inserted_into, insert_names, copied_into, copy_names, options = found.groups()
        is_plain = is_plain or PLAIN.search(text, place, found.end()) is not None
        place = found.end()
        if created:
            columns[created.lower()] = _columns(text, place)
            continue
        if options and options.strip():
            raise FileRefused(
                f"a dump with COPY …{options}; expected COPY … FROM stdin as pg_dump writes it. Export it with pg_dump."
            )
        table = (inserted_into or copied_into).lower()
        names = (name.strip(' `"[]\n\t') for name in (insert_names or copy_names or "").split(","))
        key = table, tuple(name for name in names if name) or columns.get(table, ())
        read, place = copied(text, place) if copied_into else inserted(text, place, is_plain)
        rows.setdefault(key, []).extend(read)
    filled = [(names, held) for (_, names), held in rows.items() if held]
    if not filled:
        raise FileRefused(
            "a dump of a database without any row; expected INSERT or COPY statements. Export it with its data."
        )
    return [_written(folder / f"table {number}.csv", *table) for number, table in enumerate(filled)]


def _columns(text: str, start: int) -> tuple[str, ...]:
    """The columns that a CREATE TABLE names, a line each, or all in one line."""
    end = CREATED.search(text, start)
    body = text[start : end.start() if end else len(text)]
    found = [COLUMN.match(line) for line in (body.split("\n") if "\n" in body else BETWEEN.split(body))]
    return tuple(name[1] or name[2] for name in found if name)


def _written(path: Path, columns: tuple[str, ...], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if columns and any(len(row) == len(columns) for row in rows):
            writer.writerow(columns)
        writer.writerows(rows)
    return path
