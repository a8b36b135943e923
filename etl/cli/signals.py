"""`cx signals`: what a metric's course, or the segments of a dimension, say beyond chance."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter, dimension_named, filters, grain_named
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, print_table, rounded, say

if TYPE_CHECKING:
    from etl.analysis.signals.chart import Baseline, SignalChart, SignalPoint
    from etl.analysis.signals.segments import SegmentScan, SegmentSignal

POINT_COLUMNS = ("period", "value", "lower", "mean", "upper", "flags", "alarm")
SEGMENT_COLUMNS = ("segment", "value", "expected", "n", "p", "p_adjusted", "verdict")
WAYS = {1: "up", -1: "down", 0: None}


def signals(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A name as in cx metrics.")],
    grain: Annotated[str, typer.Option(metavar="GRAIN", help="day, week, month, quarter or year.")] = "week",
    by: Annotated[
        str | None, typer.Option(metavar="DIM", help="Scan its segments in the last complete period.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, or a period.")] = None,
    fiscal: Annotated[bool, typer.Option("--fiscal", help="Fiscal months, quarters or years.")] = False,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Tell signals from chance: the limits of each period, the rules it breaks, and the verdict.

    With --by the segments of one dimension that stand out from their own past, at most one in ten of them by chance.
    """
    from etl.analysis.signals.chart import signal_chart
    from etl.analysis.signals.segments import scan_segments
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    length, end, only = grain_named(grain), desk.calendar.parse(to).end if to else None, filters(where or (), desk)
    if by:
        scanned = scan_segments(desk, metric, dimension_named(by), length, only, end, fiscal=fiscal)
        segments = [_segment(scanned, segment) for segment in scanned.segments]
        if as_json:
            print_json({"generation": desk.generation, **_scan(scanned), "segments": segments})
            return
        say(f"{scanned.tested} segments of {scanned.period} held against {scanned.periods} periods before it.")
        rows = [{**segment, "segment": segment["where"][by]} for segment in segments]
        print_table(SEGMENT_COLUMNS, [[_short(row[name]) for name in SEGMENT_COLUMNS] for row in rows])
        return
    chart = signal_chart(desk, metric, length, only, end, fiscal=fiscal)
    points = [_point(point) for point in chart.points]
    if as_json:
        print_json({"generation": desk.generation, **_head(chart), "points": points})
        return
    told = {**_head(chart), "baseline": chart.baseline and _told(chart.baseline)}
    told["alarm"] = chart.alarm and f"{WAYS[chart.alarm.alarm]} in {chart.alarm.row.period}"
    print_facts((name, _short(value)) for name, value in told.items() if value is not None)
    print_table(POINT_COLUMNS, [[_short(point[name]) for name in POINT_COLUMNS] for point in points])


def _head(chart: "SignalChart") -> dict[str, Any]:
    """Verdict and newest limits, as the contract names them and with what stands beside them."""
    limits = chart.limits
    return {
        "metric": chart.metric.name,
        "unit": chart.metric.unit.value,
        "grain": chart.grain.value,
        "method": chart.method,
        "mean": limits and limits.mean,
        "lower": limits and limits.lower,
        "upper": limits and limits.upper,
        "verdict": chart.variation and chart.variation.value,
        "reason": chart.reason,
        "direction": WAYS[chart.direction],
        "since": chart.since and chart.since.period,
        "quiet": chart.quiet,
        "alarm": chart.alarm and {"period": chart.alarm.row.period, "direction": WAYS[chart.alarm.alarm]},
        "assurance": chart.assurance and chart.assurance.value,
        "target": chart.target,
        "baseline": chart.baseline and _baseline(chart.baseline),
    }


def _baseline(baseline: "Baseline") -> dict[str, Any]:
    rebase = baseline.rebase
    return {
        "first": baseline.first.period,
        "last": baseline.last.period,
        "points": baseline.points,
        "firm": baseline.is_firm,
        "frozen": baseline.is_frozen,
        "rebase": rebase and {"day": rebase.day, "reason": rebase.reason, "who": rebase.who},
    }


def _told(baseline: "Baseline") -> str:
    """A baseline in words."""
    parts = [f"{baseline.points} periods, {baseline.first.period} to {baseline.last.period}"]
    parts += ["frozen while signals go on"] if baseline.is_frozen else []
    parts += [] if baseline.is_firm else ["not firm yet"]
    if rebase := baseline.rebase:
        parts.append(f"rebased {rebase.day} by {rebase.who}: {rebase.reason}")
    return "; ".join(parts)


def _point(point: "SignalPoint") -> dict[str, Any]:
    row, limits = point.row, point.limits
    return {
        "period": row.period,
        "start": row.start,
        "end": row.end,
        "value": row.value,
        "n": row.n,
        "complete": row.complete,
        "reason": row.reason,
        "judged": point.is_judged,
        "mean": limits and limits.mean,
        "lower": limits and limits.lower,
        "upper": limits and limits.upper,
        "flags": [rule.value for rule, _ in point.flags],
        "direction": WAYS[point.flags[0][1] if point.flags else 0],
        "marks": [rule.value for rule in point.marks],
        "alarm": WAYS[point.alarm],
        "frozen": point.is_frozen,
    }


def _scan(scanned: "SegmentScan") -> dict[str, Any]:
    return {
        "metric": scanned.metric.name,
        "unit": scanned.metric.unit.value,
        "by": scanned.dimension.value,
        "period": scanned.period,
        "tested": scanned.tested,
        "periods": scanned.periods,
        "dispersion": scanned.dispersion,
    }


def _segment(scanned: "SegmentScan", segment: "SegmentSignal") -> dict[str, Any]:
    return {
        "where": {scanned.dimension.value: segment.name},
        "value": segment.row.value,
        "n": segment.row.n,
        "expected": segment.expected,
        "p": segment.p,
        "p_adjusted": segment.adjusted,
        "direction": WAYS[segment.direction],
        "verdict": segment.variation and segment.variation.value,
    }


def _short(value: Any) -> Any:
    """A value for a person's eye."""
    return ", ".join(map(str, value)) if isinstance(value, list) else rounded(value)
