"""Posts and replies of Threads as its API answers.

Ours are the posts with `owner` and the replies with `is_reply_owned_by_me`: Threads tells both only of the account that
asks. A reply stands under a post of ours, so it is addressed to us (a mention and a contact), and so is a post that
@-names an account; any other post is a mention only. A reply to the first post begins a contact of its own.
An author is known by handle.
"""

import re
from collections.abc import Iterable

from etl.sources.base import Document
from etl.sources.documents.parts import part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, is_told, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "timestamp", "text")
NAMED = re.compile(r"(?<![\w.@/])@[\w.]{1,30}")
MARKS = (
    "media_product_type", "media_type", "permalink", "shortcode", "is_reply", "replied_to", "root_post", "has_replies",
    "is_quote_post", "is_reply_owned_by_me",
)  # fmt: skip


def flatten(document: Document) -> Iterable[Document]:
    """The one post of a document."""
    return [_post(document).flat(NAMES)] if "id" in document and "timestamp" in document else [document]


def _post(post: Document) -> Post:
    text = words(post.get("text"))
    parent, root = words(part(post, "replied_to", "id")), words(part(post, "root_post", "id"))
    is_own = is_told(post.get("is_reply_owned_by_me")) or post.get("owner") is not None
    is_reply = parent is not None or is_told(post.get("is_reply"))
    is_bare_quote = is_told(post.get("is_quote_post")) and not text
    return Post(
        key=words(post.get("id")),
        at=instant(post.get("timestamp")),
        text=text,
        author=words(post.get("username")),
        parent=None if parent == root else parent,
        is_own=is_own,
        is_repost=post.get("media_type") == "REPOST_FACADE" or post.get("reposted_post") is not None or is_bare_quote,
        is_message=is_own or is_reply or bool(NAMED.search(text or "")),
    )


SOURCE = post_source(
    name="threads",
    title="Threads posts and replies",
    network=Network("threads", IdentityKind.HANDLE),
    names=NAMES,
    signatures=tuple(("id", "timestamp", "text", mark) for mark in MARKS),
    flatten=flatten,
    ignored=("media_url", "thumbnail_url", "children", "hide_status", "alt_text", "link_attachment_url"),
)
