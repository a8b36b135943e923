"""Statistics of each column of a file, by SQL over its staged text: what its values look like and how they repeat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.engines import Connection
from etl.sources.texts import literal, quoted

# Cells that say in words that there is nothing; compared in lower case.
BLANK_WORDS = (
    "-", "--", "n/a", "na", "n.a.", "#n/a", "null", "none", "nan", "nil", "(null)", "\\n", "k.a.", "s/d", "n/d", "<na>",
)  # fmt: skip
MOST_VALUES = 400
MOST_BLANKS = 9
SHAPES = {
    "whole": r"[-+]?\d+",
    "point": r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?",
    "comma": r"[-+]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?",
    "percent": r"\d+([.,]\d+)?\s*%",
    "clock": r"\d{1,4}:\d{2}(:\d{2}([.,]\d+)?)?",
    "day_time": r"\d{1,2}[:.h]\d{2}([:.]\d{2}([.,]\d+)?)?(\s?[AaPp]\.?[Mm]\.?)?",
    "email": r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}",
    "phone": r"\+\d[\d\s()./-]{5,20}|0[\d\s()./-]{6,18}|\(\d{2,5}\)[\d\s./-]{5,15}|\d{3}[-. ]\d{3}[-. ]\d{4}|\d{10,13}",
    "url": r"https?://\S+|www\.\S+",
    "damaged": r"\d([.,]\d+)?[eE]\+\d{2,3}",
}
GROUPED = {"point": r"[-+]?\d{1,3}\.\d{3}", "comma": r"[-+]?\d{1,3},\d{3}"}
ENOUGH = 0.95
MOST_OF_THEM = 0.6
STRAY = 0.1
NUMBER = re.compile(r"-?\d+([.,]\d+)?")


@dataclass(frozen=True)
class Column:
    """What the values of one column are like; shares are of the cells that hold something.

    `values` are the most frequent texts with their counts, `blanks` the cells that say in words that they are empty.
    `grouped` says by decimal mark how many numbers might have it between thousands only; `mark` stands before
    decimals, by this column or else by the file's others, and is empty where none has any.
    """

    name: str
    rows: int
    filled: int
    distinct: int
    longest: int
    mean_words: float
    shares: dict[str, float]
    grouped: dict[str, int]
    mark: str
    low: float | None
    high: float | None
    is_whole: bool
    values: tuple[tuple[str, int], ...]
    blanks: tuple[str, ...]

    def looks(self, *shapes: str, enough: float = ENOUGH) -> bool:
        """Whether nearly all its values have one of some shapes."""
        return self.filled > 0 and max(self.shares[shape] for shape in shapes) >= enough

    def looks_mostly(self, *shapes: str) -> bool:
        """Whether most values have a shape, which is enough where the name says the same: some cells are bad."""
        return self.looks(*shapes, enough=MOST_OF_THEM)

    @property
    def is_number(self) -> bool:
        """Whether nearly all its values are numbers in one of both ways of writing."""
        return self.looks("point", "comma")

    def covers(self, high: float) -> bool:
        """Whether all numbers but a stray one in ten end at a bound."""
        numbers = [(float(value.replace(",", ".")), often) for value, often in self.values if NUMBER.fullmatch(value)]
        beyond = sum(often for number, often in numbers if number > high)
        return beyond <= STRAY * sum(often for _, often in numbers)

    @property
    def is_full(self) -> bool:
        """Whether every row holds a value."""
        return 0 < self.rows == self.filled

    @property
    def is_id_like(self) -> bool:
        """Whether every value occurs once."""
        return 0 < self.filled == self.distinct

    @property
    def is_group(self) -> bool:
        """Whether most values occur often, so that they name groups of records rather than single ones."""
        return 4 * self.distinct < self.filled and not self.shares["damaged"]

    @property
    def is_code(self) -> bool:
        """Whether few short values repeat."""
        few = self.distinct <= max(12, min(60, self.filled // 3))
        return self.filled > 0 and few and self.longest <= 60 and self.mean_words <= 5

    @property
    def is_text(self) -> bool:
        """Whether its values are words of somebody: long ones, hardly any twice."""
        is_long = self.mean_words >= 4 or (self.mean_words >= 2.5 and self.longest >= 40)
        return self.filled > 0 and is_long and self.distinct >= min(0.3 * self.filled, 200)


def profile(connection: Connection, relation: str, names: Sequence[str]) -> list[Column]:
    """The statistics of some columns of a relation of texts; one file has one decimal mark, unless it shows two."""
    columns = [_column(connection, relation, name) for name in names]
    marks = {column.mark for column in columns if column.mark and column.is_number}
    if len(marks) != 1:
        return columns
    (mark,) = marks
    return [_marked(connection, relation, column, mark) for column in columns]


def _marked(connection: Connection, relation: str, column: Column, mark: str) -> Column:
    """The column with the mark of its file, where it shows none itself."""
    if column.mark or not column.is_number:
        return column
    low, high, is_whole = _range(connection, _filled(relation, column.name), mark)
    return replace(column, mark=mark, low=low, high=high, is_whole=is_whole)


def _filled(relation: str, name: str) -> str:
    """SQL: the texts of a column that say something."""
    blanks = ", ".join(map(literal, ("", *BLANK_WORDS)))
    text = f"trim({quoted(name)})"
    return f"(SELECT {text} AS text FROM {relation} WHERE lower({text}) NOT IN ({blanks}))"


def _column(connection: Connection, relation: str, name: str) -> Column:
    blanks = ", ".join(map(literal, ("", *BLANK_WORDS)))
    text = f"trim({quoted(name)})"
    filled = _filled(relation, name)
    shapes = ", ".join(f"count(*) FILTER (regexp_full_match(text, {literal(shape)}))" for shape in SHAPES.values())
    grouped = ", ".join(f"count(*) FILTER (regexp_full_match(text, {literal(shape)}))" for shape in GROUPED.values())
    (counts,) = connection.execute(
        f"SELECT (SELECT count(*) FROM {relation}), count(*), count(DISTINCT text), coalesce(max(length(text)), 0), "
        f"coalesce(avg(len(string_split_regex(text, '\\s+'))), 0), {shapes}, {grouped} FROM {filled}"
    ).fetchall()
    rows, total, distinct, longest, words = counts[:5]
    found = dict(zip(SHAPES, counts[5 : 5 + len(SHAPES)], strict=True))
    may_be_grouped = dict(zip(GROUPED, counts[5 + len(SHAPES) :], strict=True))
    shares = {shape: number / total if total else 0.0 for shape, number in found.items()}
    values = connection.execute(
        f"SELECT text, count(*) AS often FROM {filled} GROUP BY text ORDER BY often DESC, text LIMIT {MOST_VALUES}"
    ).fetchall()
    mark = decimal_mark(found)
    if not mark and found["percent"]:
        mark = "," if any("," in value for value, _ in values) else "."
    low, high, is_whole = _range(connection, filled, mark or ".")
    empty_words = connection.execute(
        f"SELECT DISTINCT {text} FROM {relation} WHERE lower({text}) IN ({blanks}) AND {text} <> '' "
        f"ORDER BY ALL LIMIT {MOST_BLANKS}"
    ).fetchall()
    return Column(
        name, rows, total, distinct, longest, float(words), shares, may_be_grouped, mark, low, high, is_whole,
        tuple(values), tuple(word for (word,) in empty_words),
    )  # fmt: skip


def decimal_mark(found: dict[str, int]) -> str:
    """The mark before decimals that most numbers of a column have; empty where none has any."""
    if found["point"] == found["comma"]:
        return ""
    return "." if found["point"] > found["comma"] else ","


def _range(connection: Connection, filled: str, mark: str) -> tuple[float | None, float | None, bool]:
    plain = "replace(text, ',', '')" if mark == "." else "replace(replace(text, '.', ''), ',', '.')"
    (row,) = connection.execute(
        f"SELECT min(number), max(number), coalesce(bool_and(number = round(number)), FALSE) "
        f"FROM (SELECT try_cast({plain} AS DOUBLE) AS number FROM {filled}) WHERE isfinite(number)"
    ).fetchall()
    low, high, is_whole = row
    return low, high, bool(is_whole)
