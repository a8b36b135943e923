"""Runs the SQL models over what a load touched, and the checks over the whole."""

import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from etl.config import Settings
from etl.engines import Connection, DuckEngine, threads_for, together
from etl.errors import CheckFailed
from etl.metrics.base import ROW_TABLES
from etl.metrics.cells import WEEK_MARTS, week_select
from etl.metrics.marts import ALWAYS, mart_select, mart_table, marts, signature
from etl.metrics.standing import Standing
from etl.storage import SINGLE
from etl.transform import scopes
from etl.transform.scopes import FILLED_BY, SCOPED

MODELS = Path(__file__).parent / "models"
CHECKS = Path(__file__).parent / "checks"
SINGLE_CONTACTS = Path(__file__).parent / "single_contacts.sql"
REPLACES = re.compile(r"^-- replaces: (\w+) of (\w+)$", re.MULTILINE)
TABLE = re.compile(r"\b(?:core|held)_(\w+)\b")
NARROWED = re.compile(r"\bscoped_\w+\b")
SEVERAL = "SELECT contact_key FROM scoped_interactions WHERE contact_key <> record_key"
SCOPED_SINGLES = f"(SELECT * FROM scoped_interactions WHERE contact_key NOT IN ({SEVERAL}))"


@dataclass(frozen=True)
class Model:
    """One SQL model: the table it fills, its SELECT, and the key and scope of the rows it replaces."""

    table: str
    select: str
    key: str
    scope: str


def models() -> list[Model]:
    """All models, each after those whose tables it reads."""
    found = {path.stem: path.read_text("utf-8") for path in sorted(MODELS.glob("*.sql"))}
    nouns = {name.split("_", 1)[1]: name for name in found}
    reads = {name: {nouns[noun] for noun in _nouns(text) if noun in nouns} - {name} for name, text in found.items()}
    ordered = []
    for name in TopologicalSorter(reads).static_order():
        header = REPLACES.search(found[name])
        if header is None:
            raise CheckFailed(f"{name}.sql: no line '-- replaces: <key> of <scope>'; add it below the first comment.")
        singles = f" UNION ALL {single_contacts(SCOPED_SINGLES)}" if name == "held_contacts" else ""
        ordered.append(Model(name, found[name] + singles, header[1], header[2]))
    return ordered


def _nouns(text: str) -> set[str]:
    """What a model reads, directly or narrowed to a scope."""
    return set(TABLE.findall(" ".join([text, *_sources_of(text)])))


def _sources_of(text: str) -> list[str]:
    """The tables that the scoped relations of a text are taken from, and those that fill their scopes."""
    found = [SCOPED[view] for view in _views(text)]
    return [*(table for table, _, _ in found), *(FILLED_BY[scope] for _, _, scope in found if scope in FILLED_BY)]


def _views(text: str) -> list[str]:
    """The scoped relations that a text reads, each after the one it is taken from."""
    direct = list(dict.fromkeys(NARROWED.findall(text)))
    under = [SCOPED[view][0] for view in direct if SCOPED[view][0] in SCOPED]
    return list(dict.fromkeys([*under, *direct]))


def single_contacts(legs: str) -> str:
    """The SELECT of contacts of one leg each, from a relation of such legs."""
    return SINGLE_CONTACTS.read_text("utf-8").replace(SINGLE, legs)


def run_models(connection: Connection, is_full: bool) -> None:
    """Rebuild the rows of the core models in scope, or all of them."""
    made: list[str] = []
    for model in models():
        if not is_full:
            scopes.before(connection, model.table)
        for view in _views(model.select):
            if view not in made:
                scopes.narrow(connection, view, is_full)
                made.append(view)
        _replace(connection, model, is_full)
        if not is_full:
            scopes.after(connection, model.table)
    for view in reversed(made):
        scopes.drop(connection, view)


def _replace(connection: Connection, model: Model, is_full: bool) -> None:
    condition = "" if is_full else f" WHERE {scopes.in_scope(connection, model.key, model.scope)}"
    if connection.execute(f"SELECT 1 FROM {model.table} LIMIT 1").fetchone():
        connection.execute(f"DELETE FROM {model.table}{condition}")
    connection.execute(f"INSERT INTO {model.table} {model.select}")


