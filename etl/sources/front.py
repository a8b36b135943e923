"""Front's conversations and messages through its API; times are epoch seconds with fractions.

A conversation tells with whom and about what; the words are in its messages, which name it in a link. A discussion is
between our own people.
"""

from collections.abc import Iterable, Mapping

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import first, joined, names, number, objects, part, text
from etl.vocabulary import IdentityKind

WRITTEN = "email"
CHANNELS = {
    **dict.fromkeys(("phone-call", "phone", "call", "aircall", "dialpad", "talkdesk"), "phone"),
    **dict.fromkeys(
        ("intercom", "front_chat", "smooch", "sms", "twilio", "twilio_whatsapp", "whatsapp", "chat"), "chat"
    ),
    **dict.fromkeys(("tweet", "twitter", "twitter_dm", "facebook", "instagram"), "social"),
}
GONE = ("spam", "trashed", "deleted")


def flatten(document: Document) -> Iterable[Document]:
    """The conversation, or one message of it."""
    if "is_inbound" in document:
        return [_message(document)]
    return [_conversation(document)]


def _conversation(document: Document) -> Document:
    id_ = text(document, "id")
    last = part(document, "last_message")
    is_inbound = text(last, "is_inbound") == "true"
    status = text(document, "status")
    return {
        "record": id_,
        "conversation": id_,
        "created_at": text(document, "created_at"),
        "updated_at": text(document, "updated_at"),
        "channel": _channel(first(text(last, "type"), text(document, "type"))),
        "direction": "internal" if text(document, "type") == "discussion" else "inbound",
        "is_gone": str(status in GONE).lower(),
        "handle": text(document, "recipient", "handle"),
        "agent": first(text(document, "assignee", "id"), text(document, "assignee", "username")),
        "team": names(document, "inboxes"),
        "label": names(document, "tags"),
        "is_archived": str(status in ("archived", "resolved")).lower(),
        "answered_at": _answered_at(document),
        "text": joined([text(document, "subject"), _words(last) if is_inbound else None], "\n\n"),
    }


def _answered_at(document: Document) -> str | None:
    """The only reply that a conversation itself shows: its last message, when that is ours and nothing came since."""
    sent = number(document, "last_message", "created_at")
    is_ours = text(document, "last_message", "is_inbound") == "false"
    is_person = text(document, "last_message", "author", "id") is not None
    began = number(document, "created_at")
    return str(sent) if is_ours and is_person and sent is not None and began is not None and sent > began else None


def _message(message: Document) -> Document:
    id_ = text(message, "id")
    is_inbound = text(message, "is_inbound") == "true"
    link = first(text(message, "_links", "related", "conversation"), text(message, "conversation_id"))
    roles = objects(message, "recipients")
    sender = next((entry for entry in roles if text(entry, "role") == "from"), None)
    return {
        "record": f"message/{id_}" if id_ else None,
        "conversation": link.rstrip("/").rsplit("/", 1)[-1] if link else None,
        "created_at": text(message, "created_at"),
        "channel": _channel(text(message, "type")),
        "direction": "inbound" if is_inbound else "outbound",
        "is_automatic": str(
            not is_inbound and "author" in message and not isinstance(message["author"], Mapping)
        ).lower(),
        "handle": text(sender, "handle") if is_inbound else None,
        "agent": text(message, "author", "id") if not is_inbound else None,
        "text": joined([text(message, "subject"), _words(message)], "\n\n"),
    }


def _words(message: Document) -> str | None:
    return first(text(message, "text"), plain_text(text(message, "body")), text(message, "blurb"))


def _channel(kind: str | None) -> str:
    """How it came; what is not told or new is taken for written."""
    return CHANNELS.get((kind or "").lower(), WRITTEN)


SOURCE = Source(
    name="front",
    title="Front conversations",
    form="json",
    required=("id", "created_at", "status", "recipient", "_links"),
    signatures=(
        ("id", "created_at", "status", "subject", "assignee", "is_private"),
        ("id", "created_at", "is_inbound", "_links.related.conversation"),
        ("id", "created_at", "is_inbound", "conversation_id"),
    ),
    ignored=(
        "_links",
        "assignee",
        "attachments",
        "author",
        "blurb",
        "body",
        "custom_fields",
        "draft_mode",
        "error_type",
        "inboxes",
        "is_draft",
        "is_inbound",
        "is_private",
        "last_message",
        "links",
        "metadata",
        "recipient",
        "recipients",
        "scheduled_reminders",
        "signature",
        "status",
        "status_category",
        "status_id",
        "subject",
        "tags",
        "ticket_ids",
        "type",
        "version",
        "waiting_since",
    ),
    optional=("is_gone",),
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
                "customer_identifier": Field("identity", ("handle",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("team",)),
                "label": Field("text", ("label",)),
                "is_automatic": Field(
                    "sql", ("is_automatic",), expression="coalesce(\"is_automatic\" = 'true', FALSE)"
                ),
                # What is not archived is still in work and not known to have failed.
                "is_resolved": Field(
                    "sql", ("is_archived",), expression="CASE WHEN \"is_archived\" = 'true' THEN TRUE END"
                ),
                "answered_at": Field("when", ("answered_at",), epoch="s"),
                "verbatim": Field("verbatim", ("text",)),
            },
            where="coalesce(\"is_gone\", '') <> 'true'",
        ),
    ),
)
