"""`cx why`: what moved a number."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter, dimension_named, filters
from etl.cli.likeness import likeness
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, print_table, rounded

if TYPE_CHECKING:
    from etl.analysis.decompose import Segment
    from etl.analysis.segments import Reason
    from etl.analysis.why import Why

EXPLAINING = ("where", "before", "after", "n_before", "n_after", "contribution", "evidence", "verdict")


def why(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A name as in cx metrics.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2026-03-04, 2026-W10, 2026-03, 2026-Q1 or 2026.")],
    versus: Annotated[str | None, typer.Option(metavar="PERIOD", help="By default the one before.")] = None,
    by: Annotated[str | None, typer.Option(metavar="DIM", help="By default the one with the widest effects.")] = None,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Say what moved a number: mix and rate of one dimension's segments, and the few segments that explain it.

    Mix and rate add up to the change. A segment of one to three conditions is named only where evidence stands behind
    it; of a share or a count only.
    """
    from etl.analysis import why as reasons
    from etl.analysis.segments import segments as few
    from etl.annotations import NEAR, concerning
    from etl.cli.why_words import fact
    from etl.metrics.ask import open_ask
    from etl.metrics.catalogue import METRICS

    desk = open_ask(settings_of(data))
    chosen = desk.calendar.parse(period)
    other = desk.calendar.parse(versus) if versus else desk.calendar.shift(chosen, -1)
    dimension = dimension_named(by) if by else None
    only = filters(where or (), desk)
    found = reasons.why(desk, metric, chosen, other, dimension, only)
    segments = [_segment(found, segment) for segment in found.effects.segments]
    named = [_reason(each) for each in few(desk, found, only)]
    like = {**likeness(found.alike), "note": found.alike.note} if found.alike.left_out else None
    head = {**_head(found), "days_apart": desk.calendar.unusual_distance(chosen, other)}
    if as_json:
        near = concerning(desk.annotations, dict(only), chosen.start - NEAR, chosen.end)
        happened = [{"start": each.start, "end": each.end, "kind": each.kind, "title": each.title} for each in near]
        print_json(
            {
                **head,
                "generation": desk.generation,
                "compared": like,
                "segments": segments,
                "causes": named,
                "annotations": happened,
            }
        )
        return
    unit = METRICS[found.metric].unit
    print_facts((name, fact(name, value, unit)) for name, value in head.items() if value is not None)
    columns = ("segment", "before", "after", "n_before", "n_after", "mix", "rate", "contribution")
    read = reasons.titled(found, desk.sources).effects.segments
    print_table(
        columns,
        [
            [each.name, *(rounded(fact(name, row[name], unit)) for name in columns[1:])]
            for each, row in zip(read, segments, strict=True)
        ],
    )
    if named:
        typer.echo("what explains it:")
        shown = [
            {**row, "where": " and ".join(f"{name}={value}" for name, value in row["where"].items())} for row in named
        ]
        print_table(EXPLAINING, [[rounded(fact(name, row[name], unit)) for name in EXPLAINING] for row in shown])


def _head(found: "Why") -> dict[str, Any]:
    from etl.analysis.compare import is_per_day, per_day
    from etl.cli.why_words import sentence

    is_uneven = is_per_day(found.after, found.before)
    return {
        "metric": found.metric,
        "by": found.by.value,
        "before": found.before.value,
        "after": found.after.value,
        "change": found.effects.change,
        "mix": found.effects.mix,
        "rate": found.effects.rate,
        "low": found.low,
        "high": found.high,
        "verdict": found.comparison.verdict and found.comparison.verdict.value,
        "unit": found.after.unit,
        "span": f"{found.after.start}..{found.after.end}",
        "versus": f"{found.before.start}..{found.before.end}",
        "after_per_day": per_day(found.after).value if is_uneven else None,
        "before_per_day": per_day(found.before).value if is_uneven else None,
        "paradox": found.effects.is_paradox,
        "sentence": sentence(found),
    }


def _segment(found: "Why", segment: "Segment") -> dict[str, Any]:
    return {
        "where": {found.by.value: segment.name},
        "before": segment.before,
        "after": segment.after,
        "n_before": round(segment.n_before),
        "n_after": round(segment.n_after),
        "mix": segment.mix,
        "rate": segment.rate,
        "contribution": segment.contribution,
        "evidence": found.evidence.get(segment.name),
    }


def _reason(found: "Reason") -> dict[str, Any]:
    before, after = found.before, found.after
    return {
        "where": {dimension.value: value for dimension, value in found.where.items()},
        "before": before.value, "after": after.value, "n_before": before.n, "n_after": after.n,
        "before_low": before.low, "before_high": before.high, "after_low": after.low, "after_high": after.high,
        "contribution": found.contribution, "evidence": found.evidence,
        "verdict": found.comparison.verdict and found.comparison.verdict.value,
    }  # fmt: skip
