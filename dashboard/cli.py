"""`cx`: the commands of the etl side with those that show numbers beside them."""

from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from etl.cli.app import app as etl_commands
from etl.cli.ask import Filter, filters, grain_named, separated
from etl.cli.commands import group
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, printable, say, working
from etl.errors import UserError, unknown
from etl.vocabulary import Grain

app = group("Customer-experience exports in, numbers an executive can read and trust out.")
app.add_typer(etl_commands)

PROGRAM = "cx-command-center"
DEFAULT_PORT = 8501
LOOPBACK = "127.0.0.1"


def _print_version(is_asked: bool) -> None:
    if is_asked:
        try:
            typer.echo(f"cx {version(PROGRAM)}")
        except PackageNotFoundError:
            typer.echo("cx runs from its source folder, not installed")
        raise typer.Exit


@app.callback()
def _options(
    is_version_asked: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None: ...


@app.command(epilog="Example: cx demo --days 120 --records 8000 --no-dashboard --json")
def demo(
    days: Annotated[int, typer.Option(help="Days of history.")] = 730,
    records: Annotated[int, typer.Option(help="About how many records.")] = 200_000,
    seed: Annotated[int, typer.Option(help="The same seed and end give the same company.")] = 7,
    end: Annotated[str | None, typer.Option(metavar="DAY", help="Last day; yesterday by default.")] = None,
    no_facts: Annotated[bool, typer.Option("--no-facts", help="Plant nothing.")] = False,
    no_dashboard: Annotated[bool, typer.Option("--no-dashboard", help="Don't open the dashboard.")] = False,
    port: Annotated[int, typer.Option(help="Port of the dashboard.")] = DEFAULT_PORT,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Write a made-up company's exports, load them, and open the dashboard on them."""
    from etl.demo.company import Demo
    from etl.demo.show import show

    last = _day(end) if end else datetime.now(UTC).date() - timedelta(days=1)
    planned = Demo(folder=data.absolute(), end=last, days=days, records=records, seed=seed, has_facts=not no_facts)
    with working("Writing and loading two years of a made-up company…"):
        shown = show(planned)
    contacts = _contacts(data)
    if as_json:
        print_json(
            {
                "generation": shown.run.generation,
                "files": len(shown.written.files),
                "records": shown.written.records,
                "contacts": contacts,
                "known": shown.written.known,
            }
        )
    else:
        say(f"Loaded {shown.written.records} records from {len(shown.written.files)} files: {contacts} contacts.")
    if not no_dashboard and not as_json:
        dashboard(port=port, data=data)


@app.command(epilog="Example: cx dashboard --port 8600")
def dashboard(
    port: Annotated[int, typer.Option(help="Port; a busy one takes the next.")] = DEFAULT_PORT,
    address: Annotated[str, typer.Option(help="Address to listen on; only this machine's own.")] = LOOPBACK,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Serve the dashboard on this machine."""
    from dashboard.web.server import serve

    serve(settings_of(data), port, address)


@app.command(epilog="Example: cx views --json")
def views(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List the pages."""
    from dashboard.views import VIEWS

    settings_of(data)
    listed = [{"name": view.NAME, "title": view.TITLE, "order": view.ORDER} for view in VIEWS.values()]
    if as_json:
        print_json(listed)
    else:
        print_table(("name", "title"), [(view["name"], view["title"]) for view in listed])


@app.command(epilog="Example: cx brief --period 2026-W10 --json")
def brief(
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="By default the last complete one.")] = None,
    grain: Annotated[str, typer.Option(metavar="GRAIN", help="day, week, month, quarter or year.")] = Grain.WEEK.value,
    fiscal: Annotated[bool, typer.Option("--fiscal", help="The last complete fiscal one.")] = False,
    where: Filter = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Tell a day, week, month, quarter or year in words: what moved, why, who was hit, what became of it."""
    from dashboard.blocks import Selection
    from dashboard.snapshots.words import document, plain
    from dashboard.views.brief import build
    from etl.metrics.ask import open_ask

    ask = open_ask(settings_of(data))
    chosen = ask.calendar.parse(period) if period else None
    selection = Selection(
        chosen.grain if chosen else grain_named(grain), chosen.key if chosen else None, where=filters(where or (), ask),
        fiscal=chosen.is_fiscal if chosen else fiscal,
    )  # fmt: skip
    page = build(ask, selection)
    if as_json:
        print_json({**document(page), "generation": ask.generation})
        return
    for line in plain(page):
        typer.echo(printable(line))


@app.command(epilog="Example: cx snapshot --view today --grain week --out data/snapshots")
def snapshot(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write into; made when missing.")],
    more_views: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    view: Annotated[list[str] | None, typer.Option(metavar="VIEW", help="A page; repeat it. All by default.")] = None,
    grain: Annotated[str, typer.Option(metavar="GRAIN", help="day, week, month, quarter or year.")] = Grain.WEEK.value,
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="By default the last complete one.")] = None,
    fiscal: Annotated[bool, typer.Option("--fiscal", help="The last complete fiscal one.")] = False,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMATS", help="Separated by commas; html by default.")
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Render pages into files."""
    from dashboard.snapshots.render import snapshot_files

    if grain not in list(Grain):
        raise unknown("grain", grain, list(Grain))
    chosen = separated([*(view or ()), *(more_views or ())])
    written = snapshot_files(
        settings_of(data), chosen, Grain(grain), period, separated(formats or ["html"]), out, fiscal=fiscal
    )
    if as_json:
        files = [{"path": str(f.path), "format": f.format, "bytes": f.bytes, "pages": f.pages} for f in written.files]
        print_json({"files": files, "generation": written.generation})
        return
    for file in written.files:
        typer.echo(file.path)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"--end {text}: not a day; expected one such as 2026-03-04.") from error


def _contacts(data: Path) -> int:
    from etl.metrics.answer import Question
    from etl.metrics.ask import open_ask

    return open_ask(settings_of(data))(Question(("contacts",))).rows[0].n


def main() -> None:
    """Run the command that the words after the program's name ask for, and leave with its exit code."""
    app(prog_name="cx")


if __name__ == "__main__":
    main()
