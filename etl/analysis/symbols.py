"""The weekly symbols of a breakdown cell: whether each week signals, against limits that the breakdown cannot bend."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.analysis.limits import Laney, laney
from etl.analysis.persistence import Machine, Standing
from etl.metrics.intervals import wilson
from etl.vocabulary import Symbol

MOST_BASELINE_WEEKS, FEWEST_BASELINE_WEEKS = 52, 12
FEWEST_CUSTOMERS = 5
"""Cells of less than one customer a week would signal by chance too often without this floor."""


@dataclass(frozen=True)
class Week:
    """One complete week of a cell: customers at its touchpoint, those it failed, whether every source was whole."""

    customers: int
    failed: int
    is_known: bool


@dataclass(frozen=True)
class History:
    """The symbol of each week, the upper limit that it was held against (None without one), where the cell stands.

    `is_high_from_start`: its first signal came before it had a baseline of its own.
    """

    symbols: tuple[Symbol, ...]
    limits: tuple[float | None, ...]
    standing: Standing
    is_high_from_start: bool


@dataclass
class _Baseline:
    """The last quiet weeks that may be compared with; frozen simply by taking in no more."""

    weeks: list[Week] = field(default_factory=list)
    _limits: Laney | None = None

    def add(self, week: Week) -> None:
        self.weeks = [*self.weeks, week][-MOST_BASELINE_WEEKS:]
        self._limits = None

    @property
    def limits(self) -> Laney | None:
        if self._limits is None and len(self.weeks) >= FEWEST_BASELINE_WEEKS:
            self._limits = laney([week.failed for week in self.weeks], [week.customers for week in self.weeks])
        return self._limits


def weekly(cell: Sequence[Week], parent: Sequence[Week], minimum_n: int, target: float | None = None) -> History:
    """Judge the weeks of a cell in order; `parent` is the same cause over all touchpoints, in the same weeks.

    The baseline of a week are the last 52 known weeks of enough volume before it that lie in no bout, at least 12;
    else those of the parent. `target` is the highest share that is still accepted. Source: definitions, weekly symbol.
    """
    machine, own, others = Machine(), _Baseline(), _Baseline()
    symbols: list[Symbol] = []
    uppers: list[float | None] = []
    is_high_from_start = False
    for week, whole in zip(cell, parent, strict=True):
        limits = own.limits or others.limits
        upper = limits.upper(week.customers) if limits else None
        symbol = _symbol(week, upper, minimum_n, target)
        if symbol is Symbol.SIGNAL and Symbol.SIGNAL not in symbols:
            is_high_from_start = own.limits is None
        was_open = machine.is_open
        machine.step(symbol)
        symbols.append(symbol)
        uppers.append(upper if week.is_known else None)
        if symbol is Symbol.QUIET and not was_open:
            own.add(week)
        if whole.is_known and not was_open and not machine.is_open:
            others.add(whole)
    return History(tuple(symbols), tuple(uppers), machine.standing(), is_high_from_start)


def _symbol(week: Week, upper: float | None, minimum_n: int, target: float | None) -> Symbol:
    if not week.is_known:
        return Symbol.UNKNOWN
    if week.customers < max(minimum_n, 1):
        return Symbol.LOW
    is_above = upper is not None and week.failed / week.customers > upper and week.failed >= FEWEST_CUSTOMERS
    return Symbol.SIGNAL if is_above or _misses(week, target) else Symbol.QUIET


def _misses(week: Week, target: float | None) -> bool:
    """Whether the share is surely worse than the target."""
    if target is None:
        return False
    low = wilson(min(week.failed, week.customers), week.customers).low
    return low is not None and low > target
