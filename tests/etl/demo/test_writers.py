"""Lines and spans of files: escaping, nulls, calendar borders."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from etl.demo.writers.files import Span, file_of, months_then_weeks, spans
from etl.demo.writers.lines import filled, joined_cells, json_text, write_lines


def test_json_text_escapes_and_keeps_null() -> None:
    assert json_text(pa.array(['a "b"', "c\\d", None])).to_pylist() == ['"a \\"b\\""', '"c\\\\d"', "null"]


def test_filled_puts_columns_into_the_template() -> None:
    columns = {"one": pa.array(["1", "2"]), "two": pa.array(["x", "y"])}
    assert filled('{"a":$one,"b":"$two"}', columns).to_pylist() == ['{"a":1,"b":"x"}', '{"a":2,"b":"y"}']


def test_cells_are_quoted_where_needed() -> None:
    cells = [pa.array(["a,b", 'say "c"', "two\nlines", "plain"]), pa.array([1, None, 3, 4])]
    assert joined_cells(cells).to_pylist() == ['"a,b",1\n', '"say ""c""",\n', '"two\nlines",3\n', "plain,4\n"]


def test_written_slice_is_the_text_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    write_lines(path, "h\n", pa.array(["a\n", "bé\n", "c\n", "d\n"]).slice(1, 2))
    assert path.read_bytes() == "h\nbé\nc\n".encode()


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (1, ["2025-11-20 2025-11-30", "2025-12-01 2025-12-31", "2026-01-01 2026-01-15"]),
        (3, ["2025-11-20 2025-12-31", "2026-01-01 2026-01-15"]),
    ],
)
def test_spans_end_with_the_calendar(months: int, expected: list[str]) -> None:
    found = spans(date(2025, 11, 20), date(2026, 1, 15), months)
    assert [f"{span.first} {span.last}" for span in found] == expected


def test_last_thirteen_spans_are_weeks() -> None:
    found = months_then_weeks(date(2026, 1, 10), date(2026, 11, 18))
    weeks = found[-13:]
    assert weeks[-1] == Span(date(2026, 11, 16), date(2026, 11, 18))
    assert all(span.first.weekday() == 0 for span in weeks)
    assert found[0] == Span(date(2026, 1, 10), date(2026, 1, 31))
    assert all((after.first - before.last).days == 1 for before, after in zip(found, found[1:], strict=False))


def test_file_of_a_time_is_the_span_of_its_day() -> None:
    found = spans(date(2026, 1, 30), date(2026, 2, 2), 1)
    times = np.array(["2026-01-31T23:59:59", "2026-02-01T00:00:00"], dtype="datetime64[s]")
    assert file_of(times, found).tolist() == [0, 1]
