"""`cx compare`: metrics over any two spans of time, with the verdict whether they differ."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter, filters, sorted_words
from etl.cli.likeness import likeness
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say

if TYPE_CHECKING:
    from etl.analysis.same_people import SamePeople
    from etl.analysis.shared import Shared
    from etl.analysis.spans import Pair

SHOWN = ("metric", "before", "after", "change", "unit", "n_before", "n_after", "verdict")


def compare(
    metrics: Annotated[list[str], typer.Argument(metavar="METRIC…", help="Names as in cx metrics.")],
    period: Annotated[str, typer.Option(metavar="SPAN", help="2026-W10, 2026-03, … or 2026-03-01..2026-03-10.")],
    versus: Annotated[
        str | None, typer.Option(metavar="SPAN", help="The other span; the period before by default.")
    ] = None,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Compare any two spans, like for like, with the verdict whether a difference is real."""
    from etl.analysis.spans import MARK, side_by_side, span_of
    from etl.errors import UserError
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    own = span_of(desk.calendar, period)
    if versus is None and MARK in period:
        raise UserError(f"--period {period}: is no period that has one before it; name the other span with --versus.")
    other = span_of(desk.calendar, versus) if versus else desk.calendar.shift(own, -1)
    names, _, conditions = sorted_words(metrics)
    pairs = side_by_side(desk, names, own, other, filters([*(where or ()), *conditions], desk))
    rows = [_record(pair) for pair in pairs]
    if as_json:
        print_json({"generation": desk.generation, "period": own.key, "versus": other.key, "rows": rows})
        return
    print_table(SHOWN, [[rounded(row[name]) for name in SHOWN] for row in rows])
    for row in rows:
        if like := row["compared"]:
            told = f": {rounded(like['before'])} → {rounded(like['after'])}" if row["change"] is not None else ""
            say(f"{row['metric']} {like['note']}{told}.")
        if same := row["same_people"]:
            told = f"{rounded(same['before'])} → {rounded(same['after'])}, {same['verdict']}"
            say(f"{row['metric']} of the {same['n']:,} customers who answered in both: {told}.")


def _record(pair: "Pair") -> dict[str, Any]:
    after, before, comparison = pair.after, pair.before, pair.comparison
    return {
        "metric": after.metric,
        "before": before.value,
        "after": after.value,
        "change": comparison.change,
        "relative": comparison.relative,
        "unit": after.unit,
        "n_before": before.n,
        "n_after": after.n,
        "p": comparison.p,
        "verdict": comparison.verdict and comparison.verdict.value,
        "reason": comparison.note or None,
        "start": after.start,
        "end": after.end,
        "versus_start": before.start,
        "versus_end": before.end,
        "claims": [before.claim, after.claim],
        "warnings": list(pair.warnings),
        "same_people": pair.same and _people(pair.same),
        "compared": _compared(pair.compared) if pair.compared.note else None,
    }


def _compared(found: "Shared") -> dict[str, Any]:
    """What the change is of where not all sources cover both spans: `before` and `after` are of those that do."""
    after, before = found.after, found.before
    facts = {"before": before.value, "after": after.value, "n_before": before.n, "n_after": after.n}
    if not found.alike.where:
        facts = dict.fromkeys(facts)
    return {**likeness(found.alike), **facts, "note": found.note}


def _people(same: "SamePeople") -> dict[str, Any]:
    """Those who answered in both spans, one score a customer and span, in the metric's unit."""
    return {
        "n": same.n,
        "before": same.before,
        "after": same.after,
        "change": same.change,
        "low": same.low,
        "high": same.high,
        "p": same.p,
        "verdict": same.verdict.value,
    }
