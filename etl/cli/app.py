"""The commands of the etl side, mounted by name; `cx` adds those that show numbers."""

from etl.cli import (
    alerts,
    annotations,
    ask,
    catalogue,
    check,
    classify,
    compare,
    customers,
    detractors,
    drivers,
    explain,
    inspect,
    invitations,
    journeys,
    labels,
    learn,
    load,
    localise,
    plans,
    quarantine,
    redact,
    restated,
    signals,
    targets,
    taxonomy,
    trace,
    voices,
    why,
    workload,
)
from etl.cli.commands import group

app = group("Customer-experience exports in, numbers that can be trusted out.")

app.command("load", epilog="Example: cx load exports/calls.csv --strict")(load.load)
app.command("inspect", epilog="Example: cx inspect exports/calls.csv --json")(inspect.inspect)
app.command("quarantine", epilog="Example: cx quarantine --json")(quarantine.quarantine)
app.command("sources", epilog="Example: cx sources --json")(catalogue.sources)
app.command("metrics", epilog="Example: cx metrics --json")(catalogue.metrics)
app.command("dimensions", epilog="Example: cx dimensions --json")(catalogue.dimensions)
app.command("ask", epilog="Example: cx ask nps csat --by channel --grain month --json")(ask.ask)
app.command("restated", epilog="Example: cx restated contacts --grain day --json")(restated.restated)
app.command("rows", epilog="Example: cx rows contacts --period 2026-W10 --json")(ask.rows)
app.command("trace", epilog="Example: cx trace g1/contacts/2024-03-04..2024-03-10/7.0/99e9-3df2 --json")(trace.trace)
app.command("detractors", epilog="Example: cx detractors --period 2024-03 --json")(detractors.detractors)
app.command("drivers", epilog="Example: cx drivers csat --period 2024-03 --json")(drivers.drivers)
app.command("why", epilog="Example: cx why contacts --period 2024-03-05 --by channel --json")(why.why)
app.command(
    "workload", epilog="Example: cx workload --calls 100 --minutes 30 --aht 180 --agents 14 --threshold 20 --json"
)(workload.workload)
app.command("compare", epilog="Example: cx compare contacts --period 2024-03-12..2024-03-14 --versus 2024-W10")(
    compare.compare
)
app.command("invitations", epilog="Example: cx invitations --period 2024-03 --json")(invitations.invitations)
app.command(
    "localise",
    epilog="Example: cx localise cells.csv --dimensions x,y --before b0,n0 --after b1,n1",
)(localise.localise)
app.command("breakdowns", epilog="Example: cx breakdowns --grain month --json")(explain.breakdowns)
app.command("plans", epilog="Example: cx plans --json")(plans.plans)
app.command(
    "plan",
    epilog="Example: cx plan 'Scan bags twice' --cause 'lost luggage' --touchpoint 'baggage handling' "
    "--owner 'Head of baggage' --due 2024-06-30 --opened 2024-05-01 --target 0.02 --json",
)(plans.plan)
app.command("journeys", epilog="Example: cx journeys --period 2024-03 --json")(journeys.journeys)
app.command("exceptions", epilog="Example: cx exceptions --as-of 2024-03-20 --json")(journeys.exceptions)
app.command("targets", epilog="Example: cx targets --json")(targets.targets)
app.command("target", epilog="Example: cx target service_level 0.8 --why 'promised in the contract' --json")(
    targets.target
)
app.command("annotations", epilog="Example: cx annotations --json")(annotations.annotations)
app.command("annotate", epilog="Example: cx annotate 'App 4.2' --kind release --from 2024-03-04 --json")(
    annotations.annotate
)
app.command("alerts", epilog="Example: cx alerts --as-of 2024-03-10 --json")(alerts.alerts)
app.command(
    "acknowledge", epilog="Example: cx acknowledge service_level_target --note 'more agents from Monday' --json"
)(alerts.acknowledge)
app.command("signals", epilog="Example: cx signals contacts --grain day --json")(signals.signals)
app.command("redact", epilog="Example: cx redact exports/calls.csv --text Topic --out masked.csv")(redact.redact)
app.command("learn", epilog="Example: cx learn labelled.csv --text text --cause cause --model causes.parquet")(
    learn.learn
)
app.command("classify", epilog="Example: cx classify posts.csv --text text --out classified.csv")(classify.classify)
app.command("customers", epilog="Example: cx customers --json")(customers.customers)
app.command("taxonomy", epilog="Example: cx taxonomy --json")(taxonomy.taxonomy)
app.command("label", epilog="Example: cx label --period 2024-03 --json")(labels.label)
app.command("themes", epilog="Example: cx themes --period 2024-03 --json")(voices.themes)
app.command("quotes", epilog="Example: cx quotes 'late refund' --period 2024-03 --json")(voices.quotes)
app.command("check", epilog="Example: cx check --json")(check.check)
app.command("doctor", epilog="Example: cx doctor --json")(check.doctor)
