"""RingCentral call log: one JSON document a call, with or without its legs.

The legs of the detailed view overlap the call that they belong to, so that seconds are the call's alone; the log
notes neither hold nor wrap-up. An unanswered call lasts as long as it rang.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Field, Source, Target
from etl.sources.documents.parts import first, number, objects, text
from etl.sources.telephony.ringcentral_results import ANSWERED, OUTCOMES, is_answered
from etl.vocabulary import IdentityKind


def call(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The record of one call."""
    legs = objects(document, "legs")
    result = first(text(document, "result"), *(text(leg, "result") for leg in legs)) or "Unknown"
    was_answered = is_answered(result)
    seconds = _seconds(document)
    direction = text(document, "direction")
    caller, called = text(document, "from", "phoneNumber"), text(document, "to", "phoneNumber")
    customer = called if (direction or "").casefold() == "outbound" else caller
    is_inside = not (caller or called) and bool(_extension(document, "from") and _extension(document, "to"))
    yield {
        "id": text(document, "id"),
        "sessionId": first(text(document, "sessionId"), text(document, "telephonySessionId")),
        "startTime": text(document, "startTime"),
        "lastModifiedTime": text(document, "lastModifiedTime"),
        "type": text(document, "type"),
        "direction": "internal" if is_inside else direction,
        "result": result,
        "customer": customer,
        "agent": _agent(document, legs),
        "isTransferred": any("transfer" in (text(leg, "action") or "").casefold() for leg in legs),
        "waitSeconds": None if was_answered else seconds,
        "talkSeconds": seconds if was_answered else None,
    }


def _seconds(document: Mapping[str, Any]) -> str | None:
    """The length of the call in whole seconds, as the log counts it, else in milliseconds."""
    told = text(document, "duration")
    milliseconds = number(document, "durationMs")
    return told if told is not None or milliseconds is None else str(milliseconds / 1000)


def _extension(document: Mapping[str, Any], side: str) -> str | None:
    return first(text(document, side, "extensionId"), text(document, side, "extensionNumber"))


def _agent(document: Mapping[str, Any], legs: list[Mapping[str, Any]]) -> str | None:
    """The extension that took or made the call: that of the account's log, else that of the leg that connected."""
    connected = [leg for leg in legs if (text(leg, "result") or "") in ANSWERED]
    return first(text(document, "extension", "id"), *(text(leg, "extension", "id") for leg in connected))


SOURCE = Source(
    name="ringcentral",
    title="RingCentral call log",
    form="json",
    required=("id", "sessionId", "startTime", "direction"),
    signatures=(("id", "startTime", "direction", "action", "result"),),
    key=("id",),
    version=Field("when", ("lastModifiedTime",)),
    event=Field("when", ("startTime",), states_zone=True),
    conversation=("sessionId",),
    handle_parts=("talk_seconds",),
    flatten=call,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("code", ("type",), map={"Voice": "phone", "Fax": "task"}),
                "direction": Field(
                    "code", ("direction",), map={"Inbound": "inbound", "Outbound": "outbound", "internal": "internal"}
                ),
                "customer_identifier": Field("identity", ("customer",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "disposition": Field("code", ("result",), map=OUTCOMES),
                "is_transferred": Field("flag", ("isTransferred",), true=("true",), false=("false",)),
                "wait_seconds": Field("seconds", ("waitSeconds",)),
                "talk_seconds": Field("seconds", ("talkSeconds",)),
            },
        ),
    ),
)
