"""Zendesk's tickets, comments, audits and metrics made flat.

Who wrote a comment is known where the ticket tells its requester; else an address or a machine's channel means the
customer, the agents' own web interface means us (inferred: a customer who writes in the help centre looks the same).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import first, joined, names, number, objects, part, text

# Written tickets need an answer whichever form or program handed them in; new channels are taken for such.
WRITTEN = "email"
CHANNELS = {
    **dict.fromkeys(
        ("voice", "phone", "phone_call", "phone_call_inbound", "phone_call_outbound", "voicemail"), "phone"
    ),
    **dict.fromkeys(("chat", "chat_transcript", "native_messaging", "messaging", "web_messenger", "whatsapp"), "chat"),
    **dict.fromkeys(("sms", "text", "line", "telegram", "viber", "wechat", "apple_business_chat"), "chat"),
    **dict.fromkeys(("google_business_messages", "sunshine_conversations_api"), "chat"),
    **dict.fromkeys(("twitter", "twitter_dm", "twitter_favorite", "twitter_like", "any_channel"), "social"),
    **dict.fromkeys(("facebook", "facebook_post", "facebook_message", "facebook_messenger", "instagram_dm"), "social"),
}
MACHINES = ("rule", "system", "admin_setting", "user_change", "user_deletion", "user_merge", "merge")
AGENTS = ("web", "mobile", "closed_ticket", "linked_problem")
COMMENTS = ("Comment", "VoiceComment", "FacebookComment", "TwitterComment", "ChatEvent")
SYSTEM_AUTHOR = "-1"
# Of the first version of the API, in which tickets are known by a nice_id.
STATUS_IDS = {"0": "new", "1": "open", "2": "pending", "3": "solved", "4": "closed"}
WRAPPERS = ("ticket", "ticket_metric", "audit", "comment")


def flatten(document: Document) -> Iterable[Document]:
    """The ticket with its comments, the comments of an audit, one comment, or a ticket's metrics."""
    document = next((document[name] for name in WRAPPERS if isinstance(document.get(name), Mapping)), document)
    if "comments" in document and "created_at" not in document:
        return _page(document)
    if "ticket_id" not in document:
        return _ticket(document)
    if "reply_time_in_minutes" in document:
        return [_metrics(document)]
    return _audit(document) if "events" in document else [_comment(document, text(document, "ticket_id"))]


def _page(page: Document) -> list[Document]:
    """The comments of one ticket as the API lists them: it need not be named; the first who wrote is its requester."""
    comments = objects(page, "comments")
    opening = min(comments, key=lambda comment: text(comment, "created_at") or "", default={})
    requester = first(text(opening, "author_id"), text(opening, "author", "id"))
    unnamed = joined(["ticket of comment", text(opening, "id")])
    told = [(comment, text(comment, "ticket_id")) for comment in comments]
    return [_comment(entry, ticket or unnamed, None if ticket else requester) for entry, ticket in told] or [page]


def _ticket(ticket: Document) -> list[Document]:
    requester = first(text(ticket, "requester_id"), text(ticket, "requester", "id"), text(ticket, "submitter_id"))
    id_ = first(text(ticket, "id"), text(ticket, "nice_id"), text(ticket, "_id"))
    channel = _channel(ticket)
    entries = objects(ticket, "comments")
    comments: list[Document] = [{**_comment(entry, id_, requester), "channel": channel} for entry in entries]
    stands_for = _opening(ticket, comments)
    metrics = part(ticket, "metric_set") or part(ticket, "metrics")
    flat = {
        "record": id_,
        "kind": "ticket",
        "ticket": id_,
        "created_at": _instant(ticket, "created_at"),
        "updated_at": _instant(ticket, "updated_at"),
        "channel": channel,
        "direction": "outbound" if text(ticket, "via", "source", "rel") == "outbound" else "inbound",
        "disposition": _disposition(ticket, channel),
        "requester": requester,
        "address": _address(ticket, requester),
        "agent": first(text(ticket, "assignee_id"), text(ticket, "assignee", "id")),
        "team": first(text(ticket, "group", "name"), text(ticket, "group_id")),
        "category": text(ticket, "type"),
        "label": first(names(ticket, "tags"), text(ticket, "current_tags")),
        "status": first(text(ticket, "status"), STATUS_IDS.get(text(ticket, "status_id") or "")),
        "assignee_stations": text(metrics, "assignee_stations"),
        "reply_seconds": _reply_seconds(metrics),
        "closed_at": text(metrics, "solved_at"),
        "score": first(text(ticket, "satisfaction_rating", "score"), text(ticket, "satisfaction_rating")),
        "score_comment": text(ticket, "satisfaction_rating", "comment"),
        "text": joined([text(ticket, "subject"), plain_text(text(ticket, "description"))], "\n\n"),
    }
    return [flat, *(comment for comment in comments if comment is not stands_for)]


