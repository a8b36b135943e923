"""Zendesk Talk: calls, and the legs of calls, in one source so that a call and its legs are one contact.

Talk, hold and wrap-up of a call are the sums of its agents' legs'. A leg lands as an internal part of the contact that
says who took it and whether it was handed on; its seconds count only while the call itself is not there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Field, Source, Target
from etl.sources.documents.parts import text
from etl.vocabulary import IdentityKind

CALL = (
    "created_at", "updated_at", "completion_status", "direction", "customer_id", "agent_id", "call_group_id",
    "wait_time", "talk_time", "hold_time", "wrap_up_time", "voicemail", "callback",
    "ivr_destination_group_name",
)  # fmt: skip


OF_LEG = {"call_talk_time": "talk_time", "hold_time": "hold_time", "wrap_up_time": "wrap_up_time"}
HANDLING = ("talk_time", "hold_time", "wrap_up_time")


def record(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The record of a call, or that of a leg."""
    leg_of = text(document, "call_id")
    if leg_of is None:
        told = {name: text(document, name) for name in CALL}
        told["agent_id"] = _agent(document)
        if told["callback"] == "true" and told["talk_time"] in ("0", None):
            told.update(dict.fromkeys(HANDLING))  # asked for, not handled yet
        told["call_talk_time"] = told["talk_time"]
        yield {**told, "record": text(document, "id"), "call": text(document, "id"), "kind": "call"}
        return
    number, agent = text(document, "id"), _agent(document)
    # The same talk also stands in the customer's leg, and in that of a supervisor who listened.
    is_agents = agent is not None and text(document, "type") not in ("customer", "external", "supervisor")
    yield {
        "record": f"leg {number}" if number else None,
        "call": leg_of,
        "kind": "leg" if is_agents else "other leg",
        "created_at": text(document, "created_at"),
        "updated_at": text(document, "updated_at"),
        "completion_status": text(document, "completion_status"),
        "direction": "internal",
        "agent_id": agent,
        "talk_time": text(document, "talk_time"),
        **{field: text(document, name) for field, name in OF_LEG.items() if is_agents},
        "transferred_to": text(document, "transferred_to"),
    }


def _agent(document: Mapping[str, Any]) -> str | None:
    """The agent's id; 0 stands for none, in the legs of customers."""
    agent = text(document, "agent_id")
    return None if agent == "0" else agent


IS_CALL = "\"kind\" = 'call'"
STATUS = 'lower("completion_status")'
# An agent took the call: somebody talked, or it was completed and no message was left.
IS_ANSWERED = (
    '(coalesce(try_cast("talk_time" AS DOUBLE), 0) > 0 OR (lower("completion_status") = \'completed\' '
    "AND coalesce(\"voicemail\", 'false') <> 'true' AND \"agent_id\" IS NOT NULL))"
)
# Who hung up in the menu gave self-service up and never came to a queue.
IS_QUEUED = f"{IS_CALL} AND \"direction\" = 'inbound' AND coalesce({STATUS} <> 'abandoned_in_ivr', TRUE)"
OUTCOME = f"""CASE
    WHEN "kind" = 'other leg' AND {IS_ANSWERED} THEN 'flow_out'
    WHEN {IS_ANSWERED} THEN 'answered'
    WHEN "voicemail" = 'true' OR {STATUS} IN ('pending_voicemail', 'abandoned_in_voicemail') THEN 'voicemail'
    WHEN "callback" = 'true' THEN 'callback'
    WHEN {STATUS} IN ('abandoned_in_ivr', 'abandoned_in_queue', 'abandoned_on_hold', 'not_answered', 'agent_missed',
        'agent_declined', 'agent_transfer_declined', 'agent_unreachable', 'customer_hang_up') THEN 'abandoned'
    WHEN {STATUS} IN ('completed', 'failed') THEN 'flow_out'
END"""


def _of_call(column: str) -> Field:
    return Field("seconds", (column,))


SOURCE = Source(
    name="zendesk_talk",
    title="Zendesk Talk calls",
    form="json",
    required=("id", "created_at", "completion_status", "direction", "wait_time"),
    signatures=(("id", "call_id", "created_at", "completion_status"),),
    key=("record",),
    # Tools blank out this time in fixtures and logs; such a record has no version.
    version=Field("sql", ("updated_at",), expression="timezone('UTC', try_cast(\"updated_at\" AS TIMESTAMPTZ))"),
    event=Field("when", ("created_at",), states_zone=True),
    conversation=("call",),
    handle_parts=("talk_seconds", "hold_seconds", "wrap_up_seconds"),
    whole_tells=True,
    flatten=record,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("constant", value="phone"),
                "direction": Field(
                    "code",
                    ("direction",),
                    map={"inbound": "inbound", "outbound": "outbound", "internal": "internal"},
                ),
                "customer_identifier": Field("identity", ("customer_id",), identity=IdentityKind.ID),
                "agent_id": Field("identity", ("agent_id",), identity=IdentityKind.ID, scope="agent"),
                "queue": Field(
                    "sql",
                    ("ivr_destination_group_name", "call_group_id"),
                    expression='coalesce("ivr_destination_group_name", "call_group_id")',
                ),
                "is_queued": Field("sql", ("direction", "kind", "completion_status"), expression=IS_QUEUED),
                "is_transferred": Field("sql", ("transferred_to",), expression='"transferred_to" IS NOT NULL'),
                "disposition": Field(
                    "sql",
                    ("completion_status", "talk_time", "voicemail", "callback", "agent_id", "kind"),
                    expression=OUTCOME,
                    expected="a completion status that is known",
                ),
                "wait_seconds": _of_call("wait_time"),
                "talk_seconds": _of_call("call_talk_time"),
                "hold_seconds": _of_call("hold_time"),
                "wrap_up_seconds": _of_call("wrap_up_time"),
            },
        ),
    ),
)
