"""Calls a day, as a telephone system's daily report sums them up.

Averages become sums: answer speed and talk are of the answered calls; the waiting time is taken to be of all that
came in [no file says of which]. A report without dates cannot be placed in time and is refused.
"""

import re
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.telephony.columns import cells
from etl.sources.telephony.intervals import most_frequent
from etl.sources.telephony.lengths import AVERAGES, averages, spelt, with_percent

TIME_OF_DAY = re.compile(r"\d:\d\d")
MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?(\.0+)?Z?$")


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with its service level as this file writes it, and with its own length where days are cut."""
    times = [cell for cell in cells(source, head, "Date") if cell]
    if not any(TIME_OF_DAY.search(time) and not MIDNIGHT.search(time) for time in times):
        return with_percent(source, head)
    (target,) = source.targets
    length = Field("constant", value=most_frequent(times, "Date"))
    cut = replace(target, fields={**target.fields, "interval_seconds": length})
    return with_percent(replace(source, targets=(cut,)), head)


SOURCE = Source(
    name="call_volumes_daily",
    title="Calls a day",
    form="table",
    required=("Date", "Incoming Calls", "Answered Calls", "Abandoned Calls"),
    optional=tuple(AVERAGES),
    ignored=("Answer Rate", "Index"),
    aliases={
        "Date": spelt("Date", "Fecha", "Day", "Datum", "Data", "Jour"),
        "Incoming Calls": (
            *spelt("Incoming Calls", "Incoming", "Total Incoming Calls", "Llamadas entrantes", "Eingehende Anrufe"),
            *spelt("Calls Offered", "Offered Calls", "Offered", "Calls Received", "Received Calls", "Total Calls"),
            *spelt("Appels entrants", "Chamadas recebidas"),
        ),
        "Answered Calls": (
            *spelt(
                "Answered Calls",
                "Answered",
                "Total Answered Calls",
                "Calls Answered",
                "Calls Handled",
                "Llamadas contestadas",
                "Llamadas atendidas",
            ),
            *spelt("Angenommene Anrufe", "Appels répondus", "Chamadas atendidas"),
        ),
        "Abandoned Calls": (
            *spelt(
                "Abandoned Calls",
                "Abandoned",
                "Total Abandoned Calls",
                "Calls Abandoned",
                "Llamadas abandonadas",
                "Appels abandonnés",
            ),
            *spelt("Verlorene Anrufe", "Abgebrochene Anrufe", "Chamadas abandonadas"),
        ),
        **AVERAGES,
    },
    key=("Date",),
    event=Field("when", ("Date",)),
    specialise=complete,
    targets=(
        Target(
            "volumes",
            {
                "channel": Field("constant", value="phone"),
                "direction": Field("constant", value="inbound"),
                "interval_seconds": Field("constant", value=86_400),
                "contact_count": Field("count", ("Incoming Calls",)),
                "offered_count": Field("count", ("Incoming Calls",)),
                "answered_count": Field("count", ("Answered Calls",)),
                "abandoned_count": Field("count", ("Abandoned Calls",)),
                **averages("Incoming Calls", "Answered Calls"),
            },
        ),
    ),
)
