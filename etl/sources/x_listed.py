"""Posts of X as the programs snscrape and twint list what they read off its pages: documents, or tables of them.

As in the answers of API v2, a post that @-names an account, or answers somebody else's, is taken as addressed to us,
any other as talk about us. Times are in UTC in snscrape and by the reader's clock in twint: where that states no
offset, the id of the post tells its time.
"""

import re
from collections.abc import Iterable

from etl.sources.base import Document
from etl.sources.documents.parts import part
from etl.sources.posts.post import Names, Post, post_source
from etl.sources.posts.values import words
from etl.sources.posts.x import NETWORK, has_own_words, is_repost, language, names_someone, told_at, told_by_id

NAMES = Names("id", "date", "content")
OFFSET = re.compile(r"[+-]\d{4}")
ABSENT = ("", "[]", "None", "nan", "False")


def flatten(document: Document) -> Iterable[Document]:
    """The one post of a document; what it repeats or quotes is no post of its own."""
    if not {"rawContent", "content", "tweet", "Text"} & document.keys():
        return [document]
    text = words(*(document.get(name) for name in ("rawContent", "content", "tweet", "Text")))
    author = words(part(document, "user", "id"), document.get("user_id"))
    answered = words(part(document, "inReplyToUser", "id"))
    is_twint = "tweet" in document
    return [
        Post(
            key=words(document.get("id"), document.get("Tweet Id")),
            at=_read_at(document) if is_twint else told_at(words(document.get("date"), document.get("Datetime"))),
            text=text,
            author=author,
            other_author=words(part(document, "user", "username"), document.get("username"), document.get("Username")),
            parent=words(document.get("inReplyToTweetId")),
            language=language(document.get("lang"), document.get("language")),
            is_repost=_is_there(document, "retweetedTweet")
            or is_repost(text)
            or (_is_there(document, "quotedTweet") and not has_own_words(text)),
            is_message=names_someone(text) or answered not in {None, author},
        ).flat(NAMES)
    ]


def _read_at(document: Document) -> str | None:
    """The time of a post in twint's list."""
    day, clock, zone = (words(document.get(name)) for name in ("date", "time", "timezone"))
    if day and clock and zone and OFFSET.fullmatch(zone):
        return told_at(f"{day}T{clock}{zone}")
    return told_by_id(document.get("id")) or words(document.get("created_at"))


def _is_there(document: Document, name: str) -> bool:
    found = document.get(name)
    return bool(found) and found not in ABSENT


SOURCE = post_source(
    name="x_listed",
    title="X posts that snscrape or twint list",
    network=NETWORK,
    names=NAMES,
    signatures=(
        ("id", "date", "rawContent", "conversationId"),
        ("id", "date", "content", "conversationId", "renderedContent"),
        ("id", "date", "content", "user.username", "retweetCount"),
        ("id", "conversation_id", "created_at", "tweet", "username"),
        ("Datetime", "Tweet Id", "Text", "Username"),
    ),
    flatten=flatten,
    # Counts are reach that is not stored; links, media and places are not read.
    ignored=("url", "replyCount", "retweetCount", "likeCount", "quoteCount", "viewCount", "source", "media", "links"),
)
