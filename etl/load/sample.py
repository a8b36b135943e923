"""The first records of a file as the canonical rows they land as, without what names anybody."""

from etl.engines import Connection
from etl.schema import TABLES

ROWS = 5
LANDED = ("core_interactions", "core_mentions", "core_responses", "core_volumes")
UNSHOWN_ENDINGS = ("_key", "_identifier", "agent_id")


def narrow(connection: Connection) -> None:
    """Leave in `typed` only the first records that land, so that masking and landing cost nothing."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE typed AS SELECT * FROM typed "
        "WHERE rowid NOT IN (SELECT row FROM dismissed) ORDER BY rowid LIMIT ?",
        [ROWS],
    )
    connection.execute("DELETE FROM dismissed")


def rows(connection: Connection) -> list[dict[str, object]]:
    """The first five landed rows in the order of their records: the table, its columns, the masked text.

    Keys and hashed identifiers mean nothing outside a warehouse and are left out.
    """
    found = [row for table in LANDED for row in _rows(connection, table)]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])][:ROWS]


def _rows(connection: Connection, table: str) -> list[tuple[int, dict[str, object]]]:
    """Record number and row."""
    shown = [column.name for column in TABLES[table] if not column.name.endswith(UNSHOWN_ENDINGS)]
    field = "landed.question" if table == "core_responses" else "'message'"
    result = connection.execute(
        f"SELECT core_records.record_number, {', '.join(f'landed.{name}' for name in shown)}, core_verbatims.text "
        f"FROM {table} AS landed JOIN core_records USING (record_key) "
        f"LEFT JOIN core_verbatims ON core_verbatims.record_key = landed.record_key AND core_verbatims.field = {field}"
    )
    names, target = (*shown, "verbatim"), table.removeprefix("core_")
    return [(row[0], {"table": target, **dict(zip(names, row[1:], strict=True))}) for row in result.fetchall()]
