"""What breakdowns cost beside their count: harm, silent customers, time, public reach, money, and how they grow."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from etl.analysis import silent
from etl.analysis.harm import Harm, harms
from etl.calendar import Period
from etl.metrics.answer import Ask, Cell, CellSpan, CellWeeks, Where
from etl.metrics.tolls.values import Lists, Sightings, Toll
from etl.vocabulary import Dimension

HARM_DAYS = 30
"""Harm is taken from the answers of so many days up to the end of the period, however short that is."""
ROW = (Dimension.CAUSE, Dimension.TOUCHPOINT)
"""A filter on these leaves some rows out; the harm of those that stay is what it was."""


@dataclass(frozen=True)
class Cost:
    """Of one cell: harm per customer (None without answers), the affected with the silent ones (None: no method).

    `before` counts the customers affected in the period before, None where it is not known; `value` is what the
    affected customers of the period are worth, None unless the settings say what one is.
    """

    harm: Harm | None = None
    affected: silent.Affected | None = None
    refusals: tuple[silent.Refusal, ...] = ()
    toll: Toll = Toll()
    before: int | None = None
    value: float | None = None


def costs(
    ask: Ask, period: Period, earlier: Period, where: Where, cells: Sequence[Cell], span: CellSpan, weeks: CellWeeks
) -> Mapping[Cell, Cost]:
    """The cost of each cell in a period, beside an earlier one; `span` and `weeks` are its counts."""
    if not cells:
        return {}
    alike = tuple(each for each in where if each[0] not in ROW)
    found = harms(ask.toll.scores(period.end - timedelta(days=HARM_DAYS - 1), period.end, alike), cells)
    sightings = ask.toll.sightings(period.start, period.end, alike)
    tolls = ask.toll.tolls(period.start, period.end, alike)
    pooled: Counter[Lists] = Counter()
    for one in sightings.values():
        pooled.update(one.lists)
    before = ask.affected(earlier.start, earlier.end, where)
    days, worth = (period.end - period.start).days + 1, ask.toll.value_per_customer

    def cost(cell: Cell) -> Cost:
        seen = _customers(span, cell)
        exposed = span.customers.get(cell.touchpoint, 0)
        affected, refusals = silent.judged(seen, exposed, sightings.get(cell, Sightings()), pooled, days)
        return Cost(
            found.get(cell), affected, refusals, tolls.get(cell, Toll()),
            _customers(before, cell) if _is_known(weeks, cell.touchpoint, earlier) else None,
            None if worth is None else seen * worth,
        )  # fmt: skip

    return {cell: cost(cell) for cell in cells}


def _customers(span: CellSpan, cell: Cell) -> int:
    return span.affected[cell].customers if cell in span.affected else 0


def _is_known(weeks: CellWeeks, touchpoint: str, period: Period) -> bool:
    """Whether every week that lies in a period, and the one in which it begins, is known at a touchpoint."""
    if not weeks.starts or weeks.starts[0] > period.start:
        return False
    known = zip(weeks.starts, weeks.known.get(touchpoint, ()), strict=False)
    return all(
        is_known for start, is_known in known if start + timedelta(days=6) >= period.start and start <= period.end
    )
