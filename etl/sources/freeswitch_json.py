"""Call records of FreeSWITCH's mod_json_cdr and mod_xml_cdr: a document a leg, its values among its variables."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from etl.sources.base import Field, Source
from etl.sources.documents.parts import objects, part, text
from etl.sources.telephony.parties import at_least_none, both_ways, direction, length, waited
from etl.vocabulary import IdentityKind

NAMES = (
    "start_epoch", "answer_epoch", "duration", "billsec", "waitsec", "hold_accum_seconds", "hangup_cause",
    "caller_id_number", "destination_number", "context", "call_uuid", "bridge_uuid", "direction",
    "cc_queue", "cc_agent", "sip_from_user", "sip_to_user",
)  # fmt: skip
PROFILE = ("caller_id_number", "destination_number", "context")


def leg(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The record of one leg; numbers stand in the caller's profile where no variable holds them."""
    variables = part(document, "variables")
    found = {name: _plain(text(variables, name)) for name in NAMES}
    only = part(document, "callflow")  # XML has no list where there is one
    flows = [only] if isinstance(only, Mapping) else objects(document, "callflow")
    profile = next((part(flow, "caller_profile") for flow in reversed(flows)), None)
    for name in PROFILE:
        found[name] = found[name] or _plain(text(profile, name))
    found["caller_id_number"] = found["caller_id_number"] or found["sip_from_user"]
    found["destination_number"] = found["destination_number"] or found["sip_to_user"]
    found["uuid"] = text(variables, "uuid") or text(profile, "uuid")
    found["conversation"] = found["call_uuid"] or found["uuid"]
    yield found


def _plain(value: str | None) -> str | None:
    """A variable without the percent signs that some versions write it with."""
    return unquote(value) if value and "%" in value else value


TOTAL, BILLED, HELD = length("duration"), length("billsec"), length("hold_accum_seconds")
TALKED = at_least_none(f"{BILLED} - coalesce({HELD}, 0)")
IS_ANSWERED = 'coalesce(try_cast("answer_epoch" AS BIGINT), 0) > 0'
GAVE_UP = (
    "'ALLOTTED_TIMEOUT', 'NORMAL_CLEARING', 'NORMAL_UNSPECIFIED', 'NO_ANSWER', 'NO_USER_RESPONSE', "
    "'ORIGINATOR_CANCEL', 'PROGRESS_TIMEOUT', 'RECOVERY_ON_TIMER_EXPIRE'"
)

SOURCE = Source(
    name="freeswitch_json",
    title="FreeSWITCH call records (JSON, XML)",
    form="json",
    required=("variables.uuid", "variables.start_epoch", "variables.duration", "variables.billsec"),
    key=("uuid",),
    event=Field("when", ("start_epoch",), epoch="s"),
    conversation=("conversation",),
    ignored=("bridge_uuid", "call_uuid", "direction", "sip_from_user", "sip_to_user", "waitsec"),
    handle_parts=("talk_seconds", "hold_seconds"),
    flatten=leg,
    targets=both_ways(
        {
            "channel": Field("constant", value="phone"),
            # Of the channel, not of the call: each call that a phone of ours makes comes "inbound" to the switch.
            "direction": Field(
                "sql",
                ("caller_id_number", "destination_number", "context"),
                expression=direction("caller_id_number", "destination_number", context="context"),
            ),
            "agent_id": Field("identity", ("cc_agent",), identity=IdentityKind.ID, scope="agent"),
            "queue": Field("text", ("cc_queue",)),
            "is_queued": Field("sql", ("cc_queue",), expression='"cc_queue" IS NOT NULL'),
            "disposition": Field(
                "sql",
                ("answer_epoch", "hangup_cause"),
                expression=f"CASE WHEN {IS_ANSWERED} THEN 'answered' "
                f"WHEN upper(coalesce(\"hangup_cause\", 'NO_ANSWER')) IN ({GAVE_UP}) THEN 'abandoned' "
                "ELSE 'flow_out' END",
            ),
            "answered_at": Field(
                "sql",
                ("answer_epoch",),
                expression=f"CASE WHEN {IS_ANSWERED} "
                'THEN make_timestamp(try_cast("answer_epoch" AS BIGINT) * 1000000) END',
            ),
            "wait_seconds": Field(
                "sql",
                ("duration", "billsec"),
                expression=waited(IS_ANSWERED, TOTAL, BILLED),
                expected="seconds, not negative",
            ),
            "talk_seconds": Field(
                "sql",
                ("answer_epoch", "billsec", "hold_accum_seconds"),
                expression=f"CASE WHEN {IS_ANSWERED} THEN {TALKED} END",
            ),
            "hold_seconds": Field(
                "sql",
                ("answer_epoch", "hold_accum_seconds"),
                expression=f"CASE WHEN {IS_ANSWERED} THEN coalesce({HELD}, 0) END",
            ),
        },
        "caller_id_number",
        "destination_number",
    ),
)
