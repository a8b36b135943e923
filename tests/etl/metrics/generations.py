"""Small generations made by hand: rows put straight into the canonical tables, then models, watermarks and marts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.config import Settings
from etl.engines import Connection, DuckEngine, scratch
from etl.folders import Folders
from etl.metrics.answer import LOCAL_ANALYST, Principal
from etl.metrics.ask import WarehouseAsk
from etl.metrics.targets import Layers
from etl.schema import TABLES
from etl.storage import THREADED, VIEWS, create_table
from etl.transform import foundation, runner, scopes, watermarks
from etl.warehouse import Published

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC).replace(tzinfo=None)
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "core_interactions": {
        "source": "calls", "channel": "phone", "direction": "inbound", "started_at": NOON, "disposition": "answered",
        "is_queued": True, "is_public": False, "is_automatic": False, "is_transferred": False,
    },
    "core_responses": {
        "source": "survey", "question": "how likely", "kind": "nps", "score": 9, "responded_at": NOON,
        "is_counted": True,
    },
    "core_mentions": {
        "source": "posts", "platform": "twitter", "posted_at": NOON, "is_own": False, "is_repost": False,
    },
    "core_volumes": {
        "source": "counts", "started_at": NOON, "interval_seconds": 1800, "channel": "phone", "direction": "inbound",
    },
    "core_invitations": {
        "source": "survey", "channel": "phone", "sent_at": NOON, "is_delivered": True, "is_opted_out": False,
    },
}  # fmt: skip


@dataclass
class Rows:
    """What is to be put into a generation; a record's key is its place unless it is given."""

    interactions: list[dict[str, Any]] = field(default_factory=list)
    responses: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    volumes: list[dict[str, Any]] = field(default_factory=list)
    invitations: list[dict[str, Any]] = field(default_factory=list)
    customers: dict[str, str] = field(default_factory=dict)
    newest: dict[str, datetime] = field(default_factory=dict)
    handle_parts: str = "talk_seconds"
    told: list[dict[str, Any]] = field(default_factory=list)
    promises: Sequence[tuple[str, str, float]] = field(default_factory=list)
    causes: Sequence[tuple[str, bool]] = field(default_factory=list)

    def leg(self, **values: Any) -> int:
        """One more interaction; returns its key, which is also its contact's unless `contact_key` is given."""
        key = len(self.interactions) + 1
        row = {**DEFAULTS["core_interactions"], "record_key": key, "contact_key": key, **values}
        self.interactions.append(row | {"business_day": row["started_at"].date()})
        return key

    def answer(self, **values: Any) -> None:
        """One more answer."""
        row = {**DEFAULTS["core_responses"], "record_key": 10_000 + len(self.responses), **values}
        self.responses.append(row | {"business_day": row["responded_at"].date()})

    def mention(self, tone: int | None = None, **values: Any) -> int:
        """One more mention, labelled as positive (1), neutral (0) or negative (-1); returns its key."""
        key = 20_000 + len(self.mentions)
        row = {**DEFAULTS["core_mentions"], "record_key": key, "tone": tone, **values}
        self.mentions.append(row | {"business_day": row["posted_at"].date()})
        return key

    def volume(self, **values: Any) -> None:
        """One more interval that a system counted."""
        row = {**DEFAULTS["core_volumes"], "record_key": 30_000 + len(self.volumes), **values}
        self.volumes.append(row | {"business_day": row["started_at"].date()})

    def words(self, record: int, cause: str | None, touchpoint: str | None = None, field: str = "message") -> None:
        """What the customer's words in a record tell."""
        row = {"record_key": record, "field": field, "cause": cause, "touchpoint": touchpoint}
        self.told.append({**row, "source": "by hand", "language": "en", "why": cause, "version": "1"})

    def invite(self, customer: str | None, **values: Any) -> None:
        """One more invitation to a survey."""
        row = {**DEFAULTS["core_invitations"], "customer_identifier": customer, **values}
        number = len(self.invitations) + 1
        self.invitations.append(row | {"invitation_number": number, "business_day": row["sent_at"].date()})

    def known(self, identifier: str, customer: str) -> None:
        """An identifier names a customer."""
        self.customers[identifier] = customer

    def delivered(self, source: str, newest: datetime) -> None:
        """A source's newest event, when it is later than that of its rows."""
        self.newest[source] = newest


