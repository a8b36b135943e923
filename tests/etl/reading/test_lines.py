"""Counting lines over blocks says what a plain loop over the lines says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading import lines
from etl.reading.lines import count_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"a": 1}\n{"a": 2}\n', (2, 8)),
        (b'{"a": 1}\n{"a": 2}', (2, 8)),
        (b'\n\n{"a": 1}\r\n \t\r\n  {"a": 2}\n\n', (2, 10)),
        (b" \n", (0, 1)),
        (b"\n", (0, 0)),
    ],
)
def test_lines_that_hold_something_are_counted(tmp_path: Path, text: bytes, expected: tuple[int, int]) -> None:
    path = tmp_path / "lines.json"
    path.write_bytes(text)
    assert count_lines(path) == expected


def test_a_line_longer_than_a_block_is_one(tmp_path: Path) -> None:
    path = tmp_path / "lines.json"
    path.write_bytes(b"{}\n" + b"x" * (2 * lines.BLOCK + 7) + b"\n{}\n")
    assert count_lines(path) == (3, 2 * lines.BLOCK + 7)


@given(
    text=st.lists(st.sampled_from([b"\n", b"\r", b" ", b"{", b"ab"]), min_size=1).map(b"".join), block=st.integers(1, 9)
)
def test_blocks_change_nothing(tmp_path_factory: pytest.TempPathFactory, text: bytes, block: int) -> None:
    path = tmp_path_factory.mktemp("lines") / "lines.json"
    path.write_bytes(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", block)
        found = count_lines(path)
    by_line = text.split(b"\n")
    assert found == (sum(bool(line.strip()) for line in by_line), max(map(len, by_line)))
