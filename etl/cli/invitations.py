"""`cx invitations`: who was invited to surveys, who answered, and whether they stand for all."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter, filters
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, print_table, rounded, say

if TYPE_CHECKING:
    from etl.analysis.nonresponse import Nonresponse

STRATA = ("channel", "segment", "invited", "answered", "score", "opted_out")
KEYS = (
    "invited", "answered", "rate", "usual_rate", "raw", "post_stratified", "distance", "opted_out", "warnings",
)  # fmt: skip
"""What is told of a span; null where nobody was invited."""


def invitations(
    period: Annotated[str, typer.Option(metavar="SPAN", help="2026-03, 2026-W10, … or 2026-03-01..2026-03-10.")],
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Say who was invited to surveys, how many answered, and whether those who did stand for all.

    Of the invitations in invitations.csv that are 14 days old; the score is NPS, also weighed by who was invited.
    """
    from etl.analysis.nonresponse import nonresponse
    from etl.analysis.spans import span_of
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    span = span_of(desk.calendar, period)
    found = nonresponse(desk, span.start, span.end, filters(where or (), desk))
    told = {"generation": desk.generation, "period": span.key, **(_told(found) if found else dict.fromkeys(KEYS))}
    strata = _strata(found) if found else []
    if as_json:
        print_json({**told, "strata": strata})
        return
    if found is None:
        say(f"{span.key}: no invitation is known that was sent then and is 14 days old. List them in invitations.csv.")
        return
    for warning in found.rate.warnings:
        say(f"Warning: {warning}.")
    print_facts((name, rounded(value)) for name, value in told.items() if name != "warnings" and value is not None)
    print_table(STRATA, [[rounded(row[name]) for name in STRATA] for row in strata])


def _told(found: "Nonresponse") -> dict[str, Any]:
    rate = found.rate
    values = (
        found.invited, found.answered, rate.rate, found.usual_rate, rate.raw, rate.post_stratified, rate.distance,
        rate.opted_out, list(rate.warnings),
    )  # fmt: skip
    return dict(zip(KEYS, values, strict=True))


def _strata(found: "Nonresponse") -> list[dict[str, Any]]:
    """Each channel and segment; the score where there are answers."""
    return [
        {
            "channel": channel,
            "segment": segment,
            "invited": stratum.invited,
            "answered": stratum.answered,
            "score": stratum.score if stratum.scored else None,
            "opted_out": stratum.opted_out,
        }
        for (channel, segment), stratum in found.strata.items()
    ]
