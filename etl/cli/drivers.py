"""`cx drivers`: what counts for a score."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter, filters
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say

if TYPE_CHECKING:
    from etl.analysis.drivers.explain import Driven

SHOWN = ("driver", "weight", "low", "high", "share", "direction", "significant")
CURVE = ("from", "to", "n", "value", "low", "high", "fitted")

DIRECTIONS = {1: "raises", -1: "lowers", 0: "unclear"}
"""Which way the score goes where the driver is higher and the others are equal."""


def drivers(
    score: Annotated[str, typer.Argument(metavar="METRIC|QUESTION", help="A metric of answers, or a question.")],
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="At least the 13 weeks up to its end.")] = None,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Weigh what a score depends on: the survey's other items, waits, holds, transfers and repeats of its contact.

    A driver that does not surely weigh more than a random number is listed, but not significant.
    """
    from etl.analysis.drivers.explain import driven
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    found = driven(desk, score, desk.calendar.parse(period) if period else None, filters(where or (), desk))
    document = _document(found)
    if as_json:
        print_json({"generation": desk.generation, **document})
        return
    if found.found.reason:
        say(f"No driver can be told: {found.found.reason}.")
    for name in ("metric", "scale", "span", "answers", "n", "r_squared"):
        typer.echo(f"{name}: {rounded(document[name])}")
    print_table(SHOWN, [[rounded(row[name]) for name in SHOWN] for row in document["drivers"]])
    for name, reason in found.left_out:
        say(f"Left out: {name}, {reason}.")
    for each in document["curves"]:
        typer.echo(f"by {each['driver']}:")
        print_table(CURVE, [[rounded(row[name]) for name in CURVE] for row in each["bins"]])


def _document(found: "Driven") -> dict[str, Any]:
    return {
        "metric": found.answers.metric.name,
        "scale": found.answers.kind or None,
        "unit": found.answers.metric.unit.value,
        "span": f"{found.start}..{found.end}",
        "answers": len(found.answers.scores),
        "n": found.found.n,
        "r_squared": found.found.r_squared,
        "reason": found.found.reason or None,
        "drivers": [
            {
                "driver": each.name, "weight": each.weight, "low": each.low, "high": each.high, "share": each.share,
                "coefficient": each.coefficient, "correlation": each.correlation,
                "direction": DIRECTIONS[each.direction], "significant": each.is_significant,
            }
            for each in found.found.drivers
        ],
        "left_out": [{"driver": name, "reason": reason} for name, reason in found.left_out],
        "curves": [
            {
                "driver": name, "verdict": each.verdict and each.verdict.value,
                "bins": [dict(zip(CURVE, vars(dose).values(), strict=True)) for dose in each.doses],
            }
            for name, each in found.curves.items()
        ],
    }  # fmt: skip
