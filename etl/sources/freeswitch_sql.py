"""Call records of FreeSWITCH's mod_cdr_csv by its `sql` template: one INSERT statement a call instead of a row."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from etl.sources.base import Field, Source
from etl.sources.telephony.clocks import DATES, Clock, read_time, told_clock
from etl.sources.telephony.freeswitch import PARTIES, fields, order_of, second_of
from etl.sources.telephony.parties import both_ways

# The template has double quotes; a statement with single ones is one only with a call's id, else it is of a dump.
QUOTED = r"(\"|'(?=.*'[0-9a-f]{8}-[0-9a-f]{4}-))"
LINE = rf"(?i)\s*INSERT\s+INTO\s+[\w.`\"]+\s*(\([^)]*\)\s*)?VALUES\s*\(\s*{QUOTED}.*\)\s*;?\s*$"
VALUES = re.compile(r"(?i)\bVALUES\s*\((.*)\)\s*;?\s*$")
FIRST = 200


def fold(lines: Iterable[str]) -> Iterator[dict[str, str | None]]:
    """The calls of a log; times with their zone where the ids tell it. A line that is no call stays itself."""
    told = [(line, _call(line)) for line in lines if line.strip()]
    calls = [call for _, call in told if call][:FIRST]
    clock = told_clock((call["start_stamp"], second_of(call["uuid"])) for call in calls)
    for line, call in told:
        if call is None:
            yield {"line": line}
            continue
        yield {**call, **{name: _time(call[name], clock) for name in ("start_stamp", "answer_stamp")}}


def _call(line: str) -> dict[str, str] | None:
    """The values of one statement by their names; None if they stand in no known order."""
    found = VALUES.search(line)
    if not found:
        return None
    quote = "'" if found[1].lstrip().startswith("'") else '"'
    cells = next(csv.reader([found[1]], quotechar=quote, skipinitialspace=True), [])
    order = order_of(cells)
    return dict(zip(order, (cell.strip() for cell in cells), strict=True)) if order else None


def _time(text: str, clock: Clock | None) -> str | None:
    dates = (clock.date,) if clock else DATES
    local = next((time for date in dates if (time := read_time(text, date)) is not None), None)
    if local is None:
        return text or None
    told = datetime.fromtimestamp(local - (clock.ahead if clock else 0), UTC).replace(tzinfo=None)
    return told.isoformat(" ", "seconds") + ("Z" if clock else "")


SOURCE = Source(
    name="freeswitch_sql",
    title="FreeSWITCH call records (SQL)",
    form="lines",
    required=(),
    line_shape=LINE,
    key=("uuid",),
    event=Field("when", ("start_stamp",)),
    ignored=("accountcode", "bleg_uuid", "caller_id_name", "end_stamp", "local_ip_v4", "read_codec", "write_codec"),
    handle_parts=("talk_seconds",),
    fold=fold,
    targets=both_ways({**fields(), "answered_at": Field("when", ("answer_stamp",))}, *PARTIES),
)
