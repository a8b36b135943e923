"""The sentiment of each mention by a customer: its source's label, else its stars, else a model of its words."""

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa

from etl.engines import Connection

Score: TypeAlias = Callable[[pa.Array], tuple[pa.Array, pa.Array]]
RECORDED, STARS = "recorded", "stars"
UNLABELLED = """
    SELECT mention.record_key, mention.source, mention.business_day, mention.recorded_sentiment, mention.rating
    FROM core_mentions AS mention ANTI JOIN core_sentiments AS held USING (record_key)
    WHERE NOT mention.is_own
"""
LABELLED = f"""
    SELECT record_key, source, business_day,
        CASE recorded_sentiment WHEN 'positive' THEN 1 WHEN 'negative' THEN -1 ELSE 0 END AS label,
        label * 1000 AS score, '{RECORDED}' AS model
    FROM unlabelled WHERE recorded_sentiment IS NOT NULL
    UNION ALL
    SELECT record_key, source, business_day, CASE WHEN rating > 3 THEN 1 WHEN rating < 3 THEN -1 ELSE 0 END AS label,
        (rating - 3) * 500, '{STARS}'
    FROM unlabelled WHERE recorded_sentiment IS NULL AND rating IS NOT NULL
"""


OUTDATED = f"model NOT IN ('{RECORDED}', '{STARS}', ?)"


def is_outdated(connection: Connection, model: str) -> bool:
    """Whether another model labelled some of what is held."""
    select = f"SELECT 1 FROM core_sentiments WHERE {OUTDATED} LIMIT 1"
    return connection.execute(select, [model]).fetchone() is not None


def label_mentions(connection: Connection, score: Score, model: str) -> None:
    """Add what is not labelled yet; what an earlier version of the model labelled is labelled again.

    Its days and contacts come into scope then, as votes and told causes change. Equal texts are scored once.
    """
    if is_outdated(connection, model):
        connection.execute(f"INSERT INTO scope_days SELECT business_day FROM core_sentiments WHERE {OUTDATED}", [model])
        connection.execute(
            "INSERT INTO scope_contacts SELECT DISTINCT contact_key FROM core_interactions "
            f"SEMI JOIN (SELECT record_key FROM core_sentiments WHERE {OUTDATED}) AS held USING (record_key)",
            [model],
        )
        connection.execute(f"DELETE FROM core_sentiments WHERE {OUTDATED}", [model])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE unlabelled AS {UNLABELLED}")
    connection.execute(f"INSERT INTO core_sentiments {LABELLED}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE worded AS SELECT record_key, source, business_day, text FROM unlabelled "
        "JOIN core_verbatims USING (record_key, source, business_day) "
        "WHERE recorded_sentiment IS NULL AND rating IS NULL AND is_customer AND field = 'message'"
    )
    texts = connection.sql("SELECT DISTINCT text FROM worded").to_arrow_table()["text"].combine_chunks()
    labels, scores = score(texts.cast(pa.string()))
    connection.register("scored", pa.table({"text": texts, "label": labels, "score": scores}))
    connection.execute(
        "INSERT INTO core_sentiments SELECT record_key, source, business_day, label, score, ? "
        "FROM worded JOIN scored USING (text)",
        [model],
    )
    connection.unregister("scored")
