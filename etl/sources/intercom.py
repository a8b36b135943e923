"""Intercom conversations and their parts, of the old API (user, conversation_message) and the new (contacts, source).

A conversation is its first message, each part with words another; all times are epoch seconds, or what a connector made
of them in ISO, all words HTML.
"""

from etl.sources.base import Field, Source, Target
from etl.sources.documents.intercom import flatten
from etl.vocabulary import IdentityKind

CUSTOMER = Field("identity", ("customer",), identity=IdentityKind.ID, scope="intercom")
RATED_AT = Field("when", ("rated_at",), epoch="s")

SOURCE = Source(
    name="intercom",
    title="Intercom conversations",
    form="json",
    required=("id", "created_at", "conversation_message.body"),
    signatures=(
        ("id", "created_at", "source.body", "source.author"),
        ("id", "created_at", "source.type", "contacts", "statistics"),
        ("id", "created_at", "part_type", "author", "body"),
        ("topic", "data.item.id", "data.item.created_at", "data.item.conversation_message"),
        ("topic", "data.item.id", "data.item.created_at", "data.item.source"),
        ("id", "created_at", "ticket_parts", "ticket_attributes"),
    ),
    ignored=(
        "admin_assignee_id",
        "ai_agent",
        "ai_agent_participated",
        "app_id",
        "app_package_code",
        "assigned_to",
        "assignee",
        "attachments",
        "author",
        "body",
        "company",
        "contacts",
        "conversation_id",
        "conversation_message",
        "conversation_parts",
        "conversation_rating",
        "custom_attributes",
        "customer_first_reply",
        "customers",
        "email_message_metadata",
        "event_details",
        "external_id",
        "external_references",
        "first_contact_reply",
        "linked_objects",
        "metadata",
        "notified_at",
        "open",
        "part_type",
        "priority",
        "read",
        "redacted",
        "sales_agent",
        "sales_agent_participated",
        "sla_applied",
        "snoozed_until",
        "source",
        "state",
        "statistics",
        "tags",
        "team_assignee_id",
        "teammates",
        "ticket",
        "title",
        "topics",
        "translations",
        "type",
        "user",
        "lead",
        "waiting_since",
        "workspace_id",
    ),
    key=("record",),
    conversation=("conversation",),
    version=Field("when", ("updated_at",), epoch="s"),
    event=Field("when", ("created_at",), epoch="s"),
    zone="UTC",
    flatten=flatten,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("text", ("channel",)),
                "direction": Field("text", ("direction",)),
                "disposition": Field("constant", value="message"),
                "customer_identifier": CUSTOMER,
                "other_customer": Field("identity", ("email",), identity=IdentityKind.EMAIL),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("team",)),
                "topic": Field("text", ("topic",)),
                "label": Field("text", ("label",)),
                "is_automatic": Field(
                    "sql", ("is_automatic",), expression="coalesce(\"is_automatic\" = 'true', FALSE)"
                ),
                # What is still open is not known to have failed.
                "is_resolved": Field(
                    "sql", ("is_closed",), expression="CASE WHEN \"is_closed\" = 'true' THEN TRUE END"
                ),
                "answered_at": Field("when", ("answered_at",), epoch="s"),
                "closed_at": Field("when", ("closed_at",), epoch="s"),
                "verbatim": Field("verbatim", ("text",)),
            },
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="conversation rating"),
                "kind": Field("constant", value="csat5"),
                "score": Field("rating", ("rating",), low=1, high=5),
                "responded_at": RATED_AT,
                "customer_identifier": CUSTOMER,
            },
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="conversation rating remark"),
                "kind": Field("constant", value="text"),
                "responded_at": RATED_AT,
                "customer_identifier": CUSTOMER,
                "verbatim": Field("verbatim", ("remark",)),
            },
            where="nullif(trim(\"remark\"), '') IS NOT NULL",
        ),
    ),
)
