"""`cx targets` and `cx target`: what metrics should reach, from settings, files and what people entered."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say
from etl.vocabulary import Dimension

if TYPE_CHECKING:
    from etl.metrics.targets import Target

SHOWN = ("metric", "target", "touchpoint", "from", "to", "origin", "owner", "why")


def targets(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List the targets: of the settings, of targets.csv, and those entered, which win."""
    from etl.metrics import targets as layers

    settings = settings_of(data)
    settings.folders.require()
    found = zip(("settings.toml", layers.FILE, "entered"), layers.of_all(settings), strict=True)
    rows = [_record(target, origin) for origin, listed in found for target in listed]
    if as_json:
        print_json({"rows": rows})
        return
    print_table(SHOWN, [[row[name] for name in SHOWN] for row in rows])


def target(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A name as in cx metrics, or breakdown_rate.")],
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help="In its own unit: 0.8 for 80 %. Without: take it away."),
    ] = None,
    touchpoint: Annotated[str, typer.Option(metavar="NAME", help="Only there.")] = "",
    start: Annotated[str, typer.Option("--from", metavar="DAY", help="From this day on.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="Until this day.")] = "",
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why, in a few words.")] = "",
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Enter a target, which wins over settings and targets.csv, or take an entered one away."""
    from etl.metrics import targets as layers
    from etl.metrics.ask import open_ask

    settings = settings_of(data)
    folders = settings.folders
    given = {"metric": metric, "touchpoint": touchpoint, "from": start, "to": end, "why": why}
    if value is None:
        layers.retract(folders, given, getuser())
        kept: dict[str, Any] = {"metric": metric, "touchpoint": touchpoint, "from": start or None, "retracted": True}
    else:
        known = open_ask(settings).dimension_values[Dimension.TOUCHPOINT] if touchpoint else ()
        kept = _record(layers.enter(folders, {**given, "target": value}, getuser(), known), "entered")
    if as_json:
        print_json(kept)
    else:
        say("Taken away." if value is None else f"Kept: {metric} {value}{f' at {touchpoint}' if touchpoint else ''}.")


def _record(target: "Target", origin: str) -> dict[str, Any]:
    return {
        "metric": target.metric,
        "target": target.value,
        "touchpoint": target.touchpoint or None,
        "from": target.first,
        "to": target.last,
        "origin": origin,
        "owner": target.owner or None,
        "why": target.why or None,
    }
