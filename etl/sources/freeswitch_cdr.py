"""Call records of FreeSWITCH's mod_cdr_csv: no header, in the order of the templates that it is delivered with.

Times are those of the server's clock. A `uuid` of version 1 holds the UTC moment in which it was made.
"""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.telephony.clocks import Clock, told_clock, utc_time
from etl.sources.telephony.columns import cells
from etl.sources.telephony.freeswitch import PARTIES, TICKS, UUID_BEGINS, fields, order_of, second_of
from etl.sources.telephony.parties import both_ways

SOUND = 0.7


def names(head: Head) -> tuple[str, ...] | None:
    """The columns of a log without a header, if its records stand in the order of a known template."""
    order = order_of(head.columns)
    records = [head.columns, *(record for record in head.samples if any(record))]
    if order and sum(order_of(record) is not None for record in records) >= SOUND * len(records):
        return order
    return None


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source in UTC, where the ids of this file tell what the server's clock said."""
    times, ids = cells(source, head, "start_stamp"), cells(source, head, "uuid")
    clock = told_clock((time, second_of(text)) for time, text in zip(times, ids, strict=False))
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


def _utc(column: str, clock: Clock) -> str:
    ticks = 'CAST(\'0x\' || substr("uuid", 16, 3) || substr("uuid", 10, 4) || left("uuid", 8) AS BIGINT)'
    second = f"CASE WHEN substr(\"uuid\", 15, 1) = '1' THEN ({ticks} - {UUID_BEGINS}) / {TICKS} END"
    return utc_time(column, "start_stamp", f"({second})", clock)


IGNORED = (
    "accountcode", "amaflags", "bleg_uuid", "bridge_channel", "caller_id_name", "channel_name", "end_stamp", "last_app",
    "last_arg", "local_ip_v4", "read_codec", "sip_user_agent", "userfield", "write_codec",
)  # fmt: skip

SOURCE = Source(
    name="freeswitch_cdr",
    title="FreeSWITCH call records",
    form="table",
    required=("caller_id_number", "destination_number", "start_stamp", "duration", "billsec", "hangup_cause", "uuid"),
    optional=("answer_stamp", "context"),
    aliases={"uuid": ("xml_cdr_uuid",), "start_stamp": ("start",), "answer_stamp": ("answer",), "end_stamp": ("end",)},
    ignored=IGNORED,
    key=("uuid",),
    event=Field("when", ("start_stamp",)),
    handle_parts=("talk_seconds",),
    name_columns=names,
    specialise=complete,
    targets=both_ways({**fields(), "answered_at": Field("when", ("answer_stamp",))}, *PARTIES),
)
