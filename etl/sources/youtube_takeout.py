"""Comments that Google Takeout gives a YouTube account: its own, one row a comment, the words in JSON pieces.

All comments are ours, and so outbound; whom they answer is not in the file but as the id of the comment.
"""

import json
from collections.abc import Iterable
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("Comment ID", "Comment Create Timestamp", "Comment Text")
PIECES = "takeoutSegments"


def flatten(document: Document) -> Iterable[Document]:
    """The one comment of a row, whatever the case of its names."""
    row = {name.casefold(): value for name, value in document.items()}
    return [_comment(row).flat(NAMES)] if "comment id" in row else [document]


def _comment(row: Document) -> Post:
    return Post(
        key=words(row.get("comment id")),
        at=instant((words(row.get("comment create timestamp")) or "").replace(" UTC", "Z") or None),
        text=_words(row.get("comment text")),
        parent=words(row.get("parent comment id")),
        is_own=True,
    )


def _words(value: Any) -> str | None:
    """The pieces of a comment ({"text": "…"}, several or in takeoutSegments) as one text; older ones have none."""
    if isinstance(value, str) and value.startswith('{"'):
        try:
            value = json.loads(f"[{value}]")
        except ValueError:
            return str(value)
    parts = value if isinstance(value, list) else [value]
    told = [words(part(piece, "text")) for held in parts for piece in (objects(held, PIECES) or [held])]
    return "".join(piece for piece in told if piece) or words(value)


SOURCE = post_source(
    name="youtube_takeout",
    title="YouTube comments of Google Takeout",
    network=Network("youtube", IdentityKind.ID),
    names=NAMES,
    signatures=(("Comment ID", "Channel ID", "Comment Create Timestamp", "Comment Text"),),
    flatten=flatten,
    ignored=("Channel ID", "Price", "Video ID", "Post ID", "Top-Level Comment ID", "Parent Comment ID"),
)
