"""The company's own list of invitations to surveys, with whom each went to as a keyed identifier."""

from collections.abc import Sequence
from datetime import UTC

import pyarrow as pa

from etl.engines import Connection
from etl.invitations import Invitation
from etl.load.typed import Normalise, register_identifiers
from etl.sources.texts import literal
from etl.vocabulary import IdentityKind

COLUMNS = (
    "invitation_number", "source", "channel", "sent_at", "business_day", "is_delivered", "is_opted_out", "product",
    "region", "segment",
)  # fmt: skip
NOTED = "invitations"


def have_changed(connection: Connection, mark: str) -> bool:
    """Whether another list than that of now is held."""
    held = connection.execute("SELECT value FROM core_facts WHERE name = ?", [NOTED]).fetchone()
    return (held[0] if held else "") != mark


def replace_invitations(
    connection: Connection, invitations: Sequence[Invitation], mark: str, normalise: Normalise, region: str | None
) -> None:
    """Hold these and no others; days on which any was or is sent come into scope."""
    connection.execute("INSERT INTO scope_days SELECT DISTINCT business_day FROM core_invitations")
    connection.execute("DELETE FROM core_invitations")
    connection.register("invitations_listed", _table(invitations))
    for kind in IdentityKind:
        raw = connection.sql(
            f"SELECT DISTINCT raw FROM invitations_listed WHERE kind = {literal(kind.value)}"
        ).to_arrow_table()["raw"]
        register_identifiers(connection, "invited_names", raw, kind, "", normalise, region)
        connection.execute(
            f"INSERT INTO core_invitations BY NAME SELECT {', '.join(COLUMNS)}, "
            "invited_names.identifier AS customer_identifier "
            "FROM invitations_listed JOIN invited_names USING (raw) WHERE kind = ?",
            [kind.value],
        )
    connection.unregister("invitations_listed")
    connection.execute("INSERT INTO scope_days SELECT DISTINCT business_day FROM core_invitations")
    connection.execute("DELETE FROM core_facts WHERE name = ?", [NOTED])
    connection.execute("INSERT INTO core_facts VALUES (?, ?)", [NOTED, mark])


def _table(invitations: Sequence[Invitation]) -> pa.Table:
    texts = ("source", "channel", "product", "region", "segment")
    columns = {name: pa.array([getattr(each, name) or None for each in invitations], pa.string()) for name in texts}
    return pa.table(
        {
            **columns,
            "invitation_number": pa.array([each.line for each in invitations], pa.int64()),
            "sent_at": pa.array(
                [each.sent.astimezone(UTC).replace(tzinfo=None) for each in invitations], pa.timestamp("us")
            ),
            "business_day": pa.array([each.day for each in invitations], pa.date32()),
            "is_delivered": pa.array([each.is_delivered for each in invitations], pa.bool_()),
            "is_opted_out": pa.array([each.is_opted_out for each in invitations], pa.bool_()),
            "kind": pa.array([each.kind.value for each in invitations], pa.string()),
            "raw": pa.array([each.value for each in invitations], pa.string()),
        }
    )
