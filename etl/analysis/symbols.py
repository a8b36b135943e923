"""The weekly symbols of a breakdown cell: whether each week signals, against limits that the breakdown cannot bend."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.analysis.limits import Laney, Rolling
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

    @property
    def counted(self) -> int:
        """The failed customers among those at the touchpoint: no more than there were."""
        return min(self.failed, self.customers)

    @property
    def share(self) -> float | None:
        """The breakdown rate; None where nobody was there."""
        return self.counted / self.customers if self.customers else None


@dataclass(frozen=True)
class History:
    """The symbol of each week, the upper limit that it was held against (None without one), where the cell stands.

    `is_high_from_start`: its first signal came before it had a baseline of its own. `z` is how many standard deviations
    the last observed week lies above what is usual.
    """

    symbols: tuple[Symbol, ...]
    limits: tuple[float | None, ...]
    standing: Standing
    is_high_from_start: bool
    z: float | None = None


@dataclass
class _Baseline:
    """The last quiet weeks that may be compared with; frozen simply by taking in no more."""

    _rolling: Rolling = field(default_factory=lambda: Rolling(MOST_BASELINE_WEEKS))
    _limits: Laney | None = None

    def add(self, week: Week) -> None:
        self._rolling.add(week.counted, week.customers)
        self._limits = None

    @property
    def limits(self) -> Laney | None:
        if self._limits is None and len(self._rolling) >= FEWEST_BASELINE_WEEKS:
            self._limits = self._rolling.limits()
        return self._limits


def weekly(cell: Sequence[Week], parent: Sequence[Week], minimum_n: int, target: float | None = None) -> History:
    """Judge the weeks of a cell in order; `parent` is the same cause over all touchpoints, in the same weeks.

    The baseline of a week are the last 52 known weeks of enough volume before it that lie in no bout, at least 12;
    else the parent's own such weeks outside the cell's bouts. `minimum_n` is in customers a week; `target` is the
    highest share that is still accepted. Raises ValueError where the two sequences differ in length.
    Source: definitions, weekly symbol.
    """
    machine, own, others = Machine(), _Baseline(), _Baseline()
    least = max(minimum_n, 1)
    symbols: list[Symbol] = []
    uppers: list[float | None] = []
    is_high_from_start, z = False, None
    for week, whole in zip(cell, parent, strict=True):
        limits = own.limits or others.limits
        upper = limits.upper(week.customers) if limits else None
        symbol = _symbol(week, upper, least, target)
        if symbol is Symbol.SIGNAL and Symbol.SIGNAL not in symbols:
            is_high_from_start = own.limits is None
        if symbol in (Symbol.SIGNAL, Symbol.QUIET):
            z = limits.z(week.counted, week.customers) if limits else None
        was_open = machine.is_open
        machine.step(symbol)
        symbols.append(symbol)
        uppers.append(upper if week.is_known else None)
        if symbol is Symbol.QUIET and not was_open:
            own.add(week)
        if whole.is_known and whole.customers >= least and not was_open and not machine.is_open:
            others.add(whole)
    return History(tuple(symbols), tuple(uppers), machine.standing(), is_high_from_start, z)


def _symbol(week: Week, upper: float | None, least: int, target: float | None) -> Symbol:
    if not week.is_known:
        return Symbol.UNKNOWN
    if week.customers < least:
        return Symbol.LOW
    is_above = upper is not None and week.counted >= FEWEST_CUSTOMERS and (week.share or 0.0) > upper
    return Symbol.SIGNAL if is_above or _misses(week, target) else Symbol.QUIET


def _misses(week: Week, target: float | None) -> bool:
    """Whether the share is surely worse than the target."""
    if target is None:
        return False
    low = wilson(week.counted, week.customers).low
    return low is not None and low > target
