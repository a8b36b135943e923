"""Runs the SQL models over what a load touched, and the checks over the whole."""

import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from etl.config import Settings
from etl.engines import Connection
from etl.errors import CheckFailed
from etl.metrics.marts import Mart, bins_of_day, mart_of_day, marts, signature, sums_of_day
from etl.storage import SINGLE, STORED, THREADED

MODELS = Path(__file__).parent / "models"
CHECKS = Path(__file__).parent / "checks"
SINGLE_CONTACTS = Path(__file__).parent / "single_contacts.sql"
OWN_SCORES = Path(__file__).parent / "own_scores.sql"
REPLACES = re.compile(r"^-- replaces: (\w+) of (\w+)$", re.MULTILINE)
TABLE = re.compile(r"\b(?:core|scoped|held)_(\w+)\b")
SCOPED = {
    "scoped_interactions": (THREADED, "contact_key", "scope_contacts"),
    "scoped_responses": ("core_responses", "record_key", "scope_responses"),
    "scoped_contacts": ("core_contacts", "customer_id", "scope_customers"),
}
SEVERAL = "SELECT contact_key FROM scoped_interactions WHERE contact_key <> record_key"
SCOPED_SINGLES = f"(SELECT * FROM scoped_interactions WHERE contact_key NOT IN ({SEVERAL}))"
SUMMED = "summed"
SCOPES = {
    "scope_contacts": "contact_key BIGINT",
    "scope_responses": "record_key BIGINT",
    "scope_customers": "customer_id VARCHAR",
    "scope_days": "business_day DATE",
}


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
    reads = {
        name: {nouns[noun] for noun in TABLE.findall(text) if noun in nouns} - {name} for name, text in found.items()
    }
    ordered = []
    for name in TopologicalSorter(reads).static_order():
        header = REPLACES.search(found[name])
        if header is None:
            raise CheckFailed(f"{name}.sql: no line '-- replaces: <key> of <scope>'; add it below the first comment.")
        singles = f" UNION ALL {single_contacts(SCOPED_SINGLES)}" if name == "held_contacts" else ""
        ordered.append(Model(name, found[name] + singles, header[1], header[2]))
    return ordered


def single_contacts(legs: str) -> str:
    """The SELECT of contacts of one leg each, from a relation of such legs."""
    return SINGLE_CONTACTS.read_text("utf-8").replace(SINGLE, legs)


def open_scopes(connection: Connection) -> None:
    """Make the empty temporary tables that collect what a run touches."""
    for scope, column in SCOPES.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {scope} ({column})")


def touch(connection: Connection, select: str, scope: str) -> None:
    """Add the values of a one-column SELECT to a scope."""
    connection.execute(f"INSERT INTO {scope} {select}")


def touch_landed(connection: Connection) -> None:
    """Bring what the typed records of the last file touched into scope; the rows they replaced are in already."""
    landed = "(SELECT record_key FROM typed WHERE rowid NOT IN (SELECT row FROM dismissed))"
    touch(
        connection, f"SELECT DISTINCT contact_key FROM core_interactions WHERE record_key IN {landed}", "scope_contacts"
    )
    touch(connection, f"SELECT DISTINCT record_key FROM core_responses WHERE record_key IN {landed}", "scope_responses")
    touch(connection, f"SELECT DISTINCT business_day FROM core_records WHERE record_key IN {landed}", "scope_days")


def run_models(connection: Connection, is_full: bool) -> None:
    """Rebuild the rows of the core models in scope, or all of them."""
    for view, (table, key, scope) in SCOPED.items():
        condition = "" if is_full else f" WHERE {key} IN (SELECT {key} FROM {scope})"
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM {table}{condition}")
    for model in models():
        if not is_full:
            _widen(connection, model)
        _replace(connection, model, is_full)
        if not is_full:
            _follow(connection, model)
    for view in SCOPED:
        connection.execute(f"DROP VIEW {view}")


