"""The few segments that explain a change, as a table with the way to the rows of each."""

from dashboard import strings
from dashboard.findings.readings import Versus, is_better
from dashboard.strings import places
from dashboard.strings import segments as words
from dashboard.tables import Column, Drill, Table
from etl.analysis.segments import Reason, segments
from etl.analysis.why import Why
from etl.calendar import Period
from etl.metrics.answer import Ask, Where
from etl.metrics.base import Metric
from etl.vocabulary import Unit


def moved_segments(
    ask: Ask, found: Why, metric: Metric, period: Period, versus: Versus, where: Where
) -> tuple[Table, ...]:
    """The segments by name; nothing where evidence stands behind none."""
    reasons = segments(ask, found, where)
    if not reasons:
        return ()
    unit = metric.unit
    units = (None, unit, unit, Unit.COUNT, Unit.COUNT, unit, None)
    names = [places.contacts(each.where) for each in reasons]
    drills = tuple(
        (name, _drill(each, period, where)) for name, each in zip(names, reasons, strict=True) if each.after.n
    )
    table = Table(
        title=words.title(metric.label, names, is_up=sum(each.contribution for each in reasons) > 0),
        columns=tuple(
            Column(title, own, is_signed=place == 5)
            for place, (title, own) in enumerate(zip(words.COLUMNS, units, strict=True))
        ),
        rows=tuple(_row(name, each, metric) for name, each in zip(names, reasons, strict=True)),
        note=words.note(versus.words),
        drills=drills,
    )
    return (table,)


def _row(name: str, each: Reason, metric: Metric) -> tuple[str | float | None, ...]:
    verdict = strings.comparison_words(each.comparison.verdict, is_better(each.comparison, metric.goodness))
    return name, each.before.value, each.after.value, each.before.n, each.after.n, each.contribution, verdict


def _drill(each: Reason, period: Period, where: Where) -> Drill:
    own = tuple(condition for condition in where if condition[0] not in each.where)
    return Drill(
        each.after.metric, period, (*own, *((name, (value,)) for name, value in each.where.items())), each.after.n
    )
