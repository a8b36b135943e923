"""A metric's course over periods as a chart with its conclusion: alone against another span, or split."""

from collections import Counter
from collections.abc import Mapping, Sequence

from dashboard import format, strings
from dashboard.blocks import Kpi, Point, Series, Trend
from dashboard.findings.readings import is_drawn, points
from dashboard.strings import history, sentences, signals
from dashboard.tables import Column, Table
from etl.calendar import Period
from etl.metrics.answer import Row
from etl.metrics.base import Metric
from etl.vocabulary import Dimension, Grain, Unit

MOST_LINES = 5
MOST_NAMED = 6


def course(
    metric: Metric, grain: Grain, drawn: Sequence[Point], other: Series | None, kpi: Kpi,
    targets: tuple[float | None, ...] = (),
) -> Trend:  # fmt: skip
    """The metric's line with interval and target, the same periods of another span muted behind it."""
    has_limits = any(point.limits for point in drawn)
    has_interval = any(point.low is not None for point in drawn)
    remarks = [signals.EXPECTED_BAND] if has_limits else [strings.INTERVAL_BAND] if has_interval else []
    if any(not point.complete and is_drawn(point) for point in drawn):
        remarks.append(strings.HOLLOW_MARKS)
    remarks += [history.PROBABLE_MARK] if any(point.probable for point in drawn) else []
    remarks += [history.RESTATED_MARK] if any(point.restated for point in drawn) else []
    if other:
        remarks.append(sentences.muted_line(other.name))
    remarks += holes(drawn, _length(grain, drawn))
    series = (Series(metric.label, tuple(drawn)), *((other,) if other else ()))
    return Trend(
        title=_title(metric, grain, drawn, kpi),
        caption=sentences.trend_caption(metric.meaning, remarks),
        unit=metric.unit,
        grain=grain,
        series=series,
        target=kpi.target,
        table=_table(metric, drawn, other),
        targets=targets if len(set(targets)) > 1 else (),
    )


def split_course(
    metric: Metric, grain: Grain, dimension: Dimension, periods: Sequence[Period], rows: Sequence[Row]
) -> Trend | None:
    """Up to five lines, those with the largest base; the rest is summed up in the caption. None without values."""
    grouped = _by_segment(metric, rows)
    sizes = {name: sum(row.n for row in found.values()) for name, found in grouped.items()}
    names = sorted((name for name in grouped if sizes[name]), key=lambda name: (-sizes[name], name))
    lines = [Series(name, points(periods, grouped[name])) for name in names]
    shown = [line for line in lines if any(is_drawn(point) for point in line.points)][:MOST_LINES]
    if not shown:
        return None
    drawn_names = {line.name for line in shown}
    rest = [name for name in names if name not in drawn_names]
    remarks = (
        [sentences.rest_of_split(rest[:MOST_NAMED], _share(rest, sizes), is_cut=len(rest) > MOST_NAMED)] if rest else []
    )
    return Trend(
        title=_split_title(metric, dimension, shown),
        caption=sentences.trend_caption(sentences.by_dimension(metric.label, dimension.value) + ".", remarks),
        unit=metric.unit,
        grain=grain,
        series=tuple(shown),
        target=None,
        table=_split_table(metric, dimension, lines),
    )


def holes(drawn: Sequence[Point], length: str) -> list[str]:
    """A sentence on the periods without a value and the most frequent reason; nothing when there are none."""
    reasons = Counter(point.reason or strings.NO_ROW for point in drawn if point.value is None)
    if not reasons:
        return []
    missing = reasons.total()
    return [sentences.holes(format.count(missing), length, reasons.most_common(1)[0][0], is_one=missing == 1)]


def _title(metric: Metric, grain: Grain, drawn: Sequence[Point], kpi: Kpi) -> str:
    """Where the last complete value stands among the complete ones drawn."""
    finished = [point for point in drawn if point.complete and is_drawn(point)] or [
        point for point in drawn if is_drawn(point)
    ]
    last = finished[-1]
    values = [point.value for point in finished if point.value is not None]
    low, high, count = min(values), max(values), format.count(len(values))
    value = format.value(last.value, metric.unit)
    bounds = format.value(low, metric.unit), format.value(high, metric.unit)
    length = _length(grain, drawn)
    if len(values) < 2:
        place = sentences.only_one(length)
    elif bounds[0] == bounds[1]:
        place = sentences.unchanged(count, length)
    elif last.value == low:
        place = sentences.lowest(count, length)
    elif last.value == high:
        place = sentences.highest(count, length)
    else:
        place = sentences.between(*bounds, count, length)
    return sentences.trend_title(kpi.label, value, last.label, place)


