"""Disclosure control: small cells of confidential answers are hidden, with so many others that none can be found out.

A cell is a period and a value of each dimension asked by or filtered by. Cells that differ in one of these only add up
to a total that someone else may read; where one of them is hidden, at least one other is. Periods are judged among
all of their grain in the whole history, so that the same days read the same whatever span they were asked in.

Days that are no period of any grain are judged by themselves. What could be found out by subtracting such spans, or
periods of different grains, from each other is not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from etl.calendar import Calendar
from etl.metrics.answer import Question, Row, Where
from etl.metrics.base import Metric
from etl.metrics.coverage import Coverage
from etl.metrics.summing import Summing
from etl.vocabulary import Dimension, Grain

SUPPRESSED = "suppressed"
Cell: TypeAlias = tuple[object, ...]
Counts: TypeAlias = Mapping[Cell, int]
Judges: TypeAlias = tuple[Grain | None, bool, date, date]
"""The cells that judge some days: those of a grain, fiscal or not, between two days."""


def axes(by: Sequence[Dimension], where: Where) -> tuple[Dimension, ...]:
    """The dimensions whose values make up the cells of a question."""
    return tuple(dict.fromkeys((*by, *(dimension for dimension, _ in where))))


def disclosed(
    summing: Summing, metric: Metric, rows: Sequence[Row], question: Question, where: Where,
    coverages: Mapping[str, Coverage], calendar: Calendar,
) -> list[Row]:  # fmt: skip
    """The rows of confidential answers that may be read, those emptied that must not be.

    A hidden row prints neither its value nor its base: both are what a subtraction would give.
    """
    coverage = coverages[metric.name]
    first, last = coverage.first_day, coverage.watermark
    if first is None or last is None:
        return list(rows)
    hidden: dict[Judges, frozenset[Cell]] = {}
    days = {
        (row.start, row.end): _judges(calendar, max(row.start, first), min(row.end, last), first, last) for row in rows
    }
    whole = replace(question, by=axes(question.by, where))
    for judges in {judges for judged in days.values() for _, judges in judged}:
        grain, fiscal, start, end = judges
        asked = replace(whole, grain=grain, fiscal=fiscal)
        found = summing.of([metric], asked, (), start, end, coverages)[metric.name]
        counts = {(day, *group): int(sums.totals["bottom"]) for (day, group), sums in found.items()}
        hidden[judges] = hidden_places(counts, question.by, where, metric.hidden_under)
    return [
        _emptied(row)
        if any(
            (start, *(value for _, value in row.group)) in hidden[judges] for start, judges in days[row.start, row.end]
        )
        else row
        for row in rows
    ]


def hidden_places(counts: Counts, by: Sequence[Dimension], where: Where, smallest: int) -> frozenset[Cell]:
    """The periods and values asked by that must not be read; `counts` has the answers of all cells, unfiltered."""
    dimensions = axes(by, where)
    coarse: dict[Cell, int] = {}
    places: dict[Cell, list[Cell]] = {}
    for cell, count in counts.items():
        key = _coarse(cell, dimensions, by, where)
        coarse[key] = coarse.get(key, 0) + count
        places.setdefault(cell[: 1 + len(by)], []).append(cell)
    hidden, hidden_coarse = hidden_cells(counts, smallest), hidden_cells(coarse, smallest)
    found = set()
    for place, alike in places.items():
        mine = [cell for cell in alike if _matches(cell, dimensions, where)]
        is_hidden = any(_coarse(cell, dimensions, by, where) in hidden_coarse for cell in mine)
        if is_hidden or _splits(mine, alike, hidden):
            found.add(place)
    return frozenset(found)


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


def _judges(calendar: Calendar, start: date, end: date, first: date, last: date) -> list[tuple[date, Judges]]:
    """What judges the days from start to end, and the first day of the cell that they are there.

    It is each grain of which they are a period, as far as the history from first to last holds it; else they alone.
    """
    if start > end:
        return []
    found: list[tuple[date, Judges]] = []
    for grain, fiscal in (*((grain, False) for grain in Grain), *((grain, True) for grain in calendar.fiscal_grains)):
        period = calendar.period_of(start, grain, fiscal=fiscal)
        if (max(period.start, first), min(period.end, last)) == (start, end):
            opening = calendar.period_of(first, grain, fiscal=fiscal).start
            found.append((period.start, (grain, fiscal, opening, last)))
    return found or [(start, (None, False, start, end))]


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
