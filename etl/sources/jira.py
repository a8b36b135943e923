"""Jira's CSV of issues, of Server, Data Center and Cloud: one row an issue, some columns repeated.

Dates are written as the user who exports has set it, in that user's zone, which stands nowhere.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.sources.base import Field, Head, Questions, Source, Target
from etl.sources.documents.heads import cells
from etl.sources.fields import literal, quoted
from etl.vocabulary import IdentityKind

# Two-digit years first: %Y takes 25 for the year 25.
DAYS = (
    "%d/%b/%y", "%d/%b/%Y", "%d-%b-%y", "%d-%b-%Y", "%d %b %y,", "%d %b %Y,", "%d %b %y", "%d %b %Y", "%b %d, %Y,",
    "%b %d, %Y", "%d/%B/%Y", "%d %B %Y", "%Y-%m-%d", "%Y/%m/%d",
)  # fmt: skip
TIMES = (" %I:%M %p", " %H:%M", " %I:%M:%S %p", " %H:%M:%S", " %H:%M:%S.%f", "")
FORMATS = (*(day + time for time in TIMES for day in DAYS), "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f")
ZONED = ("%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z")
PLAIN = ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
NUMERIC = re.compile(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
FIRST_RESPONSE = "Custom field ([CHART] Date of First Response)"
REQUEST_TYPE = "Custom field (Request Type)"
# Any of these shows that the project is a service desk, where people write and wait for an answer.
OF_SERVICE_DESK = (
    REQUEST_TYPE, "Custom field (Customer Request Type)", "Satisfaction rating", "Custom field (Satisfaction)",
    "Custom field (Time to first response)", "Custom field (Request participants)", "Custom field (Request language)",
)  # fmt: skip
# What is still in work, also a reopened issue, is not known to have failed.
RESOLVED = """CASE WHEN nullif(trim("Resolved"), '') IS NOT NULL OR lower(trim("Status Category")) = 'done'
OR regexp_full_match(trim("Status"), '(?i)closed|resolved|done') THEN TRUE END"""


def complete(source: Source, head: Head, _questions: Questions) -> Source:
    """The source with the people, labels and replies of this file's columns, and its way to write dates."""
    interactions, ratings = source.targets
    is_desk = any(column in head.columns for column in OF_SERVICE_DESK)
    # Spreadsheets rewrite dates with numbers alone; their order is settled from all of them.
    is_numeric = any(NUMERIC.match(cell) for cell in cells(source, "Created", head))
    fields = {
        **interactions.fields,
        "channel": Field("constant", value="email" if is_desk else "task"),
        "customer_identifier": _person(head, "Reporter", "jira"),
        "agent_id": _person(head, "Assignee", "agent"),
        "label": _labels(head),
        "answered_at": Field("when", (FIRST_RESPONSE,), formats=PLAIN) if is_numeric else _first_reply(head),
    }
    targets = (replace(interactions, fields=fields), ratings)
    if not is_numeric:
        return replace(source, targets=targets)
    return replace(source, targets=targets, event=Field("when", ("Created",)), version=Field("when", ("Updated",)))


def _person(head: Head, role: str, scope: str) -> Field:
    """Who it was by their id, which Cloud writes beside the name that others may share, else by user name."""
    column = f"{role} Id" if f"{role} Id" in head.columns else role
    return Field("identity", (column,), identity=IdentityKind.ID, scope=scope)


def _repeated(head: Head, name: str) -> tuple[str, ...]:
    return tuple(column for column in head.columns if column == name or re.fullmatch(re.escape(name) + r"#\d+", column))


def _labels(head: Head) -> Field:
    columns = _repeated(head, "Labels") or ("Labels",)
    texts = ", ".join(f"nullif(trim({quoted(column)}), '')" for column in columns)
    return Field("sql", columns, expression=f"nullif(concat_ws(' ', {texts}), '')")


def _first_reply(head: Head) -> Field:
    """The recorded first response, else the first comment (date;author;text) that is not the reporter's.

    All are naive times of one zone, so that their distance to the creation is the distance of instants.
    """
    comments = _repeated(head, "Comment")
    reporters = [column for column in ("Reporter", "Reporter Id") if column in head.columns]
    formats = ", ".join(map(literal, FORMATS))
    replies = [_reply(quoted(comment), reporters, formats) for comment in comments]
    recorded = f"try_strptime(trim({quoted(FIRST_RESPONSE)}), [{', '.join(map(literal, PLAIN))}])"
    reply = f"coalesce({recorded}, least({', '.join(replies)}))" if replies else recorded
    after = f'{reply} - try_strptime(trim("Created"), [{formats}])'
    expression = f"CASE WHEN {after} >= INTERVAL 0 SECONDS THEN event_at + ({after}) END"
    return Field("sql", (FIRST_RESPONSE, "Created", *reporters, *comments), expression=expression)


