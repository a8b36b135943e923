"""Google Play reviews as JSON: those of the publisher's API, and those that scrapers list."""

from collections.abc import Iterator, Mapping
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.parts import first, objects, part, text

NANOSECONDS = 1_000_000_000


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of a review; the API keeps what the user and the developer said in one list of comments."""
    comments = objects(document, "comments")
    user = next((part(comment, "userComment") for comment in comments if part(comment, "userComment")), None)
    ours = [part(comment, "developerComment") for comment in comments if part(comment, "developerComment")]
    if user is not None:
        yield {
            "id": text(document, "reviewId"),
            "at": _instant(user),
            "replied_at": _instant(ours[0]) if ours else None,
            "rating": text(user, "starRating"),
            "words": text(user, "text"),
            "language": text(user, "reviewerLanguage"),
            "app": first(text(document, "packageName"), text(document, "appId")),
        }
        return
    yield {
        "id": first(text(document, "reviewId"), text(document, "id")),
        "at": first(text(document, "at"), text(document, "date")),
        "replied_at": first(text(document, "repliedAt"), text(document, "replyDate")),
        "rating": text(document, "score"),
        "words": first(text(document, "content"), text(document, "text")),
        "language": first(text(document, "lang"), text(document, "language")),
        "app": first(
            text(document, "appId"), text(document, "app_id"), text(document, "app"), text(document, "appName")
        ),
    }


def _instant(comment: Any) -> str | None:
    """When a comment was last changed, as a number of seconds: the API gives the first writing of none."""
    seconds = text(comment, "lastModified", "seconds")
    nanoseconds = text(comment, "lastModified", "nanos") or "0"
    if seconds is None or not (seconds.isdigit() and nanoseconds.isdigit()):
        return text(comment, "lastModified")
    return f"{seconds}.{int(nanoseconds):09d}"[: len(seconds) + 7]


INSTANT = (
    "CASE WHEN try_cast({0} AS DECIMAL(26,6)) IS NOT NULL "
    "THEN make_timestamp(CAST(try_cast({0} AS DECIMAL(26,6)) * CASE WHEN try_cast({0} AS DECIMAL(26,6)) > 100000000000 "
    "THEN 1000 ELSE 1000000 END AS BIGINT)) ELSE timezone('UTC', try_cast({0} AS TIMESTAMPTZ)) END"
)


def _when(column: str) -> Field:
    return Field("sql", (column,), expression=INSTANT.format(f'"{column}"'), expected="a date and time")


SOURCE = Source(
    name="google_play_json",
    title="Google Play reviews (JSON)",
    form="json",
    required=("reviewId", "comments[].userComment"),
    signatures=(
        ("reviewId", "content", "score", "at"),
        ("id", "userName", "score", "text", "date", "replyDate"),
        ("id", "userName", "userImage", "score", "text", "date"),
    ),
    key=("id",),
    event=_when("at"),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="google_play"),
                "rating": Field("rating", ("rating",), low=1, high=5),
                "answered_at": _when("replied_at"),
                "product": Field("text", ("app",)),
                "language": Field("sql", ("language",), expression='lower("language")'),
                "verbatim": Field("verbatim", ("words",)),
            },
        ),
    ),
    zone="UTC",
    flatten=flatten,
)
