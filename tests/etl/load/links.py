"""A generation of links alone, joined to customers, and the same by merging sets in Python."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.engines import Connection, scratch
from etl.enrich.identity import customers
from etl.load.customers import join_customers
from etl.load.own_list import OWN_LIST
from etl.storage import create_table
from etl.transform import scopes

KEY = "0" * 64
TABLES_USED = (
    "core_facts", "core_links", "core_not_same", "core_identities", "core_shared_keys",
    "core_interactions", "core_responses", "core_mentions",
)  # fmt: skip


class Link(NamedTuple):
    """Two identifiers that stood together in a record; record 0 is the company's own list."""

    a: str
    b: str
    record: int = 1

    @property
    def reason(self) -> str:
        """Where it was recorded."""
        return "calls" if self.record else OWN_LIST


@dataclass
class Joined:
    """What a generation holds: the customer of each linked identifier, the links that joined them, shared keys."""

    customers: dict[str, str] = field(default_factory=dict)
    merges: set[tuple[str, str, str, int]] = field(default_factory=set)
    shared: dict[str, tuple[str | None, int | None, bool]] = field(default_factory=dict)


def generation() -> Connection:
    """A generation without records: the tables that customers are joined from, into, and for."""
    connection = scratch()
    connection.execute("SET VARIABLE identifier_key = ?", [KEY])
    for table in TABLES_USED:
        connection.execute(create_table(table))
    scopes.open_scopes(connection)
    return connection


def add(connection: Connection, links: Sequence[Link]) -> None:
    """Links as landing leaves them."""
    if links:
        rows = [(link.record, link.a, link.b, link.reason) for link in links]
        connection.executemany("INSERT INTO core_links VALUES (?, ?, ?, ?)", rows)


def part(connection: Connection, *pairs: tuple[str, str]) -> None:
    """The pairs that are not the same, and no others."""
    connection.execute("DELETE FROM core_not_same")
    for a, b in pairs:
        connection.execute("INSERT INTO core_not_same VALUES (?, ?)", sorted((a, b)))


def join(connection: Connection, most_ids_per_key: int = 5, most_keys_per_id: int = 100) -> Joined:
    """Join the customers of a generation and tell what it holds."""
    join_customers(connection, customers, most_ids_per_key, most_keys_per_id)
    found = Joined()
    rows = connection.execute("SELECT identifier, customer_id, joined_to, reason, record_key FROM core_identities")
    for identifier, customer, joined_to, reason, record in rows.fetchall():
        found.customers[identifier] = customer
        if joined_to is not None:
            found.merges.add((identifier, joined_to, reason, record or 0))
    for identifier, *shared in connection.execute("SELECT * FROM core_shared_keys").fetchall():
        found.shared[identifier] = tuple(shared)
    return found


def joined(links: Sequence[Link], *pairs: tuple[str, str], most_ids_per_key: int = 5) -> Joined:
    """What links that came all at once end as."""
    with generation() as connection:
        add(connection, links)
        part(connection, *pairs)
        return join(connection, most_ids_per_key)


def merged(links: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Identifier to the smallest of its component, by merging sets."""
    groups: list[set[str]] = []
    for a, b in links:
        touched = [group for group in groups if a in group or b in group]
        groups = [group for group in groups if group not in touched] + [{a, b}.union(*touched)]
    return {name: min(group) for group in groups if len(group) > 1 for name in group}
