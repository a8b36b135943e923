"""`python -m tests.bench load` and `delta` print what loading costs against a bare load, and as the history grows."""

from typing import Annotated

import typer

from tests.bench import delta, load

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def bench() -> None:
    """Benchmarks print ratios; nothing passes or fails here."""


@app.command("load")
def load_command(
    rows: Annotated[int, typer.Option(help="Rows of each file.")] = 1_000_000,
    repeats: Annotated[int, typer.Option(help="Runs; medians are printed.")] = 3,
) -> None:
    """Loading call-center and twcs files against a bare typed CREATE TABLE AS of the same file."""
    for result in load.measure(rows, repeats):
        typer.echo(result.line())


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


if __name__ == "__main__":
    app()
