"""What the survey calls sound, what it sets aside and why, and that the engine and Python's csv read the same."""

import base64
import csv
import io
import re
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.reading.survey import Dialect, Survey
from tests.etl.reading.engine import engine_rows, surveyed

COMMA = Dialect(",")
LINE_END = re.compile(rb"\r\n|\r|\n")
AT_EASE = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    [b"a", b"1", b",", b",", b'"', b'""', b"\n", b"\n", b"\r\n", b"\r", b"\\", b"\0", b"\xff", b"'", "ä".encode()]
)
CELLS = st.text(st.sampled_from("ab1,\"'\n\r\\ ä#"), max_size=6)


def _reasons(found: Survey) -> list[tuple[int, str, str]]:
    return [(each.line, each.reason, each.raw) for each in found.rejected]


def _text(found: Survey) -> bytes:
    return found.path.read_bytes()


def test_a_sound_file_is_read_where_it_lies(tmp_path: Path) -> None:
    found = surveyed(tmp_path, b'a,b\n1,"x, y"\n2,#\n', COMMA, 2)
    assert (found.records, found.rejected, found.lines, found.notes) == (3, [], None, ())
    assert found.path == tmp_path / "input.csv"


@pytest.mark.parametrize("delimiter", [";", "\t", "|", "\x1f", "^", "~", " "])
def test_any_ascii_sign_may_part_cells(tmp_path: Path, delimiter: str) -> None:
    data = "a,b,c\n1,2,3\n4,5\n".replace(",", delimiter).encode()
    found = surveyed(tmp_path, data, Dialect(delimiter), 3)
    assert (found.records, [each.reason for each in found.rejected]) == (2, ["found 2 columns; expected 3"])


def test_too_many_cells_are_rejected_even_if_the_last_is_empty(tmp_path: Path) -> None:
    found = surveyed(tmp_path, b"a,b\n1,2,\n3,4\n5\n", COMMA, 2)
    assert _reasons(found) == [(2, "found 3 columns; expected 2", "1,2,"), (4, "found 1 column; expected 2", "5")]
    assert _text(found) == b"a,b\n3,4\n"
    assert found.lines is not None
    assert found.lines.tolist() == [1, 3]


def test_mixed_line_ends_become_one(tmp_path: Path) -> None:
    found = surveyed(tmp_path, b'a,b\r\n1,"x\r\ny\rz"\n3,4\r5,6', COMMA, 2)
    assert _text(found) == b'a,b\n1,"x\r\ny\rz"\n3,4\n5,6\n'
    assert found.lines is not None
    assert found.lines.tolist() == [1, 2, 5, 6]
    assert found.notes == (
        "1 line ends with CR alone, read as line ends",
        "1 line ends with CRLF, the others with LF",
        "the last line has no line end",
    )


def test_windows_line_ends_stay_unless_one_differs(tmp_path: Path) -> None:
    pure = surveyed(tmp_path, b"a,b\r\n1,2\r\n", COMMA, 2)
    assert (pure.path.name, pure.line_end, pure.notes) == ("input.csv", "\r\n", ())
    mixed = surveyed(tmp_path, b"a,b\r\n1,2\n", COMMA, 2)
    assert _text(mixed) == b"a,b\n1,2\n"


def test_bytes_that_are_no_text_stay_behind_as_they_are(tmp_path: Path) -> None:
    found = surveyed(tmp_path, b"a,b\n1,\xe4\n2,\0\n", COMMA, 2)
    assert _text(found) == "a,b\n2,\ufffd\n".encode()
    assert [base64.b64decode(each.raw) for each in found.rejected] == [b"1,\xe4"]
    assert found.notes == ("1 NUL byte, kept as U+FFFD",)


def test_blank_lines_are_skipped_and_the_header_again_is_rejected(tmp_path: Path) -> None:
    found = surveyed(tmp_path, b"a,b\n\n1,2\na,b\n3,4\n\n\n", COMMA, 2)
    assert _reasons(found) == [(4, "the header again", "a,b")]
    assert (_text(found), found.notes) == (b"a,b\n1,2\n3,4\n", ("1 blank line skipped",))


@pytest.mark.parametrize("second", [b"x,y\n5,6\n", b"x,y,z\n5,6,7\n"])
def test_another_table_is_not_read(tmp_path: Path, second: bytes) -> None:
    found = surveyed(tmp_path, b"a,b\n1,2\n3,4\n\n" + second, COMMA, 2)
    assert {each.reason for each in found.rejected} == {"another table begins at line 5"}
    assert [each.line for each in found.rejected] == [5, 6]
    assert _text(found) == b"a,b\n1,2\n3,4\n"


def test_a_row_in_other_quotes_is_rejected_but_not_one_such_cell(tmp_path: Path) -> None:
    found = surveyed(tmp_path, b"a,b\n'1','2'\n'tis,4\n'n','t\n", COMMA, 2)
    assert [each.line for each in found.rejected] == [2, 4]
    assert found.rejected[0].reason == "quoted with '; expected \""


