"""Records whose last text goes on in the next line without quotes are put aside with its rest."""

from pathlib import Path

import pytest

from etl.reading.survey import Dialect
from tests.etl.reading.engine import surveyed

TEXTS = ("fine", "came late, but good", "Very slow! Again", "ok (I guess)", "10 of 10", "no answer?", "Thanks & bye")


def _lines(torn: str = "", at: int = 20) -> list[str]:
    """A log of 40 records with a text in the last cell, and what stands behind record `at`."""
    lines = ["id;day;text"]
    for number in range(40):
        lines.append(f"A-{number};2024-01-{number % 28 + 1:02};{TEXTS[number % len(TEXTS)]} {number % 5 * '!'}")
        if torn and number == at:
            lines.append(torn)
    return lines


def _rejected(folder: Path, lines: list[str], line_end: str = "\n") -> tuple[int, list[tuple[int, str]]]:
    found = surveyed(folder, "".join(line + line_end for line in lines).encode(), Dialect(";"), 3)
    return found.records, [(each.line, each.reason[:30]) for each in found.rejected]


GOES_ON = "its last text seems to go on i"
SHORT = "found 1 column; expected 3"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_text_that_goes_on_takes_its_record_with_it(tmp_path: Path, line_end: str) -> None:
    expected = 40, [(22, GOES_ON), (23, SHORT)]
    assert _rejected(tmp_path, _lines("but they were friendly"), line_end) == expected


def test_so_it_does_after_a_blank_line_and_with_a_closing_quote(tmp_path: Path) -> None:
    assert _rejected(tmp_path, _lines("\nbut friendly")) == (40, [(22, GOES_ON), (24, SHORT)])
    expected = 40, [(22, GOES_ON), (23, "a quote inside an unquoted cel")]
    assert _rejected(tmp_path, _lines('but friendly"')) == expected


@pytest.mark.parametrize(
    ("torn", "at"),
    [
        ("A-99 2024-01-05 fine", 20),  # begins like a record: one with other delimiters
        ("Total 40", 39),  # a note below the table
    ],
)
def test_other_lines_take_nothing_with_them(tmp_path: Path, torn: str, at: int) -> None:
    assert _rejected(tmp_path, _lines(torn, at)) == (41, [(at + 3, SHORT)])


def test_a_record_that_ends_with_a_number_or_in_quotes_is_whole(tmp_path: Path) -> None:
    numbers = [line.rsplit(";", 1)[0] + f";{place % 9}" for place, line in enumerate(_lines())]
    assert _rejected(tmp_path, [*numbers[:20], "page 2", *numbers[20:]]) == (41, [(21, SHORT)])
    texts = _lines("page 2")
    texts[21] = 'A-20;2024-01-21;"fine"'
    assert _rejected(tmp_path, texts) == (41, [(23, SHORT)])
