"""Intercom's conversations and their parts made flat: of the old API (user, conversation_message) and of the new."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import first, joined, names, number, objects, part, text

CUSTOMERS = ("user", "lead", "contact", "visitor")
MACHINES = ("bot", "operator", "ai_agent")
# Sent by a rule or a campaign and not typed by a person.
AUTOMATIC = ("automated", "campaigns_initiated", "operator_initiated")
NOTES = ("note", "note_and_reopen")
WORDLESS_MESSAGES = ("comment", "quick_reply")  # perhaps a picture
CHANNELS = {
    "email": "email",
    **dict.fromkeys(("phone_call", "phone_switch", "phone"), "phone"),
    **dict.fromkeys(("facebook", "instagram", "twitter"), "social"),
}
NOBODY = ("0", "nobody_admin")
INTERNAL_TICKETS = ("Tracker", "Back-office")


def flatten(document: Document) -> Iterable[Document]:
    """The conversation and those of its parts that say something; or one part that stands alone."""
    for wrapper in (("data", "item"), ("conversation",)):
        inner = part(document, *wrapper)
        document = inner if isinstance(inner, Mapping) else document
    if "part_type" in document:
        return [_part(document, text(document, "conversation_id"), None)]
    id_ = text(document, "id")
    channel = _channel(document)
    parts = _parts(document)
    messages = [_part(entry, id_, channel) for entry in parts if _is_message(entry)]
    return [_conversation(document, id_, channel, messages), *messages]


def _parts(document: Document) -> list[Document]:
    """The parts of a conversation or of a ticket, in their list or bare."""
    lists = (
        ("conversation_parts", "conversation_parts"), ("conversation_parts",),
        ("ticket_parts", "ticket_parts"), ("ticket_parts",),
    )  # fmt: skip
    return next((found for path in lists if (found := objects(document, *path))), [])


def _conversation(document: Document, id_: str | None, channel: str, messages: list[Document]) -> Document:
    opening = part(document, "source") or part(document, "conversation_message")
    author = part(opening, "author")
    author_type = text(author, "type")
    customer = _customer(document)
    is_automatic = author_type in MACHINES or text(opening, "delivered_as") in AUTOMATIC
    direction = "inbound" if author_type in (None, *CUSTOMERS) else "outbound"
    if text(document, "category") in INTERNAL_TICKETS:
        direction = "internal"
    rating = part(document, "conversation_rating")
    return {
        "record": id_,
        "conversation": id_,
        "created_at": _seconds(document, "created_at"),
        "updated_at": _seconds(document, "updated_at"),
        "channel": channel,
        "direction": direction,
        "is_automatic": str(is_automatic).lower(),
        "customer": first(text(customer, "id"), text(author, "id") if direction == "inbound" else None),
        "email": first(text(customer, "email"), text(author, "email") if author_type in CUSTOMERS else None),
        "agent": _assignee(document),
        "team": _team(document),
        "label": names(document, "tags", "tags"),
        "topic": names(document, "topics", "topics"),
        "is_closed": str(text(document, "state") == "closed" or text(document, "open") == "false").lower(),
        "answered_at": _answered_at(document, messages) if direction == "inbound" else None,
        "closed_at": _seconds(document, "statistics", "last_close_at"),
        "rating": text(rating, "rating"),
        "rated_at": first(_seconds(rating, "created_at"), _seconds(document, "updated_at")),
        "remark": text(rating, "remark"),
        "text": joined([_subject(document, opening), _words(document, opening)], "\n\n"),
    }


def _subject(document: Document, opening: Any) -> str | None:
    told = first(text(opening, "subject"), text(document, "title"))
    return first(told, text(document, "ticket_attributes", "_default_title_"))


def _words(document: Document, opening: Any) -> str | None:
    return plain_text(first(text(opening, "body"), text(document, "ticket_attributes", "_default_description_")))


def _customer(document: Document) -> Any:
    contacts = objects(document, "contacts", "contacts") or objects(document, "contacts")
    named = [*contacts, part(document, "user"), part(document, "lead")]
    return next((customer for customer in named if text(customer, "id")), None)


def _channel(document: Document) -> str:
    """Where it began; whatever is not told or new is written in the messenger."""
    told = first(text(document, "source", "type"), text(document, "channel", "initial"))
    initial = text(document, "channel", "initial")
    return CHANNELS.get(told or "", CHANNELS.get(initial or "", "chat"))


def _assignee(document: Document) -> str | None:
    told = first(text(document, "admin_assignee_id"), text(document, "assignee", "id"))
    is_person = text(document, "assignee", "type") in (None, "admin")
    return told if is_person and told not in NOBODY else None


def _team(document: Document) -> str | None:
    of_team = text(document, "assignee", "id") if text(document, "assignee", "type") == "team" else None
    told = first(text(document, "team_assignee_id"), of_team)
    return told if told not in NOBODY else None


def _answered_at(document: Document, messages: list[Document]) -> str | None:
    """When a person of ours first replied: as recorded, else as the parts show, else by the recorded duration.

    The duration leaves out the hours in which the office was closed, so it comes last.
    """
    told = {"began": _seconds(document, "created_at"), "at": _seconds(document, "statistics", "first_admin_reply_at")}
    began, recorded = number(told, "began") or 0, number(told, "at") or 0
    if recorded >= began > 0:
        return str(recorded)
    typed = [reply for reply in messages if reply["direction"] == "outbound" and reply["is_automatic"] == "false"]
    shown = [at for at in (number(reply, "created_at") for reply in typed) if at is not None and at >= began]
    seconds = number(document, "statistics", "time_to_admin_reply")
    return str(min(shown)) if shown else str(began + seconds) if seconds is not None and began else None


def _seconds(document: Any, *path: str) -> str | None:
    """A time in seconds since 1970, also where a connector made ISO of it; what is neither stays, to be refused."""
    told = text(document, *path)
    if number(document, *path) is not None:
        return told
    try:
        moment = datetime.fromisoformat(told or "")
    except ValueError:
        return told
    return str((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _is_message(entry: Document) -> bool:
    return text(entry, "part_type") in WORDLESS_MESSAGES or plain_text(text(entry, "body")) is not None


def _part(entry: Document, conversation: str | None, channel: str | None) -> Document:
    id_ = text(entry, "id")
    author = text(entry, "author", "type")
    is_customer = author in CUSTOMERS
    is_automatic = author in MACHINES or text(entry, "author", "from_ai_agent") == "true"
    is_note = text(entry, "part_type") in NOTES
    return {
        "record": f"part/{id_}" if id_ else None,
        "conversation": conversation,
        "created_at": _seconds(entry, "created_at"),
        "updated_at": _seconds(entry, "updated_at"),
        "channel": channel or "chat",
        "direction": "internal" if is_note else "inbound" if is_customer else "outbound",
        "is_automatic": str(is_automatic).lower(),
        "customer": text(entry, "author", "id") if is_customer else None,
        "email": text(entry, "author", "email") if is_customer else None,
        "agent": text(entry, "author", "id") if not is_customer and not is_automatic else None,
        "text": plain_text(text(entry, "body")),
    }
