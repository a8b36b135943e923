"""`cx learn`: teaches a model of words from a table of labelled texts, or causes from what is loaded."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder, settings_of
from etl.cli.output import print_facts, print_json, working
from etl.errors import UserError, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from etl.enrich.text_model.learning import Learned as LearnedModel
    from etl.folders import Folders


def learn(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="A table: CSV, TSV, XLSX, JSON lines or Parquet; default what is loaded."
        ),
    ] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="COL", help="The column that holds the texts.")] = None,
    cause: Annotated[str | None, typer.Option("--cause", metavar="COL", help="Causes, as people coded them.")] = None,
    sentiment: Annotated[
        str | None, typer.Option("--sentiment", metavar="COL", help="negative, neutral or positive.")
    ] = None,
    rating: Annotated[
        str | None, typer.Option("--rating", metavar="COL", help="Stars of 1 to 5, or answers of 0 to 10.")
    ] = None,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="M", help="Where it is written; default the data folder's own.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Without FILE: say what would move, and write nothing.")
    ] = False,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Teach a model of words from labelled texts; without FILE, causes from the texts whose records name one.

    Rows without a text or a label teach nothing. What is printed of its quality was measured on texts held out. A load
    asks the own model for the cause of a text of which no phrase tells one.
    """
    if file is None:
        if dry_run and model or text or cause or sentiment or rating:
            raise UserError(
                "learn: names no file; expected one before --text and columns of labels, without --dry-run."
            )
        _learn_loaded(settings_of(data).folders, model, dry_run, as_json)
        return
    if text is None or dry_run:
        raise UserError(f"{file}: needs --text, the column that holds the texts, and takes no --dry-run.")
    from etl.enrich.text_model.model import OWN_MODEL

    columns = {"text": text, "cause": cause, "sentiment": sentiment, "rating": rating}
    _learn_file(file, {key: name for key, name in columns.items() if name}, _place(model or data / OWN_MODEL), as_json)


def _learn_file(file: Path, columns: "Mapping[str, str]", model: Path, as_json: bool) -> None:
    from etl.cli.cells import read_cells
    from etl.enrich.text_model.labels import labels_of
    from etl.enrich.text_model.model import write_model
    from etl.enrich.text_model.teaching import teach

    with working("learning …"):
        table = read_cells(file)
        for name in columns.values():
            if name not in table.column_names:
                raise unknown("column", name, table.column_names, str(file))
        labels = labels_of({key: _column(table, name) for key, name in columns.items()}, file)
        learned = teach(table[columns["text"]], labels, taught_by=f"{file.name}: {', '.join(columns.values())}")
        write_model(learned.model, model)
    record = {"rows": table.num_rows, **_record(learned), "model": str(model)}
    print_json(record) if as_json else print_facts([("rows", table.num_rows), *_facts(learned), ("model", model)])


def _learn_loaded(folders: "Folders", model: Path | None, dry_run: bool, as_json: bool) -> None:
    from etl.cli.moves import moves, print_moves, published_of
    from etl.enrich.causes.kept import taxonomy_of
    from etl.enrich.causes.learned import Learned, touchpoints_of
    from etl.enrich.text_model.labels import labels_of
    from etl.enrich.text_model.model import OWN_CAUSES, write_model
    from etl.enrich.text_model.teaching import teach
    from etl.load.lessons import lessons
    from etl.references import read_map

    path = _place(model or folders.root / OWN_CAUSES)
    with working("learning …"):
        with published_of(folders) as connection:
            table = lessons(connection)
        columns = {name: _column(table, name) for name in table.column_names}
        learned = teach(table["text"], labels_of(columns, folders.warehouse), "recorded causes of what is loaded")
        taxonomy = taxonomy_of(folders)
        places = touchpoints_of(taxonomy, [(line.cause, line.touchpoint) for line in read_map(folders)])
        found = moves(folders, taxonomy, Learned(learned.model, places))
        if not dry_run:
            write_model(learned.model, path)
    written = None if dry_run else str(path)
    if as_json:
        print_json({"rows": table.num_rows, **_record(learned), "model": written, "moves": found})
        return
    print_facts([("rows", table.num_rows), *_facts(learned), ("model", written or "not written")])
    print_moves(found)


def _place(model: Path) -> Path:
    if not model.parent.is_dir() or model.is_dir():
        raise UserError(f"{model}: is no place for a model; name a file in a folder that exists.")
    return model


def _record(learned: "LearnedModel") -> dict[str, Any]:
    classes = {head.name: head.classes for head in learned.model.heads}
    return {"classes": classes, "cross_validated": {name: asdict(found) for name, found in learned.quality.items()}}


def _column(table: "pa.Table", name: str) -> list[str | None]:
    found: list[str | None] = table[name].to_pylist()
    return found


def _facts(learned: "LearnedModel") -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    for head in learned.model.heads:
        told.append((f"{head.name} classes", ", ".join(head.classes)))
        quality = asdict(learned.quality[head.name])
        told += [(f"{head.name} {key.replace('_', ' ')}", round(value, 3)) for key, value in quality.items()]
    return told
