"""Google Business Profile reviews: the API's pages, one location or several, and the Takeout's reviews.json."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.parts import first, part, text

STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
# Google adds a translation of the words; only the customer's own are kept.
TRANSLATED = re.compile(r"\(Translated by Google\).*?\(Original\)\s*", re.DOTALL)
TRANSLATION = re.compile(r"\s*\(Translated by Google\).*$", re.DOTALL)
NANOSECONDS = re.compile(r"(\.\d{6})\d+")


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a review, which pages of several locations wrap once more."""
    review = part(document, "review") if part(document, "review", "starRating") is not None else document
    name = first(text(review, "name"), text(document, "name")) or ""
    yield {
        "id": first(text(review, "reviewId"), name.rpartition("/")[2]),
        "at": _instant(text(review, "createTime")),
        "changed_at": _instant(text(review, "updateTime")),
        "rating": text(review, "starRating"),
        "words": _own_words(text(review, "comment")),
        "replied_at": _instant(text(review, "reviewReply", "updateTime")),
    }


def _instant(time: str | None) -> str | None:
    return NANOSECONDS.sub(r"\1", time) if time else None


def _own_words(comment: str | None) -> str | None:
    if comment is None:
        return None
    return TRANSLATION.sub("", TRANSLATED.sub("", comment)).strip() or None


SOURCE = Source(
    name="google_business",
    title="Google Business Profile reviews",
    form="json",
    required=("starRating", "createTime", "reviewer"),
    signatures=(("starRating", "createTime", "reviewId"), ("review.starRating", "review.createTime")),
    key=("id",),
    event=Field("when", ("at",), states_zone=True),
    version=Field("when", ("changed_at",), states_zone=True),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="google_business"),
                "rating": Field("rating", ("rating",), low=1, high=5, map=STARS, blanks=("STAR_RATING_UNSPECIFIED",)),
                "answered_at": Field("when", ("replied_at",), states_zone=True),
                "verbatim": Field("verbatim", ("words",)),
            },
        ),
    ),
    flatten=flatten,
)
