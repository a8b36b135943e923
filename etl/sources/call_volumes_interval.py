"""Counts of calls a quarter of an hour, a day or any other interval, as long as most records are apart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.telephony.columns import cells
from etl.sources.telephony.intervals import EPOCH, RANGE, length_of, most_frequent, spans_of, states_zone, until
from etl.sources.telephony.lengths import AVERAGES, averages, spelt, with_percent

TIMES = (("DateTime",), ("Date", "Interval"), ("Date",))


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the interval of this file, and with its queue in the key where it counts by queue.

    Raises FileRefused when the records do not tell how long an interval is.
    """
    columns = next((names for names in TIMES if all(cells(source, head, name) for name in names)), TIMES[0])
    parts = [cells(source, head, name) for name in columns]
    named = [" ".join(text or "" for text in cut) for cut in zip(*parts, strict=False)]
    spans = spans_of(named, is_sure=len(columns) > 1)
    event = replace(_event(source.event, named, is_range=bool(spans)), columns=columns)
    told = length_of(spans) or until(named, cells(source, head, "End"))
    length = told or most_frequent(named, ", ".join(columns))
    key = (*columns, *(("Queue",) if cells(source, head, "Queue") else ()))
    target = source.targets[0]
    fields = {**target.fields, "interval_seconds": Field("constant", value=length)}
    for field in ("answer_wait_seconds", "talk_seconds") if not cells(source, head, "Answered") else ():
        del fields[field]  # nothing tells of how many the average is
    return with_percent(replace(source, key=key, event=event, targets=(replace(target, fields=fields),)), head)


def _event(event: Field, named: Sequence[str], *, is_range: bool) -> Field:
    """The time of this file: since 1970, the beginning of a range, with a zone of its own, or without."""
    if is_range:
        return replace(event, rewrites=((RANGE, r"\1"),))
    epoch: Literal["", "auto"] = "auto" if named and all(map(EPOCH.fullmatch, named)) else ""
    return replace(event, epoch=epoch, states_zone=not epoch and all(map(states_zone, named)))


ALIASES = {
    "DateTime": (
        *spelt("datetime", "date time", "Date/Time", "timestamp", "interval start", "Interval Start Time", "Start"),
        *spelt("interval begin", "start interval", "StartInterval", "Start Time", "Date and Time", "Fecha y hora"),
        *spelt("Datum/Uhrzeit", "Zeitpunkt", "Beginn", "Von"),
    ),
    "End": spelt("interval end", "interval end time", "EndInterval", "End", "End Time", "end interval", "Ende", "Bis"),
    "Date": spelt("date", "day", "Datum", "Fecha", "Jour", "Data"),
    "Interval": (
        *spelt("interval", "time", "half hour", "quarter hour", "Time Interval", "Time Period", "Time Range", "Period"),
        *spelt("Time Slot", "Hour", "Uhrzeit", "Intervall", "Zeitraum", "Hora", "Heure", "Intervalo", "Intervalle"),
    ),
    "Calls": (
        *spelt("calls", "call volume", "calls offered", "offered", "offered calls", "incoming calls", "num calls"),
        *spelt("number of calls", "call count", "Contacts queued", "Calls Presented", "Contacts offered", "Volume"),
        *spelt("Calls Received", "Total Calls", "Anrufe", "Llamadas", "Appels", "Chamadas"),
    ),
    "Queue": spelt("queue", "queue name", "skill", "skill name", "split", "CSQ Name", "Warteschlange", "Cola"),
    "Answered": (
        *spelt("answered", "answered calls", "calls answered", "handled", "Calls Handled", "Contacts handled"),
        *spelt("Angenommen", "Contestadas", "Atendidas", "Répondus"),
    ),
    "Abandoned": (
        *spelt("abandoned", "abandoned calls", "calls abandoned", "Contacts abandoned"),
        *spelt("Abgebrochen", "Verloren", "Abandonadas", "Abandonnés"),
    ),
    **AVERAGES,
}  # fmt: skip

SOURCE = Source(
    name="call_volumes_interval",
    title="Calls an interval",
    form="table",
    required=("DateTime", "Calls"),
    signatures=(
        ("Date", "Interval", "Calls"),
        ("Date", "Interval", "Calls", "Answered", "Abandoned"),
        ("Date", "Queue", "Calls", "Answered", "Abandoned"),
        ("Date", "Calls"),
    ),
    optional=("Queue", "Answered", "Abandoned", "End", *AVERAGES),
    ignored=("rownames", "index"),
    aliases=ALIASES,
    key=("DateTime",),
    event=Field("when", ("DateTime",)),
    specialise=complete,
    targets=(
        Target(
            "volumes",
            {
                "channel": Field("constant", value="phone"),
                "direction": Field("constant", value="inbound"),
                "interval_seconds": Field("constant", value=0),
                "queue": Field("text", ("Queue",)),
                "contact_count": Field("count", ("Calls",)),
                "offered_count": Field("count", ("Calls",)),
                "answered_count": Field("count", ("Answered",)),
                "abandoned_count": Field("count", ("Abandoned",)),
                **averages("Calls", "Answered"),
            },
        ),
    ),
)
