"""Applying a changed map of codes to the rows that are already landed."""

from etl.engines import Connection
from etl.load.landing import mapped
from etl.references import CODE_FIELDS

MAPPED_TABLES = ("core_interactions", "core_mentions", "core_responses")
RESULTS = ("reason", "cause", "touchpoint", "is_complaint")


def remap(connection: Connection) -> None:
    """Give every landed row what core_map says now; rows whose codes mean the same stay as they are."""
    joins = " ".join(
        f"LEFT JOIN core_map AS map_{code} ON map_{code}.source = row.source "
        f"AND map_{code}.field = '{code}' AND map_{code}.value = row.{code}"
        for code in CODE_FIELDS
    )
    values = mapped({code: f"row.{code}" for code in CODE_FIELDS})
    now = ", ".join(f"{values[name]} AS {name}" for name in RESULTS)
    differs = " OR ".join(f"held.{name} IS DISTINCT FROM now.{name}" for name in RESULTS)
    for table in MAPPED_TABLES:
        connection.execute(
            f"UPDATE {table} AS held SET {', '.join(f'{name} = now.{name}' for name in RESULTS)} "
            f"FROM (SELECT row.rowid AS place, {now} FROM {table} AS row {joins}) AS now "
            f"WHERE held.rowid = now.place AND ({differs})"
        )


def unmapped(connection: Connection, limit: int = 20) -> list[tuple[str, str, str, int]]:
    """Recorded codes that the map lacks, the most frequent first: source, field, value, rows."""
    fields = " UNION ALL ".join(
        f"SELECT source, '{code}' AS field, {code} AS value FROM {table} WHERE {code} IS NOT NULL"
        for table in MAPPED_TABLES
        for code in CODE_FIELDS
    )
    return connection.execute(
        f"SELECT source, field, value, count(*) AS row_count FROM ({fields}) AS recorded "
        "ANTI JOIN core_map USING (source, field, value) "
        "GROUP BY ALL ORDER BY row_count DESC, source, field, value LIMIT ?",
        [limit],
    ).fetchall()
