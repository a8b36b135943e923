"""`cx restated`: the periods whose published number is another now, and why."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import grain_named
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table

if TYPE_CHECKING:
    from etl.metrics.restatement import Restatement


def restated(
    metrics: Annotated[list[str] | None, typer.Argument(metavar="METRIC…", help="Names as in cx metrics.")] = None,
    grain: Annotated[str, typer.Option(metavar="GRAIN", help="day, week, month, quarter or year.")] = "week",
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day, or a period.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, or a period.")] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List the periods whose published number is another now: as reported then, as known now, and why."""
    from etl.metrics.ask import open_ask
    from etl.metrics.catalogue import METRICS

    desk = open_ask(settings_of(data))
    found = desk.restated(
        tuple(metrics or METRICS),
        grain_named(grain),
        None if start is None else desk.calendar.parse(start).start,
        None if end is None else desk.calendar.parse(end).end,
    )
    records = [_record(each) for each in found]
    if as_json:
        print_json({"generation": desk.generation, "rows": records})
        return
    columns = list(records[0]) if records else ["metric", "period", "then", "now", "difference", "why"]
    print_table(columns, [[record[name] for name in columns] for record in records])


def _record(found: "Restatement") -> dict[str, Any]:
    then = found.then
    return {
        "metric": found.metric,
        "period": found.period,
        "start": found.start,
        "end": found.end,
        "then": then.value,
        "now": found.now,
        "difference": found.difference,
        "then_n": then.n,
        "now_n": found.n,
        "generation": then.generation,
        "reported_at": then.published_at,
        "late": found.late,
        "corrected": found.corrected,
        "version": then.version,
        "why": "; ".join(found.why),
    }
