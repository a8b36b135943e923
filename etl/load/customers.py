"""Who is who: links between identifiers, from records and from the company's own list, joined to customers."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pyarrow as pa

from etl.config import IDENTITY_DEFAULTS, Settings
from etl.engines import Connection
from etl.load.own_list import OWN_LIST, key_names, names_of, replace_links, replace_not_same
from etl.load.shared_keys import IS_ROLE, find_shared_keys
from etl.load.typed import Normalise
from etl.references import KnownIdentifier, NotSame
from etl.sources.texts import literal

Components: TypeAlias = Callable[[pa.Table], pa.Table]
LISTED, UNREAD, JOINED = "customers listed", "customers listed in vain", "customers joined"


def has_changed(
    connection: Connection, known: Sequence[KnownIdentifier], not_same: Sequence[NotSame], settings: Settings
) -> bool:
    """Whether customers were joined under another list, other pairs or other limits than those of now."""
    held = dict(connection.execute("SELECT name, value FROM core_facts").fetchall())
    if JOINED not in held:
        return False
    limits = _limits(settings.most_ids_per_key, settings.most_keys_per_id)
    listed = _fingerprint(connection, known, not_same, settings.country_of())
    return held.get(LISTED) != listed or not held[JOINED].startswith(limits)


def link_known(
    connection: Connection,
    known: Sequence[KnownIdentifier],
    normalise: Normalise,
    region: str | None,
    not_same: Sequence[NotSame] = (),
) -> None:
    """Replace the links of the company's own list, each identifier with its customer id, and the pairs not the same.

    A handle is written as platform:handle. `region` is where national numbers were dialled.
    """
    fingerprint = _fingerprint(connection, known, not_same, region)
    if _noted(connection, LISTED) == fingerprint:
        return
    unread = key_names(connection, names_of(known, not_same), normalise, region)
    replace_links(connection, known)
    replace_not_same(connection, not_same)
    _note(connection, UNREAD, str(unread))
    _note(connection, LISTED, fingerprint)


def join_customers(
    connection: Connection,
    components: Components,
    most_ids_per_key: int = IDENTITY_DEFAULTS["most_ids_per_key"],
    most_keys_per_id: int = IDENTITY_DEFAULTS["most_keys_per_id"],
) -> None:
    """Join identifiers to customers if a link, a pair or a limit changed.

    What is of identifiers that now name another customer, or nobody, comes into scope. The result depends on the
    links alone, not on their order or on how it was before.
    """
    state = _limits(most_ids_per_key, most_keys_per_id) + _links(connection)
    held = _noted(connection, JOINED)
    if held == state:
        return
    _gather(connection)
    _join(connection, "SELECT * FROM standing_links WHERE is_listed", "listed", components)
    find_shared_keys(connection, most_ids_per_key, most_keys_per_id)
    shared = "(SELECT identifier FROM shared_keys)"
    both_own = f"identifier NOT IN {shared} AND other_identifier NOT IN {shared}"
    _join(connection, f"SELECT * FROM standing_links WHERE is_listed OR ({both_own})", "joined", components)
    if held is None:  # a generation that is filled for the first time is worked out whole
        connection.execute("INSERT INTO core_identities FROM joined; INSERT INTO core_shared_keys FROM shared_keys")
    else:
        _compare(connection)
        _touch(connection)
        _replace(connection)
        _touch(connection)
    _note(connection, JOINED, state)


def _fingerprint(
    connection: Connection, known: Sequence[KnownIdentifier], not_same: Sequence[NotSame], region: str | None
) -> str:
    """A keyed hash, as what it is taken of are customers."""
    told = repr((region, sorted(map(repr, known)), sorted(map(repr, not_same))))
    ((found,),) = connection.execute("SELECT sha256(getvariable('identifier_key') || sha256(?))", [told]).fetchall()
    return str(found)


def _limits(most_ids_per_key: int, most_keys_per_id: int) -> str:
    return f"limits {most_ids_per_key} {most_keys_per_id}, "


def _links(connection: Connection) -> str:
    """What stands for all links and pairs, whatever their order."""
    sums = [
        connection.execute(f"SELECT count(*), sum(hash({columns})) FROM {table}").fetchone()
        for table, columns in (
            ("core_links", "record_key, identifier, other_identifier, reason"),
            ("core_not_same", "identifier, other_identifier"),
        )
    ]
    return f"links and pairs {sums}"


def _noted(connection: Connection, name: str) -> str | None:
    found = connection.execute("SELECT value FROM core_facts WHERE name = ?", [name]).fetchone()
    return str(found[0]) if found else None


def _note(connection: Connection, name: str, value: str) -> None:
    connection.execute("DELETE FROM core_facts WHERE name = ?", [name])
    connection.execute("INSERT INTO core_facts VALUES (?, ?)", [name, value])


def _gather(connection: Connection) -> None:
    """The links that may count: not of a pair that is not the same; an office's address links by the list alone."""
    is_role = f"({IS_ROLE.format('link.identifier')} OR {IS_ROLE.format('link.other_identifier')})"
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE standing_links AS
        SELECT link.*, link.reason = {literal(OWN_LIST)} AS is_listed
        FROM core_links AS link
        LEFT JOIN core_not_same AS pair ON pair.identifier = least(link.identifier, link.other_identifier)
            AND pair.other_identifier = greatest(link.identifier, link.other_identifier)
        WHERE pair.identifier IS NULL AND (link.reason = {literal(OWN_LIST)} OR NOT {is_role})
        """
    )


def _join(connection: Connection, links: str, table: str, components: Components) -> None:
    """Fill a temporary table as core_identities, in its order, from the SELECT of some standing links."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE kept_links AS {links}; CREATE OR REPLACE TEMP TABLE places AS "
        "SELECT identifier, row_number() OVER (ORDER BY identifier) - 1 AS place "
        "FROM (SELECT identifier FROM kept_links UNION SELECT other_identifier FROM kept_links)"
    )
    placed = connection.sql(
        "SELECT one.place AS a, other.place AS b, link.reason, "
        "CASE WHEN NOT link.is_listed THEN link.record_key END AS record_key FROM kept_links AS link "
        "JOIN places AS one ON one.identifier = link.identifier "
        "JOIN places AS other ON other.identifier = link.other_identifier "
        "ORDER BY NOT link.is_listed, link.record_key, least(a, b), greatest(a, b), link.reason"
    ).to_arrow_table()
    identifiers = connection.sql("SELECT identifier FROM places ORDER BY place").to_arrow_table()["identifier"]
    forest = components(placed.select(["a", "b"]))
    named = {
        "identifier": identifiers.take(forest["identifier"]),
        "customer_id": identifiers.take(forest["customer"]),
        "joined_to": identifiers.take(forest["joined_to"]),
        "reason": placed["reason"].take(forest["link"]),
        "record_key": placed["record_key"].take(forest["link"]),
    }
    connection.register("named", pa.table(named))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM named")
    connection.unregister("named")


