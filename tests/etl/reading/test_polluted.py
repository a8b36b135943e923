"""Some 2,000 files with one thing wrong each: nothing wrong is loaded silently, and what was not touched is loaded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb
import pytest

from etl.reading.survey import Dialect, Rejected
from tests.etl.reading.engine import Rows, engine_rows, surveyed
from tests.etl.reading.polluter import (
    HEADER,
    PLAIN,
    QUOTED,
    WINDOWS,
    Polluted,
    clean_files,
    polluted_rows,
    whole_files,
)

# Told of double quotes, nothing tells the cell `'first line` of a file in apostrophes from one that begins with one.
EXPLAINED = {"quote '"}


@dataclass(frozen=True)
class Outcome:
    """What became of one polluted file."""

    landed: Rows
    rejected: list[Rejected]

    def is_refused(self) -> bool:
        """Whether the whole file is refused by its header."""
        return not self.landed or self.landed[0] != HEADER

    def wrong(self, file: Polluted) -> Rows:
        """The records that landed and should not have, or went missing without a trace."""
        right = Counter(file.right) + Counter(file.extra)
        missing = Counter(file.right) - Counter(self.landed)
        lost = [] if self.rejected else list(missing)
        return [*(Counter(self.landed) - right), *lost]

    def untouched_missing(self, file: Polluted) -> Rows:
        """The records that were not polluted and did not land."""
        missing = Counter(file.right) - Counter(self.landed)
        return [row for row in missing if row not in file.touched]


@pytest.fixture
def connection() -> Iterable[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("SET threads = 1")
        yield opened


def _outcome(connection: duckdb.DuckDBPyConnection, folder: Path, file: Polluted) -> Outcome:
    """What the survey and the engine make of a file; both must count the same."""
    style, data = file.style, file.text.encode()
    dialect = Dialect(style.delimiter[0], style.quote, "\\" if style.escape == "\\" else style.quote)
    before = sum(map(len, data.splitlines(keepends=True)[: file.skip]))
    found = surveyed(folder, data, dialect, file.columns, first_line=1 + file.skip, skip_bytes=before)
    landed = engine_rows(connection, found, file.columns) if found.records else []
    assert len(landed) == found.records, file.name
    return Outcome(landed, found.rejected)


def test_clean_files_land_whole_in_every_dialect(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for file in clean_files():
        outcome = _outcome(connection, tmp_path, file)
        assert (outcome.landed, outcome.rejected) == (file.right, []), file.name


def test_files_polluted_as_a_whole_land_nothing_wrong(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    refused = set()
    for file in whole_files():
        outcome = _outcome(connection, tmp_path, file)
        if outcome.is_refused():
            refused.add(file.name)
        elif file.name not in EXPLAINED:
            assert outcome.wrong(file) == [], file.name
    assert refused == {
        "wide preamble", "no header", "quote '", "delimiter ', '", "delimiter '\\t\\t'", "delimiter ':'",
        "delimiter ';'",
    }  # fmt: skip


def test_polluted_rows_take_no_other_row_with_them(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    files, refused, short = 0, 0, []
    for file in chain(polluted_rows(PLAIN, 2), polluted_rows(QUOTED, 17), polluted_rows(WINDOWS, 21)):
        outcome = _outcome(connection, tmp_path, file)
        files += 1
        refused += outcome.is_refused()
        if not outcome.is_refused():
            assert outcome.wrong(file) == [], file.name
            short += [file.name] if outcome.untouched_missing(file) else []
    assert files == 2332
    assert refused == 3 * 42  # each pollution of the header row but two
    assert short == []
