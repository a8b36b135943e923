"""App Store reviews as JSON: App Store Connect's API with our replies, the store's own feed, and that of its pages."""

from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.parts import first, joined, objects, part, text

RESPONSES = "customerReviewResponses"
WORDS = ("text", "review", "content")
# The entries of the store's feed as XML, which is an Atom feed of posts but for the stars.
ENTRY = ("id", "title", "updated", "rating", "voteSum", "feed.title")


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """The reviews of a page: replies stand beside them in `included`; the feed's first entry may be the app itself."""
    if part(document, "im:name") is None:
        yield from list(_reviews(document)) or [_of_scraper(document)]


def _reviews(document: Document) -> Iterator[dict[str, Any]]:
    replies = {text(entry, "id"): entry for entry in objects(document, "included") if text(entry, "type") == RESPONSES}
    entries = part(document, "feed", "entry")
    listed = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else [entries]
    if entries is not None:
        yield from (_of_feed(entry) for entry in listed if part(entry, "im:name") is None)
    elif isinstance(document.get("data"), list):
        yield from (_of_api(entry, replies) for entry in objects(document, "data"))
    elif part(document, "data", "attributes") is not None:
        yield _of_api(document["data"], replies)
    elif part(document, "im:rating") is not None:
        yield _of_feed(document)
    elif part(document, "attributes") is not None:
        yield _of_api(document, replies)


def _of_api(entry: Any, replies: Mapping[str | None, Any]) -> dict[str, Any]:
    held = part(entry, "attributes")
    reply = part(replies.get(text(entry, "relationships", "response", "data", "id")), "attributes")
    replied_at = first(text(reply, "lastModifiedDate"), text(held, "developerResponse", "modified"))
    is_public = text(reply, "state") in (None, "PUBLISHED")
    return {
        "id": text(entry, "id"),
        "at": first(text(held, "createdDate"), text(held, "date")),
        "rating": text(held, "rating"),
        "words": joined([text(held, "title"), first(text(held, "body"), text(held, "review"))], "\n\n"),
        "replied_at": replied_at if is_public else None,
        "region": text(held, "territory"),
    }


def _of_feed(entry: Any) -> dict[str, Any]:
    return {
        "id": text(entry, "id", "label"),
        "at": text(entry, "updated", "label"),
        "rating": text(entry, "im:rating", "label"),
        "words": joined([text(entry, "title", "label"), text(entry, "content", "label")], "\n\n"),
        "replied_at": None,
        "region": None,
    }


def _of_scraper(entry: Document) -> dict[str, Any]:
    reply = part(entry, "developerResponse")
    return {
        "id": first(text(entry, "id"), text(entry, "reviewId"), text(entry, "review_id")),
        "at": first(text(entry, "updated"), text(entry, "date")),
        "rating": first(text(entry, "score"), text(entry, "rating")),
        "words": joined([text(entry, "title"), first(*(text(entry, name) for name in WORDS))], "\n\n"),
        "replied_at": first(text(reply, "modified"), text(reply, "lastModified")),
        "region": text(entry, "country"),
    }


SOURCE = Source(
    name="app_store_json",
    title="App Store reviews (JSON)",
    form="json",
    required=("data[].attributes.rating", "data[].attributes.createdDate"),
    signatures=(
        ("feed.entry[].title.label", "feed.entry[].id.label"),
        ("feed.entry.im:rating.label", "feed.entry.id.label"),
        ("data.attributes.rating", "data.attributes.createdDate", "data.id"),
        ("im:rating.label", "id.label"),
        ("attributes.rating", "attributes.createdDate", "attributes.reviewerNickname"),
        ("data[].attributes.rating", "data[].attributes.date", "data[].attributes.userName"),
        ("attributes.rating", "attributes.date", "attributes.userName"),
        ("id", "userName", "userUrl", "version", "score", "title", "text"),
        ENTRY,
        (*ENTRY, "link@href"),
    ),
    key=("id",),
    event=Field("when", ("at",), states_zone=True),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="app_store"),
                "rating": Field("rating", ("rating",), low=1, high=5),
                "answered_at": Field("when", ("replied_at",), states_zone=True),
                "region": Field("text", ("region",)),
                "verbatim": Field("verbatim", ("words",)),
            },
        ),
    ),
    flatten=flatten,
)
