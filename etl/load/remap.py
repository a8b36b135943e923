"""Recorded codes that the map does not know."""

from etl.engines import Connection
from etl.references import CODE_FIELDS

MAPPED_TABLES = ("core_interactions", "core_mentions", "core_responses", "core_volumes")


def unmapped(connection: Connection, limit: int = 20) -> list[tuple[str, str, str, int]]:
    """Recorded codes that the map lacks, the most frequent first: source, field, value, records.

    A record that is a contact and a mention, or several answers, counts once.
    """
    fields = " UNION ALL ".join(
        f"SELECT record_key, source, '{code}' AS field, {code} AS value FROM {table} WHERE {code} IS NOT NULL"
        for table in MAPPED_TABLES
        for code in CODE_FIELDS
    )
    return connection.execute(
        f"SELECT source, field, value, count(DISTINCT record_key) AS record_count FROM ({fields}) AS recorded "
        "ANTI JOIN core_map USING (source, field, value) "
        "GROUP BY ALL ORDER BY record_count DESC, source, field, value LIMIT ?",
        [limit],
    ).fetchall()
