"""What the commands print: results on stdout, narrative on stderr, nothing that could steer a terminal."""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

UNLIMITED_WIDTH = 10_000


def printable(text: str) -> str:
    """The text on one line, with line ends, colour codes and other invisible signs written as escapes."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)


def say(sentence: str) -> None:
    """One line of narrative on stderr."""
    typer.echo(printable(sentence), err=True)


def print_json(document: object) -> None:
    """One JSON document on stdout, in UTF-8 whatever the terminal's encoding; instants and numbers as JSON has them."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain).encode())


def _plain(value: object) -> object:
    """Decimals as numbers; dates and instants in ISO."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def print_facts(facts: Iterable[tuple[str, object]]) -> None:
    """Names with their values on stdout, one line each."""
    for name, value in facts:
        typer.echo(f"{name}: {printable(str(value))}")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout; numbers stand right, None is empty, and without a terminal no line is broken."""
    rows = [tuple(row) for row in rows]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, name in enumerate(columns):
        is_number = any(isinstance(row[place], int | float) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else printable(str(cell))) for cell in row))
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = UNLIMITED_WIDTH
    console.print(table)


def rounded(value: Any) -> Any:
    """A value for a person's eye: numbers to four decimals, all else as it is."""
    return round(value, 4) if isinstance(value, float) else value


def working(sentence: str) -> AbstractContextManager[Any]:
    """A sign of life on stderr while something takes long; silent when that is no terminal."""
    return Console(stderr=True).status(Text(printable(sentence)))
