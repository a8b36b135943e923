"""Why a number moved, as a chart value: the largest effects of mix and rate, and in words which of them it was."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard import format, strings
from dashboard.blocks import Bar, Bars, Block, Note
from dashboard.findings.readings import Versus
from dashboard.strings import causes, places
from dashboard.tables import Column, Table
from etl.analysis.decompose import Segment
from etl.analysis.why import Why
from etl.metrics.base import Metric
from etl.vocabulary import UNASSIGNED, UNKNOWN, Unit, Verdict

MOST_BARS = 8
MOST_STRONG = 3
NOBODY = (UNASSIGNED, UNKNOWN)
NO_CHANGE = "0"
"""What an effect reads that rounds to nothing: the table has it, a bar of it says nothing."""
LEAST_OF_MOST = 0.1
"""Part of the largest effect that one of an assigned segment must have to be named before the largest."""


def reasons(found: Why, metric: Metric, period: str, versus: Versus) -> Block:
    """The parts of a change, which add up to it; a sentence where the change may be chance and so has no reason."""
    effects, verdict = found.effects, strings.comparison_words(found.comparison.verdict, None)
    if found.comparison.verdict is not Verdict.REAL or effects.mix is None or effects.rate is None:
        return Note(causes.why_noise(metric.label, format.change(effects.change, metric.unit), versus.words, verdict))
    drawn = [bar for bar in _bars(found, metric.unit) if format.change(bar.value, metric.unit) != NO_CHANGE]
    if drawn and all(bar.label in NOBODY for bar in drawn):
        size = format.change(effects.change, metric.unit)
        return Note(causes.why_unknown(metric.label, size, versus.words, verdict, found.by.value))
    bars = sorted(drawn or _bars(found, metric.unit), key=lambda bar: -abs(bar.value or 0.0))[:MOST_BARS]
    bounds = "" if found.low is None or found.high is None else _bounds(found.low, found.high, metric)
    caption = causes.why_caption(metric.label, found.by.value, period, versus.words, verdict, bounds)
    return Bars(
        title=_title(found, metric),
        caption=" ".join((*paradox(found, metric), caption)),
        unit=metric.unit,
        bars=tuple(replace(bar, is_highlight=bar.label not in NOBODY and bar in bars[:MOST_STRONG]) for bar in bars),
        table=_table(found, metric),
        is_signed=True,
    )


@dataclass(frozen=True)
class Mover:
    """What did most of a change: a shift of the mix from one segment to another, or what happened within one.

    `size` is what the mix, or the one segment, adds to the change; `rest` what the other of the two ways adds.
    """

    is_mix: bool
    segment: str
    size: float
    rest: float
    fewer: str = ""


def mover(found: Why) -> Mover:
    """The larger of the two ways in which segments move a whole, and the segment that did most of it."""
    is_up, effects = found.effects.change > 0, found.effects
    mix, rate = effects.mix or 0.0, effects.rate or 0.0
    assigned = [each for each in effects.segments if each.name not in NOBODY]
    segments = assigned if len(assigned) > 1 else effects.segments
    if (mix > 0) == is_up and abs(mix) > abs(rate):
        shares = {each.name: _shares(found, each) for each in segments}
        ordered = sorted(shares, key=lambda name: shares[name][1] - shares[name][0])
        return Mover(True, ordered[-1], mix, rate, ordered[0])
    sign = 1 if is_up else -1
    segment, largest = (max(each, key=lambda part: sign * (part.rate or 0.0)) for each in (segments, effects.segments))
    if sign * (segment.rate or 0.0) < LEAST_OF_MOST * sign * (largest.rate or 0.0):
        segment = largest
    return Mover(False, segment.name, segment.rate or 0.0, mix)


def _title(found: Why, metric: Metric) -> str:
    """The change, whether it came of the mix or from within, and the segment that did most of it."""
    by, most, effects = found.by.value, mover(found), found.effects
    if most.is_mix:
        cause = causes.mix_shifted(by, most.fewer, most.segment)
    else:
        part = format.amount(most.size, metric.unit)
        cause = causes.changed_within(places.at(found.by, most.segment), part)
    size = format.amount(effects.change, metric.unit)
    parts = (format.change(each, metric.unit) for each in (effects.mix, effects.rate))
    return causes.why_title(metric.label, size, cause, *parts, is_up=effects.change > 0)


def paradox(found: Why, metric: Metric) -> list[str]:
    """Said when each segment went the other way than the whole."""
    if not found.effects.is_paradox:
        return []
    return [causes.simpson(metric.label, found.by.value, is_up=found.effects.change > 0)]


def _shares(found: Why, segment: Segment) -> tuple[float, float]:
    """The segment's part of all that is counted, before and after."""
    segments = found.effects.segments
    totals = sum(each.n_before for each in segments), sum(each.n_after for each in segments)
    return segment.n_before / (totals[0] or 1.0), segment.n_after / (totals[1] or 1.0)


def _bars(found: Why, unit: Unit) -> Iterator[Bar]:
    for segment in found.effects.segments:
        shares = (format.value(share, Unit.SHARE) for share in _shares(found, segment))
        yield Bar(segment.name, segment.mix, causes.mix_note(*shares))
        values = (format.value(value, unit) for value in (segment.before, segment.after))
        yield Bar(segment.name, segment.rate, causes.rate_note(*values))


def _table(found: Why, metric: Metric) -> Table:
    titles, unit = causes.WHY_COLUMNS, metric.unit
    columns = (
        Column(strings.capitalised(found.by.value)), Column(titles[0], unit), Column(titles[1], unit),
        Column(titles[2], Unit.COUNT), Column(titles[3], Unit.COUNT), Column(titles[4], unit, is_signed=True),
        Column(titles[5], unit, is_signed=True), Column(titles[6], unit, is_signed=True),
    )  # fmt: skip
    rows = tuple(
        (
            segment.name, segment.before, segment.after, round(segment.n_before), round(segment.n_after), segment.mix,
            segment.rate, segment.contribution,
        )
        for segment in found.effects.segments
    )  # fmt: skip
    return Table(f"{metric.label} by {found.by.value}", columns, rows)


def _bounds(low: float, high: float, metric: Metric) -> str:
    return f"{format.change(low, metric.unit)} to {format.change(high, metric.unit)}"
