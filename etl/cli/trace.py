"""`cx trace`: a printed number replayed, down to its rows and its SQL."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from etl.metrics.trace import Trace

MOST_SHOWN = 10


def trace(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The id printed with a number, whole.")],
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Replay a printed number: its definition, its SQL, the rows behind it, then and now."""
    from etl.metrics import trace as traces

    found = traces.trace(settings_of(data), claim)
    if as_json:
        print_json(_document(found))
        return
    for sentence in _sentences(found):
        say(sentence)
    typer.echo(found.sql)
    rows = found.behind.rows[:MOST_SHOWN]
    print_table(list(rows[0]) if rows else [], [list(row.values()) for row in rows])


def _document(found: "Trace") -> dict[str, Any]:
    return {
        "claim": str(found.claim),
        "metric": found.claim.metric,
        "start": found.claim.start,
        "end": found.claim.end,
        "where": {dimension.value: list(values) for dimension, values in found.claim.where},
        "meaning": found.metric.meaning,
        "formula": found.definition.formula,
        "window": found.definition.window,
        "exclusions": found.definition.exclusions,
        "version": found.metric.version,
        "parts": {part.name: part.where for part in found.metric.parts},
        "sql": found.sql,
        "rows": found.behind.rows,
        "count": len(found.behind.rows),
        "unit": found.behind.unit,
        "value": found.claim.value,
        "then": found.claim.value,
        "now": found.now.value,
        "same": found.is_same,
        "n": found.now.n,
        "reason": found.now.reason,
        "generation": found.claim.generation,
        "kept": found.is_kept,
        "again": found.again,
        "redefined": found.is_redefined,
    }


def _sentences(found: "Trace") -> list[str]:
    """What the replay found, in words."""
    claim, now = found.claim, found.now
    told = [
        f"{found.metric.label} ({claim.metric}), {claim.start} to {claim.end}: {found.metric.meaning}",
        f"Formula: {found.definition.formula}",
        f"Then, in generation {claim.generation}: {_shown(claim.value)}. Now: {_shown(now.value)} (n={now.n}).",
    ]
    if found.is_same:
        told.append("The number stands.")
    else:
        told.append("The number has changed: records came late or were corrected, or it is defined otherwise now.")
    if found.is_redefined:
        told.append("Its definition or its settings have changed since.")
    if found.is_kept:
        told.append(f"Counted once more in its own generation it is {_shown(found.again)}.")
    else:
        told.append("Its own generation is kept no longer; the last three are.")
    count = len(found.behind.rows)
    told.append(f"It counts {count} rows, each one {found.behind.unit}; the first {min(count, MOST_SHOWN)} follow.")
    return told


def _shown(value: float | None) -> str:
    return "no value" if value is None else f"{value:,.6g}"
