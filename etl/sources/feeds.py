"""Blog posts about us: RSS 2.0, RSS 1.0, Atom, JSON Feed, Tumblr's posts, WordPress's posts and comments."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

from etl.sources.base import Document, Field, Source, Target
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import first, joined, objects, part, text

IDS = ("guid", "id_string", "id", "link", "link@href", "url", "post_url")
TIMES = (
    "pubDate",
    "unix-timestamp",
    "published",
    "date_published",
    "issued",
    "created",
    "date",
    "timestamp",
    "updated",
    "modified",
)
CHANGES = ("updated", "date_modified", "modified")
WORDS = (
    "encoded",
    "content",
    "content_html",
    "content_text",
    "description",
    "summary",
    "body",
    "caption",
    "quote",
    "answer",
    # Tumblr's first API
    "regular-body",
    "photo-caption",
    "quote-text",
    "link-description",
    "conversation-text",
    "video-caption",
    "audio-caption",
)
TITLES = ("title", "regular-title", "link-text", "conversation-title")
# Hours of zone names that RFC 822 does not know and feeds use all the same.
ZONES = {"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "WET": 0, "WEST": 1, "BST": 1, "EET": 2, "EEST": 3, "MSK": 3}
ZONES |= {
    "GMT": 0,
    "UTC": 0,
    "JST": 9,
    "KST": 9,
    "SGT": 8,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "AKST": -9,
    "HST": -10,
    "Z": 0,
}
NAMED = re.compile(r"^(.*\d)\s+([A-Z]{1,4})$")


def flatten(document: Document) -> Iterator[Mapping[str, Any]]:
    """One record of an entry: its id or address, its time as an instant, its words without markup."""
    if part(document, "content", "rendered") is not None and "date_gmt" in document:
        document = _of_wordpress(document)
    title = plain_text(first(*(text(document, name) for name in TITLES)))
    blocks = [text(block, "text") for block in objects(document, "content")]
    words = joined(blocks, "\n\n") or plain_text(first(*(text(document, name) for name in WORDS)))
    is_in_words = title and words and words.startswith(title.rstrip("….").rstrip())
    yield {
        "id": first(*(text(document, name) for name in IDS)),
        "at": _instant(first(*(text(document, name) for name in TIMES))),
        "changed_at": _instant(first(*(text(document, name) for name in CHANGES))),
        "words": words if is_in_words else joined([title, words], "\n\n"),
        "category": (first(text(document, "category"), text(document, "category@term")) or "").split("|")[0] or None,
        "language": first(text(document, "language"), text(document, "feed.language")),
    }


def _of_wordpress(document: Document) -> Document:
    """A post or comment of WordPress's REST API as a feed has it: ids count per blog, so it is known by its address."""
    times = {name: text(document, told) for name, told in (("date", "date_gmt"), ("updated", "modified_gmt"))}
    words = {name: text(document, name, "rendered") for name in ("title", "content")}
    address = first(text(document, "guid", "rendered"), text(document, "link"))
    return {**words, **{name: f"{time}Z" for name, time in times.items() if time}, "id": address}


def _instant(told: str | None) -> str | None:
    """A feed's time, in UTC where it states its zone; what cannot be read is none, and its entry refused."""
    if told is None:
        return None
    if told.isdigit():
        return datetime.fromtimestamp(int(told), UTC).isoformat() if len(told) <= 10 else None
    named = NAMED.match(told)
    zone = timezone(timedelta(hours=ZONES[named[2]])) if named and named[2] in ZONES else None
    words = named[1] if named and zone else told
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(words)
        except (ValueError, TypeError, IndexError):
            continue
        return _utc(found.replace(tzinfo=zone) if zone else found)
    return None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat() if moment.tzinfo else moment.isoformat(" ")


SOURCE = Source(
    name="feeds",
    title="Blog feeds",
    form="json",
    required=("title", "link", "pubDate"),
    signatures=(
        ("guid", "pubDate"),
        ("title", "link", "date", "feed.title"),
        ("title", "link", "description", "feed.title"),
        ("id", "title", "updated", "feed.title"),
        ("id", "title", "updated", "link@href"),
        ("id", "url", "date_published"),
        ("id", "post_url", "timestamp", "type"),
        ("id", "post_url", "timestamp", "type", "caption"),
        ("id", "blog_name", "timestamp", "content[].type"),
        ("id", "unix-timestamp", "url-with-slug"),
        ("id", "date_gmt", "content.rendered", "link"),
    ),
    key=("id",),
    event=Field("when", ("at",), zoned_formats=("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z")),
    version=Field("when", ("changed_at",)),
    targets=(
        Target(
            "mentions",
            {
                "platform": Field("constant", value="blog"),
                "label": Field("text", ("category",)),
                "language": Field("sql", ("language",), expression='lower("language")'),
                "verbatim": Field("verbatim", ("words",)),
            },
        ),
    ),
    flatten=flatten,
)
