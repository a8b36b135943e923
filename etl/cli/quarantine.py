"""`cx quarantine`: the records that were put aside, and a file of them to mend and load again."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say
from etl.errors import UserError

if TYPE_CHECKING:
    from etl.mending import PutAside


def quarantine(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="A loaded file's name, or the beginning of its hash.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write its quarantined records to this new file.")] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List what was put aside, or write one load's records into a file to mend.

    Mend the cells in any editor, then load that file: cx load FILE.
    """
    from etl import mending

    settings = settings_of(data)
    if file is None and out is None:
        _list(mending.put_aside(settings), as_json)
        return
    if file is None or out is None:
        raise UserError(
            "name both a loaded file and --out, or neither. Example: cx quarantine calls.csv --out mend.csv"
        )
    if out.exists():
        raise UserError(f"{out}: exists already; expected a new file. Name another one.")
    exported = mending.export(settings, file, out)
    if as_json:
        print_json(asdict(exported))
    say(f"{exported.path}: {exported.records} records, {exported.broken_lines} of them broken lines at the end.")
    say(f"Mend them, then: cx load {exported.path}")


def _list(loads: "Sequence[PutAside]", as_json: bool) -> None:
    if as_json:
        print_json({"loads": [asdict(load) for load in loads]})
    else:
        columns = ("file", "source", "quarantined", "path")
        print_table(columns, [[getattr(load, column) for column in columns] for load in loads])
