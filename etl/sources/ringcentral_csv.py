"""RingCentral call log as the account's web page saves it: CSV without ids, dates such as `Fri 06/02/2023`.

The columns are general knowledge, no file was seen: the older page has one `Phone Number`, the newer `From` and `To`.
"""

from etl.sources.base import Field, Source
from etl.sources.telephony.parties import both_ways
from etl.sources.telephony.ringcentral_results import ANSWERED, OUTCOMES
from etl.vocabulary import IdentityKind

DATES = ("%a %m/%d/%Y", "%m/%d/%Y", "%Y-%m-%d")
TIMES = ("%I:%M %p", "%I:%M:%S %p", "%H:%M", "%H:%M:%S")
# What tells two calls apart; hashed, as it holds telephone numbers.
BY_NATURE = ("Date", "Time", "Direction", "From", "To", "Phone Number", "Extension", "Action Result", "Duration")
WAS_ANSWERED = 'upper(trim("Action Result")) IN (' + ", ".join(f"'{word.upper()}'" for word in ANSWERED) + ")"
SECONDS = (
    "CASE WHEN contains(\"Duration\", ':') THEN CAST(epoch(try_cast(CASE WHEN \"Duration\" LIKE '%:%:%' "
    'THEN "Duration" ELSE \'0:\' || "Duration" END AS INTERVAL)) AS DECIMAL(12,3)) '
    'ELSE try_cast("Duration" AS DECIMAL(12,3)) END'
)

SOURCE = Source(
    name="ringcentral_csv",
    title="RingCentral call log (CSV)",
    form="table",
    required=("Type", "Date", "Time", "Action", "Action Result", "Duration"),
    optional=BY_NATURE,
    aliases={"From": ("Phone Number",), "To": ("Phone Number",)},  # the older page names the other side alone
    ignored=("Account", "Cost", "Forwarded To", "Included", "Name", "Purchased", "Result Description"),
    key=BY_NATURE,
    is_known_by_nature=True,
    event=Field("when", ("Date", "Time"), formats=tuple(f"{date} {time}" for date in DATES for time in TIMES)),
    handle_parts=("talk_seconds",),
    targets=both_ways(
        {
            "channel": Field("code", ("Type",), map={"Voice": "phone", "Fax": "task"}),
            "direction": Field(
                "sql",
                ("Direction", "Action"),
                expression='CASE WHEN upper(coalesce("Direction", "Action")) LIKE \'%OUTGOING%\' '
                "OR upper(\"Direction\") = 'OUTBOUND' THEN 'outbound' ELSE 'inbound' END",
            ),
            "agent_id": Field("identity", ("Extension",), identity=IdentityKind.ID, scope="agent"),
            "disposition": Field("code", ("Action Result",), map=OUTCOMES),
            "wait_seconds": Field(
                "sql",
                ("Action Result", "Duration"),
                expression=f"CASE WHEN NOT ({WAS_ANSWERED}) THEN {SECONDS} END",
            ),
            "talk_seconds": Field(
                "sql", ("Action Result", "Duration"), expression=f"CASE WHEN {WAS_ANSWERED} THEN {SECONDS} END"
            ),
        },
        "From",
        "To",
    ),
)
