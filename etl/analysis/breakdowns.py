"""The leaderboard of service breakdowns: each cause at a touchpoint with its size, its history, its rank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import floor

from etl.analysis.costs import Cost, costs
from etl.analysis.persistence import FACTORS, Standing
from etl.analysis.ranking import Entry, Ranked, rank
from etl.analysis.split import Segment, segments
from etl.analysis.symbols import History, Week, weekly
from etl.calendar import Period, like_for_like
from etl.metrics.answer import Affected, Ask, Cell, CellSpan, CellWeeks, Where
from etl.metrics.catalogue import BREAKDOWN_RATE
from etl.metrics.intervals import overdispersion, wilson
from etl.vocabulary import State, Symbol

TREND_WEEKS = 26
RANKED = (State.NEW, State.RELAPSED, State.RECURRING, State.PERSISTENT, State.CHRONIC, State.RECOVERING)
NOBODY = Affected(0, 0, 0)


@dataclass(frozen=True)
class TrendWeek:
    """One week of a cell: customers at the touchpoint, those failed, the upper limit of their share, the symbol."""

    start: date
    customers: int
    failed: int
    upper: float | None
    symbol: Symbol

    @property
    def share(self) -> float | None:
        """Customers failed among those at the touchpoint; None for a week that is not known."""
        return self.failed / self.customers if self.customers and self.symbol is not Symbol.UNKNOWN else None


@dataclass(frozen=True)
class Breakdown:
    """One cell of the leaderboard.

    `affected` counts customers of the chosen period (an unlinked contact as one), `linked` those whose identity is
    known, `contacts` the failed contacts, `told` those whose cause no code records but the customer's words tell,
    `exposed` the customers at the touchpoint; `low` and `high` bound the share.
    `rank` and its interval are None where the state is not ranked. `first_seen` is the first week with a signal,
    `opened` that in which the current or last bout began, `observed` the last week that is known. `z` is how unusual
    that week is, in standard deviations. `widest` is the rank's interval if the weights were off by half, `to_first`
    how many more customers would put a row into the first place (None for the first, and where none ever would).
    """

    cell: Cell
    affected: int
    linked: int
    contacts: int
    exposed: int
    low: float | None
    high: float | None
    standing: Standing
    is_high_from_start: bool
    first_seen: date | None
    opened: date | None
    observed: date | None
    trend: tuple[TrendWeek, ...]
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    is_named: bool = False
    group: int | None = None
    severity: float | None = None
    z: float | None = None
    cost: Cost = Cost()
    widest: tuple[int, int] | None = None
    to_first: int | None = None
    segments: tuple[Segment, ...] = ()
    told: int = 0

    @property
    def growth(self) -> float | None:
        """By what share more customers were affected than in the period before; None where that is not known."""
        before = self.cost.before
        return self.affected / before - 1 if before else None

    @property
    def share(self) -> float | None:
        """Customers failed among those at the touchpoint in the chosen period."""
        return self.affected / self.exposed if self.exposed else None


@dataclass(frozen=True)
class Leaderboard:
    """The cells, ranked ones first, for a period; what no code assigns to a cell, and all that failed."""

    period: Period
    rows: tuple[Breakdown, ...]
    unassigned: Affected
    total: Affected
    weeks: tuple[date, ...]


def leaderboard(ask: Ask, period: Period, where: Where = ()) -> Leaderboard:
    """The leaderboard of a period up to the newest complete day, states as of the last complete week until then.

    While days of it are to come, the counts of the period before are those of as many days.
    """
    earlier = ask.calendar.shift(period, -1)
    if ask.as_of is not None and period.start <= ask.as_of < period.end:
        (_, until), (_, end) = like_for_like(period, earlier, ask.as_of)
        period, earlier = replace(period, end=until), replace(earlier, end=end)
    weeks = ask.weeks(period.end, where)
    span = ask.affected(period.start, period.end, where)
    judged = histories(weeks, ask.minimum_n(BREAKDOWN_RATE), lambda place: ask.target(BREAKDOWN_RATE, place, period))
    cells = [_breakdown(cell, history, weeks, span) for cell, history in judged.items()]
    shown = [cell for cell in cells if cell.affected or _has_history(cell)]
    cost = costs(ask, period, earlier, where, [row.cell for row in shown], span, weeks)
    shown = [replace(row, cost=cost[row.cell]) for row in shown]
    ranked = [cell for cell in shown if cell.standing.state in RANKED]
    others = [cell for cell in shown if cell.standing.state not in RANKED]
    others.sort(key=lambda other: (other.standing.state is State.NONE, -other.affected, other.cell))
    open_since = {row.cell: row.opened for row in ranked if row.opened}
    parts = segments(ask, period, where, open_since)
    ranked = [replace(row, segments=parts.get(row.cell, ())) for row in ranked]
    rows = (*_ranked(ranked, _dispersion(ranked)), *others)
    return Leaderboard(period, rows, span.unassigned, span.total, weeks.starts)


def _has_history(cell: Breakdown) -> bool:
    """Whether anything is to be told of a cell that failed nobody in the period."""
    return cell.standing.state is not State.NONE and cell.standing.first is not None


def histories(weeks: CellWeeks, minimum_n: int, target: Callable[[str], float | None]) -> dict[Cell, History]:
    """The weekly symbols of each assigned cell by its touchpoint's target, with those of the same cause as parent."""
    assigned = [cell for cell in sorted(weeks.failed) if cell.is_assigned]
    causes: dict[str, list[Cell]] = {}
    for cell in assigned:
        causes.setdefault(cell.cause, []).append(cell)
    parents = {cause: _parent(cells, weeks) for cause, cells in causes.items()}
    return {
        cell: weekly(_own(cell, weeks), parents[cell.cause], minimum_n, target(cell.touchpoint)) for cell in assigned
    }


