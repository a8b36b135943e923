"""The proof of a plan: its metric in the weeks since it opened, held against the weeks before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from etl.analysis.evidence import REGRESSION_WEEKS, TREND_BEFORE, Judgement, judge, may_regress
from etl.analysis.symbols import Week
from etl.metrics.answer import Ask, Cell, CellWeeks, Question
from etl.metrics.catalogue import BREAKDOWN_RATE, METRICS
from etl.metrics.plans import Place, Plan
from etl.vocabulary import Dimension, Goodness, Grain, Proof

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Evidence:
    """What the weeks since a plan opened prove; `before` and `after` are the means of its metric, in its unit.

    They are of `weeks_before` and of `weeks` weeks, of which the plan's window has more while it is not over.
    `may_regress` warns that the plan began at the worst, which gets better by itself. `beside` is the same judgement on
    the difference to the comparator. `is_reached` says whether the mean after passes the target, None without one.
    """

    judgement: Judgement
    before: float | None = None
    after: float | None = None
    weeks_before: int = 0
    weeks: int = 0
    may_regress: bool = False
    beside: Judgement | None = None
    is_reached: bool | None = None


@dataclass(frozen=True)
class _Split:
    """How a plan parts the weeks: from `first` to `end` they are before it, from `begin` to `last` in its window.

    The weeks from its trigger to its opening lie between. Ends are excluded.
    """

    first: int
    end: int
    begin: int
    last: int


def evidence(ask: Ask, plan: Plan, weeks: CellWeeks) -> Evidence:
    """What the complete weeks of a history prove of a plan."""
    own = _by_week(ask, plan, (plan.cause, plan.touchpoint), weeks)
    split = _split(plan, weeks.starts, own)
    before, after = _known(own[split.first : split.end]), _known(own[split.begin : split.last])
    mean = fmean(after) if after else None
    return Evidence(
        judgement=_judged(ask, plan, own, weeks.starts, split),
        before=fmean(before) if before else None,
        after=mean,
        weeks_before=len(before),
        weeks=len(after),
        may_regress=_began_at_the_worst(plan, own, weeks.starts, split),
        beside=_beside(ask, plan, own, weeks, split),
        is_reached=None if mean is None or plan.target is None else _passes(mean, plan.target, plan.goodness),
    )


def _by_week(ask: Ask, plan: Plan, place: Place, weeks: CellWeeks) -> list[float | None]:
    """The plan's metric at a place in each week; None where a source is missing or nobody is counted."""
    if not weeks.starts:
        return []
    if plan.metric == BREAKDOWN_RATE:
        nothing = (0,) * len(weeks.starts)
        customers, failed = weeks.customers.get(place[1], nothing), weeks.failed.get(Cell(*place), nothing)
        known = weeks.known.get(place[1], (False,) * len(weeks.starts))
        counted = [Week(*each) for each in zip(customers, failed, known, strict=True)]
        return [each.share if each.is_known else None for each in counted]
    named = zip((Dimension.CAUSE, Dimension.TOUCHPOINT), place, strict=True)
    where = tuple((dimension, (name,)) for dimension, name in named if dimension in METRICS[plan.metric].dimensions)
    start, end = weeks.starts[0], weeks.starts[-1] + WEEK - timedelta(days=1)
    rows = ask(Question((plan.metric,), (), Grain.WEEK, start, end, where, is_raw=True)).rows
    values = {row.start: row.value for row in rows if row.complete}
    return [values.get(each) for each in weeks.starts]


def _split(plan: Plan, starts: Sequence[date], own: Sequence[float | None]) -> _Split:
    """Before are up to 26 weeks without a hole that ended before the trigger; the window ends with what is known."""
    end = sum(start + WEEK <= (plan.trigger or plan.opened) for start in starts)
    first = end
    while first > 0 and end - first < TREND_BEFORE and own[first - 1] is not None:
        first -= 1
    begin = sum(start < plan.opened for start in starts)
    last = min(begin + plan.window, len(starts))
    while last > begin and own[last - 1] is None:
        last -= 1
    return _Split(first, end, begin, last)


def _judged(ask: Ask, plan: Plan, series: Sequence[float | None], starts: Sequence[date], split: _Split) -> Judgement:
    """The verdict on a series, or what keeps one from telling."""
    for change in ask.redefinitions.get(plan.metric, ()):
        if split.first < split.last and starts[split.first] < change.since < starts[split.last - 1] + WEEK:
            return Judgement(Proof.CANNOT_TELL, f"its definition changed on {change.since}")
    for week in (*range(split.first, split.end), *range(split.begin, split.last)):
        if series[week] is None:
            return Judgement(Proof.CANNOT_TELL, f"the week of {starts[week]} is not known whole")
    before, after = _known(series[split.first : split.end]), _known(series[split.begin : split.last])
    return judge(before, after, plan.goodness, split.begin - split.end)


def _beside(ask: Ask, plan: Plan, own: Sequence[float | None], weeks: CellWeeks, split: _Split) -> Judgement | None:
    """Difference in differences: what both places went through together is no effect of the plan."""
    if plan.comparator is None:
        return None
    other = _by_week(ask, plan, plan.comparator, weeks)
    apart = [None if here is None or there is None else here - there for here, there in zip(own, other, strict=True)]
    return _judged(ask, plan, apart, weeks.starts, split)


def _began_at_the_worst(plan: Plan, own: Sequence[float | None], starts: Sequence[date], split: _Split) -> bool:
    """Whether the worst week is that of the opening or one of the two before it."""
    is_amid = split.begin > 0 and starts[split.begin - 1] + WEEK > plan.opened
    return may_regress(_known(own[split.first : split.begin]), plan.goodness, REGRESSION_WEEKS + is_amid)


def _known(series: Sequence[float | None]) -> list[float]:
    return [value for value in series if value is not None]


def _passes(value: float, target: float, goodness: Goodness) -> bool:
    return value >= target if goodness is Goodness.HIGHER else value <= target
