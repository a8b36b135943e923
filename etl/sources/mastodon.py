"""Statuses of Mastodon as its API answers: timelines, searches, contexts and notifications.

Who "we" are is in the setting `own_accounts`, not in these files. Beside ours, a status that names an account, or
answers somebody else's, is taken as addressed to us (a mention and a contact), any other as talk about us (a mention
only). A boost is reach and no message; a favourite or a new follower is neither. A status for named accounts only is a
contact that the public can't read. An author is known by user@server.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.markup import plain_text
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "created_at", "content")
HOST = re.compile(r"https?://([^/]+)/")
PUBLIC = {None, "public", "unlisted"}
BOOST = "reblog"
# Notifications that bring the words of another account; the others tell of a boost, a favourite, a follower.
TOLD = {"mention", "status", "update", "poll", "quote", "quoted_update"}


def flatten(document: Document) -> Iterable[Document]:
    """The one status of a document, what a notification tells, the last of a conversation, or those around one."""
    if "ancestors" in document and "descendants" in document:
        around = [*objects(document, "ancestors"), *objects(document, "descendants")]
        return [_status(status).flat(NAMES) for status in around]
    if isinstance(document.get("last_status"), Mapping):
        return [_status(document["last_status"]).flat(NAMES)]
    if "content" in document and "account" in document:
        return [_status(document).flat(NAMES)]
    if "type" in document and "account" in document:
        return [_notified(document).flat(NAMES)]
    return [document]


def _status(status: Document) -> Post:
    boosted = status.get(BOOST)
    shown = boosted if isinstance(boosted, Mapping) else status
    account = words(part(status, "account", "id"))
    is_public = words(status.get("visibility")) in PUBLIC
    named = [words(found.get("id")) for found in objects(status, "mentions")]
    answered = words(status.get("in_reply_to_account_id"))
    return Post(
        key=words(status.get("id")),
        at=instant(status.get("created_at")),
        text=_text(shown),
        author=_handle(status.get("account")),
        parent=words(status.get("in_reply_to_id")),
        edited_at=instant(status.get("edited_at")),
        language=words(shown.get("language")),
        is_repost=isinstance(boosted, Mapping),
        is_message=bool(set(named) - {account}) or answered not in {None, account} or not is_public,
        is_mention=is_public,
        is_public=is_public,
    )


def _notified(notification: Document) -> Post:
    status = notification.get("status")
    if words(notification.get("type")) in TOLD and isinstance(status, Mapping):
        return _status(status)
    is_boost = notification.get("type") == BOOST
    key = words(notification.get("id"))
    return Post(
        key=f"notification:{key}" if key else None,
        at=instant(notification.get("created_at")),
        text=_text(status) if is_boost and isinstance(status, Mapping) else None,
        author=_handle(notification.get("account")),
        is_repost=is_boost,
        is_message=False,
        is_mention=is_boost,
    )


def _text(status: Mapping[str, Any]) -> str | None:
    """The words, after the warning that stands before them."""
    told = [words(status.get("spoiler_text")), plain_text(words(status.get("content")))]
    return "\n\n".join([found for found in told if found]) or None


def _handle(account: Any) -> str | None:
    """user@server, also where the exporting server leaves its own name out."""
    name = words(part(account, "acct"), part(account, "username"))
    if name is None or "@" in name:
        return name
    host = HOST.match(words(part(account, "url"), part(account, "uri")) or "")
    return f"{name}@{host.group(1)}" if host else name


SOURCE = post_source(
    name="mastodon",
    title="Mastodon statuses",
    network=Network("mastodon", IdentityKind.HANDLE),
    names=NAMES,
    signatures=(
        ("id", "created_at", "content", "account.acct"),
        ("id", "created_at", "content", "account.username"),
        ("id", "created_at", "type", "account.acct"),
        ("id", "created_at", "type", "account.username"),
        ("ancestors", "descendants"),
        ("last_status.id", "last_status.content", "accounts"),
    ),
    flatten=flatten,
    is_versioned=True,
    # Counts of boosts, favourites and replies are reach that is not stored.
    ignored=("reblogs_count", "favourites_count", "replies_count", "media_attachments", "tags", "card", "poll"),
)
