"""Media and comments of an Instagram account as the Graph API answers: media with comments and replies, or comments.

The account's own media are ours. A comment on them is addressed to us: a mention and a contact, with its replies. Ours
are the comments of the media's owner, and those with `user`, which Instagram fills only for the account that asks.
An author is known by handle, linked with the id of `from`. The pictures of a carousel are parts of one post.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "timestamp", "text")


def flatten(document: Document) -> Iterable[Document]:
    """A medium with its comments, or a comment with its replies."""
    if "id" not in document or "timestamp" not in document:
        return [document]
    is_comment = "text" in document and "caption" not in document
    return _commented(document, set(), None, None) if is_comment else _media(document)


def _media(media: Document) -> Iterator[Document]:
    owner = {words(media.get("username")), words(part(media, "owner", "id")), words(part(media, "owner", "username"))}
    yield Post(
        key=words(media.get("id")),
        at=_instant(media.get("timestamp")),
        text=words(media.get("caption")),
        author=words(media.get("username"), part(media, "owner", "username")),
        is_own=True,
    ).flat(NAMES)
    for comment in objects(media, "comments", "data"):
        yield from _commented(comment, owner, None, None)


def _commented(comment: Document, owner: set[str | None], parent: str | None, asking: str | None) -> Iterator[Document]:
    key = words(comment.get("id"))
    handle = words(comment.get("username"), part(comment, "from", "username"))
    by_id = words(part(comment, "from", "id"), part(comment, "user", "id"))
    is_own = bool({handle, by_id} & (owner - {None})) or part(comment, "user", "id") is not None
    yield Post(
        key=key,
        at=_instant(comment.get("timestamp")),
        text=words(comment.get("text")),
        author=handle,
        other_author=by_id,
        answers=asking,
        parent=words(comment.get("parent_id")) or parent,
        is_own=is_own,
    ).flat(NAMES)
    for reply in objects(comment, "replies", "data"):
        yield from _commented(reply, owner, key, asking if is_own else handle)


def _instant(value: Any) -> str | None:
    """A time as Instagram writes it, with its offset; seconds since 1970 are another network's, and are refused."""
    return instant(value) if isinstance(value, str) and not value.isdigit() else None


SOURCE = post_source(
    name="instagram",
    title="Instagram media and comments",
    network=Network("instagram", IdentityKind.HANDLE, IdentityKind.ID),
    names=NAMES,
    signatures=(
        ("id", "timestamp", "text"),
        ("id", "timestamp", "caption"),
        ("id", "timestamp", "media_type"),
        ("id", "timestamp", "comments_count"),
        ("id", "timestamp", "like_count"),
        ("id", "timestamp", "comments.data"),
        ("id", "timestamp", "ig_id"),
    ),
    flatten=flatten,
    # Counts of likes and comments are reach that is not stored.
    ignored=("like_count", "comments_count", "insights", "media_type", "media_url", "permalink", "children", "hidden"),
)
