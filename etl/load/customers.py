"""Who is who: links between identifiers, from records and from the company's own list, joined to customers."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pyarrow as pa

from etl.engines import Connection
from etl.load.typed import Normalise, register_identifiers
from etl.references import KnownIdentifier
from etl.vocabulary import IdentityKind

Components: TypeAlias = Callable[[pa.Table], pa.Table]
OWN_LIST = "customers.csv"


def link_known(
    connection: Connection, known: Sequence[KnownIdentifier], normalise: Normalise, region: str | None
) -> None:
    """Replace the links that the company's own list gives: each identifier with its customer id.

    A handle is written as platform:handle.
    """
    connection.execute("DELETE FROM core_links WHERE reason = ?", [OWN_LIST])
    if not known:
        return
    ids = pa.chunked_array([pa.array([entry.customer_id for entry in known])])
    register_identifiers(
        connection, "own_ids", pa.chunked_array([ids.unique()]), IdentityKind.ID, "", normalise, region
    )
    for kind in IdentityKind:
        entries = [entry for entry in known if entry.kind is kind]
        if entries:
            table = pa.table({"id": [e.customer_id for e in entries], "raw": [e.value for e in entries]})
            connection.register("entries", table)
            raw = pa.chunked_array([table["raw"].unique()])
            register_identifiers(connection, "own_values", raw, kind, "", normalise, region)
            connection.execute(
                "INSERT INTO core_links SELECT DISTINCT 0, own_ids.identifier, own_values.identifier, ? FROM entries "
                "JOIN own_ids ON own_ids.raw = entries.id JOIN own_values ON own_values.raw = entries.raw "
                "WHERE own_ids.identifier <> own_values.identifier",
                [OWN_LIST],
            )
            connection.unregister("entries")


def join_customers(connection: Connection, components: Components) -> None:
    """Rebuild core_identities; what is of identifiers that now name another customer comes into scope."""
    links = connection.sql("SELECT identifier AS a, other_identifier AS b, reason FROM core_links").to_arrow_table()
    joined = components(links)
    connection.register("joined", joined)
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE renamed AS
        SELECT coalesce(held.identifier, joined.identifier) AS identifier,
            held.customer_id AS before, joined.customer_id AS after
        FROM core_identities AS held FULL JOIN joined ON joined.identifier = held.identifier
        WHERE held.customer_id IS DISTINCT FROM joined.customer_id
        """
    )
    connection.execute("DELETE FROM core_identities")
    connection.execute("INSERT INTO core_identities SELECT identifier, customer_id FROM joined ORDER BY identifier")
    connection.unregister("joined")
    connection.execute(
        "INSERT INTO scope_customers SELECT coalesce(before, identifier) FROM renamed "
        "UNION SELECT coalesce(after, identifier) FROM renamed"
    )
    connection.execute(
        "INSERT INTO scope_contacts SELECT contact_key FROM core_contacts "
        "WHERE customer_identifier IN (SELECT identifier FROM renamed)"
    )
    connection.execute(
        "INSERT INTO scope_responses SELECT record_key FROM core_responses "
        "WHERE customer_identifier IN (SELECT identifier FROM renamed)"
    )
    connection.execute(
        "INSERT INTO scope_days SELECT DISTINCT business_day FROM core_mentions "
        "WHERE author_identifier IN (SELECT identifier FROM renamed)"
    )
