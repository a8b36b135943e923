"""Failed contacts by one dimension: the few that make up half, each with its rate's change and the way to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from dashboard import format, strings
from dashboard.blocks import Bar, Bars
from dashboard.findings.readings import Versus, is_better
from dashboard.strings import causes
from dashboard.tables import Column, Drill, Table
from etl.analysis.compare import Comparison, compare, together
from etl.calendar import Period
from etl.metrics.answer import Row, Where
from etl.metrics.base import Metric
from etl.metrics.filters import narrowed
from etl.vocabulary import Dimension, Unit, Verdict

MOST_BARS = 8
MOST_NAMED = 4
HALF = 0.5
COUNT, RATE = "failed_contacts", "failure_rate"


@dataclass(frozen=True)
class Part:
    """One segment with its failed contacts in both periods.

    `comparison` is of the failure rate, as a count alone does not say whether more came or more failed; it is corrected
    for all that are tested with it, and None where one of the periods has no such contact.
    """

    name: str
    count: int
    before: int
    comparison: Comparison | None
    claim: str = ""

    @property
    def is_assigned(self) -> bool:
        """Whether a code says what it is."""
        return self.name not in causes.NOBODY

    @property
    def is_believable(self) -> bool:
        """Whether its change is probably real."""
        return self.comparison is not None and self.comparison.verdict is Verdict.REAL


def parts_of(
    after: Sequence[Row], before: Sequence[Row], rates_after: Sequence[Row], rates_earlier: Sequence[Row]
) -> tuple[Part, ...]:
    """The segments from the largest to the smallest, what nobody assigned last; rates may be of fewer sources."""
    counts, counts_before = _of(COUNT, after), _of(COUNT, before)
    rates, rates_before = _of(RATE, rates_after), _of(RATE, rates_earlier)
    both = [name for name in counts if name in rates and name in rates_before]
    tested = dict(zip(both, together([compare(rates[name], rates_before[name]) for name in both]), strict=True))
    parts = [
        Part(name, _counted(row), _counted(counts_before.get(name)), tested.get(name), row.claim)
        for name, row in counts.items()
    ]
    return tuple(sorted(parts, key=lambda part: (not part.is_assigned, -part.count, part.name)))


def _of(metric: str, rows: Sequence[Row]) -> dict[str, Row]:
    return {row.group[0][1]: row for row in rows if row.metric == metric}


def _counted(row: Row | None) -> int:
    return round(row.value or 0) if row else 0


def pareto(
    metric: Metric, dimension: Dimension, parts: Sequence[Part], period: Period, versus: Versus, where: Where
) -> Bars:
    """The ranking as bars; each leads to exactly the contacts that it counts."""
    shown = [part for part in parts if part.count]
    total = sum(part.count for part in shown)
    few = _few(shown)
    drawn = [part for part in shown if part.is_assigned][:MOST_BARS] + [part for part in shown if not part.is_assigned]
    loose = sum(part.count for part in shown if not part.is_assigned)
    told = causes.unassigned(format.count(loose), _share(loose, total), dimension.value) if loose else ""
    is_cut = len(drawn) < len(shown)
    names = [part.name for part in few[:MOST_NAMED]]
    more = format.count(len(few) - len(names)) if len(few) > len(names) else ""
    return Bars(
        title=causes.pareto_title(names, _share(sum(part.count for part in few), total), more) if few else told,
        caption=causes.pareto_caption(dimension.value, versus.words, told, is_cut=is_cut),
        unit=Unit.COUNT,
        bars=tuple(_bar(part, total, few, _drill(metric, dimension, part, period, where)) for part in drawn),
        table=_table(metric, dimension, parts, total),
    )


def _few(parts: Sequence[Part]) -> list[Part]:
    """The largest assigned ones that together make up half of all that are assigned."""
    assigned = [part for part in parts if part.is_assigned]
    wanted, found, few = HALF * sum(part.count for part in assigned), 0, []
    for part in assigned:
        if found >= wanted:
            break
        few.append(part)
        found += part.count
    return few


def _drill(metric: Metric, dimension: Dimension, part: Part, period: Period, where: Where) -> Drill:
    return Drill(metric.name, period, narrowed(where, dimension, part.name), part.count, part.claim)


def _bar(part: Part, total: int, few: Sequence[Part], drill: Drill) -> Bar:
    label = part.name if part.is_assigned else f"{part.name}: {causes.NOBODY[part.name]}"
    change = ""
    if part.is_believable and part.comparison:
        change = causes.rate_moved(is_up=(part.comparison.change or 0) > 0)
    return Bar(
        label,
        part.count,
        causes.bar_note(_share(part.count, total), format.count(part.before), change),
        part in few,
        drill,
    )


def _table(metric: Metric, dimension: Dimension, parts: Sequence[Part], total: int) -> Table:
    titles = causes.PARETO_COLUMNS
    columns = (
        Column(strings.capitalised(dimension.value)), Column(titles[0], Unit.COUNT), Column(titles[1], Unit.SHARE),
        Column(titles[2], Unit.SHARE), Column(titles[3], Unit.COUNT), Column(titles[4], Unit.SHARE, is_signed=True),
        Column(titles[5]),
    )  # fmt: skip
    running = accumulate(part.count for part in parts)
    rows = tuple(
        (
            part.name, part.count, part.count / total if total else None, so_far / total if total else None,
            part.before, part.comparison.change if part.comparison else None, _verdict(part, metric),
        )
        for part, so_far in zip(parts, running, strict=True)
    )  # fmt: skip
    return Table(f"{metric.label} by {dimension.value}", columns, rows, metric.meaning)


def _verdict(part: Part, metric: Metric) -> str:
    if part.comparison is None:
        return strings.NO_COMPARISON
    return strings.comparison_words(part.comparison.verdict, is_better(part.comparison, metric.goodness))


def _share(count: int, total: int) -> str:
    return format.value(count / total, Unit.SHARE) if total else strings.MISSING
