"""Call detail records of Asterisk: the text log without a header in the operator's order, or the `cdr` table with one.

Times are those of the server's clock; `uniqueid` begins with the UTC second in which the channel was made.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source
from etl.sources.telephony.asterisk_orders import LENGTH, SOUND, WORDS, Record, order_of
from etl.sources.telephony.clocks import Clock, is_time, told_clock, utc_time
from etl.sources.telephony.columns import cells, is_told
from etl.sources.telephony.parties import both_ways, direction, length, waited

# A busy line and a failure end the attempt before anybody waited; the numbers stand where the words are switched off.
OUTCOMES = {
    "ANSWERED": "answered", "NO ANSWER": "abandoned", "BUSY": "flow_out", "FAILED": "flow_out",
    "CONGESTION": "flow_out",
    "8": "answered", "0": "abandoned", "1": "abandoned", "2": "flow_out", "4": "flow_out", "16": "flow_out",
}  # fmt: skip
FLAGS = ("DOCUMENTATION", "BILLING", "OMIT", "DEFAULT", "", "0", "1", "2", "3")
CALL = ("src", "dst", "dcontext", "channel", "dstchannel", "lastapp", "lastdata")
ENDS = ("calldate", "answer", "end", "duration", "billsec", "disposition", "amaflags")
# The orders seen: that of the driver itself, of cdr_custom.conf as it is delivered, of the table without its header.
ORDERS = (
    ("accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata", *ENDS,
     "uniqueid", "userfield", "peeraccount", "linkedid", "sequence"),
    ("clid", *CALL, *ENDS, "accountcode", "uniqueid", "userfield", "sequence", "linkedid", "peeraccount"),
    ("calldate", "clid", *CALL, "duration", "billsec", "disposition", "amaflags", "accountcode", "uniqueid",
     "userfield", "did", "recordingfile", "cnum", "cnam", "outbound_cnum", "outbound_cnam", "dst_cnam", "linkedid",
     "peeraccount", "sequence"),
)  # fmt: skip
SHORTEST = 14
SECOND = re.compile(r"(\d{9,10})\.\d+$")
# What tells two records of one call apart where they are not numbered; hashed, as it holds customers' numbers.
BY_NATURE = (
    "calldate", "uniqueid", "channel", "dstchannel", "src", "dst", "lastapp", "lastdata", "duration", "billsec",
    "disposition",
)  # fmt: skip


def names(head: Head) -> tuple[str, ...] | None:
    """The columns of a log without a header, in one of the known orders, or as what they hold tells them."""
    records = [head.columns, *(record for record in head.samples if any(record))]
    known, told = _known(records), order_of(records)
    if known and told and "uniqueid" in told and known[told.index("uniqueid")] != "uniqueid":
        return told
    return known or told


def _known(records: Sequence[Record]) -> tuple[str, ...] | None:
    for order in ORDERS:
        if _is_in(order, records[0]) and sum(_is_in(order, record) for record in records) >= SOUND * len(records):
            width = len(records[0])
            return tuple(order[place] if place < len(order) else f"column {place + 1}" for place in range(width))
    return None


def _is_in(order: tuple[str, ...], record: Record) -> bool:
    """Whether an outcome, its flag, two lengths and a time stand where the order has them."""
    told = {name: (text or "").strip() for name, text in zip(order, record, strict=False)}
    if len(record) < SHORTEST or "amaflags" not in told:
        return False
    lengths = [told["duration"], told["billsec"]]
    is_call = told["disposition"].upper() in WORDS and told["amaflags"].upper() in FLAGS
    return is_call and all(map(LENGTH.fullmatch, lengths)) and is_time(told["calldate"])


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the key that this file's columns allow, in UTC where its unique ids tell what the clock said."""
    keyed = _keyed(source, head)
    times, ids = cells(source, head, "calldate"), cells(source, head, "uniqueid")
    clock = told_clock((time, _second(text)) for time, text in zip(times, ids, strict=False))
    if clock is None:
        return keyed
    answered = _answered(clock)
    event = Field(
        "sql",
        ("calldate", "uniqueid"),
        expression=_utc("calldate", clock),
        expected="a date and time of the log's form",
        states_zone=True,
    )
    return replace(
        keyed,
        event=event,
        file_zone="UTC",
        targets=tuple(replace(target, fields={**target.fields, "answered_at": answered}) for target in keyed.targets),
    )


