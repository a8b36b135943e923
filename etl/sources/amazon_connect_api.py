"""Amazon Connect's contacts as its API describes and finds them; the stream of contact records is another source.

The API names a queue and an agent by their ids and tells times where the stream tells durations, so that wait and talk
are what lies between these times. Their seconds are whole in the stream, and so they are here.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from etl.sources.base import Field, Source, Target
from etl.sources.documents.parts import first, number, part, text
from etl.vocabulary import IdentityKind

CHANNELS = {"VOICE": "phone", "CHAT": "chat", "EMAIL": "email", "TASK": "task"}
DIRECTIONS = {
    **dict.fromkeys(
        ("INBOUND", "TRANSFER", "QUEUE_TRANSFER", "API", "WEBRTC_API", "MESSAGING_PLATFORM"), "inbound"
    ),
    **dict.fromkeys(
        ("CALLBACK", "OUTBOUND", "EXTERNAL_OUTBOUND", "AGENT_REPLY", "FLOW", "CAMPAIGN_PREVIEW"), "outbound"
    ),
    **dict.fromkeys(("DISCONNECT", "MONITOR"), "internal"),
}  # fmt: skip


def contact(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The record of one contact, which stands alone inside `Contact` where one is described."""
    wrapped = part(document, "Contact")
    document = wrapped if isinstance(wrapped, Mapping) else document
    queued = _instant(document, "QueueInfo", "EnqueueTimestamp")
    connected = _instant(document, "AgentInfo", "ConnectedToAgentTimestamp")
    ended = _instant(document, "DisconnectTimestamp")
    hold = number(document, "AgentInfo", "CustomerHoldDuration")
    told = number(document, "AgentInfo", "AgentInteractionDuration")
    lasted = _between(connected, ended)
    yield {
        "id": text(document, "Id"),
        "initial": text(document, "InitialContactId"),
        "started_at": _plain(_instant(document, "InitiationTimestamp")) or text(document, "InitiationTimestamp"),
        "updated_at": _plain(_instant(document, "LastUpdateTimestamp")),
        "channel": text(document, "Channel"),
        "method": text(document, "InitiationMethod"),
        "disposition": _outcome(document, queued, connected),
        "customer": text(document, "CustomerEndpoint", "Address"),
        "agent": text(document, "AgentInfo", "Id"),
        "queue": first(text(document, "QueueInfo", "Name"), text(document, "QueueInfo", "Id")),
        "is_queued": str(queued is not None).lower(),
        "is_transferred": str(text(document, "TransferCompletedTimestamp") is not None).lower(),
        "answered_at": _plain(connected),
        "wait_seconds": _between(queued, connected or ended),
        "talk_seconds": told if told is not None or lasted is None else max(lasted - (hold or 0), 0),
        "hold_seconds": hold,
        "wrap_up_seconds": number(document, "AgentInfo", "AfterContactWorkDuration"),
    }


def _outcome(document: Mapping[str, Any], queued: datetime | None, connected: datetime | None) -> str:
    if text(document, "InitiationMethod") == "CALLBACK":
        return "callback"
    return "answered" if connected else "abandoned" if queued else "contained"


def _instant(document: Mapping[str, Any], *path: str) -> datetime | None:
    """A time: epoch seconds as the service sends them, or ISO as its tools show them."""
    seconds = number(document, *path)
    try:
        if seconds is not None:
            return datetime.fromtimestamp(seconds, UTC)
        told = datetime.fromisoformat(text(document, *path) or "")
    except (ValueError, OverflowError, OSError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _plain(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat() if instant else None


def _between(start: datetime | None, end: datetime | None) -> int | None:
    return max(round((end - start).total_seconds()), 0) if start and end else None


def _seconds(name: str) -> Field:
    return Field("seconds", (name,))


SOURCE = Source(
    name="amazon_connect_api",
    title="Amazon Connect contacts (API)",
    form="json",
    required=("Contact.Id", "Contact.InitiationMethod", "Contact.Channel", "Contact.InitiationTimestamp"),
    signatures=(("Id", "Arn", "InitiationMethod", "Channel", "InitiationTimestamp"),),
    key=("id",),
    version=Field("when", ("updated_at",), states_zone=True),
    event=Field("when", ("started_at",), states_zone=True),
    conversation=("initial",),
    handle_parts=("talk_seconds", "hold_seconds", "wrap_up_seconds"),
    flatten=contact,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("code", ("channel",), map=CHANNELS),
                "direction": Field("code", ("method",), map=DIRECTIONS),
                "customer_identifier": Field("identity", ("customer",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "queue": Field("text", ("queue",)),
                "is_queued": Field("flag", ("is_queued",), true=("true",), false=("false",)),
                "is_transferred": Field("flag", ("is_transferred",), true=("true",), false=("false",)),
                "disposition": Field("text", ("disposition",)),
                "answered_at": Field("when", ("answered_at",), states_zone=True),
                "wait_seconds": _seconds("wait_seconds"),
                "talk_seconds": _seconds("talk_seconds"),
                "hold_seconds": _seconds("hold_seconds"),
                "wrap_up_seconds": _seconds("wrap_up_seconds"),
            },
        ),
    ),
)
