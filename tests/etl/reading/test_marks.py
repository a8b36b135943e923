"""Which marks a delimited text is taken to use: its delimiter, its quotes, and blanks behind delimiters."""

from pathlib import Path

import pytest

from etl.reading.blanks import has_blanks_before_quotes, unspaced, without_blanks
from etl.reading.marks import likely_delimiters, likely_quote

HEADER = "id,name,text\n"


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("1,Ann,'good, warm'\n", "'"),
        ("1,Ann,'it''s warm'\n", "'"),
        ("1,Ann,'first\nsecond'\n", "'"),
        ("1,Ann,'warm'\n", '"'),  # nothing in it needs quotes: a phrase in apostrophes
        ("1,Ann,'tis warm\n2,Bob,rock 'n' roll\n", '"'),
        ("1,\"Ann, B\",'it''s'\n2,\"Bob, C\",x\n", '"'),
        ("1,Ann's,'it''s'\n2,Bob's,y\n3,Eve's,z\n", '"'),
    ],
)
def test_cells_that_need_quotes_tell_which_are_used(body: str, quote: str) -> None:
    assert likely_quote(HEADER + body, ",") == quote


def test_a_wrapped_name_in_the_header_tells_the_quotes() -> None:
    assert likely_quote("id,'name'\n1,won't\n", ",") == "'"
    assert likely_quote("\"id\",'name'\n", ",") == '"'


def test_colon_and_blank_part_cells_only_after_all_else() -> None:
    assert likely_delimiters("a b c\n1 2 3\n")[-1] == " "
    assert likely_delimiters("a:b,c\n1:2,3\n") == [",", ":"]


def test_a_mark_counts_though_most_lines_are_parts_of_cells() -> None:
    text = "a|b|c\n1|2|'x\ny\nz\nwon''t'\n"
    assert "|" in likely_delimiters(text)
    assert likely_quote(text, "|") == "'"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a, b, "c"\n1, 2, "x, y"\n', True),
        ("a, b, c\n1, 2, 3\n", False),  # nothing is quoted
        ('a,b\n1,he said, "well"\n', False),
        ('a, "b"\n1,"c"\n', False),
    ],
)
def test_blanks_count_where_they_keep_quotes_from_opening(text: str, expected: bool) -> None:
    assert has_blanks_before_quotes(text, ",") is expected


def test_blanks_inside_quotes_stay(tmp_path: Path) -> None:
    text = 'a,  "b"\r\n1, "x, ""y"", z"\r\n2, "lone, z\r\n3, \r\n'
    without = 'a,"b"\r\n1,"x, ""y"", z"\r\n2,"lone,z\r\n3,\r\n'
    assert unspaced(text, ",") == without
    (tmp_path / "in.csv").write_bytes(text.encode())
    assert without_blanks(tmp_path / "in.csv", tmp_path / "out.csv", ",").read_bytes() == without.encode()
