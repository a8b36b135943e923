"""Every model, view, check and mart is SQL of the subset that DuckDB and Spark both take."""

from functools import cache
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from etl.config import Settings
from etl.folders import Folders
from etl.metrics.cells import WEEK_MARTS, week_select
from etl.metrics.marts import mart_select, mart_totals, marts
from etl.transform import runner

FOLDER = Path(runner.__file__).parent
FUNCTIONS = (
    exp.And, exp.Or, exp.Case, exp.If, exp.Cast, exp.Coalesce, exp.Nullif, exp.Least, exp.Greatest, exp.Round, exp.Abs,
    exp.Count, exp.Sum, exp.Min, exp.Max, exp.RowNumber, exp.FirstValue, exp.LastValue, exp.Lag, exp.Lead, exp.Exists,
    exp.Extract,
)  # fmt: skip
TYPES = {"BIGINT", "INT", "TEXT", "VARCHAR", "DECIMAL", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}
FOREIGN = (
    exp.Qualify, exp.Interval, exp.Array, exp.Struct, exp.Bracket, exp.Lambda, exp.Unnest, exp.Lateral, exp.RegexpLike,
    exp.IntDiv, exp.Glob, exp.ILike, exp.TryCast, exp.Pivot,
)  # fmt: skip


@cache
def statements() -> dict[str, str]:
    """Each SELECT that builds a generation, by what it fills or where it stands."""
    settings = Settings(Folders(Path()))
    days = "business_day IN (SELECT business_day FROM scope_days)"
    files = sorted([*FOLDER.glob("*.sql"), *FOLDER.glob("*/*.sql")])
    found = {str(path.relative_to(FOLDER)): path.read_text("utf-8") for path in files}
    found |= {mart: week_select(mart, "core_calendar", (), f" AND {days}").sql for mart in WEEK_MARTS}
    for mart in marts():
        found |= {mart.name: mart_select(mart, settings, days), f"{mart.name} whole": mart_totals(mart, settings)}
    return found


def parsed(text: str, dialect: str) -> exp.Query:
    tree = sqlglot.parse_one(text, read=dialect)
    assert isinstance(tree, exp.Query)
    return tree


def stars(tree: exp.Query) -> list[str]:
    """The `*` that hide what is selected: all outermost ones, and within only those of no table or with changes."""
    found = [star for star in tree.find_all(exp.Star) if not isinstance(star.parent, exp.Count)]
    outermost = {id(star) for select in tree.selects for star in select.find_all(exp.Star)}
    return [
        star.sql("duckdb")
        for star in found
        if id(star) in outermost and not isinstance(star.parent, exp.Count)
        or not isinstance(star.parent, exp.Column)
        or any(star.args.values())
    ]  # fmt: skip


def foreign(tree: exp.Query) -> list[str]:
    """What is not in the subset."""
    found = [node for node in tree.find_all(exp.Func) if not isinstance(node, FUNCTIONS)]
    found += [node for node in tree.find_all(exp.Extract) if node.name.upper() != "EPOCH"]
    found += [node for node in tree.find_all(exp.Cast) if node.to.this.value not in TYPES]
    return [node.sql("duckdb") for node in (*found, *tree.find_all(*FOREIGN))]


def test_there_are_models_views_checks_and_marts() -> None:
    names = " ".join(statements())
    assert all(part in names for part in ("models/", "views/", "checks/", "mart_day_", "mart_week_", "single_contacts"))


@pytest.mark.parametrize("name", statements())
def test_portable(name: str) -> None:
    text = statements()[name]
    tree = parsed(text, "duckdb")
    assert (foreign(tree), stars(tree)) == ([], [])
    parsed(text, "spark")
    (spark,) = sqlglot.transpile(text, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    again = parsed(spark, "spark")
    assert len(again.selects) == len(tree.selects)
    assert again.sql("spark") == spark


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM core_contacts",
        "SELECT contact.* FROM core_contacts AS contact",
        "SELECT a FROM (SELECT * FROM core_contacts)",
        "SELECT a FROM (SELECT contact.* EXCLUDE (b) FROM core_contacts AS contact)",
        "SELECT a FROM b QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1",
        "SELECT day + INTERVAL 7 DAY FROM core_calendar",
        "SELECT date_trunc('week', day) FROM core_calendar",
        "SELECT EXTRACT(WEEK FROM day) FROM core_calendar",
        "SELECT list(a) FROM b",
        "SELECT [a, b] FROM c",
        "SELECT {'a': b} FROM c",
        "SELECT regexp_matches(a, 'b') FROM c",
        "SELECT CAST(a AS HUGEINT) FROM b",
        "SELECT a // b FROM c",
        "SELECT median(a) FROM b",
    ],
)
def test_what_is_outside_the_subset_is_found(text: str) -> None:
    tree = parsed(text, "duckdb")
    assert foreign(tree) + stars(tree) != []