def generation(rows: Rows, settings: Settings | None = None) -> Connection:
    """A database in memory that holds the rows as if they had been loaded; local days are those of UTC."""
    connection = scratch()
    foundation.lay(connection)
    scopes.open_scopes(connection)
    for view in ("core_records", THREADED, "core_responses", "core_mentions", "core_volumes"):
        connection.execute(f"DROP VIEW {view}")
        connection.execute(create_table(VIEWS[view], view))
    _insert(connection, "core_interactions", rows.interactions)
    legs = {row["record_key"]: row["contact_key"] for row in rows.interactions}
    answers = [{"contact_key": legs.get(row["record_key"]), **row} for row in rows.responses]
    _insert(connection, "core_responses", answers)
    _insert(connection, "core_mentions", rows.mentions)
    _insert(connection, "core_volumes", rows.volumes)
    _insert(connection, "core_invitations", rows.invitations)
    _insert(connection, "core_sentiments", _sentiments(rows))
    events = _events(rows)
    told = [row | {"business_day": events[row["record_key"]][2]} for row in rows.told]
    _insert(connection, "core_told_causes", told)
    names = [{"identifier": identifier, "customer_id": customer} for identifier, customer in rows.customers.items()]
    _insert(connection, "core_identities", names)
    _insert(connection, "core_records", _records(rows))
    _insert(connection, "core_loads", _loads(rows))
    chosen = settings or Settings(Folders(Path()))
    foundation.write_limits(connection, chosen)
    foundation.write_list(connection, "core_promises", rows.promises)
    foundation.write_list(connection, "core_causes", rows.causes)
    watermarks.refresh(connection, chosen)
    runner.run_models(connection, is_full=True)
    foundation.write_calendar(connection, chosen)
    runner.run_marts(connection, chosen, is_full=True)
    return connection


def ask_on(
    connection: Connection, settings: Settings | None = None, principal: Principal = LOCAL_ANALYST, layers: Layers = ()
) -> WarehouseAsk:
    """Ask on such a generation."""
    published = Published(1, Path(), datetime(2026, 1, 1, tzinfo=UTC))
    return WarehouseAsk(DuckEngine(connection), published, settings or Settings(Folders(Path())), principal, layers)


def days_after(days: int, moment: datetime = NOON) -> datetime:
    """The same time of a later day."""
    return moment + timedelta(days=days)


def _insert(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        columns = {column.name: [row.get(column.name) for row in rows] for column in TABLES[table]}
        connection.from_arrow(pa.table(columns)).insert_into(THREADED if table == "core_interactions" else table)


def _events(rows: Rows) -> dict[int, tuple[str, datetime, date]]:
    """Source, instant and day of each record; an answer may stand in the record of an interaction."""
    found = {row["record_key"]: (row["source"], row["responded_at"], row["business_day"]) for row in rows.responses}
    found |= {row["record_key"]: (row["source"], row["posted_at"], row["business_day"]) for row in rows.mentions}
    found |= {row["record_key"]: (row["source"], row["started_at"], row["business_day"]) for row in rows.volumes}
    return found | {
        row["record_key"]: (row["source"], row["started_at"], row["business_day"]) for row in rows.interactions
    }


def _sentiments(rows: Rows) -> list[dict[str, Any]]:
    """The labels of all mentions but our own, which nobody labels."""
    return [{**row, "label": row["tone"], "model": "by hand"} for row in rows.mentions if not row["is_own"]]


def _records(rows: Rows) -> list[dict[str, Any]]:
    return [
        {
            "record_key": key, "source": source, "record_id": f"r{key}", "content_hash": 0, "event_at": moment,
            "business_day": day, "load_id": 1, "record_number": place, "delivered_to": moment,
            "first_delivered_to": moment,
        }
        for place, (key, (source, moment, day)) in enumerate(_events(rows).items(), 1)
    ]  # fmt: skip


def _loads(rows: Rows) -> list[dict[str, Any]]:
    newest: dict[str, datetime] = dict(rows.newest)
    for source, moment, _ in _events(rows).values():
        newest[source] = max(moment, newest.get(source, moment))
    return [
        {
            "load_id": place, "sha256": source, "file_name": f"{source}.csv", "source": source, "status": "loaded",
            "read_count": 1, "loaded_count": 1, "updated_count": 0, "unchanged_count": 0, "superseded_count": 0,
            "quarantined_count": 0, "newest_event_at": moment, "newest_day": moment.date(),
            "handle_parts": rows.handle_parts, "zone": "UTC", "is_zone_assumed": False, "loaded_at": moment,
            "title": source,
        }
        for place, (source, moment) in enumerate(newest.items(), 1)
    ]  # fmt: skip
