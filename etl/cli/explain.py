"""`cx breakdowns` and `cx why`: what broke for how many, and what moved a number."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter, dimension_named, filters, grain_named
from etl.cli.costs import cost_record
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded, say
from etl.cli.plans import care_record
from etl.vocabulary import State

if TYPE_CHECKING:
    from etl.analysis.breakdowns import Breakdown
    from etl.analysis.decompose import Segment
    from etl.analysis.why import Why

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
        board = leaderboard(desk, period, filters(where or ()))
    followed = follow(desk, min(day, newest)) if day and newest else ()
    rows = [_record(row) | care_record(care_for(desk, row.cell, followed)) for row in board.rows] if board else []
    if as_json:
        head = {"period": board.period.key, "unassigned": vars(board.unassigned)} if board else {}
        print_json({"generation": desk.generation, **head, "rows": rows})
        return
    print_table(SHOWN, [[rounded(row[name]) for name in SHOWN] for row in rows])


def why(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A name as in cx metrics.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2026-03-04, 2026-W10, 2026-03, 2026-Q1 or 2026.")],
    versus: Annotated[str | None, typer.Option(metavar="PERIOD", help="By default the one before.")] = None,
    by: Annotated[str | None, typer.Option(metavar="DIM", help="By default the one with the widest effects.")] = None,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Say what moved a number: mix and rate of the segments of one dimension, adding up to the change."""
    from etl.analysis import why as reasons
    from etl.annotations import NEAR, concerning
    from etl.metrics.ask import open_ask

    desk = open_ask(settings_of(data))
    chosen = desk.calendar.parse(period)
    other = desk.calendar.parse(versus) if versus else desk.calendar.shift(chosen, -1)
    dimension = dimension_named(by) if by else None
    found = reasons.why(desk, metric, chosen, other, dimension, filters(where or ()))
    segments = [_segment(found, segment) for segment in found.effects.segments]
    head = {**_head(found), "days_apart": desk.calendar.unusual_distance(chosen, other)}
    if as_json:
        near = concerning(desk.annotations, dict(filters(where or ())), chosen.start - NEAR, chosen.end)
        happened = [{"start": each.start, "end": each.end, "kind": each.kind, "title": each.title} for each in near]
        print_json({**head, "generation": desk.generation, "segments": segments, "annotations": happened})
        return
    for name, value in head.items():
        typer.echo(f"{name}: {round(value, 4) if isinstance(value, float) else value}")
    columns = ("segment", "before", "after", "n_before", "n_after", "mix", "rate", "contribution")
    print_table(
        columns,
        [[next(iter(row["where"].values())), *(rounded(row[name]) for name in columns[1:])] for row in segments],
    )


def _head(found: "Why") -> dict[str, Any]:
    from etl.analysis.compare import is_per_day, per_day

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
        "evidence": None,
    }


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
        "linked": row.linked,
        "is_named": row.is_named,
        "group": row.group,
        "trend": [
            {"week": week.start, "failed": week.failed, "customers": week.customers, "symbol": week.symbol.value}
            for week in row.trend
        ],
    }
