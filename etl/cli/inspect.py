"""`cx inspect`: what a file is and what a load would do with it."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, print_table, say, working
from etl.config import Settings
from etl.errors import UserError
from etl.vocabulary import LoadStatus

if TYPE_CHECKING:
    from etl.inspection import Inspection
    from etl.proposal.propose import Proposal


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to look at.")],
    propose: Annotated[
        Path | None,
        typer.Option("--propose", metavar="F.toml", help="Write a mapping file for it, with open questions."),
    ] = None,
    is_forced: Annotated[bool, typer.Option("--force", help="Overwrite that mapping file.")] = False,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Tell what a file is and what a load would do.

    Nothing is changed but the proposed mapping. Exits with 1 if a load would refuse the file or quarantine it whole,
    unless a mapping is proposed for it.
    """
    from etl import inspection

    settings = settings_of(data)
    if propose:
        _require_free(propose, is_forced)
    found = inspection.inspect(file, settings)
    proposal = _proposed(file, settings, propose) if propose else None
    if as_json:
        print_json({**asdict(found), **_told(propose, proposal)})
    else:
        _print(found)
    if found.reason:
        say(f"{found.path}: {found.reason}")
    if propose and proposal:
        _tell(propose, proposal)
    elif found.status in (LoadStatus.REFUSED, LoadStatus.QUARANTINED):
        raise typer.Exit(1)


def _require_free(path: Path, is_forced: bool) -> None:
    """Raise UserError before any work where the mapping file could not be written, or would be overwritten."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise UserError(f"{path}: cannot be written there; expected a file name in a folder that exists.")
    if path.exists() and not is_forced:
        raise UserError(f"{path}: exists already. Name another file, or overwrite it with --force.")


def _proposed(file: Path, settings: Settings, path: Path) -> "Proposal":
    from etl.proposal.propose import propose

    with working("looking …"):
        proposal = propose(file, settings)
    try:
        path.write_text(proposal.text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{path}: cannot be written ({error.strerror}).") from error
    return proposal


def _told(path: Path | None, proposal: "Proposal | None") -> dict[str, object]:
    """What the JSON document says of a proposal, where there is one."""
    if proposal is None:
        return {}
    return {"proposed": str(path), "undecided": [asdict(question) for question in proposal.opened]}


def _tell(path: Path, proposal: "Proposal") -> None:
    say(f"{path}: written. {proposal.trial}")
    for question in proposal.opened:
        say(f"  undecided {question.field}: {question.question}")


def _print(found: "Inspection") -> None:
    facts = (
        ("file", found.path),
        ("source", found.source or "not recognised"),
        ("a load would say", found.status),
        ("note", found.note),
        ("closest others", ", ".join(f"{other['source']} {other['share']:.0%}" for other in found.alternatives)),
        ("encoding", found.encoding),
        ("zone", f"{found.zone}, assumed: no time states one" if found.zone_assumed else found.zone),
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
