"""`cx annotations` and `cx annotate`: what happened that may explain a number."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.ask import Filter
from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_json, print_table, say

if TYPE_CHECKING:
    from etl.annotations import Annotation

SHOWN = ("key", "start", "end", "kind", "title", "where", "author")


def annotations(as_json: AsJson = False, data: DataFolder = DEFAULT_DATA) -> None:
    """List what happened: the lines of annotations.csv and what was kept in the app."""
    from etl.annotations import read_annotations

    folders = settings_of(data).folders
    folders.require()
    rows = [_record(each) for each in read_annotations(folders)]
    if as_json:
        print_json({"rows": rows})
        return
    print_table(SHOWN, [[row[name] for name in SHOWN] for row in rows])


def annotate(
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="What happened, in a few words.")] = None,
    kind: Annotated[str, typer.Option(metavar="KIND", help="release, outage, campaign, price change…")] = "other",
    start: Annotated[str, typer.Option("--from", metavar="DAY", help="Its first day.")] = "",
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="Its last day; the first by default.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="A remark.")] = "",
    where: Filter = None,
    withdraw: Annotated[str | None, typer.Option(metavar="KEY", help="Take one back instead.")] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Keep what happened, for everybody's charts, or take it back."""
    from etl import annotations as store

    folders = settings_of(data).folders
    if withdraw is not None:
        store.withdraw(folders, withdraw, getuser())
        kept: dict[str, Any] = {"key": withdraw, "withdrawn": True}
    else:
        texts = {"title": title or "", "kind": kind, "start": start, "end": end, "note": note}
        kept = _record(store.annotate(folders, {**texts, "where": "; ".join(where or ())}, getuser()))
    if as_json:
        print_json(kept)
    else:
        say(f"Taken back: {withdraw}." if withdraw else f"Kept as {kept['key']}.")


def _record(annotation: "Annotation") -> dict[str, Any]:
    where = "; ".join(f"{name.value}={value}" for name, values in annotation.where.items() for value in values)
    return {
        "key": annotation.key,
        "start": annotation.start,
        "end": annotation.end,
        "kind": annotation.kind.value,
        "title": annotation.title,
        "note": annotation.note,
        "where": where,
        "author": annotation.author,
        "version": annotation.version,
    }
