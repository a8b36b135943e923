"""Keys that many share, such as a switchboard or info@: which they are, and whom a record names in spite of them."""

from etl.engines import Connection
from etl.references import ROLE
from etl.sources.texts import literal
from etl.vocabulary import IdentityKind

IS_ROLE = f"starts_with({{0}}, {literal(f'{ROLE}:')})"


def find_shared_keys(connection: Connection, most_ids_per_key: int, most_keys_per_id: int) -> None:
    """Fill the temporary table shared_keys from `standing_links` and `listed` (identifier, customer_id).

    A key is shared when it stood with more identifiers of one kind in records than the limit; those that the
    company's own list gives to one customer count once. An office's address is shared by its nature, and a row here
    only where the list gives it to a customer.
    """
    is_id = f"starts_with(identifier, {literal(f'{IdentityKind.ID}:')})"
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE shared_keys AS
        WITH ends AS (
            SELECT identifier, other_identifier AS neighbour FROM standing_links WHERE NOT is_listed
            UNION ALL SELECT other_identifier, identifier FROM standing_links WHERE NOT is_listed
        ), busy AS (
            SELECT identifier FROM ends GROUP BY identifier HAVING count(*) > $least
        ), counted AS (
            SELECT ends.identifier, split_part(ends.neighbour, ':', 1) AS shared_by,
                count(DISTINCT coalesce(listed.customer_id, ends.neighbour)) AS shared_count
            FROM ends LEFT JOIN listed ON listed.identifier = ends.neighbour
            WHERE ends.identifier IN (SELECT identifier FROM busy)
            GROUP BY ALL
        )
        SELECT found.*, found.identifier IN (SELECT identifier FROM listed) AS is_listed
        FROM (
            SELECT identifier, arg_max(shared_by, (shared_count, shared_by)) AS shared_by,
                max(shared_count) AS shared_count
            FROM counted GROUP BY identifier
            HAVING max(shared_count) > CASE WHEN {is_id} THEN $ids ELSE $keys END
            UNION ALL SELECT identifier, NULL, NULL FROM listed WHERE {IS_ROLE.format("identifier")}
        ) AS found
        """,
        {"least": min(most_ids_per_key, most_keys_per_id), "ids": most_keys_per_id, "keys": most_ids_per_key},
    )


def naming(identifiers: list[str]) -> tuple[str, str]:
    """SQL of the identifier that names a record's customer, and the joins that it needs.

    `identifiers` are the SQL of those that the record holds, the first first. A shared key gives way to the others,
    and names nobody unless the company's own list gives it to a customer.
    """
    joins, strong, weak = "", [], []
    for place, identifier in enumerate(identifiers):
        shared = f"shared_{place}"
        joins += f" LEFT JOIN core_shared_keys AS {shared} ON {shared}.identifier = {identifier}"
        is_own = f"{shared}.identifier IS NULL AND NOT {IS_ROLE.format(identifier)}"
        strong.append(f"CASE WHEN {is_own} THEN {identifier} END")
        weak.append(f"CASE WHEN {shared}.is_listed THEN {identifier} END")
    return f"coalesce({', '.join([*strong, *weak])})", joins
