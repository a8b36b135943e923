"""Reviews of a location as Tripadvisor's Content API answers them, with what its owner replied; times are in UTC."""

from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.parts import joined, text
from etl.vocabulary import IdentityKind


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a review."""
    yield {
        "id": text(document, "id"),
        "at": text(document, "published_date"),
        "replied_at": text(document, "owner_response", "published_date"),
        "rating": text(document, "rating"),
        "author": text(document, "user", "username"),
        "location": text(document, "location_id"),
        "language": text(document, "lang"),
        "words": joined([text(document, "title"), text(document, "text")], "\n\n"),
    }


SOURCE = Source(
    name="tripadvisor",
    title="Tripadvisor reviews",
    form="json",
    required=("id", "location_id", "published_date", "rating", "text"),
    key=("id",),
    event=Field("when", ("at",), states_zone=True),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="tripadvisor"),
                "author_identifier": Field("identity", ("author",), identity=IdentityKind.HANDLE, scope="tripadvisor"),
                "rating": Field("rating", ("rating",), low=1, high=5),
                "answered_at": Field("when", ("replied_at",), states_zone=True),
                "product": Field("text", ("location",)),
                "language": Field("sql", ("language",), expression='lower("language")'),
                "verbatim": Field("verbatim", ("words",)),
            },
        ),
    ),
    flatten=flatten,
)
