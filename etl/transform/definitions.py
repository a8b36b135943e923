"""Which definition of each metric a generation counts by, and since when: history is restated, and says so."""

from datetime import datetime
from typing import TypeAlias

from etl.engines import Connection
from etl.metrics.catalogue import METRICS
from etl.metrics.definitions import fingerprint
from etl.metrics.standing import DEFINITIONS

Known: TypeAlias = list[tuple[str, int, str, int, datetime]]


def known_definitions(connection: Connection) -> Known:
    """What earlier generations were counted by; nothing before the first one."""
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [DEFINITIONS]).fetchone():
        return []
    return connection.execute(
        f"SELECT metric, version, fingerprint, generation, published_at FROM {DEFINITIONS}"
    ).fetchall()


def note_definitions(connection: Connection, known: Known, generation: int, now: datetime) -> None:
    """Keep what was known, and add each metric whose version is new, as of this generation and instant (UTC)."""
    held = {(metric, version) for metric, version, *_ in known}
    added = [
        (metric.name, metric.version, fingerprint(metric), generation, now)
        for metric in METRICS.values()
        if (metric.name, metric.version) not in held
    ]
    connection.execute(f"DELETE FROM {DEFINITIONS}")
    connection.executemany(f"INSERT INTO {DEFINITIONS} VALUES (?, ?, ?, ?, ?)", sorted([*known, *added]))
