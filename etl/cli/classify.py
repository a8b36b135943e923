"""`cx classify`: tells cause and sentiment of each text of a table, with the words that made them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder
from etl.cli.output import print_facts, print_json, say, working
from etl.errors import UserError, unknown

if TYPE_CHECKING:
    import pyarrow as pa

ADDED = ("cause", "cause_score", "sentiment", "score", "language", "why")


def classify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: CSV, TSV, XLSX, JSON lines or Parquet.")],
    text: Annotated[str, typer.Option("--text", metavar="COL", help="The column that holds the texts.")],
    out: Annotated[Path, typer.Option("--out", metavar="F.csv", help="Where the table is written.")],
    taxonomy: Annotated[
        Path | None, typer.Option("--taxonomy", metavar="F", help="Causes and phrases, on top of the shipped ones.")
    ] = None,
    model: Annotated[Path | None, typer.Option("--model", metavar="M", help="A model that cx learn wrote.")] = None,
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Tell cause and sentiment of texts.

    Adds cause, cause_score, sentiment, score, language and why; a column of the file of such a name becomes
    NAME_given. A model tells what it was taught, the taxonomy and the shipped model of sentiment the rest; without
    the options, model.parquet, taxonomy.toml and the added phrases of the data folder count, if they are there.
    cause_score is how often such a label is right, once 1,000 labels taught it; score is 0 for the most positive text,
    1 for the most negative.
    """
    from etl.cli.cells import read_cells, write_cells
    from etl.enrich.causes.kept import taxonomy_of
    from etl.enrich.causes.read import read_taxonomy
    from etl.enrich.classify import classified
    from etl.enrich.language import UNKNOWN
    from etl.enrich.text_model.model import OWN_MODEL, read_model
    from etl.folders import Folders

    if not out.parent.is_dir() or out.is_dir() or (out.exists() and file.exists() and out.samefile(file)):
        raise UserError(f"{out}: is the table itself or no place for one; name another file in a folder that exists.")
    model = model or _if_there(data / OWN_MODEL)
    own = read_model(model) if model else None
    rules = read_taxonomy(taxonomy) if taxonomy else taxonomy_of(Folders(data))
    with working("classifying …"):
        table = read_cells(file)
        if text not in table.column_names:
            raise unknown("column", text, table.column_names, str(file))
        found = classified(table[text], rules, own)
        write_cells(_beside(table, found), out)
    count = found["sentiment"].to_pylist().count(UNKNOWN)
    if count:
        say(f"{count} of {table.num_rows} texts ({count / table.num_rows:.1%}) are in a language that is not covered.")
    if as_json:
        print_json({"path": str(out), "column": text, "rows": table.num_rows, "unknown": count})
    else:
        print_facts([("rows", table.num_rows), ("in no covered language", count)])


def _if_there(path: Path) -> Path | None:
    return path if path.exists() else None


def _beside(table: "pa.Table", found: "pa.Table") -> "pa.Table":
    import pyarrow as pa

    names = [f"{name}_given" if name in ADDED else name for name in table.column_names]
    return pa.table([*table.columns, *(found[name] for name in ADDED)], names=[*names, *ADDED])