def test_backslashes_escape_if_that_makes_all_sound(tmp_path: Path) -> None:
    data = b'a,b\n1,"x \\"y\\" z"\n2,"c:\\\\d"\n'
    found = surveyed(tmp_path, data, COMMA, 2)
    assert (found.rejected, found.dialect.escape, found.notes) == ([], "\\", ("quotes are escaped with backslashes",))
    other = surveyed(tmp_path, data + b'3,"c:\\new"\n', COMMA, 2)
    assert (len(other.rejected), other.dialect.escape) == (1, '"')


@pytest.mark.parametrize("kept", ["8\\'9", "c:\\new"])
def test_backslashes_that_escape_only_quotes_stay_before_all_else(tmp_path: Path, kept: str) -> None:
    data = f'a,b\n1,"x \\"y\\" z"\n2,"{kept}, you\'ve"\n'.encode()
    found = surveyed(tmp_path, data, COMMA, 2)
    assert (found.rejected, found.dialect.escape, found.notes) == ([], '"', ("quotes are escaped with backslashes",))
    with duckdb.connect() as connection:
        assert engine_rows(connection, found, 2)[1:] == [("1", 'x "y" z'), ("2", f"{kept}, you've")]


def test_a_line_over_four_megabytes_is_rejected(tmp_path: Path) -> None:
    long = b"1," + b"x" * (1 << 22) + b"\n"
    found = surveyed(tmp_path, b"a,b\n" + long + b"2,3\n" + long[:-1], COMMA, 2)
    assert [(each.line, each.reason, len(each.raw)) for each in found.rejected] == [
        (2, "longer than 4 MB", 1 << 16),
        (4, "longer than 4 MB", 1 << 16),
    ]
    assert _text(found) == b"a,b\n2,3\n"


def test_a_file_of_many_windows_keeps_its_line_numbers(tmp_path: Path) -> None:
    rows = [f'{number},"one\ntwo, {number}"\n' if number % 3 else f"{number},plain\n" for number in range(60_000)]
    rows[40_000] = "40000,plain,more\n"
    found = surveyed(tmp_path, ("a,b\n" + "".join(rows)).encode(), COMMA, 2, first_line=5)
    lines = 6 + np.cumsum([0, *(row.count("\n") for row in rows[:-1])])
    assert [each.line for each in found.rejected] == [lines[40_000]]
    assert found.lines is not None
    assert found.lines.tolist() == [5, *np.delete(lines, 40_000)]


def test_a_preamble_is_passed_over(tmp_path: Path) -> None:
    found = surveyed(tmp_path, b'sales of "x\n\na,b\n1,2\n', COMMA, 2, first_line=3, skip_bytes=13)
    assert (found.records, found.rejected, found.lines, _text(found)) == (2, [], None, b"a,b\n1,2\n")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n", b"\r\n\r\n", b'"', b"\0"])
def test_next_to_nothing_holds_no_record(tmp_path: Path, data: bytes) -> None:
    assert surveyed(tmp_path, data, COMMA, 2).records == 0


def _physical_lines(data: bytes) -> list[bytes]:
    return LINE_END.split(data)


def _covered(found: Survey) -> list[int]:
    """The physical lines that sound and rejected records take up."""
    numbers = found.lines if found.lines is not None else range(1, 1 + found.records)
    reader = csv.reader(io.StringIO(_text(found).decode("utf-8-sig"), newline=""), strict=True)
    records = [sum(len(LINE_END.findall(cell.encode())) for cell in row) for row in reader if row]
    taken = [*zip(numbers, records, strict=True)]
    for each in found.rejected:
        raw = base64.b64decode(each.raw) if each.reason.startswith("not UTF-8") else each.raw.encode()
        taken.append((each.line, len(LINE_END.findall(raw))))
    return sorted(line for first, breaks in taken for line in range(first, first + breaks + 1))


def _hold_to_account(connection: duckdb.DuckDBPyConnection, folder: Path, data: bytes, columns: int) -> None:
    """Engine, csv module and survey read the same, and each physical line is accounted for once."""
    found = surveyed(folder, data, COMMA, columns)
    landed = engine_rows(connection, found, columns) if found.records else []
    assert len(landed) == found.records
    if found.dialect != COMMA:
        return
    rows = csv.reader(io.StringIO(_text(found).decode("utf-8-sig"), newline=""), strict=True)
    assert landed == [tuple(row) for row in rows if row]
    covered = _covered(found)
    assert len(covered) == len(set(covered))
    filled = {number for number, line in enumerate(_physical_lines(data), 1) if line}
    assert filled <= set(covered)


@AT_EASE
@given(st.lists(PIECES, max_size=50), st.integers(2, 3))
def test_any_bytes_are_accounted_for(tmp_path: Path, pieces: list[bytes], columns: int) -> None:
    with duckdb.connect() as connection:
        _hold_to_account(connection, tmp_path, b",".join([b"h"] * columns) + b"\n" + b"".join(pieces), columns)


@AT_EASE
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 2)), max_size=3),
)
def test_damaged_files_are_accounted_for(
    tmp_path: Path, rows: list[tuple[str, str, str]], line_end: str, damages: list[tuple[float, bytes, int]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end).writerows([("h", "i", "j"), *rows])
    data = text.getvalue().encode()
    for where, piece, removed in damages:
        place = int(where * len(data))
        data = data[:place] + piece + data[place + removed :]
    with duckdb.connect() as connection:
        _hold_to_account(connection, tmp_path, data, 3)
