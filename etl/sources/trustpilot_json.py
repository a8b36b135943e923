"""Trustpilot reviews as JSON: those of its API, and those that scrapers take from its pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.parts import first, joined, names, part, text
from etl.vocabulary import IdentityKind


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a review, whichever of the two wrote it."""
    reply = first(text(document, "companyReply", "createdAt"), text(document, "reply", "publishedDate"))
    company = part(document, "businessUnit")
    yield {
        "id": first(text(document, "id"), text(document, "reviewId")),
        "at": first(
            text(document, "createdAt"), text(document, "dates", "publishedDate"), text(document, "publishedDate"),
            text(document, "publishedAt"),
        ),
        "changed_at": first(
            text(document, "updatedAt"), text(document, "dates", "updatedDate"), text(document, "updatedDate")
        ),
        "rating": first(text(document, "stars"), text(document, "rating")),
        "words": joined([text(document, "title"), text(document, "text")], "\n\n"),
        "replied_at": first(reply, text(document, "replyDate"), text(document, "replyPublishedDate")),
        "author": first(text(document, "consumer", "id"), text(document, "reviewerId")),
        "language": text(document, "language"),
        "tags": names({"tags": [part(tag, "value") or tag for tag in _tags(document)]}, "tags"),
        "company": first(text(company, "displayName"), text(company, "identifyingName"), text(document, "companyName")),
    }  # fmt: skip


def _tags(document: Document) -> list[Any]:
    tags = part(document, "tags")
    return tags if isinstance(tags, list) else []


def _when(column: str) -> Field:
    return Field("when", (column,), states_zone=True)


SOURCE = Source(
    name="trustpilot_json",
    title="Trustpilot reviews (JSON)",
    form="json",
    required=("id", "stars", "createdAt", "consumer"),
    signatures=(
        ("id", "stars", "createdAt", "businessUnit"),
        ("id", "stars", "createdAt", "companyReply"),
        ("id", "rating", "dates.publishedDate"),
        ("id", "rating", "publishedDate", "consumer"),
        ("reviewId", "rating", "publishedAt", "experiencedAt"),
    ),
    key=("id",),
    event=_when("at"),
    version=_when("changed_at"),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="trustpilot"),
                "author_identifier": Field("identity", ("author",), identity=IdentityKind.HANDLE, scope="trustpilot"),
                "rating": Field("rating", ("rating",), low=1, high=5),
                "answered_at": _when("replied_at"),
                "label": Field("text", ("tags",)),
                "product": Field("text", ("company",)),
                "language": Field("sql", ("language",), expression='lower("language")'),
                "verbatim": Field("verbatim", ("words",)),
            },
        ),
    ),
    flatten=flatten,
)
