"""`cx taxonomy`: the causes that words tell, phrases added to them, and what a changed file would move."""

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say
from etl.errors import UserError

if TYPE_CHECKING:
    from etl.enrich.causes.taxonomy import Taxonomy
    from etl.folders import Folders

COLUMNS = ("theme", "cause", "touchpoint", "owner", "chapter", "phrases")


def taxonomy(
    add: Annotated[str | None, typer.Option("--add", metavar="PHRASE", help="Add a phrase to --cause.")] = None,
    cause: Annotated[str, typer.Option("--cause", metavar="CAUSE", help="The cause that it tells.")] = "",
    theme: Annotated[str, typer.Option("--theme", metavar="THEME", help="The group of a new cause.")] = "",
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="The phrase's language.")] = "en",
    weight: Annotated[int, typer.Option("--weight", metavar="N", help="How much it tells: 1 to 9.")] = 4,
    drop: Annotated[str | None, typer.Option("--drop", metavar="KEY", help="Take an added phrase back.")] = None,
    diff: Annotated[
        Path | None, typer.Option("--diff", metavar="F.toml", help="Say what moves if this were data/taxonomy.toml.")
    ] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """List the causes that words tell, add a phrase, or say what a changed taxonomy moves.

    An added phrase is kept with its author beside taxonomy.toml and holds from the next load on.
    """
    from etl.enrich.causes import kept

    folders = settings_of(data).folders
    if diff is not None:
        _print_moves(folders, kept.taxonomy_of(folders, diff), as_json)
    elif add is not None:
        if not cause:
            raise UserError("--add: needs --cause, the cause that the phrase tells.")
        key = kept.keep_phrase(folders, add, cause, getuser(), theme=theme, language=language, weight=weight)
        print_json({"key": key}) if as_json else say(f"Kept as {key}; it holds from the next load on.")
    elif drop is not None:
        kept.drop_phrase(folders, drop, getuser())
        print_json({"key": drop}) if as_json else say(f"Taken back: {drop}.")
    else:
        _print_causes(kept.taxonomy_of(folders), folders, as_json)


def _print_causes(found: "Taxonomy", folders: "Folders", as_json: bool) -> None:
    from etl.actions import Actions
    from etl.enrich.causes.kept import KIND

    rows = [
        {
            "theme": each.theme, "cause": each.name, "touchpoint": each.touchpoint, "owner": each.owner,
            "chapter": each.chapter, "phrases": sum(len(phrases) for phrases in each.phrases.values()),
        }
        for each in found.causes
    ]  # fmt: skip
    added = [
        {"key": edit.key, "author": edit.author, **(edit.content or {})} for edit in Actions(folders).current(KIND)
    ]
    if as_json:
        print_json({"version": found.version, "languages": found.languages, "causes": rows, "added": added})
    else:
        print_table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


def _print_moves(folders: "Folders", changed: "Taxonomy", as_json: bool) -> None:
    from etl.cli.moves import moves, print_moves
    from etl.enrich.causes.learned import learned_causes
    from etl.references import read_map

    places = [(line.cause, line.touchpoint) for line in read_map(folders)]
    found = moves(folders, changed, learned_causes(folders.root, changed, places))
    print_json({"moves": found}) if as_json else print_moves(found)
