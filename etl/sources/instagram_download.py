"""Posts and comments of the download that Instagram gives an account of its own information, as JSON.

All are ours, and so outbound. The texts come with their letters broken and are mended; ids are left out, so a post is
known by its address, a comment by its second and its words. In `string_map_data` the names are in the account's
language: the words stand first, the owner of the media that is commented on after them. Until 2021 comments were lists
of time, words and owner.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.downloads import made_key, mended
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "timestamp", "text")
OLD_COMMENTS = ("media_comments", "live_comments")


def flatten(document: Document) -> Iterable[Document]:
    """The one post or comment of an entry."""
    told = document.get("string_map_data")
    if isinstance(told, Mapping):
        return [_comment(told).flat(NAMES)]
    if isinstance(document.get("media_comments"), list):
        return [_listed(told) for kind in OLD_COMMENTS for told in document.get(kind) or ()]
    if "media" in document or "creation_timestamp" in document:
        return [_media(document).flat(NAMES)]
    return [document]


def _listed(told: Any) -> Document:
    """A comment of an old download; what has another shape has no id, and is refused as it is."""
    if not (isinstance(told, list) and len(told) >= 2):
        return {NAMES.text: str(told)}
    at, text, owner = words(told[0]), mended(told[1]), words(*told[2:3])
    return Post(key=made_key("comment", at, text), at=instant(at), text=text, answers=owner, is_own=True).flat(NAMES)


def _media(document: Document) -> Post:
    """One post, of one picture or of several; a single one tells its time and words itself."""
    first: Mapping[str, Any] = next(iter(objects(document, "media")), document)
    at = words(document.get("creation_timestamp"), first.get("creation_timestamp"))
    text = mended(words(document.get("title"), first.get("title")))
    return Post(key=words(first.get("uri")) or made_key("post", at, text), at=instant(at), text=text, is_own=True)


def _comment(told: Mapping[str, Any]) -> Post:
    texts = [mended(part(held, "value")) for held in told.values() if part(held, "value") is not None]
    at = next((part(held, "timestamp") for held in told.values() if part(held, "timestamp")), None)
    text = texts[0] if texts else None
    return Post(
        key=made_key("comment", at, text),
        at=instant(at),
        text=text,
        answers=texts[1] if len(texts) > 1 else None,
        is_own=True,
    )


SOURCE = post_source(
    name="instagram_download",
    title="Instagram download of own posts and comments",
    network=Network("instagram", IdentityKind.HANDLE),
    names=NAMES,
    signatures=(
        ("media[].uri", "media[].creation_timestamp"),
        ("media_list_data", "string_map_data"),
        ("string_map_data.Comment", "string_map_data.Time"),
        ("media_comments",),
    ),
    flatten=flatten,
    ignored=("cross_post_source", "backup_uri", "media_metadata"),
)
