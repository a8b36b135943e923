"""`cx breakdowns`: what broke, for how many."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter, filters, grain_named
from etl.cli.breakdown_record import cost_record
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say
from etl.cli.plans import care_record
from etl.vocabulary import State

if TYPE_CHECKING:
    from etl.analysis.breakdowns import Breakdown

SHOWN = (
    "rank", "cause", "touchpoint", "affected", "silent_low", "silent_high", "before", "share", "harm", "state", "weeks",
    "first_seen", "severity", "owner",
)  # fmt: skip


def breakdowns(
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="As it stood then.")] = None,
    grain: Annotated[str, typer.Option(metavar="GRAIN", help="Length of the period that is ranked.")] = "week",
    fiscal: Annotated[bool, typer.Option("--fiscal", help="A fiscal month, quarter or year.")] = False,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List the service breakdowns: causes at touchpoints that failed customers, with state and rank.

    Ranked ones come first; severity is affected customers times harm per customer times the factor of the state. Harm
    is how much lower those who were failed score; where no survey tells it, severity is without it.
    """
    from etl.analysis.breakdowns import leaderboard
    from etl.analysis.plans import care_for, follow
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    newest = desk.as_of
    day = desk.calendar.parse(as_of).end if as_of else newest
    if day is None or newest is None:
        say("No source has a complete day yet, so nothing is ranked.")
        board = None
    else:
        period = desk.calendar.last_complete(min(day, newest), grain_named(grain), fiscal=fiscal)
        board = leaderboard(desk, period, filters(where or (), desk))
    followed = follow(desk, min(day, newest)) if day and newest else ()
    rows = [_record(row) | care_record(care_for(desk, row.cell, followed)) for row in board.rows] if board else []
    if as_json:
        head = {"period": board.period.key, "unassigned": vars(board.unassigned)} if board else {}
        print_json({"generation": desk.generation, **head, "rows": rows})
        return
    print_table(SHOWN, [[rounded(row[name]) for name in SHOWN] for row in rows])


def _record(row: "Breakdown") -> dict[str, Any]:
    """A row as the contract names its keys, with what stands beside them."""
    standing = row.standing
    return {
        "rank": row.rank,
        "rank_low": row.rank_low,
        "rank_high": row.rank_high,
        "cause": row.cell.cause,
        "touchpoint": row.cell.touchpoint,
        "affected": row.affected,
        **cost_record(row),
        "severity": row.severity,
        "state": standing.state.value,
        "weeks": standing.age_weeks if standing.state is not State.NONE else 0,
        "first_seen": row.first_seen,
        "grade": standing.grade.value,
        "relapses": standing.relapses,
        "signal_weeks": standing.signal_weeks,
        "quiet_weeks": standing.quiet_weeks,
        "opened": row.opened,
        "observed": row.observed,
        "is_high_from_start": row.is_high_from_start,
        "share": row.share,
        "low": row.low,
        "high": row.high,
        "n": row.exposed,
        "contacts": row.contacts,
        "told_contacts": row.told,
        "linked": row.linked,
        "is_named": row.is_named,
        "group": row.group,
        "trend": [
            {"week": week.start, "failed": week.failed, "customers": week.customers, "symbol": week.symbol.value}
            for week in row.trend
        ],
    }
