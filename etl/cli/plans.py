"""`cx plans` and `cx plan`: who mends which breakdown by when, and whether the weeks since prove it."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say
from etl.errors import UserError

if TYPE_CHECKING:
    from etl.analysis.evidence import Judgement
    from etl.analysis.plans import Care, Followed
    from etl.analysis.proof import Evidence
    from etl.config import Settings
    from etl.metrics.plans import Plan

SHOWN = ("key", "cause", "touchpoint", "title", "owner", "opened", "due", "state", "verdict")


def plans(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List the plans: who mends which breakdown by when, and what the weeks since each opened prove."""
    from etl.metrics.plans import read_plans

    settings = settings_of(data)
    proved = {each.plan.key: each for each in _followed(settings)}
    rows = [
        {**plan_record(plan), "evidence": evidence_record(proved[plan.key].evidence) if plan.key in proved else None}
        for plan in read_plans(settings.folders)
    ]
    if as_json:
        print_json({"rows": rows})
        return
    told = [row | {"verdict": row["evidence"] and row["evidence"]["verdict"]} for row in rows]
    print_table(SHOWN, [[row[name] for name in SHOWN] for row in told])


def plan(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What shall be done, in a few words.")] = "",
    cause: Annotated[str, typer.Option(metavar="NAME", help="What broke.")] = "",
    touchpoint: Annotated[str, typer.Option(metavar="NAME", help="Where it broke.")] = "",
    owner: Annotated[str, typer.Option(metavar="NAME", help="By default as in owners.csv.")] = "",
    due: Annotated[str, typer.Option(metavar="DAY", help="Until when.")] = "",
    opened: Annotated[str, typer.Option(metavar="DAY", help="By default the newest day with data.")] = "",
    trigger: Annotated[str, typer.Option(metavar="DAY", help="What made you act; later weeks prove nothing.")] = "",
    metric: Annotated[str, typer.Option(metavar="METRIC", help="What proves it: by default breakdown_rate.")] = "",
    target: Annotated[str, typer.Option(metavar="VALUE", help="In the metric's unit: 0.02 for 2 %.")] = "",
    window: Annotated[str, typer.Option(metavar="WEEKS", help="So many weeks prove it: 4 to 52, by default 8.")] = "",
    comparator: Annotated[
        str, typer.Option(metavar="DIM=VALUE", help="Another touchpoint or cause, left alone, to compare with.")
    ] = "",
    change: Annotated[str, typer.Option(metavar="KEY", help="Change title, owner or due of this one instead.")] = "",
    done: Annotated[str, typer.Option(metavar="KEY", help="Say that this one is done instead.")] = "",
    drop: Annotated[str, typer.Option(metavar="KEY", help="Give this one up instead.")] = "",
    reopen: Annotated[str, typer.Option(metavar="KEY", help="Take this one up again instead.")] = "",
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Enter a plan to mend a breakdown, or change or close one.

    What shall prove it (metric, target, window, comparator) is fixed when it opens.
    """
    from etl.metrics import plans as store

    settings = settings_of(data)
    given = {
        "cause": cause, "touchpoint": touchpoint, "title": title, "owner": owner, "due": due, "opened": opened,
        "metric": metric, "target": target, "window": window, "comparator": comparator, "trigger": trigger,
    }  # fmt: skip
    chosen = [(key, state) for key, state in ((change, ""), (done, "done"), (drop, "dropped"), (reopen, "open")) if key]
    if len(chosen) > 1:
        raise UserError("plan: --change, --done, --drop and --reopen exclude each other; name one.")
    if chosen:
        ((key, state),) = chosen
        kept = store.change(settings.folders, key, given | {"state": state}, getuser())
    else:
        kept = _entered(settings, given)
    if as_json:
        print_json(plan_record(kept))
    else:
        say(f"Kept as {kept.key}: {kept.title}, {kept.owner}, due {kept.due}, {kept.state.value}.")


def _entered(settings: "Settings", given: dict[str, str]) -> "Plan":
    """The plan with what is left out filled in: its day from the data, its owner from `owners.csv`."""
    from etl.metrics import plans as store
    from etl.metrics.ask import open_ask
    from etl.owners import owner_of
    from etl.references import read_map
    from etl.vocabulary import Dimension

    desk = open_ask(settings)
    mapped, values = read_map(settings.folders), desk.dimension_values
    owner = given["owner"] or owner_of(desk.commitments.owners, given["cause"], given["touchpoint"])
    opened = given["opened"] or str(desk.as_of or "")
    causes = {line.cause for line in mapped if line.cause}.union(values[Dimension.CAUSE])
    touchpoints = {line.touchpoint for line in mapped if line.touchpoint}.union(values[Dimension.TOUCHPOINT])
    filled = given | {"owner": owner, "opened": opened}
    return store.enter(settings.folders, filled, getuser(), causes, touchpoints)


def _followed(settings: "Settings") -> tuple["Followed", ...]:
    """The plans with their proof up to the newest day; none before anything is loaded."""
    from etl.analysis.plans import follow
    from etl.metrics.ask import open_ask
    from etl.warehouse import Warehouse

    if Warehouse(settings.folders).current() is None:
        return ()
    desk = open_ask(settings)
    return follow(desk, desk.as_of) if desk.as_of else ()


def care_record(care: "Care") -> dict[str, Any]:
    """Owner, plan and evidence of a breakdown as the contract names them; null without one."""
    followed = care.followed
    return {
        "owner": care.owner or None,
        "plan": plan_record(followed.plan) if followed else None,
        "evidence": evidence_record(followed.evidence) if followed else None,
    }


def plan_record(plan: "Plan") -> dict[str, Any]:
    """A plan; what was not told is null."""
    names = ("cause", "touchpoint")
    return {
        "key": plan.key,
        "cause": plan.cause,
        "touchpoint": plan.touchpoint,
        "title": plan.title,
        "owner": plan.owner,
        "opened": plan.opened,
        "due": plan.due,
        "state": plan.state.value,
        "metric": plan.metric,
        "target": plan.target,
        "window": plan.window,
        "comparator": dict(zip(names, plan.comparator, strict=True)) if plan.comparator else None,
        "trigger": plan.trigger,
        "author": plan.author,
        "version": plan.version,
    }


def evidence_record(evidence: "Evidence") -> dict[str, Any]:
    """The verdict with the effect behind it, and the difference in differences where there is a comparator."""
    return {
        **_judgement(evidence.judgement),
        "before": evidence.before,
        "after": evidence.after,
        "weeks_before": evidence.weeks_before,
        "weeks_after": evidence.weeks,
        "is_target_reached": evidence.is_reached,
        "may_regress": evidence.may_regress,
        "comparison": _judgement(evidence.beside) if evidence.beside else None,
    }


def _judgement(judgement: "Judgement") -> dict[str, Any]:
    effect = judgement.effect
    return {
        "verdict": judgement.verdict.value,
        "why": judgement.why or None,
        "effect": effect and effect.change,
        "low": effect and effect.low,
        "high": effect and effect.high,
        "p": effect and effect.p,
        "has_trend": judgement.has_trend,
    }