def _length(grain: Grain, drawn: Sequence[Point]) -> str:
    """What the periods drawn are called."""
    return strings.length(grain, is_fiscal=drawn[0].period.startswith(format.FISCAL))


def _table(metric: Metric, drawn: Sequence[Point], other: Series | None) -> Table:
    unit, titles = metric.unit, strings.TREND_COLUMNS
    columns = [
        Column(titles[0]), Column(titles[1], unit), Column(titles[2], unit), Column(titles[3], unit),
        Column(titles[4], Unit.COUNT), Column(titles[5]), Column(titles[6]),
    ]  # fmt: skip
    is_daily = any(point.per_day is not None for point in drawn)
    if is_daily:
        columns.append(Column(strings.PER_DAY, Unit.PER_DAY))
    has_limits = any(point.limits for point in drawn)
    if has_limits:
        low, high, signal = signals.COLUMNS
        columns += [Column(low, unit), Column(high, unit), Column(signal)]
    is_foretold = any(point.probable for point in drawn)
    if is_foretold:
        columns += [Column(title, unit) for title in history.PROBABLE_COLUMNS]
    if other:
        columns += [Column(strings.capitalised(other.name)), Column(strings.EARLIER_VALUE, unit)]
    columns.append(Column(strings.CLAIM))
    beside = other.points if other else ()
    rows = [
        (
            point.label, point.value, point.low, point.high, point.n,
            strings.YES if point.complete else strings.NO, "; ".join(filter(None, (point.reason, point.restated))),
            *((point.per_day,) if is_daily else ()),
            *(_expected(point) if has_limits else ()),
            *((point.probable or (None, None, None)) if is_foretold else ()),
            *((beside[place].label, beside[place].value) if beside else ()),
            point.claim,
        )
        for place, point in enumerate(drawn)
    ]  # fmt: skip
    return Table(metric.label, tuple(columns), tuple(reversed(rows)), metric.variant_note)


def _expected(point: Point) -> tuple[float | None, float | None, str]:
    """What was expected of a period, and the signal that it belongs to."""
    low, high = (point.limits.low, point.limits.high) if point.limits else (None, None)
    return low, high, signals.raised_at(point.flags, point.marks)


def _by_segment(metric: Metric, rows: Sequence[Row]) -> Mapping[str, Mapping[str, Row]]:
    grouped: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row.metric == metric.name and row.group:
            grouped.setdefault(row.group[0][1], {})[row.period] = row
    return grouped


def _share(names: Sequence[str], sizes: Mapping[str, int]) -> str:
    total = sum(sizes.values())
    return format.value(sum(sizes[name] for name in names) / total, Unit.SHARE) if total else ""


def _split_title(metric: Metric, dimension: Dimension, shown: Sequence[Series]) -> str:
    """The lowest and the highest line, each at its last value."""
    last = {series.name: _last_value(series) for series in shown}
    low, high = min(last, key=lambda name: last[name]), max(last, key=lambda name: last[name])
    values = format.value(last[low], metric.unit), format.value(last[high], metric.unit)
    if values[0] == values[1]:
        return sentences.split_alike(metric.label, dimension.value, values[0])
    return sentences.split_title(metric.label, dimension.value, low, values[0], high, values[1])


def _last_value(series: Series) -> float:
    """The last complete value, else the last one."""
    drawn = [point for point in series.points if is_drawn(point)]
    complete = [point for point in drawn if point.complete]
    return (complete or drawn)[-1].value or 0.0


def _split_table(metric: Metric, dimension: Dimension, lines: Sequence[Series]) -> Table:
    unit, titles = metric.unit, strings.SPLIT_COLUMNS
    columns: tuple[Column, ...] = (
        Column(strings.capitalised(dimension.value)), Column(titles[0]), Column(titles[1], unit),
        Column(titles[2], unit), Column(titles[3], unit), Column(titles[4], Unit.COUNT), Column(titles[5]),
    )  # fmt: skip
    is_daily = any(point.per_day is not None for line in lines for point in line.points)
    columns += (Column(strings.PER_DAY, Unit.PER_DAY),) if is_daily else ()
    columns += (Column(strings.CLAIM),)
    rows = tuple(
        (
            line.name, point.label, point.value, point.low, point.high, point.n, point.reason or "",
            *((point.per_day,) if is_daily else ()), point.claim,
        )
        for line in lines
        for point in reversed(line.points)
    )  # fmt: skip
    return Table(sentences.by_dimension(metric.label, dimension.value), columns, rows)
