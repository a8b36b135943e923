"""`cx learn`: teaches a model of words from a table of labelled texts."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder
from etl.cli.output import print_facts, print_json, working
from etl.errors import UserError, unknown

if TYPE_CHECKING:
    import pyarrow as pa


def learn(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: CSV, TSV, XLSX, JSON lines or Parquet.")],
    text: Annotated[str, typer.Option("--text", metavar="COL", help="The column that holds the texts.")],
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
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Teach a model of words from labelled texts.

    Rows without a text or a label teach nothing. What is printed of its quality was measured on texts held out.
    """
    from etl.cli.cells import read_cells
    from etl.enrich.text_model.labels import labels_of
    from etl.enrich.text_model.model import OWN_MODEL, write_model
    from etl.enrich.text_model.teaching import teach

    model = model or data / OWN_MODEL
    if not model.parent.is_dir() or model.is_dir():
        raise UserError(f"{model}: is no place for a model; name a file in a folder that exists.")
    with working("learning …"):
        table = read_cells(file)
        columns = {"text": text, "cause": cause, "sentiment": sentiment, "rating": rating}
        for name in filter(None, columns.values()):
            if name not in table.column_names:
                raise unknown("column", name, table.column_names, str(file))
        labels = labels_of({key: _column(table, name) for key, name in columns.items() if name}, file)
        learned = teach(table[text], labels, taught_by=f"{file.name}: {', '.join(filter(None, columns.values()))}")
        write_model(learned.model, model)
    classes = {head.name: head.classes for head in learned.model.heads}
    quality = {name: asdict(found) for name, found in learned.quality.items()}
    if as_json:
        print_json({"rows": table.num_rows, "classes": classes, "cross_validated": quality, "model": str(model)})
    else:
        print_facts([("rows", table.num_rows), *_facts(classes, quality), ("model", model)])


def _column(table: "pa.Table", name: str) -> list[str | None]:
    found: list[str | None] = table[name].to_pylist()
    return found


def _facts(classes: dict[str, tuple[str, ...]], quality: dict[str, dict[str, float]]) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    for name, labels in classes.items():
        told.append((f"{name} classes", ", ".join(labels)))
        told += [(f"{name} {key.replace('_', ' ')}", round(value, 3)) for key, value in quality[name].items()]
    return told
