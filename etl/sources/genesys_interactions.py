"""Genesys Cloud's view of interactions as its users export it: a table, a row a conversation with its totals.

Durations are milliseconds; who asks for readable ones gets h:mm:ss or `1m 5s` (all seen in public code that reads
such files). Where several queues or users took part they stand in one cell, parted by semicolons.
"""

from etl.sources.base import Field, Source
from etl.sources.telephony.parties import both_ways
from etl.sources.texts import quoted
from etl.vocabulary import IdentityKind

WORDS = r"^\s*(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m)?\s*(?:(\d+(?:\.\d+)?)\s*s)?\s*$"
UNITS = (86_400, 3_600, 60, 1)
MEDIUM = "lower(trim(split_part(coalesce(\"Media Type\", ''), ';', 1)))"
CHANNEL = f"""CASE {MEDIUM} WHEN 'voice' THEN 'phone' WHEN 'callback' THEN 'phone' WHEN 'chat' THEN 'chat'
WHEN 'message' THEN 'chat' WHEN 'webchat' THEN 'chat' WHEN 'email' THEN 'email' END"""
OUTBOUND = 'lower(coalesce("Direction", "Initial Direction")) LIKE \'outbound%\''


def _is_told(column: str) -> str:
    return f"nullif(trim({quoted(column)}), '') IS NOT NULL"


def _is_yes(column: str) -> str:
    return f"coalesce(lower(trim({quoted(column)})) NOT IN ('', 'no', 'false', '0'), FALSE)"


def _first(column: str) -> str:
    return f"nullif(trim(split_part({quoted(column)}, ';', 1)), '')"


def _duration(column: str) -> Field:
    """Milliseconds, h:mm:ss or words, as seconds."""
    text = f"nullif(nullif(trim({quoted(column)}), ''), 'N/A')"
    worded = " + ".join(
        f"coalesce(try_cast(regexp_extract({text}, '{WORDS}', {place}) AS DOUBLE), 0) * {unit}"
        for place, unit in enumerate(UNITS, 1)
    )
    value = (
        f"CASE WHEN {text} LIKE '%:%' THEN epoch(try_cast({text} AS INTERVAL)) "
        f"WHEN regexp_matches({text}, '[dhms]') AND regexp_matches({text}, '{WORDS}') THEN {worded} "
        f"ELSE try_cast({text} AS DOUBLE) / 1000 END"
    )
    seconds = f"CAST({value} AS DECIMAL(12,3))"
    return Field(
        "sql",
        (column,),
        expression=f"CASE WHEN {seconds} >= 0 THEN {seconds} WHEN {text} IS NULL THEN NULL END",
        expected="milliseconds, h:mm:ss or 1m 5s, not negative",
    )


OUTCOME = f"""CASE WHEN {_is_yes("Abandoned")} THEN 'abandoned' WHEN {MEDIUM} = 'callback' THEN 'callback'
WHEN {_is_told("Users")} THEN 'answered' WHEN {_is_told("Queue")} AND NOT ({OUTBOUND}) THEN 'abandoned'
ELSE 'contained' END"""

SOURCE = Source(
    name="genesys_interactions",
    title="Genesys Cloud interactions (CSV)",
    form="table",
    required=("Conversation ID", "Media Type", "Date", "Direction"),
    signatures=(
        ("Conversation ID", "Media Type", "Date", "Initial Direction"),
        ("Conversation ID", "Date", "Users", "Queue", "Duration"),
    ),
    optional=("Direction", "Initial Direction", "Media Type"),
    aliases={
        "Queue": ("First Queue", "Queues"),
        "Conversation ID": ("Interaction ID",),
        "Transferred": ("Transfers",),
        "Wrap-up": ("Wrap-up Code", "Wrap-Up"),
    },
    ignored=(
        "Abandoned in Queue",
        "Alert Segments",
        "Conversation Initiator",
        "Disconnect Type",
        "Division",
        "Duration",
        "End Date",
        "Error Code",
        "External Tag",
        "Filters",
        "Flow",
        "Flow-Out",
        "Full Export Completed",
        "Language",
        "Languages",
        "Partial Result Timestamp",
        "Provider",
        "Queue ID",
        "Remote",
        "Skills",
        "Subject",
        "Time to Abandon",
        "Total Alert",
        "Total Conversation",
        "Total Handle",
        "Total IVR",
        "Users - Alerted",
        "Users - Not Responding",
    ),
    key=("Conversation ID",),
    event=Field("when", ("Date",)),
    handle_parts=("talk_seconds", "hold_seconds", "wrap_up_seconds"),
    targets=both_ways(
        {
            "channel": Field("sql", ("Media Type",), expression=CHANNEL, expected="a known media type"),
            "direction": Field(
                "sql",
                ("Direction", "Initial Direction"),
                expression=f"CASE WHEN {OUTBOUND} THEN 'outbound' ELSE 'inbound' END",
            ),
            "agent_id": Field("identity", ("Users",), identity=IdentityKind.ID, scope="agent"),
            "queue": Field("sql", ("Queue",), expression=_first("Queue")),
            "wrap_up_code": Field("sql", ("Wrap-up",), expression=_first("Wrap-up")),
            "is_queued": Field("sql", ("Queue",), expression=f"{_is_told('Queue')}"),
            "is_transferred": Field("sql", ("Transferred",), expression=_is_yes("Transferred")),
            "disposition": Field(
                "sql",
                ("Abandoned", "Media Type", "Users", "Queue", "Direction", "Initial Direction"),
                expression=OUTCOME,
            ),
            "wait_seconds": _duration("Total Queue"),
            "talk_seconds": _duration("Total Talk"),
            "hold_seconds": _duration("Total Hold"),
            "wrap_up_seconds": _duration("Total ACW"),
        },
        "ANI",
        "DNIS",
    ),
)
