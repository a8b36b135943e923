"""Amazon Connect contact records: one JSON object a line, as a stream of them is stored."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.demo.contacts import CHAT, EMAIL, Contacts
from etl.demo.customers import LANGUAGES, REGIONS, SEGMENTS, Customers
from etl.demo.records import Records
from etl.demo.season import Flags, Ints, Times
from etl.demo.topics import PRODUCTS, QUEUE_NAMES, QUEUES, TOPIC_CODES
from etl.demo.writers.files import Span, write_files
from etl.demo.writers.lines import filled, instant, json_text, looked_up, whole

TEAMS = ("Hamburg A", "Hamburg B", "Leipzig A", "Leipzig B", "Digital", "Written")
AGENTS_PER_TEAM = 12
_TEAMS_OF_CHANNEL = ((0, 1, 2, 3), (4,), (5,))
_CHANNEL_NAMES = ("VOICE", "CHAT", "EMAIL")
_INITIATION = ("INBOUND", "API", "INBOUND")

_RECORD = (
    '{"AWSAccountId":"123456789012","AWSContactTraceRecordFormatVersion":"2017-03-10","Agent":$agent,'
    '"AgentConnectionAttempts":$attempts,"Attributes":{$customer_id"topic":$topic,"product":$product,'
    '"region":$region,"segment":$segment,"language":$language$resolved},"Channel":$channel,'
    '"ConnectedToSystemTimestamp":$start,"ContactId":$contact_id,"CustomerEndpoint":$customer_endpoint,'
    '"DisconnectReason":$reason,"DisconnectTimestamp":$ended,"InitialContactId":$initial_id,'
    '"InitiationMethod":$method,"InitiationTimestamp":$start,'
    '"InstanceARN":"arn:aws:connect:eu-central-1:123456789012:instance/meridian",'
    '"LastUpdateTimestamp":$updated,"NextContactId":$next_id,"PreviousContactId":$previous_id,'
    '"Queue":{"DequeueTimestamp":$dequeued,"Duration":$wait,"EnqueueTimestamp":$queued,"Name":$queue},'
    '"SystemEndpoint":$system_endpoint,"TransferCompletedTimestamp":$moved,"TransferredToEndpoint":null}\n'
)
_AGENT = (
    '{"AfterContactWorkDuration":$wrap,"AfterContactWorkEndTimestamp":$wrapped,'
    '"AfterContactWorkStartTimestamp":$ended,"AgentInteractionDuration":$talk,'
    '"ConnectedToAgentTimestamp":$answered,"CustomerHoldDuration":$hold,'
    '"HierarchyGroups":{"Level1":{"GroupName":$team}},"LongestHoldDuration":$hold,"NumberOfHolds":$hold_count,'
    '"Username":$username}'
)


def write_records(
    folder: Path,
    files: tuple[Span, ...],
    positions: Ints,
    records: Records,
    contacts: Contacts,
    customers: Customers,
) -> list[Path]:
    """Write the records, ordered by file; `contacts` has one entry per record."""
    columns = _times(records, contacts) | _people(contacts, customers) | _handling(records, contacts)
    columns |= {"agent": _agents(records, contacts, columns)}
    lines = filled(_RECORD, columns)
    return list(write_files(folder, "contact_records", "ndjson", files, positions, "", lines))


def _times(records: Records, contacts: Contacts) -> dict[str, Any]:
    # Mail lies in a shared box that agents pick from; only calls and chats wait in a queue.
    is_queued = ~contacts.is_outbound & (contacts.channel != _CHANNEL_NAMES.index("EMAIL"))
    return {
        "start": _instant(records.start),
        "queued": _instant(records.queued, is_queued),
        "dequeued": _instant(records.answered, is_queued),
        "answered": _instant(records.answered),
        "ended": _instant(records.ended),
        "wrapped": _instant(records.wrapped),
        "updated": _instant(records.updated),
        "moved": _instant(records.ended, records.next_id != b""),
        "wait": _or_null(whole(records.wait), is_queued),
    }


def _people(contacts: Contacts, customers: Customers) -> dict[str, Any]:
    person = pa.array(contacts.customer)
    segment, region = customers.segment[contacts.customer], customers.region[contacts.customer]
    identity = filled('"customerId":$id,', {"id": json_text(customers.customer_id.take(person))})
    return {
        "customer_id": pc.if_else(pa.array(contacts.is_identified), identity, ""),
        "topic": json_text(looked_up(TOPIC_CODES, contacts.topic)),
        "product": json_text(looked_up(PRODUCTS, customers.product[contacts.customer])),
        "region": json_text(looked_up(REGIONS, region)),
        "segment": json_text(looked_up(SEGMENTS, segment)),
        "language": json_text(looked_up(LANGUAGES, customers.language[contacts.customer])),
        "resolved": _resolved(contacts),
        "customer_endpoint": _customer_endpoints(contacts, customers),
    }


def _handling(records: Records, contacts: Contacts) -> dict[str, Any]:
    channel = contacts.channel
    method = np.where(contacts.is_outbound, "OUTBOUND", np.array(_INITIATION)[channel])
    by_customer = contacts.is_abandoned | ((records.talk % 3 > 0) & (records.next_id == b""))
    addresses = [queue.address for queue in QUEUES]
    return {
        "channel": json_text(looked_up(_CHANNEL_NAMES, channel)),
        "method": json_text(pa.array(np.where(records.is_second, "TRANSFER", method))),
        "reason": json_text(pa.array(np.where(by_customer, "CUSTOMER_DISCONNECT", "AGENT_DISCONNECT"))),
        "queue": json_text(looked_up(QUEUE_NAMES, contacts.queue)),
        "attempts": whole((~contacts.is_abandoned).astype(np.int64)),
        "system_endpoint": _endpoint(looked_up(addresses, contacts.queue), channel),
        "contact_id": _id(records.contact_id),
        "initial_id": _id(records.initial_id),
        "previous_id": _id(records.previous_id),
        "next_id": _id(records.next_id),
    }


def _agents(records: Records, contacts: Contacts, columns: dict[str, Any]) -> Any:
    """The agent's part of each record, null where nobody answered."""
    durations = {name: whole(getattr(records, name)) for name in ("wrap", "talk", "hold", "hold_count")}
    agents = filled(_AGENT, columns | durations | _names(records, contacts))
    return _or_null(agents, ~contacts.is_abandoned)


