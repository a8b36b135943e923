"""Why a number moved, as a chart value: the largest effects of mix and rate, and in words which of them it was."""

from collections.abc import Iterator

from dashboard import format, strings
from dashboard.blocks import Bar, Bars, Column, Table
from dashboard.findings.readings import Versus
from dashboard.strings import causes
from etl.analysis.decompose import Segment
from etl.analysis.why import Why
from etl.metrics.base import Metric
from etl.vocabulary import Unit, Verdict

MOST_BARS = 8
MOST_STRONG = 3


def reason_bars(found: Why, metric: Metric, period: str, versus: Versus) -> Bars:
    """The parts of a change; they add up to it."""
    unit = metric.unit
    bars = sorted(_bars(found), key=lambda bar: -abs(bar.value or 0.0))[:MOST_BARS]
    is_real = found.comparison.verdict is Verdict.REAL
    strong = [bar.label for bar in bars[:MOST_STRONG]] if is_real else []
    verdict = strings.comparison_words(found.comparison.verdict, None)
    bounds = "" if found.low is None or found.high is None else _bounds(found.low, found.high, metric)
    return Bars(
        title=_title(found, metric),
        caption=" ".join(
            (
                causes.why_caption(metric.label, found.by.value, period, versus.words, verdict, bounds),
                *_paradox(found, metric),
            )
        ),
        unit=unit,
        bars=tuple(Bar(bar.label, bar.value, "", bar.label in strong) for bar in bars),
        table=_table(found, metric),
        is_signed=unit is not Unit.COUNT,
    )


def _title(found: Why, metric: Metric) -> str:
    effects, is_up = found.effects, found.effects.change > 0
    if effects.mix is None or effects.rate is None:
        return causes.why_counts(metric.label, format.count(abs(effects.change)), is_up=is_up)
    change, mix, rate = (format.change(each, metric.unit) for each in (effects.change, effects.mix, effects.rate))
    if found.comparison.verdict is not Verdict.REAL:
        return causes.why_noise(
            metric.label, change, strings.comparison_words(found.comparison.verdict, None), mix, rate
        )
    is_mix = (effects.mix > 0) == is_up and abs(effects.mix) > abs(effects.rate)
    return causes.why_title(metric.label, change, mix, rate, is_mix=is_mix, is_up=is_up)


def _paradox(found: Why, metric: Metric) -> list[str]:
    """Said when each segment went the other way than the whole."""
    effects = found.effects
    rates = [segment.rate for segment in effects.segments if segment.before is not None and segment.after is not None]
    if len(rates) < 2 or not effects.change or any(rate is None or rate * effects.change >= 0 for rate in rates):
        return []
    return [causes.simpson(metric.label, found.by.value, is_up=effects.change > 0)]


def _bars(found: Why) -> Iterator[Bar]:
    for segment in found.effects.segments:
        if segment.mix is None or segment.rate is None:
            yield Bar(segment.name, segment.contribution)
        else:
            yield Bar(causes.mix_of(segment.name), segment.mix)
            yield Bar(causes.rate_of(segment.name), segment.rate)


def _table(found: Why, metric: Metric) -> Table:
    titles, unit = causes.WHY_COLUMNS, metric.unit
    is_count = unit is Unit.COUNT
    columns = (
        Column(strings.capitalised(found.by.value)), Column(titles[0], unit), Column(titles[1], unit),
        Column(titles[2], Unit.COUNT), Column(titles[3], Unit.COUNT), Column(titles[4], unit, is_signed=not is_count),
        Column(titles[5], unit, is_signed=not is_count), Column(titles[6], unit, is_signed=not is_count),
    )  # fmt: skip
    rows = tuple(_row(segment) for segment in found.effects.segments)
    return Table(f"{metric.label} by {found.by.value}", columns, rows)


def _row(segment: Segment) -> tuple[str | float | None, ...]:
    return (
        segment.name, segment.before, segment.after, round(segment.n_before), round(segment.n_after), segment.mix,
        segment.rate, segment.contribution,
    )  # fmt: skip


def _bounds(low: float, high: float, metric: Metric) -> str:
    if metric.unit is Unit.COUNT:
        return f"{format.count(low)} to {format.count(high)}"
    return f"{format.change(low, metric.unit)} to {format.change(high, metric.unit)}"
