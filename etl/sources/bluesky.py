"""Posts of Bluesky: threads, feeds, lists of posts, notifications, records of a repository, and the event stream.

Who "we" are is in the setting `own_accounts`, not in these files. Beside ours, a post that names an account, or answers
somebody else's, is taken as addressed to us (a mention and a contact), any other as talk about us (a mention only). A
repost, and a quote without own words, is reach and no message. An author is known by the account's DID, which the
address of every post holds, linked with the handle where the file tells it. Posts of a thread that are not found or
blocked are not in the file.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("uri", "createdAt", "text")
POST_TYPE, REPOST_TYPE = "app.bsky.feed.post", "app.bsky.feed.repost"
QUOTE = "app.bsky.embed.record"
MENTION = "app.bsky.richtext.facet#mention"
NO_HANDLE = "handle.invalid"


def flatten(document: Document) -> Iterable[Document]:
    """The posts of a thread, the post of a feed's item, or the record of whatever else names one."""
    thread = document.get("thread")
    if isinstance(thread, Mapping):
        return list(_thread(thread)) or [document]
    if isinstance(thread, list):
        return [
            _viewed(part(node, "value", "post")) for node in objects(document, "thread") if part(node, "value", "post")
        ]
    if isinstance(document.get("post"), Mapping):
        return [_item(document)] if "replies" not in document else list(_thread(document))
    if isinstance(document.get("commit"), Mapping):
        return _committed(document)
    return [_viewed(document)] if "uri" in document else [document]


def _thread(root: Document) -> Iterator[Document]:
    """The posts above, the post and those below it."""
    above = []
    parent = root.get("parent")
    while isinstance(parent, Mapping):
        above.append(parent)
        parent = parent.get("parent")
    yield from [_viewed(node["post"]) for node in above[::-1] if isinstance(node.get("post"), Mapping)]
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node.get("post"), Mapping):
            yield _viewed(node["post"])
        waiting += objects(node, "replies")[::-1]


def _item(item: Document) -> Document:
    """The post of a feed's item, or the repost that brought it there."""
    by, at = part(item, "reason", "by"), part(item, "reason", "indexedAt")
    if by is None:
        return _viewed(item["post"])
    did, uri = words(part(by, "did")), words(part(item, "post", "uri"))
    return Post(
        key=words(part(item, "reason", "uri")) or (f"{uri} reposted by {did}" if uri and did else None),
        at=instant(at),
        text=words(part(item, "post", "record", "text")),
        author=did,
        other_author=_handle(by),
        is_repost=True,
    ).flat(NAMES)


def _viewed(view: Any) -> Document:
    """A post as shown (`record`), or as it lies in a repository (`value`)."""
    record = part(view, "record") if isinstance(part(view, "record"), Mapping) else part(view, "value")
    return _post(words(part(view, "uri")), record, _handle(part(view, "author")), part(view, "indexedAt"))


def _committed(event: Document) -> list[Document]:
    """A post of the event stream; what was deleted or is no post brings nothing."""
    commit = event["commit"]
    if commit.get("operation") == "delete" or words(commit.get("collection")) not in {POST_TYPE, REPOST_TYPE}:
        return []
    uri = "/".join(["at:/", *(str(step) for step in (event.get("did"), commit.get("collection"), commit.get("rkey")))])
    return [_post(uri, commit.get("record"), None, None)]


def _post(uri: str | None, record: Any, handle: str | None, indexed_at: Any) -> Document:
    did = _did(uri)
    text = words(part(record, "text"))
    parent = words(part(record, "reply", "parent", "uri"))
    kind = words(part(record, "$type")) or POST_TYPE
    is_bare_quote = part(record, "embed", "$type") is not None and part(record, "embed", "record") is not None
    return Post(
        key=uri,
        at=instant(part(record, "createdAt"), indexed_at),
        text=text,
        author=did,
        other_author=handle,
        parent=parent,
        language=_language(part(record, "langs")),
        is_repost=kind == REPOST_TYPE or (is_bare_quote and text is None),
        is_message=bool(_named(record) - {did}) or (parent is not None and _did(parent) != did),
        is_mention=kind in {POST_TYPE, REPOST_TYPE},
    ).flat(NAMES)


def _named(record: Any) -> set[str | None]:
    """The accounts that a post's text names."""
    features = [found for facet in objects(record, "facets") for found in objects(facet, "features")]
    return {words(found.get("did")) for found in features if found.get("$type") == MENTION}


def _language(codes: Any) -> str | None:
    return words(*codes) if isinstance(codes, list) else None


def _did(uri: str | None) -> str | None:
    """The account in the address at://did/collection/key."""
    did = (uri or "").removeprefix("at://").partition("/")[0]
    return did if did.startswith("did:") else None


def _handle(author: Any) -> str | None:
    handle = words(part(author, "handle"))
    return None if handle == NO_HANDLE else handle


SOURCE = post_source(
    name="bluesky",
    title="Bluesky posts",
    network=Network("bluesky", IdentityKind.ID, IdentityKind.HANDLE),
    names=NAMES,
    signatures=(
        ("thread.post.uri", "thread.post.record.createdAt"),
        ("thread[].uri", "thread[].value.post.uri"),
        ("post.uri", "post.record.createdAt"),
        ("uri", "record.createdAt"),
        ("uri", "cid", "value.createdAt"),
        ("did", "commit.collection", "commit.rkey"),
    ),
    flatten=flatten,
    # Counts of likes, reposts and replies are reach that is not stored.
    ignored=("likeCount", "repostCount", "replyCount", "quoteCount", "viewer", "labels", "embed", "threadgate"),
)
