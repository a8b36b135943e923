"""`python -m tests.bench` prints ratios of loading, growing and masking, and shares of what is found and foretold."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests.bench import (
    ask,
    breakdowns,
    delta,
    drivers,
    evidence,
    intervals,
    load,
    mutants,
    nowcast,
    ranks,
    redaction,
    signals,
    silent,
    text,
)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def bench() -> None:
    """Benchmarks print ratios; nothing passes or fails here."""


@app.command("load")
def load_command(
    rows: Annotated[int, typer.Option(help="Rows of each file.")] = 1_000_000,
    repeats: Annotated[int, typer.Option(help="Runs; medians are printed.")] = 3,
    source: Annotated[list[str] | None, typer.Option(help="call_center, twcs, wide, ndjson; all if not named.")] = None,
) -> None:
    """Loading narrow, wide, written and JSON files against a bare typed CREATE TABLE AS of the same file."""
    for result in load.measure(rows, repeats, source or []):
        for line in result.lines():
            typer.echo(line)


@app.command("delta")
def delta_command(
    records: Annotated[int, typer.Option(help="Records of the delivery.")] = 100_000,
    short: Annotated[int, typer.Option(help="Records held by the short history.")] = 500_000,
    long: Annotated[int, typer.Option(help="Records held by the long history.")] = 5_000_000,
) -> None:
    """Loading one more delivery onto a short and onto a long history of the same company."""
    both = delta.measure(records, short, long)
    for one in both:
        typer.echo(one.line())
    typer.echo(delta.ratios(*both))


@app.command("breakdowns")
def breakdowns_command(
    seeds: Annotated[int, typer.Option(help="How many companies.")] = 20,
    days: Annotated[int, typer.Option(help="Days of history of each.")] = 730,
    records: Annotated[int, typer.Option(help="About how many records each.")] = 200_000,
    no_facts: Annotated[bool, typer.Option("--no-facts", help="Companies in which nothing is planted.")] = False,
) -> None:
    """How many planted breakdowns are found in their state, and how many unchanged cells raise a false alarm."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    companies = []
    for company in breakdowns.measure(seeds, days, records, yesterday, not no_facts):
        typer.echo(company.line())
        companies.append(company)
    typer.echo(breakdowns.summary(companies))


@app.command("ranks")
def ranks_command(
    leagues: Annotated[int, typer.Option(help="Leagues of each size, mean, spread and dispersion.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed draws the same leagues.")] = 1,
) -> None:
    """How often a rank's interval holds the true rank, a wrong one is named, and the first is named."""
    outcomes = []
    for outcome in ranks.measure(leagues, seed):
        typer.echo(outcome.line())
        outcomes.append(outcome)
    typer.echo(ranks.summary(outcomes))


@app.command("silent")
def silent_command(
    populations: Annotated[int, typer.Option(help="Populations told of or refused, in each range of odds.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed draws the same populations.")] = 1,
) -> None:
    """How often the range of silent customers from two lists holds the truth, and how often bad lists are refused."""
    for outcome in silent.measure(populations, seed):
        typer.echo(outcome.line())
    typer.echo(silent.floors(populations, seed))


@app.command("signals")
def signals_command(
    seed: Annotated[int, typer.Option(help="The same seed draws the same series.")] = 1,
    how_many: Annotated[int, typer.Option("--series", help="Series of each kind.")] = 500,
    scans: Annotated[int, typer.Option(help="Scans with and without changes.")] = 1_000,
) -> None:
    """How often rules, alarm and scans of segments speak without a cause, and how often they find a change."""
    for name, means in (("mean 3-100", (3.0, 100.0)), ("mean 3-10", (3.0, 10.0)), ("mean 30-100", (30.0, 100.0))):
        typer.echo(signals.series(seed, how_many, means).line(f"{name}, unchanged"))
        typer.echo(signals.series(seed, how_many, means, rise=1.5).line(f"{name}, 1.5 SD higher"))
    typer.echo(signals.series(seed, how_many, (3.0, 100.0), is_rolling=True).line("mean 3-100, unchanged, as charted"))
    with_changes = signals.scans(seed, scans, signals.CHANGED)
    typer.echo(f"scans with changes: false {with_changes.false_share:.3f}, found {with_changes.found:.3f}")
    typer.echo(f"scans without: raised in {100 * signals.scans(seed, scans, 0).raised:.1f} %")


@app.command("drivers")
def drivers_command(
    runs: Annotated[int, typer.Option(help="Samples of each kind.")] = 300,
    n: Annotated[int, typer.Option(help="Answers of each.")] = 150,
    seed: Annotated[int, typer.Option(help="The same seed draws the same samples.")] = 1,
) -> None:
    """How often noise is called a driver of a score, and how often drivers of effect 0.3 and 0.4 are found."""
    for count in (2, 4, 8):
        for correlation in (0.0, 0.3, 0.5):
            typer.echo(drivers.measure(seed, runs, n, correlation, count).line())


