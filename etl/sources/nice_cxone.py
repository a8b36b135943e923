"""NICE CXone's data-download reports of calls (Call Detail and its longer kin): one row a contact.

No file was seen; columns and units are those of the vendor's help. It says that an agent's time is the time spent with
the contact, so hold is taken to be inside it and is taken out of it where the report has it. Directions are not told.
"""

from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.telephony.parties import at_least_none, length
from etl.vocabulary import IdentityKind

PARTS = ("talk_seconds", "hold_seconds", "wrap_up_seconds")
MEDIA = {
    "Call": "phone", "Phone": "phone", "Phone Call": "phone", "Voice": "phone", "Voice Mail": "phone",
    "Voicemail": "phone", "Chat": "chat", "SMS": "chat", "E-Mail": "email", "Email": "email", "Work Item": "task",
    "Workitem": "task", "Social": "social",
}  # fmt: skip
REQUIRED = ("Contact_ID", "Master_Contact_ID", "Start_Date", "Start_Time", "InQueue", "Agent_Time", "Abandon")
ALIASES = {
    "Contact_ID": ("contact_id", "ContactID"),
    "Master_Contact_ID": ("master_contact_id", "MasterContactID"),
    "Start_Date": ("start_date",),
    "Start_Time": ("start_time",),
    "InQueue": ("In_Queue", "inqueue"),
    "Agent_Time": ("agent_time",),
    "Abandon": ("abandon", "Abandoned"),
    "Hold_Time": ("hold_time",),
    "Active_Talk_Time": ("active_talk_time",),
    "ACW_Seconds": ("ACW_Time", "acw_seconds", "acw_time"),
    "ANI_Dialnum": ("ANI_DIALNUM", "ANI", "ani_dialnum"),
    "Media_Name": ("media_name",),
    "Skill_Name": ("skill_name",),
    "Team_Name": ("team_name",),
    "Agent_No": ("agent_no",),
    "Disp_Name": ("Disposition", "Disposition_Code", "Disp_Code"),
}
IGNORED = (
    "Abandon_Time", "Agent_Name", "Callback_Time", "Campaign_Name", "Campaign_No", "Conf_Time", "Contact_Code",
    "Contact_Name", "DNIS", "Disp_Comments", "Logged", "Point_Of_Contact_Code", "PostQueue", "PreQueue", "Routing_Time",
    "SLA", "Skill_No", "Tags", "Team_No", "Total_Time",
)  # fmt: skip


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the parts of handle time that this report has."""
    told = {"hold_seconds": "Hold_Time", "wrap_up_seconds": "ACW_Seconds"}
    lacking = [part for part, column in told.items() if not {column, *ALIASES[column]} & set(head.columns)]
    return replace(source, handle_parts=tuple(part for part in PARTS if part not in lacking))


HANDLED = 'coalesce(try_cast("Agent_Time" AS DOUBLE), 0) > 0'
IS_GIVEN_UP = "upper(trim(\"Abandon\")) IN ('Y', 'YES', 'TRUE', '1')"
IS_QUEUED = 'coalesce(try_cast("InQueue" AS DOUBLE), 0) > 0'
TALKED = f"coalesce({length('Active_Talk_Time')}, {length('Agent_Time')} - coalesce({length('Hold_Time')}, 0))"

SOURCE = Source(
    name="nice_cxone",
    title="NICE CXone data download",
    form="table",
    required=REQUIRED,
    aliases=ALIASES,
    ignored=IGNORED,
    key=("Contact_ID",),
    event=Field("when", ("Start_Date", "Start_Time")),
    conversation=("Master_Contact_ID",),
    day_first=False,
    handle_parts=PARTS,
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("code", ("Media_Name",), map=MEDIA),
                "direction": Field("constant", value="inbound"),
                "customer_identifier": Field("identity", ("ANI_Dialnum",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("Agent_No",), identity=IdentityKind.ID, scope="agent", blanks=("0",)),
                "team": Field("text", ("Team_Name",)),
                "queue": Field("text", ("Skill_Name",)),
                "wrap_up_code": Field("text", ("Disp_Name",)),
                "is_queued": Field("sql", ("InQueue", "Agent_Time"), expression=f"{IS_QUEUED} OR {HANDLED}"),
                "disposition": Field(
                    "sql",
                    ("Abandon", "Agent_Time", "InQueue"),
                    expression=f"CASE WHEN {HANDLED} THEN 'answered' WHEN {IS_GIVEN_UP} THEN 'abandoned' "
                    "ELSE 'contained' END",
                ),
                "wait_seconds": Field("seconds", ("InQueue",)),
                "talk_seconds": Field(
                    "sql",
                    ("Agent_Time", "Hold_Time", "Active_Talk_Time"),
                    expression=f"CASE WHEN {HANDLED} THEN {at_least_none(TALKED)} END",
                ),
                "hold_seconds": Field("seconds", ("Hold_Time",)),
                "wrap_up_seconds": Field("seconds", ("ACW_Seconds",)),
            },
        ),
    ),
)