def _replace(connection: Connection, model: Model, is_full: bool) -> None:
    condition = "" if is_full else f" WHERE {model.key} IN (SELECT {model.key} FROM {model.scope})"
    if connection.execute(f"SELECT 1 FROM {model.table} LIMIT 1").fetchone():
        connection.execute(f"DELETE FROM {model.table}{condition}")
    connection.execute(f"INSERT INTO {model.table} {model.select}")


def _widen(connection: Connection, model: Model) -> None:
    """Before rows are replaced: their days are touched, and so is what depends on them."""
    _touch_days(connection, model, model.table)


def _follow(connection: Connection, model: Model) -> None:
    """After rows are replaced: the days they lie in now, their customers, and the answers that join them."""
    table = STORED.get(model.table, model.table)
    _touch_days(connection, model, table)
    if table == "core_contacts":
        touch(connection, ANSWERS_TO_JOIN, "scope_responses")


def _touch_days(connection: Connection, model: Model, table: str) -> None:
    rows = f"{table} WHERE {model.key} IN (SELECT {model.key} FROM {model.scope})"
    if model.table in STORED:
        touch(connection, f"SELECT DISTINCT business_day FROM {rows}", "scope_days")
    if model.table == "held_contacts":
        touch(connection, f"SELECT DISTINCT customer_id FROM {rows} AND customer_id IS NOT NULL", "scope_customers")


ANSWERS_TO_JOIN = """
    SELECT record_key FROM core_scores WHERE contact_key IN (SELECT contact_key FROM scope_contacts)
    UNION SELECT record_key FROM core_interactions WHERE contact_key IN (SELECT contact_key FROM scope_contacts)
    UNION SELECT answers.record_key FROM core_responses AS answers
        LEFT JOIN core_identities ON core_identities.identifier = answers.customer_identifier
        WHERE coalesce(core_identities.customer_id, answers.customer_identifier)
            IN (SELECT customer_id FROM scope_customers)
    UNION SELECT answers.record_key FROM core_responses AS answers
        JOIN core_records ON core_records.record_id = answers.named_contact
        JOIN core_interactions AS legs ON legs.record_key = core_records.record_key
        WHERE legs.contact_key IN (SELECT contact_key FROM scope_contacts)
"""


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
    """Refresh the marts on the days in scope, or build them anew when their declarations or settings changed.

    The rows of a fact are summed once, by day and all planned dimensions; its marts are sums of these.
    """
    held = connection.execute("SELECT value FROM core_facts WHERE name = 'marts'").fetchone()
    is_full = is_full or held is None or held[0] != signature(settings)
    days = "" if is_full else " AND fact.business_day IN (SELECT business_day FROM scope_days)"
    for fact in dict.fromkeys(mart.fact for mart in marts()):
        for is_binned in dict.fromkeys(mart.is_binned for mart in marts() if mart.fact == fact):
            select = (bins_of_day if is_binned else sums_of_day)(fact, settings, days)
            connection.execute(f"CREATE OR REPLACE TEMP TABLE {SUMMED} AS {select}")
            for mart in marts():
                if (mart.fact, mart.is_binned) == (fact, is_binned):
                    _fill_mart(connection, mart, settings, is_full)
    connection.execute(f"DROP TABLE IF EXISTS {SUMMED}")
    connection.execute("DELETE FROM core_facts WHERE name = 'marts'")
    connection.execute("INSERT INTO core_facts VALUES ('marts', ?)", [signature(settings)])


def _fill_mart(connection: Connection, mart: Mart, settings: Settings, is_full: bool) -> None:
    select = mart_of_day(mart, settings, SUMMED)
    if is_full:
        connection.execute(f"CREATE OR REPLACE TABLE {mart.name} AS {select}")
        return
    connection.execute(f"DELETE FROM {mart.name} WHERE business_day IN (SELECT business_day FROM scope_days)")
    connection.execute(f"INSERT INTO {mart.name} {select}")
