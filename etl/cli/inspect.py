"""`cx inspect`: what a file is and what a load would do with it."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, print_table, say
from etl.vocabulary import LoadStatus

if TYPE_CHECKING:
    from etl.inspection import Inspection


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to look at.")],
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Tell what a file is and what a load would do.

    Nothing is changed. Exits with 1 if a load would refuse the file or quarantine it whole.
    """
    from etl import inspection

    found = inspection.inspect(file, settings_of(data))
    if as_json:
        print_json(asdict(found))
    else:
        _print(found)
    if found.reason:
        say(f"{found.path}: {found.reason}")
    if found.status in (LoadStatus.REFUSED, LoadStatus.QUARANTINED):
        raise typer.Exit(1)


def _print(found: "Inspection") -> None:
    facts = (
        ("file", found.path),
        ("source", found.source or "not recognised"),
        ("a load would say", found.status),
        ("note", found.note),
        ("closest others", ", ".join(f"{other['source']} {other['share']:.0%}" for other in found.alternatives)),
        ("encoding", found.encoding),
        ("records", found.read),
        ("quarantined", found.quarantined),
        ("known, unused", ", ".join(found.ignored)),
        ("unknown columns", ", ".join(found.unknown)),
    )
    print_facts([fact for fact in facts if fact[1] not in (None, "")])
    if found.source:
        print_table(("column", "field"), [(column["file"], column["field"]) for column in found.columns])
    if found.problems:
        columns = ("line", "column", "found", "reason")
        print_table(columns, [[getattr(problem, name) for name in columns] for problem in found.problems])
    for place, row in enumerate(found.sample, 1):
        print_facts(
            [(f"row {place}", ", ".join(f"{name} {value}" for name, value in row.items() if value is not None))]
        )
