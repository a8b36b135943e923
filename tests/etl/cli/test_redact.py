"""`cx redact`: one column masked, the rest as it was, in each kind of table."""

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from tests.etl.cli.calls import cx

ROWS = (
    {"id": "1", "text": "mail me at jo@example.com", "note": "=1+1"},
    {"id": "2", "text": "call 0171 2345678, Jane Smith", "note": "-12.5"},
    {"id": "003", "text": 'nothing here; naïve, "quoted"\nand broken', "note": "jo@example.com"},
    {"id": "4", "text": "", "note": "+49 171 2345678"},
)
MASKED = [
    {"id": "1", "text": "mail me at [EMAIL]", "note": "'=1+1"},
    {"id": "2", "text": "call [PHONE], Jane Smith", "note": "-12.5"},
    {"id": "003", "text": 'nothing here; naïve, "quoted"\nand broken', "note": "jo@example.com"},
    {"id": "4", "text": "", "note": "+49 171 2345678"},
]


def written(folder: Path, kind: str) -> Path:
    """The rows as a table of one kind."""
    path = folder / f"table.{kind}"
    if kind in ("csv", "tsv", "csv.gz"):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(ROWS[0]), delimiter="\t" if kind == "tsv" else ";")
            writer.writeheader()
            writer.writerows(ROWS)
        if kind == "csv.gz":
            path.write_bytes(gzip.compress(path.read_bytes()))
    elif kind == "ndjson":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
    elif kind == "json":
        path.write_text(json.dumps(ROWS), encoding="utf-8")
    else:
        pyarrow.parquet.write_table(pa.Table.from_pylist(list(ROWS)), path)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a masked table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("kind", ["csv", "tsv", "csv.gz", "ndjson", "json", "parquet"])
def test_one_column_is_masked_and_formulas_are_quoted(data: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out.csv"
    outcome = cx(data, "redact", written(tmp_path, kind), "--text", "text", "--out", out, "--json")
    assert outcome.code == 0, outcome.told
    masked = {"EMAIL": 1, "IBAN": 0, "CARD": 0, "PHONE": 1, "NAME": 0, "ID": 0}
    assert outcome.document == {"path": str(out), "column": "text", "rows": 4, "masked": masked}
    assert rows_of(out) == MASKED


def test_names_of_the_customers_table_are_masked(data: Path, tmp_path: Path) -> None:
    (data / "customers.csv").write_text("customer_id,kind,value\nC-1,name,Jane Smith\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    outcome = cx(data, "redact", written(tmp_path, "csv"), "--text", "text", "--out", out)
    assert outcome.out.splitlines() == ["rows: 4", "masked EMAIL: 1", "masked PHONE: 1", "masked NAME: 1"]
    assert rows_of(out)[1]["text"] == "call [PHONE], [NAME]"


def test_an_unknown_column_names_the_nearest(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    outcome = cx(data, "redact", written(tmp_path, "csv"), "--text", "texts", "--out", out)
    assert outcome.code == 2
    assert "did you mean text?" in outcome.told
    assert not out.exists()


@pytest.mark.parametrize("out", ["missing/out.csv", "table.csv", "."])
def test_a_place_that_is_none_is_refused(data: Path, tmp_path: Path, out: str) -> None:
    path = written(tmp_path, "csv")
    before = path.read_bytes()
    assert cx(data, "redact", path, "--text", "text", "--out", tmp_path / out).code == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "code"), [(None, 2), ("", 1), ("id,text\n1,a\n2\n", 1), ('{"text": "a"}\n{"text": \n', 1)]
)
def test_what_is_no_table_is_told(data: Path, tmp_path: Path, content: str | None, code: int) -> None:
    path = tmp_path / "broken.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    outcome = cx(data, "redact", path, "--text", "text", "--out", tmp_path / "out.csv")
    assert outcome.code == code
    assert outcome.told.startswith(str(path))
    assert len(outcome.told.splitlines()) == 1
