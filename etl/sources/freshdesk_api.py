"""Freshdesk tickets as its API tells them, with their statistics and, where asked for, their conversations."""

from collections.abc import Iterable, Mapping
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import first, joined, names, objects, part, text
from etl.vocabulary import IdentityKind

# 1 e-mail, 2 portal, 4 forum, 8 app, 9 widget, 10 our own e-mail; what is new is taken for written.
WRITTEN = "email"
CHANNELS = {"3": "phone", "5": "social", "6": "social", "7": "chat", "12": "chat", "13": "chat"}
OUTBOUND_EMAIL = "10"
RESOLVED, CLOSED = "4", "5"


def flatten(document: Document) -> Iterable[Document]:
    """The ticket, and each of its conversations as a message; or one conversation that stands alone."""
    unwrapped = part(document, "ticket")
    document = unwrapped if isinstance(unwrapped, Mapping) else document
    if "ticket_id" in document and "incoming" in document:
        return [_message(document, text(document, "ticket_id"), WRITTEN)]
    ticket = _ticket(document)
    return [
        ticket,
        *(_message(entry, text(document, "id"), ticket["channel"]) for entry in objects(document, "conversations")),
    ]


def _ticket(ticket: Document) -> Document:
    id_ = text(ticket, "id")
    source = text(ticket, "source")
    is_gone = "true" in (text(ticket, "spam"), text(ticket, "deleted"))
    words = first(text(ticket, "description_text"), plain_text(text(ticket, "description")))
    return {
        "record": id_,
        "ticket": id_,
        "created_at": text(ticket, "created_at"),
        "updated_at": text(ticket, "updated_at"),
        "channel": CHANNELS.get(source or "", WRITTEN),
        "direction": "outbound" if source == OUTBOUND_EMAIL else "inbound",
        "is_gone": str(is_gone).lower(),
        "customer": first(text(ticket, "requester_id"), text(ticket, "requester", "id")),
        "address": _address(ticket),
        "agent": text(ticket, "responder_id"),
        "team": first(text(ticket, "group", "name"), text(ticket, "group_id")),
        "topic": text(ticket, "type"),
        "label": names(ticket, "tags"),
        "product": first(text(ticket, "product", "name"), text(ticket, "product_id")),
        "is_resolved": str(text(ticket, "status") in (RESOLVED, CLOSED)).lower(),
        "answered_at": text(ticket, "stats", "first_responded_at"),
        "closed_at": first(text(ticket, "stats", "resolved_at"), text(ticket, "stats", "closed_at")),
        "text": joined([text(ticket, "subject"), words], "\n\n"),
    }


def _address(ticket: Document) -> str | None:
    person: Any = part(ticket, "requester")
    return first(
        text(ticket, "email"),
        text(person, "email"),
        text(ticket, "phone"),
        text(person, "mobile"),
        text(person, "phone"),
    )


def _message(entry: Document, ticket: str | None, channel: str) -> Document:
    id_ = text(entry, "id")
    is_customer = text(entry, "incoming") == "true"
    is_note = text(entry, "private") == "true" and not is_customer
    return {
        "record": f"conversation/{id_}" if id_ else None,
        "ticket": ticket,
        "created_at": text(entry, "created_at"),
        "updated_at": text(entry, "updated_at"),
        "channel": channel,
        "direction": "internal" if is_note else "inbound" if is_customer else "outbound",
        "customer": text(entry, "user_id") if is_customer else None,
        "agent": None if is_customer else text(entry, "user_id"),
        "text": first(text(entry, "body_text"), plain_text(text(entry, "body"))),
    }


SOURCE = Source(
    name="freshdesk_api",
    title="Freshdesk tickets (API)",
    form="json",
    required=("id", "created_at", "status", "source", "requester_id", "responder_id"),
    signatures=(
        ("id", "created_at", "status", "source", "requester_id", "fr_escalated"),
        ("id", "created_at", "status", "source", "stats.first_responded_at"),
        ("ticket.id", "ticket.created_at", "ticket.status", "ticket.source"),
        ("id", "ticket_id", "created_at", "incoming", "private"),
    ),
    ignored=(
        "association_type",
        "associated_tickets_count",
        "attachments",
        "cc_emails",
        "company",
        "company_id",
        "custom_fields",
        "description",
        "due_by",
        "email_config_id",
        "facebook_id",
        "form_id",
        "fr_due_by",
        "fr_escalated",
        "fwd_emails",
        "group_id",
        "internal_agent_id",
        "internal_group_id",
        "is_escalated",
        "name",
        "nr_due_by",
        "nr_escalated",
        "priority",
        "product_id",
        "reply_cc_emails",
        "requester_id",
        "responder_id",
        "sentiment_score",
        "initial_sentiment_score",
        "source",
        "source_additional_info",
        "spam",
        "status",
        "structured_description",
        "subject",
        "support_email",
        "tags",
        "ticket_bcc_emails",
        "ticket_cc_emails",
        "to_emails",
        "twitter_id",
        "type",
    ),
    optional=("is_gone",),
    key=("record",),
    conversation=("ticket",),
    version=Field("when", ("updated_at",)),
    event=Field("when", ("created_at",)),
    zone="UTC",
    flatten=flatten,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("text", ("channel",)),
                "direction": Field("text", ("direction",)),
                "disposition": Field("constant", value="message"),
                "customer_identifier": Field("identity", ("customer",), identity=IdentityKind.ID, scope="freshdesk"),
                "other_customer": Field("identity", ("address",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("team",)),
                "topic": Field("text", ("topic",)),
                "label": Field("text", ("label",)),
                "product": Field("text", ("product",)),
                # What is still in work is not known to have failed.
                "is_resolved": Field(
                    "sql", ("is_resolved",), expression="CASE WHEN \"is_resolved\" = 'true' THEN TRUE END"
                ),
                "answered_at": Field("when", ("answered_at",)),
                "closed_at": Field("when", ("closed_at",)),
                "verbatim": Field("verbatim", ("text",)),
            },
            where="coalesce(\"is_gone\", '') <> 'true'",
        ),
    ),
)
