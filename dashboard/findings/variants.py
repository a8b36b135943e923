"""One period of a metric under each way in which the field counts it, side by side."""

from dashboard import format, strings
from dashboard.blocks import Bar, Bars
from dashboard.findings.readings import drill
from dashboard.findings.remarks import answered
from dashboard.strings import counted
from dashboard.tables import Column, Table
from etl.calendar import Period
from etl.metrics.answer import Ask, Question, Row, Where
from etl.metrics.base import VARIANT_MARK, Metric
from etl.metrics.catalogue import METRICS, readings
from etl.vocabulary import Unit


def under_each(ask: Ask, asked: Metric, period: Period, words: str, where: Where) -> Bars | None:
    """The metric as defined here and each of its variants; None without variants or without any value."""
    metric = METRICS[asked.base_name]
    names = tuple(each.name for each in readings(metric))
    if len(names) == 1:
        return None
    question = Question(names, (), None, period.start, period.end, where)
    rows = {row.metric: row for row in answered(ask, question) if not row.group}
    values = [row.value for row in rows.values() if row.value is not None]
    if not values:
        return None
    own = format.value(rows[metric.name].value, metric.unit)
    bounds = format.value(min(values), metric.unit), format.value(max(values), metric.unit)
    return Bars(
        title=counted.under_each_title(words, metric.label, own, *bounds),
        caption=counted.under_each_caption(metric.meaning),
        unit=metric.unit,
        bars=tuple(_bar(each, asked, rows[each.name], period, where) for each in readings(metric)),
        table=_table(metric, rows),
    )


def label_of(reading: Metric) -> str:
    """What tells a reading from the others of its metric."""
    own, _, variant = reading.name.partition(VARIANT_MARK)
    return strings.capitalised(METRICS[own].variants[variant].label) if variant else counted.AS_DEFINED


def _bar(reading: Metric, asked: Metric, row: Row, period: Period, where: Where) -> Bar:
    told = (strings.base(format.count(row.n)), format.interval(row.low, row.high, reading.unit))
    note = row.reason or strings.SEPARATOR.join(words for words in told if words)
    return Bar(
        label_of(reading), row.value, note, is_highlight=reading.name == asked.name, drill=drill(row, period, where)
    )


def _table(metric: Metric, rows: dict[str, Row]) -> Table:
    titles, unit = counted.UNDER_EACH_COLUMNS, metric.unit
    columns = (
        Column(titles[0]), Column(titles[1], unit), Column(titles[2], unit), Column(titles[3], unit),
        Column(titles[4], Unit.COUNT), Column(titles[5]),
    )  # fmt: skip
    cells = tuple(
        (label_of(each), row.value, row.low, row.high, row.n, each.meaning if row.value is not None else row.reason)
        for each in readings(metric)
        for row in (rows[each.name],)
    )
    return Table(counted.under_each(metric.label), columns, cells)