def _names(records: Records, contacts: Contacts) -> dict[str, Any]:
    """Team and username; the same record always names the same agent, a transfer another one."""
    draw = (records.contact * 7919 + records.is_second * 31) % 100_003
    team = np.zeros(len(records), dtype=np.int64)
    for channel, choices in enumerate(_TEAMS_OF_CHANNEL):
        mine = contacts.channel == channel
        team[mine] = np.array(choices)[draw[mine] % len(choices)]
    agent = team * AGENTS_PER_TEAM + draw // 7 % AGENTS_PER_TEAM
    usernames = [f"agent{number:03d}" for number in range(len(TEAMS) * AGENTS_PER_TEAM)]
    return {"team": json_text(looked_up(TEAMS, team)), "username": json_text(looked_up(usernames, agent))}


def _resolved(contacts: Contacts) -> Any:
    """What the agent recorded; nobody recorded anything where nobody answered."""
    recorded = np.where(contacts.is_resolved, ',"resolved":"true"', ',"resolved":"false"')
    return pa.array(np.where(contacts.is_abandoned, "", recorded))


def _customer_endpoints(contacts: Contacts, customers: Customers) -> Any:
    person, channel = pa.array(contacts.customer), contacts.channel
    address = pc.if_else(pa.array(channel == EMAIL), customers.email.take(person), customers.phone.take(person))
    return _or_null(_endpoint(address, channel), ~contacts.is_withheld)


def _endpoint(address: Any, channel: Ints) -> Any:
    """An address with its type, null for chat as Connect has it."""
    kinds = looked_up(("TELEPHONE_NUMBER", "CHAT", "EMAIL_ADDRESS"), channel)
    endpoint = filled('{"Address":$address,"Type":$kind}', {"address": json_text(address), "kind": json_text(kinds)})
    return _or_null(endpoint, channel != CHAT)


def _instant(times: Times, is_known: Flags | None = None) -> Any:
    text = filled('"$time"', {"time": pc.replace_substring(instant(times), " ", "T")})
    zoned = pc.replace_substring_regex(text, '"$', 'Z"')
    return zoned if is_known is None else _or_null(zoned, is_known)


def _id(ids: Any) -> Any:
    return _or_null(json_text(pa.array(ids.astype("U36"))), ids != b"")


def _or_null(text: Any, is_known: Flags) -> Any:
    return pc.if_else(pa.array(is_known), text, "null")
