"""Which contact a message belongs to: the root of its reply chain, also when parents arrive later."""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from etl.engines import Connection
from etl.load.held import is_held, table_of
from etl.sources.base import Source

Roots: TypeAlias = Callable[[Any, Any, Any], Any]
NOTHING_HELD = "(SELECT record_key, parent_key, record_key AS contact_key FROM typed WHERE FALSE)"


def thread(connection: Connection, source: Source, roots: Roots) -> None:
    """Fill `roots` (record_key, root) for the records that land and for all messages of the threads they touch.

    A chain also leads over records that are no messages: talk about us, which an answer to us may answer.
    Stored messages whose root changes are moved; their old and new contacts come into scope_contacts.
    """
    held = table_of(source) if is_held(connection, source) else NOTHING_HELD
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE touched_threads AS
        WITH landing AS (
            SELECT record_key, parent_key FROM typed WHERE rowid NOT IN (SELECT row FROM dismissed)
        )
        SELECT contact_key FROM {held} AS held
        WHERE record_key IN (SELECT parent_key FROM landing)
            OR parent_key IN (SELECT record_key FROM landing)
            OR record_key IN (SELECT record_key FROM replaced)
        """
    )
    messages = connection.sql(
        f"""
        SELECT record_key, parent_key FROM typed WHERE rowid NOT IN (SELECT row FROM dismissed)
        UNION ALL
        SELECT record_key, parent_key FROM {held} AS held
        WHERE contact_key IN (SELECT contact_key FROM touched_threads)
            AND record_key NOT IN (SELECT record_key FROM replaced)
        """
    ).to_arrow_table()
    parents = messages["parent_key"]
    keys = messages["record_key"].to_numpy()
    has_parent = np.asarray(parents.is_valid())
    found = pa.table({"record_key": keys, "root": roots(keys, parents.fill_null(0).to_numpy(), has_parent)})
    connection.register("found", found)
    connection.execute("CREATE OR REPLACE TEMP TABLE roots AS SELECT record_key, root FROM found")
    connection.unregister("found")
    if connection.execute("SELECT 1 FROM touched_threads LIMIT 1").fetchone():
        _move_stored(connection, held)


def _move_stored(connection: Connection, held: str) -> None:
    moved = "core_interactions.record_key = roots.record_key AND core_interactions.contact_key <> roots.root"
    connection.execute(
        f"INSERT INTO scope_contacts SELECT contact_key FROM core_interactions, roots WHERE {moved} "
        f"UNION SELECT root FROM core_interactions, roots WHERE {moved}"
    )
    connection.execute(
        f"UPDATE {held} AS held SET contact_key = roots.root FROM roots "
        "WHERE held.record_key = roots.record_key AND held.contact_key <> roots.root"
    )
