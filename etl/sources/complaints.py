"""Tables of complaints, one row each, as a telecommunications regulator published them: every record is a complaint.

The date stands in two columns, of which the one with the month's name leaves no doubt about day and month.
"""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.documents.heads import own_name

DATES = ("%d-%b-%y", "%d-%b-%Y", "%d %b %y", "%d %b %Y", "%d/%b/%y", "%d/%b/%Y", "%d-%B-%y", "%d-%B-%Y", "%Y-%m-%d")
TIMES = (" %I:%M:%S %p", " %I:%M %p", " %H:%M:%S", " %H:%M", "")
ZONED = ("%m/%d/%Y %I:%M:%S %p %z",)
NAMED_MONTH = "Date_month_year"
TICKET_CREATED = "Ticket Created"  # of the regulator's open data, which has no words but the issue and what it is about
# A web form or a letter is written; new ways are taken for such.
CHANNEL = """CASE WHEN regexp_matches("Received Via", '(?i)call|phone|voice') THEN 'phone'
WHEN regexp_matches("Received Via", '(?i)chat') THEN 'chat'
WHEN regexp_matches("Received Via", '(?i)twitter|facebook|social') THEN 'social' ELSE 'email' END"""
# What is open or pending is still in work.
RESOLVED = "CASE WHEN regexp_full_match(trim(\"Status\"), '(?i)closed|solved|resolved') THEN TRUE END"


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the time from the columns that this file has: the day with its month's name if it can."""
    if own_name(source, TICKET_CREATED, head):
        return replace(source, event=Field("when", (TICKET_CREATED,), zoned_formats=ZONED))
    time = ("Time",) if own_name(source, "Time", head) else ()
    if own_name(source, NAMED_MONTH, head) is None:
        return replace(source, event=Field("when", ("Date", *time)))
    return replace(source, event=Field("when", (NAMED_MONTH, *time), formats=FORMATS))


FORMATS = tuple(date + time for time in TIMES for date in DATES)

SOURCE = Source(
    name="complaints",
    title="Complaint table",
    form="table",
    required=("Ticket #", "Customer Complaint", "Date", "Received Via"),
    signatures=(
        ("Ticket #", "Customer Complaint", NAMED_MONTH, "Received Via"),
        ("Ticket #", TICKET_CREATED, "Issue", "Form"),
    ),
    optional=("Date", "Time", NAMED_MONTH, TICKET_CREATED),
    ignored=(
        "Advertiser Business Number",
        "Advertiser Business Phone Number",
        "Caller ID Number",
        "City",
        "Date",
        "Date of Issue",
        "Filing on Behalf of Someone",
        "Location (Center point of the Zip Code)",
        "Method",
        "Time of Issue",
        "Type of Call or Message",
        "Type of Call or Messge",
        "Zip",
        "Zip code",
        "advertiser_business_phone_number",
        "caller_id_number",
        "city",
        "issue_date",
        "issue_time",
        "location_1",
        "method",
        "type_of_call_or_messge",
        "zip",
    ),
    aliases={
        "Ticket #": ("Ticket", "Ticket No", "Ticket Number", "Ticket ID", "ticket_id", "ticket", "id"),
        "Customer Complaint": ("Complaint", "customer_complaint", "Complaint Description"),
        "Received Via": ("received_via", "Received via", "Submitted Via"),
        NAMED_MONTH: ("date_month_year", "Date_Month_Year", "Date Month Year"),
        TICKET_CREATED: ("ticket_created",),
        "Issue": ("issue",),
        "Form": ("form",),
        "Date": ("date",),
        "Time": ("time",),
        "Status": ("status",),
        "State": ("state",),
    },
    key=("Ticket #",),
    event=Field("when", (NAMED_MONTH, "Time"), formats=FORMATS),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("sql", ("Received Via",), expression=CHANNEL),
                "direction": Field("constant", value="inbound"),
                "disposition": Field("constant", value="message"),
                "is_complaint": Field("constant", value=True),
                "region": Field("text", ("State",)),
                "topic": Field("text", ("Issue",)),
                "product": Field("text", ("Form",)),
                "is_resolved": Field("sql", ("Status",), expression=RESOLVED),
                "verbatim": Field("verbatim", ("Customer Complaint",)),
            },
        ),
    ),
)
