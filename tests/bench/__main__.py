"""`python -m tests.bench load` prints how a load compares with a bare load of the same file."""

from typing import Annotated

import typer

from tests.bench import load

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


if __name__ == "__main__":
    app()