def _own(cell: Cell, weeks: CellWeeks) -> list[Week]:
    known, customers = weeks.known[cell.touchpoint], weeks.customers[cell.touchpoint]
    return [Week(*week) for week in zip(customers, weeks.failed[cell], known, strict=True)]


def _parent(cells: Sequence[Cell], weeks: CellWeeks) -> list[Week]:
    """One cause over all touchpoints where it occurs: their customers and failures added up."""
    together = zip(*(_own(cell, weeks) for cell in cells), strict=True)
    return [
        Week(sum(week.customers for week in one), sum(week.failed for week in one), all(week.is_known for week in one))
        for one in together
    ]


def _breakdown(cell: Cell, history: History, weeks: CellWeeks, span: CellSpan) -> Breakdown:
    size, exposed = span.affected.get(cell, NOBODY), span.customers.get(cell.touchpoint, 0)
    interval = wilson(min(size.customers, exposed), exposed)
    standing = history.standing

    def day(index: int | None) -> date | None:
        return None if index is None else weeks.starts[index]

    return Breakdown(
        cell, size.customers, size.linked, size.contacts, exposed, interval.low, interval.high, standing,
        history.is_high_from_start, day(standing.first), day(standing.opened), day(standing.observed),
        _trend(cell, history, weeks), z=history.z, told=size.told,
    )  # fmt: skip


def _trend(cell: Cell, history: History, weeks: CellWeeks) -> tuple[TrendWeek, ...]:
    columns = zip(
        weeks.starts, weeks.customers[cell.touchpoint], weeks.failed[cell], history.limits, history.symbols, strict=True
    )
    return tuple(TrendWeek(*week) for week in columns)[-TREND_WEEKS:]


def _dispersion(cells: Sequence[Breakdown]) -> float:
    """The mean over-dispersion of the ranked cells' quiet weeks, at least 1; what broke is a signal, not a spread."""
    quiet = [[week.failed for week in cell.trend if week.symbol is Symbol.QUIET] for cell in cells]
    found = [overdispersion(counts) for counts in quiet]
    return max(1.0, sum(found) / len(found)) if found else 1.0


def _ranked(cells: Sequence[Breakdown], phi: float) -> list[Breakdown]:
    """Ranked by severity: affected customers times harm times the factor of the grade; without harm by the others."""
    entries = [_entry(cell) for cell in cells]
    ranked = rank(entries, phi)
    top = ranked[0].severity if ranked else 0.0
    return [_with_rank(cells[one.place], one, _to_first(entries[one.place], one, top)) for one in ranked]


def _entry(cell: Breakdown) -> Entry:
    """Either every row has a harm or none has."""
    factor, harm = FACTORS[cell.standing.grade], cell.cost.harm
    return Entry(cell.affected, factor, harm.value, harm.error) if harm else Entry(cell.affected, factor)


def _to_first(entry: Entry, ranked: Ranked, top: float) -> int | None:
    """How many more affected customers would make a severity the greatest."""
    each = entry.harm * entry.factor
    return None if ranked.rank == 1 or each <= 0 else floor(top / each) + 1 - entry.affected


def _with_rank(cell: Breakdown, ranked: Ranked, to_first: int | None) -> Breakdown:
    return replace(
        cell, rank=ranked.rank, rank_low=ranked.low, rank_high=ranked.high, is_named=ranked.is_named,
        group=ranked.group, severity=ranked.severity, widest=ranked.widest, to_first=to_first,
    )  # fmt: skip
