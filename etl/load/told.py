"""The cause that words tell of each customer's text, by the taxonomy and a company's own model of words.

Recorded codes win, where causes are used.
"""

from collections.abc import Callable
from typing import TypeAlias

import pyarrow as pa

from etl.engines import Connection

Tell: TypeAlias = Callable[[pa.Array], pa.Table]
"""Texts in; cause, touchpoint, why, language and version of each out."""
Prepare: TypeAlias = Callable[[pa.Array], tuple[tuple[str, ...], Tell]]
"""A sample of all texts in, as it decides which trade they are of; the versions and what tells by them out."""
SAMPLE = 5_000
"""So many texts show which trade a company is of, within a third of a percentage point of each share asked for."""
BATCH = 100_000
FACT = "taxonomy"
TOLD_OF = (
    ("core_interactions", "contact_key", "scope_contacts"),
    ("core_responses", "record_key", "scope_responses"),
)
"""What counts under a told cause: its rows, their key and the scope that the key comes into."""
UNTOLD = """
    SELECT record_key, source, business_day, field, text
    FROM core_verbatims ANTI JOIN core_told_causes AS told USING (record_key, field)
    WHERE is_customer
"""


def has_changed(connection: Connection, telling: str) -> bool:
    """Note the version of what tells causes, empty where nothing does; returns whether another told texts before."""
    held = connection.execute("SELECT value FROM core_facts WHERE name = ?", [FACT]).fetchone()
    connection.execute("DELETE FROM core_facts WHERE name = ?", [FACT])
    connection.execute("INSERT INTO core_facts VALUES (?, ?)", [FACT, telling])
    return held is not None and held[0] != telling


def forget_causes(connection: Connection) -> None:
    """Take away what words told; its days, contacts and answers come into scope."""
    _touch_told(connection)
    connection.execute("DELETE FROM core_told_causes")


def tell_causes(connection: Connection, prepare: Prepare, *, is_changed: bool = False) -> None:
    """Tell the causes of texts not told yet; what another version told is told again. Equal texts are read once.

    When what tells `is_changed`, what is told comes into scope, too, and not what landed alone.
    """
    sample = f"SELECT DISTINCT text FROM core_verbatims WHERE is_customer ORDER BY hash(text), text LIMIT {SAMPLE}"
    versions, tell = prepare(_texts(connection, sample))
    outdated = "SELECT 1 FROM core_told_causes WHERE NOT list_contains(?, version) LIMIT 1"
    if connection.execute(outdated, [list(versions)]).fetchone():
        is_changed = True
        forget_causes(connection)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE untold AS {UNTOLD}")
    texts = _texts(connection, "SELECT DISTINCT text FROM untold")
    for start in range(0, len(texts), BATCH):
        part = texts.slice(start, BATCH)
        connection.register("told", tell(part).append_column("text", part))
        connection.execute(
            "INSERT INTO core_told_causes SELECT record_key, source, business_day, field, language, cause, touchpoint, "
            "why, version FROM untold JOIN told USING (text)"
        )
        connection.unregister("told")
    connection.execute("DROP TABLE untold")
    if is_changed:
        _touch_told(connection)


def _touch_told(connection: Connection) -> None:
    """Bring into scope what has told causes: days, and contacts and answers where the words tell one."""
    connection.execute("INSERT INTO scope_days SELECT DISTINCT business_day FROM core_told_causes")
    for table, key, scope in TOLD_OF:
        connection.execute(
            f"INSERT INTO {scope} SELECT DISTINCT rows.{key} FROM {table} AS rows "
            "SEMI JOIN core_told_causes AS told ON told.record_key = rows.record_key AND told.cause IS NOT NULL"
        )


def _texts(connection: Connection, select: str) -> pa.Array:
    return connection.sql(select).to_arrow_table()["text"].combine_chunks().cast(pa.string())
