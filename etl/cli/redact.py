"""`cx redact`: masks personal data in one column of any table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli.options import DEFAULT_DATA, AsJson, DataFolder
from etl.cli.output import print_facts, print_json, working
from etl.errors import UserError, unknown
from etl.folders import Folders

if TYPE_CHECKING:
    import pyarrow as pa

MASKS = ("EMAIL", "IBAN", "CARD", "PHONE", "NAME", "ID")


def redact(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: CSV, TSV, XLSX, JSON lines or Parquet.")],
    text: Annotated[str, typer.Option("--text", metavar="COL", help="The column that holds the texts.")],
    out: Annotated[Path, typer.Option("--out", metavar="F.csv", help="Where the masked table is written.")],
    as_json: AsJson = False,
    data: DataFolder = DEFAULT_DATA,
) -> None:
    """Mask personal data in texts.

    E-mail addresses, telephone numbers, payment cards and IBANs, and the names and ids in the data folder's
    customers.csv. The other columns stay as they are. Exits with 1 if the file cannot be read.
    """
    from etl.cli.cells import read_cells, write_cells

    _require_place(file, out)
    with working("masking …"):
        table = read_cells(file)
        if text not in table.column_names:
            raise unknown("column", text, table.column_names, str(file))
        masked, counts = _masked(table[text], Folders(data.absolute()))
        write_cells(table.set_column(table.column_names.index(text), text, masked), out)
    if as_json:
        print_json({"path": str(out), "column": text, "rows": table.num_rows, "masked": counts})
    else:
        print_facts([("rows", table.num_rows), *((f"masked {mask}", count) for mask, count in counts.items() if count)])


def _require_place(file: Path, out: Path) -> None:
    if not out.parent.is_dir():
        raise UserError(f"{out}: the folder {out.parent} does not exist. Make it or name another place.")
    if out.is_dir() or (out.exists() and out.samefile(file)):
        raise UserError(f"{out}: is the table itself or a folder; expected the name of another file.")


def _masked(texts: "pa.ChunkedArray", folders: Folders) -> "tuple[pa.Array, dict[str, int]]":
    """The masked texts, and how often each mask was set."""
    import pyarrow.compute as pc

    from etl.enrich.known import known_customers
    from etl.enrich.redact import redactor

    masked = redactor(known_customers(folders))(texts)

    def occurrences(column: "pa.ChunkedArray | pa.Array", mask: str) -> int:
        return int(pc.sum(pc.count_substring(column, f"[{mask}]")).as_py() or 0)

    return masked, {mask: occurrences(masked, mask) - occurrences(texts, mask) for mask in MASKS}
