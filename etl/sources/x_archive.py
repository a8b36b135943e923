"""The archive that X gives an account of its own posts: tweets.js with each post in `tweet`, older tweet.js without,
and the table tweets.csv of before.

All posts are ours, and so outbound; the author is not in the file. Whom a post answers is the customer it speaks to.
"""

from collections.abc import Iterable, Mapping

from etl.sources.base import Document
from etl.sources.posts.post import Names, Post, post_source
from etl.sources.posts.values import words
from etl.sources.posts.x import NETWORK, TIMES, is_repost, language, told_at

NAMES = Names("id_str", "created_at", "full_text")


def flatten(document: Document) -> Iterable[Document]:
    """The one post of a document."""
    if "tweet_id" in document and "timestamp" in document:
        return [_row(document).flat(NAMES)]
    post = document.get("tweet", document)
    return [_post(post).flat(NAMES)] if isinstance(post, Mapping) and "id_str" in post else [document]


def _post(post: Document) -> Post:
    text = words(post.get("full_text"), post.get("text"))
    return Post(
        key=words(post.get("id_str")),
        at=told_at(post.get("created_at")),
        text=text,
        answers=words(post.get("in_reply_to_user_id_str")),
        also_answers=words(post.get("in_reply_to_screen_name")),
        parent=words(post.get("in_reply_to_status_id_str")),
        language=language(post.get("lang")),
        is_own=True,
        is_repost=is_repost(text),
    )


def _row(row: Document) -> Post:
    """A post of tweets.csv, where a spreadsheet may have rounded the ids of others (8.86E+17): those are none."""
    text = words(row.get("text"))
    return Post(
        key=words(row.get("tweet_id")),
        at=told_at(row.get("timestamp")),
        text=text,
        answers=_whole_id(row.get("in_reply_to_user_id")),
        parent=_whole_id(row.get("in_reply_to_status_id")),
        is_own=True,
        is_repost=words(row.get("retweeted_status_id")) is not None or is_repost(text),
    )


def _whole_id(value: object) -> str | None:
    text = words(value)
    return text if text and text.isdigit() else None


SOURCE = post_source(
    name="x_archive",
    title="X archive of own posts",
    network=NETWORK,
    names=NAMES,
    signatures=(
        ("tweet.id_str", "tweet.created_at", "tweet.full_text"),
        ("tweet.id_str", "tweet.created_at", "tweet.text"),
        ("id_str", "created_at", "full_text"),
        ("tweet_id", "timestamp", "text", "in_reply_to_status_id", "retweeted_status_id"),
    ),
    flatten=flatten,
    formats=TIMES,
    # Counts of likes and reposts are reach that is not stored.
    ignored=(
        "expanded_urls",
        "source",
        "tweet.retweet_count",
        "tweet.favorite_count",
        "tweet.source",
        "tweet.entities",
        "tweet.edit_info",
    ),
)
