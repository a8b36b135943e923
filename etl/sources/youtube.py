"""Comments on the videos of a YouTube channel as the Data API answers: threads with replies, or a list of comments; and
as yt-dlp lists them beside a video, or youtube-comment-downloader by themselves.

A comment is addressed to the channel, so to us: a mention and a contact, with its replies. What the channel itself
wrote is ours. An author is known by the channel's id, linked with the @handle that newer answers show as the name.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, is_told, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "publishedAt", "textDisplay")


def flatten(document: Document) -> Iterable[Document]:
    """A thread's first comment and its replies, or a single comment."""
    first = part(document, "snippet", "topLevelComment")
    if first is not None:
        return _thread(document, first)
    if "author_id" in document and "timestamp" in document:
        return [_listed(document)]
    if "cid" in document and "time_parsed" in document:
        return [_downloaded(document)]
    return [_comment(document, None, None, None)] if part(document, "snippet", "publishedAt") else [document]


def _listed(comment: Document) -> Document:
    """A comment of yt-dlp, whose times are worked out from words such as "2 days ago"."""
    parent, name = words(comment.get("parent")), words(comment.get("author")) or ""
    return Post(
        key=words(comment.get("id")),
        at=instant(comment.get("timestamp")),
        text=words(comment.get("text")),
        author=words(comment.get("author_id")),
        other_author=name if name.startswith("@") else None,
        parent=None if parent == "root" else parent,
        is_own=is_told(comment.get("author_is_uploader")),
    ).flat(NAMES)


def _downloaded(comment: Document) -> Document:
    """A comment of youtube-comment-downloader; the id of a reply begins with that of the comment it answers."""
    own_id, name = words(comment.get("cid")), words(comment.get("author")) or ""
    return Post(
        key=own_id,
        at=instant(comment.get("time_parsed")),
        text=words(comment.get("text")),
        author=words(comment.get("channel")),
        other_author=name if name.startswith("@") else None,
        parent=own_id.split(".")[0] if own_id and "." in own_id else None,
    ).flat(NAMES)


def _thread(thread: Document, first: Any) -> Iterator[Document]:
    channel = words(part(thread, "snippet", "channelId"))
    root = _comment(first, channel, None, None)
    yield root
    for reply in objects(thread, "replies", "comments"):
        yield _comment(reply, channel, words(thread.get("id")), root.get("customer"))


def _comment(comment: Any, channel: str | None, parent: str | None, asking: str | None) -> dict[str, Any]:
    snippet = part(comment, "snippet")
    author = words(part(snippet, "authorChannelId", "value"), part(snippet, "authorChannelId"))
    name = words(part(snippet, "authorDisplayName")) or ""
    return Post(
        key=words(part(comment, "id")),
        at=instant(part(snippet, "publishedAt")),
        text=words(part(snippet, "textOriginal"), plain_text(words(part(snippet, "textDisplay")))),
        author=author,
        other_author=name if name.startswith("@") else None,
        answers=asking,
        parent=words(part(snippet, "parentId")) or parent,
        edited_at=instant(part(snippet, "updatedAt")),
        is_own=author is not None and author in {channel, words(part(snippet, "channelId"))},
    ).flat(NAMES)


SOURCE = post_source(
    name="youtube",
    title="YouTube comments",
    network=Network("youtube", IdentityKind.ID, IdentityKind.HANDLE),
    names=NAMES,
    signatures=(
        ("snippet.topLevelComment.id", "snippet.topLevelComment.snippet.publishedAt"),
        ("id", "snippet.textDisplay", "snippet.publishedAt"),
        ("id", "snippet.textOriginal", "snippet.publishedAt"),
        ("id", "text", "timestamp", "author_id", "parent"),
        ("cid", "text", "author", "channel", "time_parsed"),
    ),
    flatten=flatten,
    is_versioned=True,
    # Counts of likes and replies are reach that is not stored.
    ignored=("kind", "etag", "snippet.canReply", "snippet.totalReplyCount", "snippet.isPublic", "snippet.videoId"),
)