@app.command("mutants")
def mutants_command(
    files: Annotated[int, typer.Option(help="How many damaged files.")] = 5_000,
    seed: Annotated[int, typer.Option(help="The same seed damages the same.")] = 1,
) -> None:
    """How many damaged exports crash the landing, hang it or lose records without a word; each is named."""
    with TemporaryDirectory() as folder:
        outcomes = []
        for outcome in mutants.measure(files, seed, Path(folder)):
            outcomes.append(outcome)
            if outcome.is_wrong:
                typer.echo(f"{outcome.name} ({outcome.seconds:.1f} s): {outcome.fate}")
    typer.echo(mutants.summary(outcomes))


@app.command("redaction")
def redaction_command(
    texts: Annotated[int, typer.Option(help="How many texts; one in ten holds something.")] = 200_000,
    numbered: Annotated[int, typer.Option(help="Of a hundred others, how many hold numbers that are nobody's.")] = 0,
    names: Annotated[int, typer.Option(help="How many customers are known by name.")] = 100_000,
    repeats: Annotated[int, typer.Option(help="Runs; medians are printed.")] = 3,
) -> None:
    """Masking personal data on one core against a plain loop of regular expressions over the same texts."""
    typer.echo(redaction.measure(texts, numbered, names, repeats).line())


@app.command("nowcast")
def nowcast_command(
    exports: Annotated[Path | None, typer.Option(help="A folder or file of counts by interval; else a demo.")] = None,
    days: Annotated[int, typer.Option(help="Days of the demo's history.")] = 730,
    records: Annotated[int, typer.Option(help="About how many records it has.")] = 200_000,
    seed: Annotated[int, typer.Option(help="Which demo company.")] = 7,
) -> None:
    """How often the nowcast of a day, made at a quarter, half and three quarters of it, holds what the day became."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    measured = list(nowcast.of_exports(exports) if exports else nowcast.of_demo(days, records, seed, yesterday))
    for one in measured:
        typer.echo(one.line())
    for series in dict.fromkeys(one.series for one in measured):
        typer.echo(nowcast.pooled([one for one in measured if one.series == series]))


@app.command("intervals")
def intervals_command(
    draws: Annotated[int, typer.Option(help="Weeks drawn of each mean and dispersion.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed draws the same weeks.")] = 1,
) -> None:
    """How often the interval of complaint counts, over-dispersed as the weeks before were, holds the true mean."""
    for one in intervals.measure(draws, seed):
        typer.echo(one.line())


@app.command("evidence")
def evidence_command(
    draws: Annotated[int, typer.Option(help="Series of each kind.")] = 4_000,
    seed: Annotated[int, typer.Option(help="The same seed draws the same series.")] = 1,
) -> None:
    """How often a fix is claimed where nothing changed, and found where something did."""
    for one in evidence.measure(draws, seed):
        typer.echo(one.line())


@app.command("ask")
def ask_command(
    rows: Annotated[int, typer.Option(help="Contacts in the warehouse.")] = 10_000_000,
    repeats: Annotated[int, typer.Option(help="Runs; the cheapest is printed.")] = 3,
) -> None:
    """What the pages ask on marts against the same on facts, and refreshing two days against building all."""
    for one in ask.measure(rows, repeats):
        typer.echo(one.line())


@app.command("text")
def text_command(
    labelled: Annotated[Path, typer.Argument(help="A table of texts with people's labels.")],
    column: Annotated[str, typer.Option("--text", help="The column of texts.")] = "text",
    cause: Annotated[str | None, typer.Option(help="The column of causes.")] = None,
    sentiment: Annotated[str | None, typer.Option(help="The column of sentiments.")] = None,
    texts: Annotated[int, typer.Option(help="Texts of 140 characters, for speed and for SQL.")] = 1_000_000,
) -> None:
    """Labels of held-out texts against TF-IDF with logistic regression, speed against it and VADER, labels in SQL."""
    for head, name in (("cause", cause), ("sentiment", sentiment)):
        if name is None:
            continue
        rows, labels = text.labelled(labelled, column, name, head)
        found = []
        for split in text.splits(rows, labels, head):
            typer.echo(f"{head}: {split}")
            found.append(split)
        typer.echo(f"{head}: {text.paired(found, 'plain')}; {text.paired(found, 'balanced')}")
        model = text.taught(rows, labels, head)
        typer.echo(f"{head}: {text.speeds(rows, labels, model, texts)}")
        typer.echo(f"{head}: {text.mismatches(rows, model, texts)} of {texts:,} texts are told otherwise by SQL")


if __name__ == "__main__":
    app()
