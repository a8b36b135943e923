"""Freshdesk's ticket export: a CSV whose columns the agent chooses, one row a ticket, times in the account's zone."""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.documents.heads import own_name
from etl.sources.texts import literal
from etl.vocabulary import IdentityKind

FIRST_REPLY = "Initial response time"
REPLY_HOURS = "First response time (in hrs)"
# Portal, forum, widget and app are written and wait for an answer as e-mail does; so do new ways that are not named.
CHANNEL = """CASE WHEN regexp_matches("Source", '(?i)phone|voice|call') THEN 'phone'
WHEN regexp_matches("Source", '(?i)chat|whatsapp|bot|sms|messenger|line$') THEN 'chat'
WHEN regexp_matches("Source", '(?i)twitter|facebook|instagram|social') THEN 'social' ELSE 'email' END"""
DIRECTION = "CASE WHEN lower(\"Source\") LIKE 'outbound%' THEN 'outbound' ELSE 'inbound' END"
RESOLVED_TIME = "Resolved time"
# What is still in work is not known to have failed.
RESOLVED = "CASE WHEN regexp_full_match(trim(\"Status\"), '(?i)resolved|closed') THEN TRUE END"
HOURS = f"""CASE WHEN contains("{REPLY_HOURS}", ':') THEN epoch(try_cast("{REPLY_HOURS}" AS INTERVAL))
ELSE 3600 * try_cast("{REPLY_HOURS}" AS DOUBLE) END"""
AFTER_HOURS = f"CASE WHEN {HOURS} >= 0 THEN event_at + to_milliseconds(CAST(1000 * {HOURS} AS BIGINT)) END"
# The words of Freshdesk for the ratings 103 to -103 of its API, of which a survey asks two to seven; and older ones.
STEPS = {
    "Extremely happy": 7, "Very happy": 6, "Happy": 5, "Neutral": 4, "Unhappy": 3, "Very unhappy": 2,
    "Extremely unhappy": 1, "Awesome": 7, "Just Okay": 4, "Just OK": 4, "Not Good": 1,
}  # fmt: skip
WHENS = " ".join(f"WHEN {literal(word.lower())} THEN {step}" for word, step in STEPS.items())
STEP = f'CASE lower(trim("Survey results")) {WHENS} END'
ASKED = {
    "question": Field("constant", value="survey results"),
    "customer_identifier": Field("identity", ("Email",), identity=IdentityKind.EMAIL),
}


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the moments of the first reply and of resolution as the file tells them: by the clock first.

    The hours are business hours where the account keeps such (inferred), so that the clock is asked first.
    """
    interactions, *others = source.targets
    fields = dict(interactions.fields)
    if not own_name(source, FIRST_REPLY, head):
        fields["answered_at"] = Field("sql", (REPLY_HOURS,), expression=AFTER_HOURS)
    if not own_name(source, RESOLVED_TIME, head):
        fields["closed_at"] = Field("when", ("Closed time",))
    return replace(source, targets=(replace(interactions, fields=fields), *others))


SOURCE = Source(
    name="freshdesk",
    title="Freshdesk ticket export",
    form="table",
    required=("Ticket ID", "Status", "Created time"),
    signatures=(("Ticket ID", "Subject", "Created time"), ("Ticket ID", "Priority", "Created time")),
    optional=(REPLY_HOURS,),
    ignored=(
        "About",
        "Account tier",
        "Address",
        "Agent interactions",
        "Closed time",
        REPLY_HOURS,
        "Association type",
        "Company",
        "Company Name",
        "Company domains",
        "Company name",
        "Contact ID",
        "Customer interactions",
        "Due by Time",
        "Every response status",
        "Facebook ID",
        "First response status",
        "Full name",
        "Health score",
        "Industry",
        "Mobile phone",
        "Priority",
        "Reference Number",
        "Renewal date",
        "Requester Name",
        "Resolution status",
        "Resolution time (in hrs)",
        "Summary",
        "Time tracked",
        "Time zone",
        "Title",
        "Twitter ID",
        "Unique external ID",
        "Work phone",
    ),
    aliases={
        "Ticket ID": ("Ticket Id", "TicketId", "Ticket id"),
        "Created time": ("Created Time",),
        "Last update time": ("Last updated time", "Last Updated Time", "Last Update Time", "Last updated Time"),
        FIRST_REPLY: ("Initial Response Time", "First responded time"),
        REPLY_HOURS: ("First Response Time (in Hrs)", "First response time (in Hrs)"),
        "Survey results": ("Survey Results", "Survey Result", "Survey result"),
        "Email": ("Requester Email", "Requester email", "Contact email"),
        "Mobile phone": ("Mobile Phone", "Mobile"),
    },
    key=("Ticket ID",),
    version=Field("when", ("Last update time",)),
    event=Field("when", ("Created time",)),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("sql", ("Source",), expression=CHANNEL),
                "direction": Field("sql", ("Source",), expression=DIRECTION),
                "disposition": Field("constant", value="message"),
                "customer_identifier": Field("identity", ("Email",), identity=IdentityKind.EMAIL),
                "other_customer": Field("identity", ("Mobile phone",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("Agent",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("Group",)),
                "topic": Field("text", ("Type",)),
                "label": Field("text", ("Tags",)),
                "product": Field("text", ("Product",)),
                "segment": Field("text", ("Account tier",)),
                "language": Field("sql", ("Language",), expression="lower(nullif(trim(\"Language\"), ''))"),
                "is_resolved": Field("sql", ("Status",), expression=RESOLVED),
                "answered_at": Field("when", (FIRST_REPLY,)),
                "closed_at": Field("when", (RESOLVED_TIME,)),
                "verbatim": Field("verbatim", ("Subject", "Description")),
            },
        ),
        # Of an account's own words nothing tells the step, so that they stay as they were given.
        Target(
            "responses",
            {**ASKED, "choice": Field("verbatim", ("Survey results",))},
            where=f"trim(\"Survey results\") <> '' AND {STEP} IS NULL",
        ),
        Target(
            "responses",
            {
                **ASKED,
                "kind": Field("constant", value="csat7"),
                "score": Field("sql", ("Survey results",), expression=STEP),
            },
            where=f"{STEP} IS NOT NULL",
        ),
    ),
)
