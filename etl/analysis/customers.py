"""How far customers are known: coverage by source, what joined them, and the keys that name nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.engines import Connection

COVERAGE = """
    SELECT source, channel, count(*) AS contacts, count(customer_id) AS identified,
        round(count(customer_id) / count(*), 4) AS share
    FROM core_contacts WHERE direction = 'inbound' GROUP BY ALL ORDER BY ALL
"""
CUSTOMERS = """
    WITH kinds AS (
        SELECT customer_id, count(DISTINCT split_part(identifier, ':', 1)) AS kind_count
        FROM core_identities GROUP BY customer_id
    ), contacted AS (
        SELECT customer_id, count(DISTINCT channel) AS channel_count FROM core_contacts
        WHERE customer_id IS NOT NULL GROUP BY customer_id
    )
    SELECT count(*) AS customers, count(*) FILTER (WHERE kind_count > 1) AS of_several_kinds,
        count(*) FILTER (WHERE channel_count > 1) AS in_several_channels
    FROM contacted LEFT JOIN kinds USING (customer_id)
"""
MERGES = """
    SELECT reason, count(*) AS merges FROM core_identities WHERE joined_to IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
SHARED = """
    SELECT split_part(identifier, ':', 1) AS kind, shared_by, count(*) AS keys, max(shared_count) AS most,
        count(*) FILTER (WHERE is_listed) AS listed
    FROM core_shared_keys WHERE shared_by IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
APART = """
    SELECT count(*) AS pairs, count(*) FILTER (WHERE one.customer_id = other.customer_id) AS still_joined
    FROM core_not_same AS pair
    LEFT JOIN core_identities AS one ON one.identifier = pair.identifier
    LEFT JOIN core_identities AS other ON other.identifier = pair.other_identifier
"""
LARGEST = """
    SELECT customer_id AS customer, count(*) AS identifiers,
        count(*) FILTER (WHERE starts_with(identifier, 'id:')) AS ids
    FROM core_identities GROUP BY customer_id ORDER BY identifiers DESC, customer_id LIMIT 5
"""
MEMBERS = """
    SELECT member.identifier, member.joined_to, member.reason, record.record_id
    FROM core_identities AS member
    LEFT JOIN core_records AS record ON record.record_key = member.record_key
    WHERE member.customer_id = (SELECT customer_id FROM core_identities WHERE identifier = ?)
    ORDER BY member.joined_to IS NOT NULL, member.identifier
"""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Coverage:
    """How far the customers of a generation are known; rows are named by their columns, no raw identifier in them."""

    coverage: Rows
    customers: Mapping[str, int]
    merges: Rows
    shared_keys: Rows
    not_same: Mapping[str, int]
    largest: Rows


def coverage(connection: Connection) -> Coverage:
    """Inbound contacts with a customer by source and channel, and what the customers were made of."""
    (customers,), (apart,) = _rows(connection, CUSTOMERS), _rows(connection, APART)
    return Coverage(
        _rows(connection, COVERAGE), customers, _rows(connection, MERGES), _rows(connection, SHARED), apart,
        _rows(connection, LARGEST),
    )  # fmt: skip


def members(connection: Connection, identifier: str) -> Rows:
    """Each identifier of the customer whom one names, with the link that joined it; empty when it is linked to none."""
    return _rows(connection, MEMBERS, [identifier])


def _rows(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Rows:
    found = connection.execute(sql, list(parameters))
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