def run_checks(connection: Connection) -> list[tuple[str, bool, str]]:
    """Name, whether it holds, and what was found for each check; a check's SELECT must return no rows."""
    results = []
    for path in sorted(CHECKS.glob("*.sql")):
        text = path.read_text("utf-8")
        rows = connection.execute(text).fetchall()
        meaning = text.splitlines()[0].removeprefix("-- ")
        results.append((path.stem, not rows, meaning if not rows else f"{meaning} Found: {rows[:3]}"))
    return results


def run_marts(connection: Connection, settings: Settings, is_full: bool) -> None:
    """Refresh the marts on the days in scope, or build them anew when their declarations or settings changed."""
    made_by = signature(settings)
    held = connection.execute("SELECT value FROM core_facts WHERE name = 'marts'").fetchone()
    with together(connection):
        if is_full or held != (made_by,):
            _build_marts(connection, settings)
            connection.execute("DELETE FROM core_facts WHERE name = 'marts'")
            connection.execute("INSERT INTO core_facts VALUES ('marts', ?)", [made_by])
        else:
            _refresh_marts(connection, settings)
        connection.execute("DELETE FROM core_facts WHERE name = 'feeds'")


def _build_marts(connection: Connection, settings: Settings) -> None:
    """All marts anew; those of another version of the program go."""
    held = "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'mart_') AND NOT temporary"
    for (table,) in connection.execute(held).fetchall():
        connection.execute(f"DROP TABLE {table}")
    for mart in marts():
        connection.execute(f"CREATE TABLE {mart.name} ({mart_table(mart, settings)})")
        connection.execute(
            f"INSERT INTO {mart.name} {mart_select(mart, settings, ALWAYS)} ORDER BY split, business_day"
        )
    for name in WEEK_MARTS:
        connection.execute(f"CREATE TABLE {name} AS {week_select(name, 'core_calendar').sql}")


def _refresh_marts(connection: Connection, settings: Settings) -> None:
    """The marts on the days in scope; they are filled again only where what their facts are made of has such a day."""
    days = scopes.in_scope(connection, "business_day", "scope_days")
    each = [f"SELECT '{table}', COUNT(*) FROM {table} WHERE {days}" for table in {*ROW_TABLES.values()}]
    rows: dict[str, int] = dict(connection.execute(" UNION ALL ".join(each)).fetchall())
    with threads_for(connection, max(rows.values())):
        for mart in marts():
            connection.execute(f"DELETE FROM {mart.name} WHERE {days}")
            if rows[ROW_TABLES[mart.fact]]:
                connection.execute(f"INSERT INTO {mart.name} {mart_select(mart, settings, days)}")
        _refresh_week_marts(connection, days)


def note_feeds(connection: Connection, settings: Settings) -> None:
    """Keep which sources feed each metric; counted once here, it need not be by each who asks."""
    standing = Standing(DuckEngine(connection), settings)
    feeds = [(metric, source) for metric, found in standing.counted_feeds().items() for source in sorted(found)]
    with together(connection):
        connection.execute("DELETE FROM core_feeds")
        metrics, sources = [metric for metric, _ in feeds], [source for _, source in feeds]
        connection.execute("INSERT INTO core_feeds SELECT unnest(?), unnest(?)", [metrics, sources])
        connection.execute("INSERT INTO core_facts VALUES ('feeds', ?)", [standing.made_by])


def _refresh_week_marts(connection: Connection, days: str) -> None:
    """The histories of breakdown cells, in the weeks of some days, given as a condition."""
    starts = f"SELECT week_start FROM (SELECT day AS business_day, week_start FROM core_calendar) AS days WHERE {days}"
    whole = f"SELECT day FROM core_calendar WHERE week_start IN ({starts})"
    found = connection.execute(f"SELECT day, week_start FROM core_calendar WHERE week_start IN ({starts})").fetchall()
    weeks = scopes.among("week_start", [week for _, week in found], starts)
    within = scopes.among("business_day", [day for day, _ in found], whole)
    for name in WEEK_MARTS:
        connection.execute(f"DELETE FROM {name} WHERE {weeks}")
        connection.execute(f"INSERT INTO {name} {week_select(name, 'core_calendar', (), f' AND {within}').sql}")
