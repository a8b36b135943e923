"""What a run touches: which contacts, answers, chains and days are to be worked out again, and what follows from it."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from etl.engines import Connection
from etl.storage import THREADED

WEEK_SECONDS = 604_800
NEVER = datetime(1, 1, 1)  # noqa: DTZ001 (an instant of the tables, in UTC without a zone)
OUTCRY_DAYS = 4
"""Local days over which 72 hours can reach."""
RECOVERY_DAYS = 31
"""Local days over which 30 days can reach."""
MOST_NAMED = 31
"""So many days are named one by one: cheaper to plan than a table of them."""
SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "scope_contacts": "contact_key BIGINT",
        "scope_responses": "record_key BIGINT",
        "scope_customers": "customer_id VARCHAR",
        "scope_chains": "chain_key BIGINT",
        "scope_links": "contact_key BIGINT",
        "scope_journeys": "chain_key BIGINT",
        "scope_outcomes": "contact_key BIGINT",
        "scope_days": "business_day DATE",
        "scope_near_days": "business_day DATE",
        "scope_outcry_days": "business_day DATE",
        "scope_failed_days": "business_day DATE",
        "scope_sign_days": "business_day DATE",
    }
)
SCOPED: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "scoped_interactions": (THREADED, "contact_key", "scope_contacts"),
        "scoped_legs": ("core_interactions", "contact_key", "scope_contacts"),
        "scoped_responses": ("core_responses", "record_key", "scope_responses"),
        "scoped_outcomes": ("core_contacts", "contact_key", "scope_outcomes"),
        "scoped_links": ("scoped_outcomes", "contact_key", "scope_links"),
        "scoped_chain_contacts": ("held_chain_contacts", "contact_key", "scope_links"),
        "scoped_chain_legs": ("core_interactions", "contact_key", "scope_links"),
        "scoped_mentions": ("core_mentions", "business_day", "scope_days"),
        "scoped_near_contacts": ("core_contacts", "business_day", "scope_near_days"),
        "scoped_outcries": ("core_mentions", "business_day", "scope_outcry_days"),
        "scoped_failures": ("core_failures", "business_day", "scope_failed_days"),
        "scoped_signs": ("core_scores", "business_day", "scope_sign_days"),
        "scoped_praises": ("core_mentions", "business_day", "scope_sign_days"),
        "scoped_returns": ("core_contacts", "business_day", "scope_sign_days"),
    }
)
FILLED_BY: Mapping[str, str] = MappingProxyType({"scope_outcomes": "core_scores"})
"""Scopes that are whole only after another table was worked out: an answer makes its contact fail."""
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
ANSWERED_CONTACTS = """
    SELECT contact_key FROM held_scores
    WHERE contact_key IS NOT NULL AND record_key IN (SELECT record_key FROM scope_responses)
    UNION SELECT contact_key FROM core_responses
    WHERE contact_key IS NOT NULL AND record_key IN (SELECT record_key FROM scope_responses)
"""
PROBLEM = "coalesce(nullif({0}.reason, 'unassigned'), '')"
TOUCHED_ATTEMPTS = f"""
    CREATE OR REPLACE TEMP TABLE touched_attempts AS
    SELECT customer_id, {PROBLEM.format("core_contacts")} AS problem, started_at FROM core_contacts
    WHERE customer_id IS NOT NULL AND contact_key IN (SELECT contact_key FROM scope_contacts)
"""
# A chain is touched when it holds a touched contact, or when one lies within 7 days of it; the literal bounds let an
# engine pass over the chains of other times unread.
TOUCHED_CHAINS = f"""
    SELECT chain_key FROM held_chain_contacts WHERE contact_key IN (SELECT contact_key FROM scope_contacts)
    UNION SELECT chain.chain_key FROM held_chain_contacts AS chain
        JOIN touched_attempts AS touched ON touched.customer_id = chain.customer_id
            AND touched.problem = {PROBLEM.format("chain")}
            AND epoch(touched.started_at) BETWEEN epoch(chain.chain_started_at) - {WEEK_SECONDS}
                AND epoch(chain.last_at) + {WEEK_SECONDS}
        WHERE chain.position = 1
            AND chain.last_at >= TIMESTAMP '{{first}}' AND chain.chain_started_at <= TIMESTAMP '{{last}}'
"""
LINKED_CONTACTS = """
    SELECT contact_key FROM scope_contacts
    UNION SELECT contact_key FROM held_chain_contacts WHERE chain_key IN (SELECT chain_key FROM scope_chains)
"""


CHAINS_MADE = """
    SELECT chain_key FROM scope_chains
    UNION SELECT chain_key FROM held_chain_contacts WHERE contact_key IN (SELECT contact_key FROM scope_links)