def _keyed(source: Source, head: Head) -> Source:
    """Known by call and number of the record where it has them; its conversation is the call that it is linked to."""
    linked = [column for column in ("linkedid", "uniqueid") if is_told(source, head, column)]
    keyed = replace(source, conversation=tuple(linked[:1]))
    if is_told(source, head, "uniqueid") and is_told(source, head, "sequence"):
        return replace(keyed, key=("uniqueid", "sequence"), is_known_by_nature=False)
    return keyed


def _second(text: str | None) -> float | None:
    found = SECOND.search(text or "")
    return float(found[1]) if found else None


def _utc(column: str, clock: Clock) -> str:
    second = f"try_cast(regexp_extract(\"uniqueid\", '{SECOND.pattern}', 1) AS BIGINT)"
    return utc_time(column, "calldate", second, clock)


def _answered(clock: Clock) -> Field:
    """The moment of the answer: as noted, else as long after the start as nobody was billed."""
    billed = 'try_cast("duration" AS DOUBLE) - try_cast("billsec" AS DOUBLE)'
    noted = f"coalesce({_utc('answer', clock)}, {_utc('calldate', clock)} + to_seconds({billed}))"
    columns = ("calldate", "answer", "duration", "billsec", "disposition", "uniqueid")
    return Field("sql", columns, expression=f"CASE WHEN {IS_ANSWERED} THEN {noted} END")


IS_ANSWERED = "upper(trim(\"disposition\")) IN ('ANSWERED', '8')"
WAITED = waited(IS_ANSWERED, length("duration"), length("billsec"))
IS_QUEUE = "coalesce(upper(trim(\"lastapp\")) = 'QUEUE', FALSE)"

IGNORED = (
    "AcctId", "accountcode", "agiuniqueid", "amaflags", "billamount", "clid", "cnam", "cnum", "cost", "dst_cnam",
    "dstchannel", "end", "id", "inboundsipcallid", "outbound_cnam", "outbound_cnum", "peeraccount",
    "recordingfile", "rowid", "sipcallid", "tenant", "trunk", "userfield",
)  # fmt: skip

SOURCE = Source(
    name="asterisk_cdr",
    title="Asterisk call records",
    form="table",
    required=("calldate", "src", "dst", "duration", "billsec", "disposition"),
    optional=("sequence", "linkedid", "uniqueid", "channel"),
    aliases={"calldate": ("start", "Call Date", "callDate", "start_time"), "linkedid": ("linked_id",)},
    ignored=IGNORED,
    naive_quotes=True,
    key=BY_NATURE,
    is_known_by_nature=True,
    event=Field("when", ("calldate",)),
    handle_parts=("talk_seconds",),
    name_columns=names,
    specialise=complete,
    targets=both_ways(
        {
            "channel": Field("constant", value="phone"),
            "direction": Field(
                "sql",
                ("src", "dst", "dcontext", "did"),
                expression=direction("src", "dst", context="dcontext", dialled_in="did"),
            ),
            "disposition": Field("code", ("disposition",), map=OUTCOMES),
            "is_queued": Field("sql", ("lastapp",), expression=IS_QUEUE),
            "queue": Field(
                "sql",
                ("lastapp", "lastdata"),
                expression=f"CASE WHEN {IS_QUEUE} THEN nullif(split_part(\"lastdata\", ',', 1), '') END",
            ),
            "wait_seconds": Field("sql", ("duration", "billsec"), expression=WAITED, expected="seconds, not negative"),
            "talk_seconds": Field(
                "sql",
                ("billsec", "disposition"),
                expression=f"CASE WHEN {IS_ANSWERED} THEN {length('billsec')} END",
            ),
        },
        "src",
        "dst",
    ),
)
