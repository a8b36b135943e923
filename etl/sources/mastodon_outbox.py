"""The archive that Mastodon gives an account of its own posts: outbox.json, a collection of activities.

All posts are ours, and so outbound. Whom a post answers is the customer it speaks to; the first account that it names
stands for that one, as the archive knows the answered post by its address alone. A boost is reach and no message.
Activities that bring no post (a follower, a block) are none.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "published", "content")
PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")


def flatten(document: Document) -> Iterable[Document]:
    """The one post of an activity."""
    held, kind = document.get("object"), words(document.get("type"))
    if kind == "Announce":
        return [_boost(document).flat(NAMES)]
    if kind in {"Create", "Update"} and isinstance(held, Mapping):
        return [_post(held, document).flat(NAMES)]
    return [] if kind and "actor" in document else [document]


def _post(post: Document, activity: Document) -> Post:
    told = [plain_text(words(post.get("summary"))), plain_text(words(post.get("content"), *_texts(post)))]
    is_public = any(address in PUBLIC for address in _addresses(post, activity))
    named = [words(tag.get("name")) for tag in objects(post, "tag") if tag.get("type") == "Mention"]
    return Post(
        key=words(post.get("id")),
        at=instant(post.get("published"), activity.get("published")),
        text="\n\n".join([found for found in told if found]) or None,
        answers=(named[0] or "").lstrip("@") or None if named else None,
        parent=words(post.get("inReplyTo")),
        language=next(iter(_languages(post)), None),
        is_own=True,
        is_mention=is_public,
        is_public=is_public,
    )


def _boost(activity: Document) -> Post:
    return Post(key=words(activity.get("id")), at=instant(activity.get("published")), is_own=True, is_repost=True)


def _addresses(*documents: Document) -> list[Any]:
    """Whom a post was sent to; a list of one may stand there as that one."""
    lists = [found.get(name) for found in documents for name in ("to", "cc")]
    return [address for found in lists for address in (found if isinstance(found, list) else [found])]


def _languages(post: Document) -> list[str]:
    texts = part(post, "contentMap")
    return [str(code) for code in texts] if isinstance(texts, Mapping) else []


def _texts(post: Document) -> list[Any]:
    texts = part(post, "contentMap")
    return list(texts.values()) if isinstance(texts, Mapping) else []


SOURCE = post_source(
    name="mastodon_outbox",
    title="Mastodon archive of own posts",
    network=Network("mastodon", IdentityKind.HANDLE),
    names=NAMES,
    signatures=(("id", "type", "actor", "published", "object"),),
    flatten=flatten,
    ignored=("@context", "signature", "to", "cc"),
)
