"""Posts of X as its API v2 answers: pages with `includes`, single posts of a stream, and posts flattened by twarc.

Who "we" are is in the setting `own_accounts`, not in these files. Beside ours, a post that @-names an account, or
answers somebody else's, is taken as addressed to us (a mention and a contact), any other as talk about us (a mention
only). A repost, and a quote without own words, is reach and no message. Where nobody asked for the time of a post, its
id tells it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Post, post_source
from etl.sources.posts.values import words
from etl.sources.posts.x import NETWORK, has_own_words, is_repost, language, names_someone, told_at, told_by_id, whole

NAMES = Names("id", "created_at", "text")

ById = Mapping[str, Mapping[str, Any]]


def flatten(document: Document) -> Iterable[Document]:
    """The posts of a page, or the one of a stream's line; what the page only refers to is no post of its own."""
    data = document.get("data", document)
    if isinstance(data, list):
        return _posts(data, document)
    if isinstance(data, Mapping) and "id" in data:
        return _posts([data], document)
    # An empty page, and what a stream says of itself or of a post that is gone, are no posts.
    is_notice = part(document, "meta", "result_count") == 0 or ("errors" in document and "data" not in document)
    return [] if is_notice else [document]


def _posts(data: list[Any], page: Document) -> Iterator[Document]:
    users = _by_id(objects(page, "includes", "users"))
    others = _by_id(objects(page, "includes", "tweets"))
    for post in data:
        yield _post(post, users, others).flat(NAMES) if isinstance(post, Mapping) else {"text": words(post)}


def _by_id(included: list[Mapping[str, Any]]) -> ById:
    return {str(item.get("id")): item for item in included}


def _post(post: Document, users: ById, others: ById) -> Post:
    references = {words(found.get("type")): found for found in objects(post, "referenced_tweets")}
    text = _text(post)
    author = words(post.get("author_id"), part(post, "author", "id"))
    answered = words(post.get("in_reply_to_user_id"))
    reposted = references.get("retweeted")
    return Post(
        key=words(post.get("id")),
        at=told_at(post.get("created_at")) if "created_at" in post else told_by_id(post.get("id")),
        text=whole(text, _text(others.get(str(part(reposted, "id")), reposted))),
        author=author,
        other_author=words(part(post, "author", "username"), part(users.get(author or ""), "username")),
        parent=words(part(references.get("replied_to"), "id")),
        language=language(post.get("lang")),
        is_repost=reposted is not None or is_repost(text) or ("quoted" in references and not has_own_words(text)),
        is_message=names_someone(text) or answered not in {None, author},
    )


def _text(post: Any) -> str | None:
    """The words: those of a long post stand apart, whole."""
    return words(part(post, "note_tweet", "text"), part(post, "text"))


SOURCE = post_source(
    name="x_v2",
    title="X API v2 posts",
    network=NETWORK,
    names=NAMES,
    signatures=(
        ("data[].id", "data[].text", "data[].created_at"),
        ("data.id", "data.text", "data.created_at"),
        ("data[].id", "data[].text", "data[].edit_history_tweet_ids"),
        ("data.id", "data.text", "data.edit_history_tweet_ids"),
        ("id", "text", "created_at", "author_id"),
        ("id", "text", "created_at", "conversation_id"),
        ("id", "text", "created_at", "public_metrics"),
        ("id", "text", "edit_history_tweet_ids"),
    ),
    flatten=flatten,
    # Counts of likes, reposts and replies are reach that is not stored.
    ignored=("public_metrics", "organic_metrics", "non_public_metrics", "source", "geo", "entities", "attachments"),
)
