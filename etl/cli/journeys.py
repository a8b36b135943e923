"""`cx journeys` and `cx exceptions`: what single customers went through, and whom to call."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.ask import Filter, filters
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say

if TYPE_CHECKING:
    from etl.calendar import Period
    from etl.metrics.ask import WarehouseAsk

CONTACTS = (
    "points",
    "customer_id",
    "started_at",
    "channel",
    "touchpoint",
    "reason",
    "is_answered",
    "transfers",
    "record",
)
STEPS = ("origin", "goal", "count")
PUBLIC = ("customer_id", "started_at", "channel", "touchpoint", "cause", "posted_at", "platform")
CALLS = (
    "customer_id", "started_at", "channel", "touchpoint", "cause", "contacts", "unresolved", "recoverable", "reach",
    "score", "record",
)  # fmt: skip
Most = Annotated[int, typer.Option("--most", min=1, metavar="N", help="How many.")]


def journeys(
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="By default the last complete week.")] = None,
    most: Most = 10,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List the worst runarounds of a period contact by contact, the ways from channel to channel, what went public.

    A journey counts a week after its last contact. Customers appear by their keyed id.
    """
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    chosen, narrowed = _chosen(desk, period), filters(where or (), desk)
    worst = desk.journeys.worst(chosen, narrowed, most) if chosen else ()
    steps = desk.journeys.steps(chosen.start, chosen.end, narrowed) if chosen else ()
    outcries = desk.journeys.outcries(chosen.start, chosen.end, narrowed) if chosen else ()
    if as_json:
        head = {"generation": desk.generation, "period": chosen.key if chosen else None}
        print_json(
            {
                **head,
                "journeys": [asdict(each) for each in worst],
                "steps": [asdict(each) for each in steps],
                "went_public": [asdict(each) for each in outcries],
            }
        )
        return
    if not worst:
        say("No journey of the period is a week old yet; try an earlier one.")
    print_table(
        CONTACTS,
        [
            [
                rounded(each.index), each.customer_id, stop.started_at, stop.channel, stop.touchpoint, stop.reason,
                stop.is_answered, stop.transfer_count, stop.record,
            ]
            for each in worst
            for stop in each.stops
        ],
    )  # fmt: skip
    for columns, found in ((STEPS, steps), (PUBLIC, outcries)):
        print_table(columns, [[getattr(each, name) for name in columns] for each in found])


def exceptions(
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="By default the newest day.")] = None,
    most: Most = 10,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List the customers most worth a call: failures still open, by unresolved times recoverable times reach."""
    from etl.analysis import exceptions as calls
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    day = desk.calendar.parse(as_of).end if as_of else desk.as_of
    found = calls.exceptions(desk, min(day, desk.as_of), filters(where or (), desk), most) if day and desk.as_of else ()
    rows = [
        {
            **asdict(each.failure), "days": each.days, "unresolved": each.unresolved, "recoverable": each.recoverable,
            "reach": each.reach, "score": each.score,
        }
        for each in found
    ]  # fmt: skip
    if as_json:
        print_json({"generation": desk.generation, "as_of": day, "rows": rows})
        return
    print_table(CALLS, [[rounded(row[name]) for name in CALLS] for row in rows])


def _chosen(desk: "WarehouseAsk", period: str | None) -> "Period | None":
    from etl.vocabulary import Grain

    if period:
        return desk.calendar.parse(period)
    return desk.calendar.last_complete(desk.as_of, Grain.WEEK) if desk.as_of else None
