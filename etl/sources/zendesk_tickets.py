"""Zendesk Support through its API: tickets, comments (also those inside audits) and metrics, one contact a ticket.

All of them name the ticket, so that they are one source with the ticket as conversation. A ticket is what the customer
wrote first; a comment is a message; a metrics record adds when the first public reply was given.
"""

from etl.sources.base import Field, Source, Target
from etl.sources.documents.zendesk import flatten
from etl.vocabulary import IdentityKind

IN_WORK = "CASE WHEN lower(\"status\") IN ('solved', 'closed') THEN TRUE END"
SCORES = {"good": 1, "good_with_comment": 1, "bad": 0, "bad_with_comment": 0}
UNSCORED = ("offered", "unoffered", "not offered", "not_offered", "{}")
TICKET = ("id", "created_at", "status")

SOURCE = Source(
    name="zendesk_tickets",
    title="Zendesk tickets (API)",
    form="json",
    required=(*TICKET, "requester_id", "submitter_id"),
    signatures=(
        (*TICKET, "requester_id", "via.channel"),
        (*TICKET, "requester_id", "assignee_id", "tags"),
        (*TICKET, "requester.id", "via.channel"),
        ("nice_id", "created_at", "requester_id", "status_id"),
        ("_id", "created_at", "status", "submitter_id", "via"),
        ("ticket.id", "ticket.created_at", "ticket.requester_id", "ticket.via"),
        ("ticket_id", "created_at", "reply_time_in_minutes"),
        ("ticket_metric.ticket_id", "ticket_metric.created_at", "ticket_metric.reply_time_in_minutes"),
        ("id", "ticket_id", "author_id", "created_at", "events"),
        ("id", "ticket_id", "author_id", "created_at", "body", "public"),
        ("comments[].id", "comments[].author_id", "comments[].created_at", "comments[].body", "comments[].public"),
    ),
    ignored=(
        "agent_wait_time_in_minutes",
        "allow_attachments",
        "allow_channelback",
        "assigned_at",
        "assignee",
        "assignee_updated_at",
        "attachments",
        "audit_id",
        "brand_id",
        "collaborator_ids",
        "custom_fields",
        "custom_status_id",
        "custom_status_updated_at",
        "due_at",
        "email_cc_ids",
        "encoded_id",
        "events",
        "external_id",
        "fields",
        "first_resolution_time_in_minutes",
        "follower_ids",
        "followup_ids",
        "forum_topic_id",
        "from_messaging_channel",
        "full_resolution_time_in_minutes",
        "generated_timestamp",
        "group_stations",
        "has_incidents",
        "html_body",
        "initially_assigned_at",
        "is_public",
        "latest_comment_added_at",
        "metadata",
        "on_hold_time_in_minutes",
        "organization",
        "organization_id",
        "plain_body",
        "priority",
        "problem_id",
        "raw_subject",
        "recipient",
        "reopens",
        "replies",
        "requester_updated_at",
        "requester_wait_time_in_minutes",
        "satisfaction_probability",
        "sharing_agreement_ids",
        "status_updated_at",
        "submitter",
        "support_type",
        "ticket_form_id",
        "url",
        "via",
    ),
    optional=("kind", "status"),
    key=("record",),
    conversation=("ticket",),
    # A changed-at that cannot be read only fails to tell versions apart; the record itself is sound.
    version=Field("sql", ("updated_at",), expression="timezone('UTC', try_cast(\"updated_at\" AS TIMESTAMPTZ))"),
    event=Field("when", ("created_at",)),
    zone="UTC",
    flatten=flatten,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("text", ("channel",)),
                "direction": Field("text", ("direction",)),
                "disposition": Field("text", ("disposition",)),
                "customer_identifier": Field("identity", ("requester",), identity=IdentityKind.ID, scope="zendesk"),
                "other_customer": Field("identity", ("address",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("team",)),
                "category": Field("text", ("category",)),
                "label": Field("text", ("label",)),
                "is_automatic": Field(
                    "sql", ("is_automatic",), expression="coalesce(\"is_automatic\" = 'true', FALSE)"
                ),
                # What is still in work is not known to have failed.
                "is_resolved": Field("sql", ("status",), expression=IN_WORK),
                "is_transferred": Field(
                    "sql",
                    ("assignee_stations",),
                    expression='coalesce(try_cast("assignee_stations" AS DOUBLE) > 1, FALSE)',
                ),
                "answered_at": Field(
                    "sql",
                    ("reply_seconds",),
                    expression='event_at + to_milliseconds(CAST(1000 * try_cast("reply_seconds" AS DOUBLE) AS BIGINT))',
                ),
                "closed_at": Field("when", ("closed_at",)),
                "verbatim": Field("verbatim", ("text",)),
            },
            where="\"kind\" <> 'change' AND lower(coalesce(\"status\", '')) <> 'deleted'",
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="satisfaction rating"),
                "kind": Field("constant", value="thumbs"),
                "score": Field("rating", ("score",), low=0, high=1, map=SCORES, blanks=UNSCORED),
                "customer_identifier": Field("identity", ("requester",), identity=IdentityKind.ID, scope="zendesk"),
            },
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="satisfaction comment"),
                "kind": Field("constant", value="text"),
                "customer_identifier": Field("identity", ("requester",), identity=IdentityKind.ID, scope="zendesk"),
                "verbatim": Field("verbatim", ("score_comment",)),
            },
            where="nullif(trim(\"score_comment\"), '') IS NOT NULL",
        ),
    ),
)
