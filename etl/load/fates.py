"""What becomes of each typed record: new, an update, unchanged, superseded, or put aside with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from etl.engines import Connection
from etl.load.held import records_of, table_of
from etl.sources.base import Source

CONFLICT = "the key occurs again with other values and no newer updated-at; expected one version"
COLLISION = "its key has the hash of another record's; expected distinct hashes"


@dataclass(frozen=True)
class Fates:
    """How many records of a file had each fate; together they are the records read."""

    read: int
    loaded: int
    updated: int
    unchanged: int
    superseded: int
    quarantined: int

    @property
    def add_up(self) -> bool:
        """Whether the accounting identity holds."""
        return self.read == self.loaded + self.updated + self.unchanged + self.superseded + self.quarantined


def decide(connection: Connection, source: Source) -> Fates:
    """Fill `dismissed` (row, fate, reason: the records that do not land) and `replaced` (record_key: those updated,
    with when they were first delivered).

    The version of a record is its updated-at. Without one, or with an equal one, differing records inside a
    file are a conflict; across files the delivery with the later newest event wins, then the content hash.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE dismissed (row BIGINT, fate VARCHAR, reason VARCHAR)")
    connection.execute("CREATE OR REPLACE TEMP TABLE replaced (record_key BIGINT, first_delivered_to TIMESTAMP)")
    connection.execute("INSERT INTO dismissed SELECT rowid, 'quarantined', NULL FROM typed WHERE refusal IS NOT NULL")
    version = "t.version_at" if source.version else "CAST(NULL AS TIMESTAMP)"
    _decide_inside_file(connection, version)
    held = records_of(connection, source)
    if held:
        _decide_against_held(connection, source, version, held)
    return _count(connection)


def _decide_inside_file(connection: Connection, version: str) -> None:
    if not _has_repeated(connection):
        return
    connection.execute(
        f"""
        INSERT INTO dismissed
        WITH repeated AS (
            SELECT record_key FROM typed WHERE refusal IS NULL GROUP BY record_key HAVING count(*) > 1
        ), versions AS (
            SELECT t.rowid AS row, t.record_key, t.record_id, t.content_hash, {version} AS version_at,
                max({version}) OVER (PARTITION BY t.record_key) AS newest
            FROM typed AS t JOIN repeated USING (record_key) WHERE t.refusal IS NULL
        ), judged AS (
            SELECT record_key, count(DISTINCT content_hash) > 1 OR min(record_id) <> max(record_id) AS is_conflict
            FROM versions WHERE version_at IS NOT DISTINCT FROM newest GROUP BY record_key
        ), ranked AS (
            SELECT row, is_conflict, version_at IS NOT DISTINCT FROM newest AS is_newest,
                row_number() OVER (PARTITION BY record_key ORDER BY version_at DESC NULLS LAST, row) AS place
            FROM versions JOIN judged USING (record_key)
        )
        SELECT row, CASE WHEN is_conflict THEN 'quarantined' WHEN is_newest THEN 'unchanged' ELSE 'superseded' END,
            CASE WHEN is_conflict THEN ? END
        FROM ranked WHERE is_conflict OR place > 1
        """,
        [CONFLICT],
    )


def _has_repeated(connection: Connection) -> bool:
    """Whether two records have one key. Sorting is ten times cheaper than counting distinct ones in the engine."""
    found = connection.sql("SELECT record_key FROM typed WHERE refusal IS NULL").to_arrow_table()["record_key"]
    keys = np.sort(found.to_numpy())
    return bool((keys[1:] == keys[:-1]).any())


def _decide_against_held(connection: Connection, source: Source, version: str, held: str) -> None:
    delivered_to, _ = delivery_end(connection)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE met AS
        SELECT t.rowid AS row, t.record_key,
            CASE
                WHEN t.record_id <> held.record_id THEN 'quarantined'
                WHEN t.content_hash = held.content_hash THEN 'unchanged'
                WHEN {version} > held.version_at THEN 'updated'
                WHEN {version} < held.version_at THEN 'superseded'
                WHEN $delivered_to > held.delivered_to THEN 'updated'
                WHEN $delivered_to < held.delivered_to THEN 'superseded'
                WHEN t.content_hash > held.content_hash THEN 'updated'
                ELSE 'superseded'
            END AS fate,
            held.first_delivered_to AS held_first, held.delivered_to < $delivered_to AS is_later,
            held.first_delivered_to > $delivered_to AS is_earlier
        FROM typed AS t JOIN {held} AS held USING (record_key)
        WHERE t.refusal IS NULL AND t.rowid NOT IN (SELECT row FROM dismissed)
        """,
        {"delivered_to": delivered_to},
    )
    connection.execute(
        "INSERT INTO dismissed SELECT row, fate, CASE WHEN fate = 'quarantined' THEN ? END "
        "FROM met WHERE fate <> 'updated'",
        [COLLISION],
    )
    connection.execute("INSERT INTO replaced SELECT record_key, held_first FROM met WHERE fate = 'updated'")
    if _one_row(connection, "SELECT count(*) FROM met WHERE is_earlier OR (is_later AND fate = 'unchanged')")[0]:
        connection.execute(
            f"""
            UPDATE {table_of(source)} AS held SET
                delivered_to = CASE WHEN fate = 'unchanged' THEN greatest(delivered_to, $end) ELSE delivered_to END,
                first_delivered_to = least(first_delivered_to, $end)
            FROM met WHERE held.record_key = met.record_key
                AND fate <> 'quarantined' AND (is_earlier OR (is_later AND fate = 'unchanged'))
            """,
            {"end": delivered_to},
        )


def delivery_end(connection: Connection) -> tuple[datetime | None, date | None]:
    """The newest event of the file whose records are typed, which orders deliveries, and its local day."""
    row = connection.execute("SELECT max(event_at), max(business_day) FROM typed WHERE refusal IS NULL").fetchone()
    return (row[0], row[1]) if row else (None, None)


def _count(connection: Connection) -> Fates:
    typed, rejected, updated = _one_row(
        connection,
        "SELECT (SELECT count(*) FROM typed), (SELECT count(*) FROM rejected), (SELECT count(*) FROM replaced)",
    )
    dismissed = dict(connection.execute("SELECT fate, count(*) FROM dismissed GROUP BY fate").fetchall())
    return Fates(
        read=typed + rejected,
        loaded=_one_row(connection, "SELECT count(*) FROM typed WHERE rowid NOT IN (SELECT row FROM dismissed)")[0]
        - updated,
        updated=updated,
        unchanged=dismissed.get("unchanged", 0),
        superseded=dismissed.get("superseded", 0),
        quarantined=dismissed.get("quarantined", 0) + rejected,
    )


def _one_row(connection: Connection, sql: str) -> tuple[int, ...]:
    (row,) = connection.execute(sql).fetchall()  # an aggregate without GROUP BY has one row
    return tuple(row)
