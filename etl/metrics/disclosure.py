"""Disclosure control: small cells of confidential answers are hidden, with so many others that none can be found out.

A cell is a period and a value of each dimension asked by or filtered by. Cells that differ in one of these only add up
to a total that someone else may read; where one of them is hidden, at least one other is.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from etl.metrics.answer import Question, Row, Where
from etl.metrics.base import Metric
from etl.metrics.coverage import Coverage
from etl.metrics.summing import Summing
from etl.vocabulary import Dimension

SUPPRESSED = "suppressed"
Cell: TypeAlias = tuple[object, ...]
Counts: TypeAlias = Mapping[Cell, int]


def axes(by: Sequence[Dimension], where: Where) -> tuple[Dimension, ...]:
    """The dimensions whose values make up the cells of a question."""
    return tuple(dict.fromkeys((*by, *(dimension for dimension, _ in where))))


def disclosed(
    summing: Summing, metric: Metric, rows: Sequence[Row], question: Question, where: Where,
    coverages: Mapping[str, Coverage],
) -> list[Row]:  # fmt: skip
    """The rows of confidential answers that may be read, judged by all cells that add up to what others read."""
    if not rows:
        return []
    whole = replace(question, by=axes(question.by, where))
    found = summing.of([metric], whole, (), rows[0].start, rows[-1].end, coverages)[metric.name]
    counts = {(start, *group): int(sums.totals["bottom"]) for (start, group), sums in found.items()}
    return suppressed(rows, counts, question.by, where, metric.hidden_under)


def suppressed(rows: Iterable[Row], counts: Counts, by: Sequence[Dimension], where: Where, smallest: int) -> list[Row]:
    """The rows, those emptied that must not be read; `counts` has the answers of all cells, filtered by nothing.

    A hidden row prints neither its value nor its base: both are what a subtraction would give.
    """
    dimensions = axes(by, where)
    inside = {cell: _matches(cell, dimensions, where) for cell in counts}
    coarse: dict[Cell, int] = {}
    for cell, count in counts.items():
        key = _coarse(cell, dimensions, by, where)
        coarse[key] = coarse.get(key, 0) + count
    hidden, hidden_coarse = hidden_cells(counts, smallest), hidden_cells(coarse, smallest)
    told = []
    for row in rows:
        place = (row.start, *(value for _, value in row.group))
        alike = [cell for cell in counts if cell[: len(place)] == place]
        mine = [cell for cell in alike if inside[cell]]
        is_hidden = any(_coarse(cell, dimensions, by, where) in hidden_coarse for cell in mine)
        told.append(_emptied(row) if is_hidden or _splits(mine, alike, hidden) else row)
    return told


def hidden_cells(counts: Counts, smallest: int) -> frozenset[Cell]:
    """Cells with fewer answers, and in each line of cells the next smallest until subtraction gives nothing away."""
    lines = [[cell for cell in line if counts[cell]] for line in _lines(counts)]
    hidden = {cell for cell, count in counts.items() if 0 < count < smallest}
    is_open = bool(hidden)
    while is_open:
        is_open = False
        for line in lines:
            found = [cell for cell in line if cell in hidden]
            others = [cell for cell in line if cell not in hidden]
            if others and found and (len(found) == 1 or sum(counts[cell] for cell in found) < smallest):
                hidden.add(min(others, key=lambda cell: (counts[cell], *map(str, cell))))
                is_open = True
    return frozenset(hidden)


def _lines(cells: Collection[Cell]) -> list[list[Cell]]:
    """The cells that are alike in all but one place, for each place."""
    lines: dict[tuple[int, Cell], list[Cell]] = {}
    for cell in cells:
        for place in range(len(cell)):
            lines.setdefault((place, cell[:place] + cell[place + 1 :]), []).append(cell)
    return list(lines.values())


def _splits(mine: Sequence[Cell], alike: Sequence[Cell], hidden: frozenset[Cell]) -> bool:
    """Whether a row is a hidden cell, or adds some hidden ones to others that may be read and could be taken off."""
    within = [cell for cell in mine if cell in hidden]
    return bool(within) and (len(mine) == 1 or len(within) < sum(cell in hidden for cell in alike))


def _coarse(cell: Cell, dimensions: Sequence[Dimension], by: Sequence[Dimension], where: Where) -> Cell:
    """The cell with, for each dimension filtered by only, whether it is in the filter."""
    values = [
        value if dimension in by else all(value in wanted for named, wanted in where if named is dimension)
        for dimension, value in zip(dimensions, cell[1:], strict=True)
    ]
    return (cell[0], *values)


def _matches(cell: Cell, dimensions: Sequence[Dimension], where: Where) -> bool:
    values = dict(zip(dimensions, cell[1:], strict=True))
    return all(values[dimension] in wanted for dimension, wanted in where)


def _emptied(row: Row) -> Row:
    return replace(
        row, value=None, n=0, low=None, high=None, centre=None, standard_error=None, notes=(), reason=SUPPRESSED
    )
