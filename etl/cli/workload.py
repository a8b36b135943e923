"""`cx workload`: what calls make of agents, and how many agents a promise takes (Erlang C)."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, rounded

if TYPE_CHECKING:
    from etl.analysis.workload import Staffing

COLUMNS = ("agents", "clears", "erlangs", "waits", "service_level", "asa_seconds", "occupancy", "paid")


def workload(
    calls: Annotated[
        list[float], typer.Option(metavar="N", help="Calls in the interval; repeat it with those of like intervals.")
    ],
    aht: Annotated[float, typer.Option(metavar="SECONDS", help="Handle time of a call.")],
    minutes: Annotated[float, typer.Option(metavar="MINUTES", help="Length of the interval.")] = 30,
    agents: Annotated[int | None, typer.Option(metavar="N", help="Agents at their places.")] = None,
    threshold: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Answered within; by default as service_level is set.")
    ] = None,
    target: Annotated[
        float | None, typer.Option(metavar="SHARE", help="Answered in time; by default the target set, else 0.8.")
    ] = None,
    quantile: Annotated[
        float, typer.Option(metavar="SHARE", help="Of like intervals, staff for this one: a mean fails half of them.")
    ] = 0.9,
    shrinkage: Annotated[float, typer.Option(metavar="SHARE", help="Paid time away from the calls.")] = 0.0,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Work out by Erlang C how the agents fare with the calls, and how many the service level takes.

    Nobody is taken to give up. No more agents than erlangs never clear the queue.
    """
    from etl.analysis import workload as erlang
    from etl.metrics import catalogue, targets

    settings = settings_of(data)
    level = catalogue.METRICS["service_level"]
    within = catalogue.settings_of(level, settings)["threshold_seconds"] if threshold is None else threshold
    aim = targets.pick(targets.of_all(settings), level.name)
    wanted = target if target is not None else aim.value if aim else 0.8
    chosen = erlang.calls_at(calls, quantile) if len(calls) > 1 else calls[0]
    demand = erlang.Demand(chosen, minutes, aht)
    needed = erlang.agents_for(demand, wanted, within)
    given = None if agents is None else erlang.staffing(demand, agents, within)
    found = {
        name: None if each is None else {**_record(each), "paid": erlang.paid(each.agents, shrinkage)}
        for name, each in (("given", given), ("needed", needed))
    }
    head = {
        "calls": chosen, "minutes": minutes, "aht_seconds": aht, "threshold_seconds": within, "target": wanted,
        "shrinkage": shrinkage, "quantile": quantile if len(calls) > 1 else None, "erlangs": demand.erlangs,
    }  # fmt: skip
    if as_json:
        print_json({**head, **found})
        return
    typer.echo(
        f"{chosen:g} calls in {minutes:g} min at {aht:g} s, answered within {within:g} s; the target is {wanted:.0%}."
    )
    shown = [(name, each) for name, each in found.items() if each]
    print_table(
        ("staffing", *COLUMNS), [[name, *(rounded(each[column]) for column in COLUMNS)] for name, each in shown]
    )


def _record(staffing: "Staffing") -> dict[str, Any]:
    return {
        "agents": staffing.agents,
        "clears": staffing.clears,
        "erlangs": staffing.erlangs,
        "waits": staffing.waits,
        "service_level": staffing.service_level,
        "asa_seconds": staffing.speed_of_answer,
        "occupancy": staffing.occupancy,
    }
