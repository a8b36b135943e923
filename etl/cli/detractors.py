"""`cx detractors`: over which causes customers turn away."""

from typing import Annotated

import typer

from etl.cli.ask import Filter, filters
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say

COLUMNS = (
    "cause", "detractors", "mentioned", "additive", "mentioned_by_promoters", "additive_of_promoters", "impact",
)  # fmt: skip


def detractors(
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="At least the 13 weeks up to its end.")] = None,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List the causes of detractors: who mentions each, its part of all, and the impact on NPS of leaving it out.

    Additive shares sum to 1, mention shares to more, and impacts do not add up.
    """
    from etl.analysis.detractors import by_cause
    from etl.analysis.drivers.explain import span_of
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    start, end = span_of(desk, desk.calendar.parse(period) if period else None)
    answers = desk.answers("nps", start, end, filters(where or (), desk))
    named = [[cause] if cause else [] for cause in answers.causes]
    found = by_cause(zip(map(int, answers.scores), named, strict=True))
    if as_json:
        head = {"generation": desk.generation, "span": f"{start}..{end}", "answers": len(named)}
        print_json({**head, "causes": [vars(each) for each in found]})
        return
    if not found:
        say(f"Nobody answered how likely they are to recommend us between {start} and {end}.")
    print_table(COLUMNS, [[rounded(getattr(each, name)) for name in COLUMNS] for each in found])
