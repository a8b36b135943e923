"""Call records of FreeSWITCH's mod_cdr_csv: no header, in the order of the templates that it is delivered with.

Times are those of the server's clock. A `uuid` of version 1 holds the UTC moment in which it was made.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.telephony.clocks import Clock, is_time, told_clock, utc_time
from etl.sources.telephony.columns import cells
from etl.sources.telephony.parties import both_ways, direction, length, waited

Record = Sequence[str | None]
CALLER = ("caller_id_name", "caller_id_number", "destination_number", "context")
CALL = ("start_stamp", "answer_stamp", "end_stamp", "duration", "billsec", "hangup_cause")
# Templates example, snom and linksys begin alike; newer ones put the server's address first. Then the Asterisk one.
ORDERS = (
    (*CALLER, *CALL, "uuid", "bleg_uuid", "accountcode", "read_codec", "write_codec", "sip_user_agent"),
    ("local_ip_v4", *CALLER, *CALL, "uuid", "bleg_uuid", "accountcode", "read_codec", "write_codec"),
    ("accountcode", "caller_id_number", "destination_number", "context", "caller_id_name", "channel_name",
     "bridge_channel", "last_app", "last_arg", *CALL, "amaflags", "uuid", "userfield"),
)  # fmt: skip
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CAUSE = re.compile(r"[A-Z]+(_[A-Z0-9]+)*")
SOUND = 0.7
UUID_BEGINS = 0x01B21DD213814000  # 1582-10-15, in 100 ns before 1970
TICKS = 10_000_000
# Causes with which an unanswered call ends because somebody stopped waiting; with any other it never got through.
GIVEN_UP = (
    "ALLOTTED_TIMEOUT", "NORMAL_CLEARING", "NORMAL_UNSPECIFIED", "NO_ANSWER", "NO_USER_RESPONSE", "ORIGINATOR_CANCEL",
    "PROGRESS_TIMEOUT", "RECOVERY_ON_TIMER_EXPIRE",
)  # fmt: skip


def names(head: Head) -> tuple[str, ...] | None:
    """The columns of a log without a header, if its records stand in the order of a known template."""
    records = [head.columns, *(record for record in head.samples if any(record))]
    for order in ORDERS:
        if _is_in(order, records[0]) and sum(_is_in(order, record) for record in records) >= SOUND * len(records):
            width = len(records[0])
            return tuple(order[place] if place < len(order) else f"column {place + 1}" for place in range(width))
    return None


def _is_in(order: tuple[str, ...], record: Record) -> bool:
    told = {name: (text or "").strip() for name, text in zip(order, record, strict=False)}
    if "uuid" not in told:
        return False
    is_call = bool(UUID.fullmatch(told["uuid"].lower())) and bool(CAUSE.fullmatch(told["hangup_cause"]))
    return is_call and told["duration"].isdigit() and told["billsec"].isdigit() and is_time(told["start_stamp"])


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source in UTC, where the ids of this file tell what the server's clock said."""
    times, ids = cells(source, head, "start_stamp"), cells(source, head, "uuid")
    clock = told_clock((time, _second(text)) for time, text in zip(times, ids, strict=False))
    if clock is None:
        return source
    columns = ("start_stamp", "answer_stamp", "uuid")
    answered = Field("sql", columns, expression=_utc("answer_stamp", clock))
    event = Field(
        "sql",
        ("start_stamp", "uuid"),
        expression=_utc("start_stamp", clock),
        expected="a date and time of the log's form",
        states_zone=True,
    )
    return replace(
        source,
        event=event,
        file_zone="UTC",
        targets=tuple(replace(target, fields={**target.fields, "answered_at": answered}) for target in source.targets),
    )


def _second(text: str | None) -> float | None:
    """The UTC second of a version 1 uuid; others hold none."""
    digits = (text or "").strip().lower()
    if not UUID.fullmatch(digits) or digits[14] != "1":
        return None
    return (int(digits[15:18] + digits[9:13] + digits[:8], 16) - UUID_BEGINS) / TICKS


def _utc(column: str, clock: Clock) -> str:
    ticks = 'CAST(\'0x\' || substr("uuid", 16, 3) || substr("uuid", 10, 4) || left("uuid", 8) AS BIGINT)'
    second = f"CASE WHEN substr(\"uuid\", 15, 1) = '1' THEN ({ticks} - {UUID_BEGINS}) / {TICKS} END"
    return utc_time(column, "start_stamp", f"({second})", clock)


IS_ANSWERED = '(nullif(trim("answer_stamp"), \'\') IS NOT NULL OR coalesce(try_cast("billsec" AS DOUBLE), 0) > 0)'
TOTAL, BILLED = length("duration"), length("billsec")
GAVE_UP = ", ".join(f"'{cause}'" for cause in GIVEN_UP)

IGNORED = (
    "accountcode", "amaflags", "bleg_uuid", "bridge_channel", "caller_id_name", "channel_name", "end_stamp",
    "last_app", "last_arg", "local_ip_v4", "read_codec", "sip_user_agent", "userfield", "write_codec",
)  # fmt: skip

SOURCE = Source(
    name="freeswitch_cdr",
    title="FreeSWITCH call records",
    form="table",
    required=("caller_id_number", "destination_number", "start_stamp", "duration", "billsec", "hangup_cause", "uuid"),
    optional=("answer_stamp", "context"),
    aliases={"start_stamp": ("start",), "answer_stamp": ("answer",), "end_stamp": ("end",)},
    ignored=IGNORED,
    key=("uuid",),
    event=Field("when", ("start_stamp",)),
    handle_parts=("talk_seconds",),
    name_columns=names,
    specialise=complete,
    targets=both_ways(
        {
            "channel": Field("constant", value="phone"),
            "direction": Field(
                "sql",
                ("caller_id_number", "destination_number", "context"),
                expression=direction("caller_id_number", "destination_number", context="context"),
            ),
            "disposition": Field(
                "sql",
                ("answer_stamp", "billsec", "hangup_cause"),
                expression=f"CASE WHEN {IS_ANSWERED} THEN 'answered' "
                f"WHEN upper(\"hangup_cause\") IN ({GAVE_UP}) THEN 'abandoned' ELSE 'flow_out' END",
            ),
            "answered_at": Field("when", ("answer_stamp",)),
            "wait_seconds": Field(
                "sql",
                ("duration", "billsec"),
                expression=waited(IS_ANSWERED, TOTAL, BILLED),
                expected="seconds, not negative",
            ),
            "talk_seconds": Field(
                "sql",
                ("answer_stamp", "billsec"),
                expression=f"CASE WHEN {IS_ANSWERED} THEN {BILLED} END",
            ),
        },
        "caller_id_number",
        "destination_number",
    ),
)
