"""`cx localise`: the few segments of any table of cell counts that explain a change."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder
from etl.cli.output import print_json, print_table, rounded, say
from etl.errors import UserError, unknown
from etl.sources.texts import quoted

if TYPE_CHECKING:
    from etl.analysis.localise.table import Cells

SHOWN = ("where", "before", "after", "contribution", "evidence")


def localise(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table with one row a cell: CSV or Parquet.")],
    dimensions: Annotated[str, typer.Option(metavar="A,B,C", help="The columns that name a cell.")],
    before: Annotated[str, typer.Option(metavar="BAD,TOTAL", help="The columns counted before.")],
    after: Annotated[str, typer.Option(metavar="BAD,TOTAL", help="The columns counted after.")],
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,  # noqa: ARG001 (each command takes it)
) -> None:
    """Name the few segments that explain a change, best first, only those that evidence stands behind."""
    from etl.analysis.localise.explain import explain

    rows: list[dict[str, Any]] = [vars(each) for each in explain(_cells(file, dimensions, before, after))]
    if as_json:
        print_json({"segments": rows})
        return
    if not rows:
        say("No segment stands out: the change is spread over all, or may be chance.")
        return
    shown = [{**row, "where": " and ".join(f"{name}={value}" for name, value in row["where"].items())} for row in rows]
    print_table(SHOWN, [[rounded(row[name]) for name in SHOWN] for row in shown])


def _cells(file: Path, dimensions: str, before: str, after: str) -> "Cells":
    """The file's cells; a UserError for what is no such table."""
    from etl.analysis.localise.table import cells
    from etl.engines import EngineError, scratch
    from etl.reading.stage import exact

    if not file.is_file():
        raise UserError(f"{file}: no such file; expected a CSV or Parquet table.")
    names = _columns(dimensions)
    counts = [*_pair(before, "--before"), *_pair(after, "--after")]
    with scratch() as connection:
        try:
            is_parquet = file.suffix.lower() == ".parquet"
            place = exact(file)
            table = (
                connection.read_parquet(place, hive_partitioning=False)
                if is_parquet
                else connection.read_csv(place, all_varchar=True, hive_partitioning=False)
            )
            for name in (*names, *counts):
                if name not in table.columns:
                    raise unknown("column", name, table.columns, str(file))
            texts = [f"COALESCE(CAST({quoted(name)} AS VARCHAR), '(unknown)')" for name in names]
            numbers = [f"COALESCE(TRY_CAST({quoted(name)} AS DOUBLE), 'nan')" for name in counts]
            rows = table.project(", ".join([*texts, *numbers])).fetchall()
        except EngineError as error:
            raise UserError(f"{file}: can't be read as a table ({str(error).splitlines()[0]}).") from error
    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(names) + len(counts))
    if not rows:
        raise UserError(f"{file}: holds no row; expected one a cell.")
    return cells(dict(zip(names, columns[: len(names)], strict=True)), columns[len(names) :])


def _columns(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _pair(text: str, option: str) -> list[str]:
    names = _columns(text)
    if len(names) != 2:
        raise UserError(f"{option} {text}: expected two columns as BAD,TOTAL.")
    return names
