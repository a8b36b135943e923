"""The company in a period: its main numbers, and which of its segments moved, each against another period."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product

from dashboard.blocks import Kpi, Selection
from dashboard.findings.context import Moment
from dashboard.findings.headline import leading
from dashboard.findings.kpis import build_kpis, has_course
from dashboard.findings.movers import Move, compare_segments, strongest
from dashboard.findings.readings import Found, by_period, lacking
from dashboard.findings.remarks import answered
from etl.metrics.answer import Answer, Ask, Question, Where
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension

KPIS = (
    "nps",
    "csat",
    "promise_kept",
    "failure_rate",
    "recovery_rate",
    "fcr7",
    "complaint_rate",
    "private_to_public",
    "service_level",
    "abandonment",
    "first_response_p50",
    "contacts",
)
STAND_INS = (
    "review_score",
    "net_sentiment",
    "ces",
    "ces5",
    "enps",
    "resolution_time_p50",
    "reviews",
    "mentions",
    "volume_service_level",
    "volume_abandonment",
    "volume_asa",
    "volume_answered",
    "volume_offered",
)
"""What is told as well where fewer than FEWEST of the main numbers have a value: a company may have one source only."""
FEWEST = 4
SPLITS = (Dimension.TOUCHPOINT, Dimension.CHANNEL, Dimension.PRODUCT, Dimension.REGION)
SPARK_PERIODS = 13
LONGEST_LATE = timedelta(days=37)
"""So much earlier than the page's own period can that of a metric lie whose rows take days to mature."""


@dataclass(frozen=True)
class Overview:
    """The KPIs of a period, the rows that they were read from, and the changes of all segments, in no order."""

    at: Moment
    kpis: tuple[Kpi, ...]
    found: Found
    moves: tuple[Move, ...]

    @property
    def shown(self) -> tuple[Kpi, ...]:
        """The KPIs that have a value in any period, last those that have none in this."""
        return tuple(sorted(filter(has_course, self.kpis), key=lambda kpi: kpi.value is None))

    @property
    def lead(self) -> Kpi | None:
        """The KPI whose change is the finding."""
        return leading(self.shown)

    @property
    def furthest(self) -> Move | None:
        """The segment in which the finding is strongest."""
        lead = self.lead
        return strongest(self.moves, lead.metric, is_up=(lead.change or 0) > 0) if lead else None


def whole(ask: Ask, selection: Selection, at: Moment) -> Overview:
    """The numbers of the whole company alone, without the changes of its segments."""
    return Overview(at, *_kpis(ask, selection, at), ())


def overview(ask: Ask, selection: Selection, at: Moment) -> Overview:
    """The numbers of a moment: two questions for the KPIs at most, two a dimension for the segments."""
    kpis, found = _kpis(ask, selection, at)
    shown = tuple(kpi for kpi in kpis if has_course(kpi))
    names = tuple(kpi.metric for kpi in shown if kpi.value is not None and not kpi.period)
    return Overview(at, kpis, found, _moves(ask, selection, at, names))


def _kpis(ask: Ask, selection: Selection, at: Moment) -> tuple[tuple[Kpi, ...], Found]:
    """All KPIs from one question over the periods drawn; a second one only where like must be cut to like."""
    period, other, fiscal = at.period, at.versus.period, at.period.is_fiscal
    earliest = ask.calendar.period_of(other.start - LONGEST_LATE, period.grain, fiscal=fiscal)
    first = min(ask.calendar.shift(period, 1 - SPARK_PERIODS), earliest, key=lambda each: each.start)
    periods = ask.calendar.between(first.start, period.end, period.grain, fiscal=fiscal)
    names = _known_by(KPIS, selection.where)
    question = Question(names, (), period.grain, first.start, period.end, selection.where, fiscal=fiscal)
    found = by_period(answered(ask, question))
    if len(_valued(found)) < FEWEST:
        more = by_period(answered(ask, replace(question, metrics=_known_by(STAND_INS, selection.where))))
        names, found = (*names, *_valued(more)), {**found, **more}
    before = {name: row for name in names if (row := found.get((name, other.key)))}
    if at.is_unfinished:
        before = {row.metric: row for row in answered(ask, Question(names, (), None, *at.before, selection.where))}
    return build_kpis(ask, [METRICS[name] for name in names], periods, found, before, at.versus, selection), found


def _known_by(names: Sequence[str], where: Where) -> tuple[str, ...]:
    """The metrics that can be filtered so."""
    return tuple(name for name in names if not lacking(METRICS[name], where))


def _valued(found: Found) -> tuple[str, ...]:
    """The metrics that have a value in any period."""
    return tuple(dict.fromkeys(metric for (metric, _), row in found.items() if row.value is not None))


def first_told(ask: Ask, metric: str) -> str:
    """The metric if the data ever tell it, else the first number of the company that they do."""
    return next((told[0] for names in ((metric,), KPIS, STAND_INS) if (told := _ever_told(ask, names))), metric)


def is_told(ask: Ask, metric: str) -> bool:
    """Whether the data ever tell the metric, in whatever period."""
    return bool(_ever_told(ask, (metric,)))


def _ever_told(ask: Ask, names: tuple[str, ...]) -> tuple[str, ...]:
    return _valued(by_period(ask(Question(names)).rows))


def _moves(ask: Ask, selection: Selection, at: Moment, names: Sequence[str]) -> tuple[Move, ...]:
    """The changes of all segments: one question a dimension and period, for the metrics that know the dimension.

    One for each set of sources that cover both periods; a metric without any has no changes.
    """
    likes = {name: ask.alike(name, at.days, at.before, selection.where) for name in names}
    groups: dict[Where, list[str]] = {}
    for name in names:
        if likes[name].is_possible:
            groups.setdefault(likes[name].where, []).append(name)
    answers = []
    for dimension, (sources, alike) in product(SPLITS, groups.items()):
        metrics = tuple(name for name in alike if dimension in METRICS[name].dimensions)
        if metrics and len(ask.dimension_values.get(dimension, ())) > 1:
            chosen = replace(selection, where=(*selection.where, *sources))
            answers.append((dimension, *_split(ask, chosen, at, metrics, dimension)))
    return compare_segments(ask, answers, METRICS, selection.where, likes)


def _split(
    ask: Ask, selection: Selection, at: Moment, metrics: tuple[str, ...], dimension: Dimension
) -> tuple[Answer, Answer]:
    """The answers after and before; neighbouring whole periods come from one question."""
    by, where, period = (dimension,), selection.where, at.period
    if selection.versus == "previous" and not at.is_unfinished:
        both = ask(Question(metrics, by, period.grain, at.before[0], period.end, where, fiscal=period.is_fiscal))
        after, before = (
            Answer(both.generation, tuple(row for row in both.rows if row.period == key))
            for key in (period.key, at.versus.period.key)
        )
        return after, before
    after = ask(Question(metrics, by, None, period.start, period.end, where))
    return after, ask(Question(metrics, by, None, *at.before, where))
