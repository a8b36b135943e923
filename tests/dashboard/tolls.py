"""Made-up costs of the canned company's breakdowns: answers, sightings, minutes, voices and parts that a test knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.metrics.answer import Cell, Where
from etl.metrics.tolls.values import Lists, Part, Sample, Saying, Scores, Sightings, Strata, Toll
from tests.dashboard.failures import Records

CALL = ("phone", "billing", "home")
Failed = Callable[[date, date, Where], Records]


def answers(n: int, low: int, high: int) -> Sample:
    """So many answers, half of them low and half of them high."""
    return Sample(n, n // 2 * (low + high), n // 2 * (low**2 + high**2))


SCORES: Mapping[Cell, Strata] = {
    Cell("wrong invoice", "billing"): {CALL: answers(40, 4, 6)},
    Cell("late delivery", "delivery"): {CALL: answers(20, 5, 7)},
    Cell("no internet", "app"): {CALL: answers(4, 5, 7)},
}
LISTS: Mapping[Lists, int] = {(True, False, False): 60, (False, True, False): 30, (True, True, False): 20}


@dataclass(frozen=True)
class CannedTolls:
    """What the canned company's breakdowns cost; `failed` are its failed contacts."""

    failed: Failed
    value_per_customer: float | None = None
    currency: str = "EUR"
    answered: Mapping[Cell, Strata] = field(default_factory=lambda: SCORES)
    sayings: Mapping[Cell, tuple[Saying, ...]] = field(default_factory=dict)

    def scores(self, start: date, end: date, where: Where = ()) -> Scores:
        """Those failed score 5 or 6, the others 8; of the third cell too few answered."""
        cells = self._cells(start, end, where)
        told = {cell: strata for cell, strata in self.answered.items() if cell in cells}
        everyone: Strata = {CALL: sum((strata[CALL] for strata in told.values()), Sample())}
        return Scores("nps", cells, told, {}, everyone, {CALL: answers(400, 7, 9)})

    def sightings(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, Sightings]:
        """One cell is seen on two lists."""
        cells = self._cells(start, end, where)
        return {cell: Sightings(lists=LISTS if cell.cause == "wrong invoice" else {}) for cell in cells}

    def tolls(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, Toll]:
        """Ten minutes a failed contact, and a voice for every tenth."""
        return {
            cell: Toll(10.0 * count, count // 10, count // 10, 0)
            for cell, count in self._cells(start, end, where).items()
        }

    def parts(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, tuple[Part, ...]]:
        """Of no product or region."""
        return {
            cell: (Part("(unknown)", "(unknown)", count, 10 * count),)
            for cell, count in self._cells(start, end, where).items()
        }

    def said(self, start: date, end: date, where: Where = ()) -> Mapping[Cell, tuple[Saying, ...]]:
        """The same words whenever a cell fails somebody."""
        return {cell: self.sayings[cell] for cell in self._cells(start, end, where) if cell in self.sayings}

    def _cells(self, start: date, end: date, where: Where) -> dict[Cell, int]:
        found: dict[Cell, int] = {}
        for contact in self.failed(start, end, where):
            cell = Cell(contact["cause"], contact["touchpoint"])
            found[cell] = found.get(cell, 0) + 1
        return found
