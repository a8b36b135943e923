"""What a generation's records teach a model of words: texts with the cause that is recorded of them.

The words of employees about their employer are confidential and teach nothing. Of equal texts one teaches, what most of
its records say.
"""

import pyarrow as pa

from etl.engines import Connection
from etl.vocabulary import UNASSIGNED

MOST_TEXTS = 20_000
"""So many texts teach; of more, those whose hash comes first, which has nothing to do with what they say."""
CAUSES = " UNION ALL ".join(
    f"SELECT record_key, cause FROM {table} WHERE cause <> '{UNASSIGNED}'"
    for table in ("core_interactions", "core_mentions", "core_responses")
)


def lessons(connection: Connection) -> pa.Table:
    """Columns text and cause, texts as the generation has them: redacted."""
    return connection.sql(f"""
        WITH recorded AS ({CAUSES}), told AS (
            SELECT text, cause, COUNT(DISTINCT record_key) AS records
            FROM core_verbatims JOIN recorded USING (record_key)
            WHERE is_customer AND record_key NOT IN (SELECT record_key FROM core_responses WHERE kind = 'enps')
            GROUP BY text, cause
        ), taught AS (
            SELECT text, cause, ROW_NUMBER() OVER (PARTITION BY text ORDER BY records DESC, cause) AS place FROM told
        )
        SELECT text, cause FROM taught WHERE place = 1 ORDER BY hash(text), text LIMIT {MOST_TEXTS}
    """).to_arrow_table()
