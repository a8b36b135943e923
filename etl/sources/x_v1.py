"""Posts of X as its API 1.1 answers: a list, `statuses` of a search, `results` of the premium search, a stream's lines;
and of the search before it (`from_user`).

Who "we" are is not in these files: a post that @-names an account, or answers somebody else's, is taken as addressed to
us (a mention and a contact), any other as talk about us (a mention only). A repost, and a quote without own words, is
reach and no message. Ids are read where they are text, as numbers lose digits in many programs; answers of before 2010
have numbers alone.
"""

from collections.abc import Iterable
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import part
from etl.sources.posts.post import Names, Post, post_source
from etl.sources.posts.values import is_told, words
from etl.sources.posts.x import NETWORK, TIMES, has_own_words, is_repost, language, names_someone, told_at, whole

NAMES = Names("id_str", "created_at", "text")
# What a stream says of itself and of posts taken back: no posts.
NOTICES = {
    "delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "disconnect", "warning", "friends", "event",
}  # fmt: skip


def flatten(document: Document) -> Iterable[Document]:
    """The one post of a document."""
    if "id_str" not in document and NOTICES & document.keys():
        return []
    is_post = "id_str" in document or part(document, "user", "screen_name") is not None
    return [_post(document).flat(NAMES)] if is_post else [document]


def _post(post: Document) -> Post:
    text = _text(post)
    author = words(part(post, "user", "id_str"), part(post, "user", "id"), post.get("from_user_id_str"))
    answered = words(post.get("in_reply_to_user_id_str"), post.get("in_reply_to_user_id"))
    reposted = post.get("retweeted_status")
    is_quote = is_told(post.get("is_quote_status"))
    return Post(
        key=words(post.get("id_str"), post.get("id")),
        at=told_at(post.get("created_at")),
        text=whole(text, _text(reposted)),
        author=author,
        other_author=words(part(post, "user", "screen_name"), post.get("from_user")),
        parent=words(post.get("in_reply_to_status_id_str"), post.get("in_reply_to_status_id")),
        language=language(post.get("lang"), post.get("iso_language_code")),
        is_repost=bool(reposted) or is_repost(text) or (is_quote and not has_own_words(text)),
        is_message=names_someone(text) or answered not in {None, author},
    )


def _text(post: Any) -> str | None:
    """The words: whole where the answer holds them whole."""
    return words(part(post, "extended_tweet", "full_text"), part(post, "full_text"), part(post, "text"))


SOURCE = post_source(
    name="x_v1",
    title="X API 1.1 posts",
    network=NETWORK,
    names=NAMES,
    signatures=(
        ("id_str", "created_at", "text", "user.id_str"),
        ("id_str", "created_at", "full_text", "user.id_str"),
        ("id_str", "created_at", "text", "full_text", "user.id_str"),
        ("id_str", "created_at", "text", "from_user"),
        ("id", "created_at", "text", "user.screen_name"),
        ("id", "created_at", "full_text", "user.screen_name"),
    ),
    flatten=flatten,
    formats=TIMES,
    # Counts of likes, reposts and replies are reach that is not stored.
    ignored=("retweet_count", "favorite_count", "reply_count", "quote_count", "source", "entities", "place", "geo"),
)