def _compare(connection: Connection) -> None:
    """What differs from the last generation: rows of core_identities, and who an identifier names."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE altered AS
        SELECT coalesce(held.identifier, joined.identifier) AS identifier,
            held.customer_id AS before, joined.customer_id AS after
        FROM core_identities AS held FULL JOIN joined ON joined.identifier = held.identifier
        WHERE (held.customer_id, held.joined_to, held.reason, held.record_key)
            IS DISTINCT FROM (joined.customer_id, joined.joined_to, joined.reason, joined.record_key);
        CREATE OR REPLACE TEMP TABLE renamed AS
        SELECT * FROM altered WHERE before IS DISTINCT FROM after
        UNION SELECT coalesce(held.identifier, found.identifier), NULL, NULL
        FROM core_shared_keys AS held FULL JOIN shared_keys AS found ON found.identifier = held.identifier
        WHERE held.is_listed IS DISTINCT FROM found.is_listed
        """
    )


def _touch(connection: Connection) -> None:
    """Whom the renamed identifiers name; asked before and after, as a shared key names nobody."""
    renamed = "(SELECT identifier FROM renamed)"
    connection.execute(
        "INSERT INTO scope_customers SELECT coalesce(before, identifier) FROM renamed "
        "UNION SELECT coalesce(after, identifier) FROM renamed; "
        f"INSERT INTO scope_contacts SELECT DISTINCT contact_key FROM core_interactions "
        f"WHERE customer_identifier IN {renamed}; "
        f"INSERT INTO scope_responses SELECT DISTINCT record_key FROM core_responses "
        f"WHERE customer_identifier IN {renamed}; "
        f"INSERT INTO scope_days SELECT DISTINCT business_day FROM core_mentions WHERE author_identifier IN {renamed}"
    )


def _replace(connection: Connection) -> None:
    altered = "identifier IN (SELECT identifier FROM altered)"
    connection.execute(
        f"DELETE FROM core_identities WHERE {altered}; "
        f"INSERT INTO core_identities SELECT * FROM joined WHERE {altered} ORDER BY identifier; "
        "DELETE FROM core_shared_keys; INSERT INTO core_shared_keys SELECT * FROM shared_keys ORDER BY identifier"
    )
