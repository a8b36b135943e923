"""Jira's issues through its API (also wrapped as search results) and as the XML of its issue view: one record each.

A comment is no message of its own: the first that is not the reporter's tells when the issue was answered.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import first, joined, names, number, objects, part, text
from etl.vocabulary import IdentityKind

PERSON = ("accountId", "key", "name", "displayName")
SERVICE_DESK = "service_desk"
OF_VIEW = ("title", "link", "description", "feed.title")  # what its XML has in common with a blog's


def issue(document: Document) -> Iterator[dict[str, Any]]:
    """The record of one issue."""
    inner = part(document, "fields")
    fields = inner if isinstance(inner, Mapping) else document
    created = _instant(text(fields, "created"))
    satisfaction = [held for held in fields.values() if number(held, "rating") is not None]
    is_desk = (
        text(fields, "project", "projectTypeKey") == SERVICE_DESK
        or bool(satisfaction)
        or any(part(held, "requestType") for held in fields.values())
    )
    yield {
        "key": text(document, "key"),
        "created_at": created or text(fields, "created"),
        "updated_at": _instant(text(fields, "updated")),
        "channel": "email" if is_desk else "task",
        "customer": _person(fields, "reporter"),
        "address": text(fields, "reporter", "emailAddress"),
        "agent": _person(fields, "assignee"),
        "team": first(text(fields, "project", "name"), text(fields, "project")),
        "category": first(text(fields, "issuetype", "name"), text(fields, "type")),
        "topic": next(
            (text(held, "requestType", "name") for held in fields.values() if part(held, "requestType")), None
        ),
        "label": first(names(fields, "labels"), text(fields, "labels")),
        "product": names(fields, "components"),
        "is_resolved": str(_is_resolved(fields)).lower(),
        "answered_at": _answered_at(fields, created),
        "closed_at": _instant(first(text(fields, "resolutiondate"), text(fields, "resolved"))),
        "rating": text(satisfaction[0], "rating") if satisfaction else None,
        "text": joined([text(fields, "summary"), _words(part(fields, "description"))], "\n\n"),
    }


def _person(fields: Document, role: str) -> str | None:
    """Who it is by their id, which stands beside the name in the XML."""
    return first(*(text(fields, role, name) for name in PERSON), text(fields, f"{role}@accountid"), text(fields, role))


def _is_resolved(fields: Document) -> bool:
    is_done = text(fields, "status", "statusCategory", "key") == "done"
    return is_done or bool(first(text(fields, "resolutiondate"), text(fields, "resolved")))


def _answered_at(fields: Document, created: str | None) -> str | None:
    """When somebody but the reporter first commented in public."""
    reporter = _person(fields, "reporter")
    comments = objects(fields, "comment", "comments") or objects(fields, "comments")
    replies = [
        at
        for comment in comments
        if text(comment, "jsdPublic") != "false" and _person(comment, "author") != reporter
        if (at := _instant(text(comment, "created"))) and created and at >= created
    ]
    return min(replies, default=None)


def _words(description: Any) -> str | None:
    """Plain text or markup; of Cloud's documents the texts in them."""
    if isinstance(description, Mapping):
        return joined([_words(held) or text(held, "text") for held in objects(description, "content")], "\n") or text(
            description, "text"
        )
    return plain_text(text({"words": description}, "words"))


def _instant(told: str | None) -> str | None:
    """A time of the API (2024-03-04T09:00:00.000+0100) or of the XML (Mon, 4 Mar 2024 09:00:00 +0100), in UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(told or "")
        except (ValueError, TypeError, IndexError):
            continue
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return None


SOURCE = Source(
    name="jira_api",
    title="Jira issues (API, XML)",
    form="json",
    required=("key", "fields.created", "fields.summary"),
    signatures=(
        ("key", "fields.created", "fields.status"),
        ("key", "created", "reporter", "summary", *OF_VIEW),
    ),
    key=("key",),
    version=Field("when", ("updated_at",), states_zone=True),
    event=Field("when", ("created_at",), states_zone=True),
    flatten=issue,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("text", ("channel",)),
                "direction": Field("constant", value="inbound"),
                "disposition": Field("constant", value="message"),
                "customer_identifier": Field("identity", ("customer",), identity=IdentityKind.ID, scope="jira"),
                "other_customer": Field("identity", ("address",), identity=IdentityKind.EMAIL),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("team",)),
                "category": Field("text", ("category",)),
                "topic": Field("text", ("topic",)),
                "label": Field("text", ("label",)),
                "product": Field("text", ("product",)),
                # What is still in work, also a reopened issue, is not known to have failed.
                "is_resolved": Field(
                    "sql", ("is_resolved",), expression="CASE WHEN \"is_resolved\" = 'true' THEN TRUE END"
                ),
                "answered_at": Field("when", ("answered_at",), states_zone=True),
                "closed_at": Field("when", ("closed_at",), states_zone=True),
                "verbatim": Field("verbatim", ("text",)),
            },
        ),
        Target(
            "responses",
            {
                "question": Field("constant", value="satisfaction rating"),
                "kind": Field("constant", value="csat5"),
                "score": Field("rating", ("rating",), low=1, high=5),
                "customer_identifier": Field("identity", ("customer",), identity=IdentityKind.ID, scope="jira"),
            },
        ),
    ),
)
