"""FreeSWITCH's call records, whichever template wrote them: their columns, their ids' clock, and what they say."""

import re
from collections.abc import Sequence

from etl.sources.base import Field
from etl.sources.telephony.clocks import is_time
from etl.sources.telephony.parties import direction, length, waited

Record = Sequence[str | None]
CALLER = ("caller_id_name", "caller_id_number", "destination_number", "context")
CALL = ("start_stamp", "answer_stamp", "end_stamp", "duration", "billsec", "hangup_cause")
# The templates example, sql, snom and linksys begin alike; newer ones put an address first. The last is asterisk.
ORDERS = (
    (*CALLER, *CALL, "uuid", "bleg_uuid", "accountcode", "read_codec", "write_codec", "sip_user_agent"),
    ("local_ip_v4", *CALLER, *CALL, "uuid", "bleg_uuid", "accountcode", "read_codec", "write_codec"),
    ("accountcode", "caller_id_number", "destination_number", "context", "caller_id_name", "channel_name",
     "bridge_channel", "last_app", "last_arg", *CALL, "amaflags", "uuid", "userfield"),
)  # fmt: skip
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CAUSE = re.compile(r"[A-Z]+(_[A-Z0-9]+)*")
UUID_BEGINS = 0x01B21DD213814000  # 1582-10-15, in 100 ns before 1970
TICKS = 10_000_000
# Causes with which an unanswered call ends because somebody stopped waiting; with any other it never got through.
GIVEN_UP = (
    "ALLOTTED_TIMEOUT", "NORMAL_CLEARING", "NORMAL_UNSPECIFIED", "NO_ANSWER", "NO_USER_RESPONSE", "ORIGINATOR_CANCEL",
    "PROGRESS_TIMEOUT", "RECOVERY_ON_TIMER_EXPIRE",
)  # fmt: skip
GAVE_UP = ", ".join(f"'{cause}'" for cause in GIVEN_UP)
IS_ANSWERED = '(nullif(trim("answer_stamp"), \'\') IS NOT NULL OR coalesce(try_cast("billsec" AS DOUBLE), 0) > 0)'
PARTIES = ("caller_id_number", "destination_number")


def order_of(record: Record) -> tuple[str, ...] | None:
    """The names of a record's columns, if it stands in the order of a known template."""
    for order in ORDERS:
        told = {name: (text or "").strip() for name, text in zip(order, record, strict=False)}
        if "uuid" in told and _is_call(told):
            return tuple(order[place] if place < len(order) else f"column {place + 1}" for place in range(len(record)))
    return None


def _is_call(told: dict[str, str]) -> bool:
    is_named = bool(UUID.fullmatch(told["uuid"].lower())) and bool(CAUSE.fullmatch(told["hangup_cause"]))
    return is_named and told["duration"].isdigit() and told["billsec"].isdigit() and is_time(told["start_stamp"])


def second_of(uuid: str | None) -> float | None:
    """The UTC second in which an id of version 1 was made; others hold none."""
    digits = (uuid or "").strip().lower()
    if not UUID.fullmatch(digits) or digits[14] != "1":
        return None
    return (int(digits[15:18] + digits[9:13] + digits[:8], 16) - UUID_BEGINS) / TICKS


def fields() -> dict[str, Field]:
    """What a record says but who the customer is and when it was answered."""
    total, billed = length("duration"), length("billsec")
    return {
        "channel": Field("constant", value="phone"),
        "direction": Field("sql", (*PARTIES, "context"), expression=direction(*PARTIES, context="context")),
        "disposition": Field(
            "sql",
            ("answer_stamp", "billsec", "hangup_cause"),
            expression=f"CASE WHEN {IS_ANSWERED} THEN 'answered' "
            f"WHEN upper(\"hangup_cause\") IN ({GAVE_UP}) THEN 'abandoned' ELSE 'flow_out' END",
        ),
        "wait_seconds": Field(
            "sql",
            ("duration", "billsec"),
            expression=waited(IS_ANSWERED, total, billed),
            expected="seconds, not negative",
        ),
        "talk_seconds": Field(
            "sql", ("answer_stamp", "billsec"), expression=f"CASE WHEN {IS_ANSWERED} THEN {billed} END"
        ),
    }
