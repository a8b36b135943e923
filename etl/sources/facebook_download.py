"""Posts and comments of the download that Facebook gives an account or a page of its own information, as JSON.

All are ours, and so outbound: the download has nobody else's words. The texts come with their letters broken and are
mended; ids are left out, so a record is known by its second and its words. A comment's title tells in the language of
the account whom it answers, which is not read.
"""

from collections.abc import Iterable

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.downloads import made_key, mended
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "timestamp", "text")
TOLD = ("post", "comment")


def flatten(document: Document) -> Iterable[Document]:
    """The one post or comment of an entry; an entry without words (a picture, a shared address) is a post, too."""
    if "timestamp" not in document:
        return [document]
    comments = [part(held, "comment") for held in objects(document, "data") if part(held, "comment") is not None]
    if comments:
        text = mended(part(comments[0], "comment"))
        return [_own("comment", words(part(comments[0], "timestamp"), document["timestamp"]), text)]
    told = [mended(held.get("post")) for held in objects(document, "data")]
    return [_own("post", document["timestamp"], next((text for text in told if text), None))]


def _own(kind: str, at: object, text: str | None) -> Document:
    return Post(key=made_key(kind, at, text), at=instant(at), text=text, is_own=True, is_message=text is not None).flat(
        NAMES
    )


SOURCE = post_source(
    name="facebook_download",
    title="Facebook download of own posts and comments",
    network=Network("facebook", IdentityKind.ID),
    names=NAMES,
    signatures=(
        ("timestamp", "data[].post"),
        ("timestamp", "data[].comment.comment"),
        ("timestamp", "data[].update_timestamp"),
    ),
    flatten=flatten,
    ignored=("attachments", "title", "tags"),
)