def _opening(ticket: Document, comments: list[Document]) -> Document | None:
    """The comment that the ticket itself holds as its description: the first of its own moment."""
    opening = min(comments, key=lambda comment: comment["created_at"] or "", default=None)
    is_same = opening and opening["created_at"] == _instant(ticket, "created_at")
    return opening if is_same and opening and opening["direction"] == "inbound" else None


def _instant(document: Document, name: str) -> str | None:
    """A time; the first API writes its date with slashes."""
    told = text(document, name)
    return told.replace("/", "-") if told else None


def _channel(document: Document) -> str:
    return CHANNELS.get(first(text(document, "via", "channel"), text(document, "via")) or "", WRITTEN)


def _disposition(ticket: Document, channel: str) -> str:
    """A call that became a ticket was spoken with someone, unless it is the record of a voicemail (inferred)."""
    if channel != "phone":
        return "message"
    return "voicemail" if text(ticket, "via", "source", "rel") == "voicemail" else "answered"


def _address(ticket: Document, requester: str | None) -> str | None:
    """The requester's e-mail or telephone, their own or that of the message, if it was not handed in by another."""
    submitter = first(text(ticket, "submitter_id"), text(ticket, "submitter", "id"))
    sender = part(ticket, "via", "source", "from") if submitter in (None, requester) else None
    return first(
        text(ticket, "requester", "email"),
        text(ticket, "requester", "phone"),
        text(sender, "address"),
        text(sender, "phone"),
    )


def _reply_seconds(metrics: Any) -> float | None:
    """How long the first public reply took by the clock: to the second where it is recorded so, else in minutes."""
    seconds = number(metrics, "reply_time_in_seconds", "calendar")
    minutes = number(metrics, "reply_time_in_minutes", "calendar")
    return seconds if seconds is not None else minutes * 60 if minutes is not None else None


def _metrics(metrics: Document) -> Document:
    ticket = text(metrics, "ticket_id")
    return {
        "record": f"metrics/{ticket}" if ticket else None,
        "kind": "metrics",
        "ticket": ticket,
        "created_at": text(metrics, "created_at"),
        "updated_at": text(metrics, "updated_at"),
        "channel": WRITTEN,  # not told; the ticket, where it is loaded, says it
        "direction": "inbound",
        "disposition": "message",
        "status": "solved" if text(metrics, "solved_at") else None,
        "assignee_stations": text(metrics, "assignee_stations"),
        "reply_seconds": _reply_seconds(metrics),
        "closed_at": text(metrics, "solved_at"),
    }


def _audit(audit: Document) -> list[Document]:
    """The comments of an audit; one without any is a change of the ticket and no message."""
    events = objects(audit, "events")
    told = [text(event, "value") for event in events if text(event, "field_name") == "requester_id"]
    requester = told[0] if told else None
    inherited = {key: audit.get(key) for key in ("created_at", "author_id", "via")}
    ticket = text(audit, "ticket_id")
    comments = [
        _comment({**inherited, **event}, ticket, requester) for event in events if text(event, "type") in COMMENTS
    ]
    id_ = text(audit, "id")
    change = {
        "record": f"audit/{id_}" if id_ else None,
        "kind": "change",
        "ticket": ticket,
        "created_at": text(audit, "created_at"),
    }
    return comments or [change]


def _comment(comment: Document, ticket: str | None, requester: str | None = None) -> Document:
    id_ = first(text(comment, "id"), joined([ticket, _instant(comment, "created_at")], " "))
    author = first(text(comment, "author_id"), text(comment, "author", "id"))
    is_automatic = author == SYSTEM_AUTHOR or text(comment, "via", "channel") in MACHINES
    direction = _direction(comment, author, requester, is_automatic)
    return {
        "record": f"comment/{id_}" if id_ else None,
        "kind": "comment",
        "ticket": ticket,
        "created_at": _instant(comment, "created_at"),
        "channel": "phone" if text(comment, "type") == "VoiceComment" else _channel(comment),
        "direction": direction,
        "disposition": "message",
        "is_automatic": str(is_automatic).lower(),
        "requester": author if direction == "inbound" else None,
        "agent": author if direction != "inbound" and not is_automatic else None,
        "text": first(text(comment, "plain_body"), plain_text(text(comment, "body")), text(comment, "value")),
    }


def _direction(comment: Document, author: str | None, requester: str | None, is_automatic: bool) -> str:
    """Who wrote: a private comment is between ourselves."""
    role = text(comment, "author", "role")
    if "false" in (text(comment, "public"), text(comment, "is_public")):
        return "internal"
    if is_automatic or role in ("agent", "admin"):
        return "outbound"
    if requester or role:
        return "inbound" if author == requester or role == "end-user" else "outbound"
    is_agents = text(comment, "via", "channel") in AGENTS and not text(comment, "via", "source", "from", "address")
    return "outbound" if is_agents else "inbound"
