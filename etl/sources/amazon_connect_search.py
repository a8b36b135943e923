"""Amazon Connect's contacts as its console's contact search downloads them: a table, a row a contact.

Which columns there are is the user's choice; times that state no zone are those of the page (inferred, no file seen).
"""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.documents.heads import cells
from etl.vocabulary import IdentityKind

STARTED = "Initiation timestamp"
IN_WORDS = (
    "%b %d, %Y, %I:%M:%S %p", "%b %d, %Y %I:%M:%S %p", "%b %d, %Y, %I:%M %p", "%b %d, %Y, %H:%M:%S",
    "%d %b %Y, %H:%M:%S", "%d %b %Y %H:%M:%S",
)  # fmt: skip
CHANNELS = {
    "Voice": "phone", "Telephony": "phone", "Chat": "chat", "SMS": "chat", "Email": "email", "Task": "task",
}  # fmt: skip
METHOD = "upper(replace(trim(\"Initiation method\"), ' ', '_'))"
DIRECTION = f"""CASE WHEN {METHOD} IN ('OUTBOUND', 'CALLBACK', 'EXTERNAL_OUTBOUND', 'AGENT_REPLY', 'FLOW',
    'CAMPAIGN_PREVIEW') THEN 'outbound' WHEN {METHOD} IN ('DISCONNECT', 'MONITOR') THEN 'internal' ELSE 'inbound' END"""
IS_QUEUED = "nullif(trim(\"Queue\"), '') IS NOT NULL"
OUTCOME = f"""CASE WHEN {METHOD} = 'CALLBACK' THEN 'callback'
    WHEN nullif(trim("Agent"), '') IS NOT NULL THEN 'answered' WHEN {IS_QUEUED} THEN 'abandoned' ELSE 'contained' END"""


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the way in which this file writes its times: in ISO, or with the names of months."""
    is_in_words = any(char.isalpha() for cell in cells(source, STARTED, head) for char in cell[:3])
    return replace(source, event=replace(source.event, formats=IN_WORDS)) if is_in_words else source


SOURCE = Source(
    name="amazon_connect_search",
    title="Amazon Connect contact search (CSV)",
    form="table",
    required=("Contact ID", STARTED, "Channel", "System phone number"),
    signatures=tuple(
        ("Contact ID", STARTED, "Channel", name) for name in ("Contact status", "Contact duration", "Queue duration")
    ),
    optional=("Agent", "Queue"),
    ignored=(
        "Agent connected timestamp", "Contact ARN", "Contact duration", "Contact status", "Disconnect reason",
        "Disconnect timestamp", "Initial contact ID", "Next contact ID", "Previous contact ID", "Recording",
        "Recording/Transcript", "Routing profile", "System endpoint", "System phone number", "Transcript",
    ),
    aliases={
        "Agent": ("Agent login", "Agent username", "Agent name"),
        "Customer phone number": ("Customer endpoint", "Customer endpoint address"),
        "Disconnect timestamp": ("Contact disconnect timestamp",),
        "Queue": ("Queue name",),
        "Queue duration": ("Time in queue", "Queue wait time"),
        "After contact work duration": ("After contact work time", "ACW duration"),
        "Agent interaction duration": ("Agent interaction time", "Interaction duration"),
        "Customer hold duration": ("Customer hold time", "Hold duration"),
    },
    key=("Contact ID",),
    event=Field("when", (STARTED,)),
    handle_parts=("talk_seconds", "hold_seconds", "wrap_up_seconds"),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field(
                    "code",
                    ("Channel",),
                    map=CHANNELS,
                ),
                "direction": Field("sql", ("Initiation method",), expression=DIRECTION),
                "customer_identifier": Field("identity", ("Customer phone number",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("Agent",), identity=IdentityKind.ID, scope="agent"),
                "queue": Field("text", ("Queue",)),
                "is_queued": Field("sql", ("Queue",), expression=IS_QUEUED),
                "disposition": Field("sql", ("Initiation method", "Agent", "Queue"), expression=OUTCOME),
                "wait_seconds": Field("seconds", ("Queue duration",)),
                "talk_seconds": Field("seconds", ("Agent interaction duration",)),
                "hold_seconds": Field("seconds", ("Customer hold duration",)),
                "wrap_up_seconds": Field("seconds", ("After contact work duration",)),
            },
        ),
    ),
)  # fmt: skip