"""


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


def narrow(connection: Connection, view: str, is_full: bool) -> None:
    """Make the scoped relation: all rows of its table, or those in scope, which are read once and kept."""
    table, key, scope = SCOPED[view]
    if is_full:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT * FROM {table}")
        return
    condition = in_scope(connection, key, scope)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {view} AS SELECT * FROM {table} WHERE {condition}")


def drop(connection: Connection, view: str) -> None:
    """Forget a scoped relation."""
    found = connection.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [view]).fetchone()
    connection.execute(f"DROP {'VIEW' if found else 'TABLE'} {view}")


def in_scope(connection: Connection, key: str, scope: str) -> str:
    """SQL: the key is in the scope."""
    if key != "business_day":
        return f"{key} IN (SELECT {key} FROM {scope})"
    listed = f"SELECT DISTINCT {key} FROM {scope}"
    return among(key, [day for (day,) in connection.execute(listed).fetchall() if day], listed)


def among(key: str, days: Collection[date], listed: str) -> str:
    """SQL: the key is one of these days; within literal bounds, too, which an engine applies while it reads.

    `listed` is the SELECT of the days, for when they are many.
    """
    ordered = sorted(set(days))
    if not ordered:
        return "FALSE"
    within = f"{key} BETWEEN DATE '{ordered[0]}' AND DATE '{ordered[-1]}'"
    if (ordered[-1] - ordered[0]).days < len(ordered):
        return within
    named = ", ".join(f"DATE '{day}'" for day in ordered)
    return f"{within} AND {key} IN ({named if len(ordered) <= MOST_NAMED else listed})"


def before(connection: Connection, table: str) -> None:
    """What is touched by replacing rows of a model: their days, and what depends on the rows that go."""
    BEFORE.get(table, _nothing)(connection)


def after(connection: Connection, table: str) -> None:
    """What is touched by the rows that came instead."""
    AFTER.get(table, _nothing)(connection)


def _nothing(connection: Connection) -> None:
    del connection


def _before_contacts(connection: Connection) -> None:
    _touch_contacts(connection, "held_contacts")


def _after_contacts(connection: Connection) -> None:
    _touch_contacts(connection, "core_contacts")
    touch(connection, ANSWERS_TO_JOIN, "scope_responses")
    # What a record tells may change legs of its contact on other days.
    touch(connection, "SELECT DISTINCT business_day FROM scoped_interactions", "scope_days")


def _touch_contacts(connection: Connection, table: str) -> None:
    rows = f"{table} WHERE contact_key IN (SELECT contact_key FROM scope_contacts)"
    touch(connection, f"SELECT DISTINCT business_day FROM {rows}", "scope_days")
    touch(connection, f"SELECT DISTINCT customer_id FROM {rows} AND customer_id IS NOT NULL", "scope_customers")


def _before_scores(connection: Connection) -> None:
    touch(connection, ANSWERED_CONTACTS, "scope_outcomes")
    _touch_scores(connection, "held_scores")


def _after_scores(connection: Connection) -> None:
    touch(connection, ANSWERED_CONTACTS, "scope_outcomes")
    _touch_scores(connection, "core_scores")


def _touch_scores(connection: Connection, table: str) -> None:
    rows = f"{table} WHERE record_key IN (SELECT record_key FROM scope_responses)"
    touch(connection, f"SELECT DISTINCT business_day FROM {rows}", "scope_days")


def _before_chains(connection: Connection) -> None:
    connection.execute(TOUCHED_ATTEMPTS)
    week = timedelta(seconds=WEEK_SECONDS)
    ((first, last),) = connection.execute("SELECT min(started_at), max(started_at) FROM touched_attempts").fetchall()
    bounds = (first - week, last + week) if first else (NEVER, NEVER)
    touch(connection, TOUCHED_CHAINS.format(first=bounds[0], last=bounds[1]), "scope_chains")
    touch(connection, LINKED_CONTACTS, "scope_links")
    touch(connection, "SELECT contact_key FROM scope_links", "scope_outcomes")
    _touch_rows(connection, "held_chain_contacts", "chain_key", "scope_chains")


def _after_chains(connection: Connection) -> None:
    touch(connection, "SELECT DISTINCT business_day FROM scoped_links", "scope_days")
    _touch_rows(connection, "held_chain_contacts", "contact_key", "scope_links")


def _before_journeys(connection: Connection) -> None:
    touch(connection, CHAINS_MADE, "scope_journeys")


def _touch_failures(connection: Connection) -> None:
    _touch_rows(connection, "core_failures", "contact_key", "scope_outcomes")


def _touch_rows(connection: Connection, table: str, key: str, scope: str) -> None:
    rows = f"{table} WHERE {key} IN (SELECT {key} FROM {scope})"
    touch(connection, f"SELECT DISTINCT business_day FROM {rows}", "scope_days")


def _before_escalations(connection: Connection) -> None:
    """Contacts up to 72 hours before a touched day, and mentions up to 72 hours after those."""
    _touch_around(connection, OUTCRY_DAYS, "scope_near_days", "scope_outcry_days")


def _before_recoveries(connection: Connection) -> None:
    """Failures up to 30 days before a touched day, and what followed within 30 days of those."""
    _touch_around(connection, RECOVERY_DAYS, "scope_failed_days", "scope_sign_days")


def _touch_around(connection: Connection, days: int, before: str, after: str) -> None:
    """The days up to so many before a touched one, and those up to so many after them."""
    steps = f"(SELECT CAST(unnest(range({days + 1})) AS INTEGER) AS step)"
    touch(connection, f"SELECT DISTINCT business_day - step FROM scope_days, {steps}", before)
    touch(connection, f"SELECT DISTINCT business_day + step FROM {before}, {steps}", after)


BEFORE: Mapping[str, Callable[[Connection], None]] = MappingProxyType(
    {
        "held_contacts": _before_contacts,
        "held_scores": _before_scores,
        "held_chain_contacts": _before_chains,
        "core_journeys": _before_journeys,
        "core_kept_promises": _before_journeys,
        "core_failures": _touch_failures,
        "core_escalations": _before_escalations,
        "core_recoveries": _before_recoveries,
    }
)
AFTER: Mapping[str, Callable[[Connection], None]] = MappingProxyType(
    {
        "held_contacts": _after_contacts,
        "held_scores": _after_scores,
        "held_chain_contacts": _after_chains,
        "core_failures": _touch_failures,
    }
)