def _reply(comment: str, reporters: Sequence[str], formats: str) -> str:
    own = " OR ".join(f"split_part({comment}, ';', 2) = {quoted(reporter)}" for reporter in reporters) or "FALSE"
    return (
        f"CASE WHEN NOT coalesce({own}, FALSE) THEN try_strptime(trim(split_part({comment}, ';', 1)), [{formats}]) END"
    )


SOURCE = Source(
    name="jira",
    title="Jira issues (CSV)",
    form="table",
    required=("Issue key", "Created", "Status"),
    signatures=(("Issue key", "Created", "Summary"), ("Issue key", "Created", "Issue Type")),
    optional=("Summary", "Reporter", "Assignee", "Comment", "Labels"),
    repeated=(
        "Comment",
        "Labels",
        "Satisfaction rating",
        "Component/s",
        REQUEST_TYPE,
        "Custom field (Request language)",
        FIRST_RESPONSE,
    ),  # fmt: skip
    ignored=(
        "Affects Version/s",
        "Affects versions",
        "Assignee",
        "Assignee Id",
        "Attachment",
        "Comment",
        "Creator",
        "Creator Id",
        "Due Date",
        "Due date",
        "Environment",
        "Fix Version/s",
        "Fix versions",
        "Issue id",
        "Labels",
        "Last Viewed",
        "Log Work",
        "Original Estimate",
        "Original estimate",
        "Parent",
        "Parent id",
        "Parent key",
        "Parent summary",
        "Priority",
        "Project description",
        "Project key",
        "Project lead",
        "Project lead id",
        "Project type",
        "Project url",
        "Remaining Estimate",
        "Reporter",
        "Reporter Id",
        "Resolution",
        "Security Level",
        "Sprint",
        "Status Category Changed",
        "Summary",
        "Time Spent",
        "Votes",
        "Watchers",
        "Watchers Id",
        "Work Ratio",
        "Σ Original Estimate",
        "Σ Remaining Estimate",
        "Σ Time Spent",
        "Custom field (Rank)",
        "Custom field (Satisfaction date)",
        "Custom field (Time to first response)",
        "Custom field (Time to resolution)",
        "Custom field (Development)",
    ),
    aliases={
        "Issue key": ("Key", "Issue Key"),
        "Issue Type": ("Issue type", "Work type"),
        "Satisfaction rating": ("Custom field (Satisfaction)", "Custom field (Satisfaction rating)", "Satisfaction"),
        REQUEST_TYPE: ("Custom field (Customer Request Type)", "Request Type"),
        "Component/s": ("Components", "Component"),
        "Reporter (Email)": ("Reporter Email",),
    },
    key=("Issue key",),
    version=Field("when", ("Updated",), formats=FORMATS, zoned_formats=ZONED),
    event=Field("when", ("Created",), formats=FORMATS, zoned_formats=ZONED),
    specialise=complete,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("constant", value="task"),
                "direction": Field("constant", value="inbound"),
                "disposition": Field("constant", value="message"),
                "customer_identifier": Field("identity", ("Reporter",), identity=IdentityKind.ID, scope="jira"),
                "other_customer": Field("identity", ("Reporter (Email)",), identity=IdentityKind.EMAIL),
                "agent_id": Field("identity", ("Assignee",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("Project name",)),
                "category": Field("text", ("Issue Type",)),
                "topic": Field("text", (REQUEST_TYPE,)),
                "label": Field("text", ("Labels",)),
                "product": Field("text", ("Component/s",)),
                "language": Field("text", ("Custom field (Request language)",)),
                "is_resolved": Field("sql", ("Resolved", "Status", "Status Category"), expression=RESOLVED),
                "answered_at": Field("when", (FIRST_RESPONSE,), formats=PLAIN),
                "verbatim": Field("verbatim", ("Summary", "Description")),
            },
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="satisfaction rating"),
                "kind": Field("constant", value="csat5"),
                "score": Field("rating", ("Satisfaction rating",), low=1, high=5, labelled=True),
            },
        ),
    ),
)
