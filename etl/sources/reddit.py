"""Posts and comments of Reddit: listings, a post's page (two), further comments, single things, dumps of bare ones, and
the tables comments.csv and posts.csv that Reddit gives an account of its own.

Reddit talk is about us, not to us: a mention only. Messages and answers of our own inbox (they carry `dest`) are
addressed to us: a contact too, and only that where nobody else could read it. `more` stubs stand for comments that are
not in the file. An author is known by name; who deleted the account is nobody, and what was deleted has no words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("name", "created_utc", "body")
COMMENT, POST, MESSAGE = "t1", "t3", "t4"
LINK = re.compile(r"/comments/(\w+)")
GONE = {"[deleted]", "[removed]", "[ Removed by Reddit ]", "[deleted by user]"}


def flatten(document: Document) -> Iterable[Document]:
    """The things of a listing and those nested in them, or one thing."""
    if words(document.get("kind")) in {"Listing", COMMENT, POST, MESSAGE}:
        return _things([document])
    if part(document, "json", "data", "things") is not None:
        return _things(objects(document, "json", "data", "things"))
    if "created_utc" in document:
        return [_thing(document, _bare_kind(document)).flat(NAMES)]
    if "permalink" in document and "date" in document:
        return [_own(document).flat(NAMES)]
    return [document]


def _own(row: Document) -> Post:
    """A comment or post of the account that asked for its data."""
    own_id, link, parent = words(row.get("id")), words(row.get("link")), words(row.get("parent"))
    is_comment = "title" not in row and link is not None
    told = [_kept(row.get("title")), _kept(row.get("body"))]
    post = LINK.search(link or "")
    return Post(
        key=f"{COMMENT if is_comment else POST}_{own_id}" if own_id else None,
        at=instant(row.get("date")),
        text="\n\n".join([found for found in told if found]) or None,
        parent=f"{COMMENT}_{parent}" if parent else f"{POST}_{post[1]}" if post else None,
        is_own=True,
        is_message=False,
    )


def _things(things: list[Document]) -> Iterator[Document]:
    """Some things and all below them, outer before inner, without a call for each level."""
    waiting = things[::-1]
    while waiting:
        found = waiting.pop()
        kind, data = words(part(found, "kind")), part(found, "data")
        if kind == "more":
            continue
        if kind == "Listing":
            waiting += objects(data, "children")[::-1]
        elif kind in {COMMENT, POST, MESSAGE} and isinstance(data, Mapping):
            yield _thing(data, kind or COMMENT).flat(NAMES)
            waiting += [data["replies"]] if isinstance(data.get("replies"), Mapping) else []
        else:
            yield found


def _bare_kind(data: Document) -> str:
    name = (words(data.get("name")) or "")[:2]
    is_comment = "title" not in data or words(data.get("comment_id")) is not None
    return name if name in {COMMENT, POST, MESSAGE} else COMMENT if is_comment else POST


def _thing(data: Document, kind: str) -> Post:
    own_id = _own_id(data, kind)
    author, fullname = _kept(data.get("author")), words(data.get("author_fullname"))
    title, text = _kept(data.get("title"), data.get("subject")), _kept(data.get("body"), data.get("selftext"))
    is_answer = kind == COMMENT
    return Post(
        key=words(data.get("name")) or (f"{kind}_{own_id}" if own_id else None),
        at=instant(data.get("created_utc")),
        text=text if is_answer else "\n\n".join([found for found in (title, text) if found]) or None,
        author=author,
        other_author=fullname if author else None,
        parent=words(data.get("parent_id")) if kind != POST else None,
        edited_at=instant(_edited(data.get("edited"))),
        is_repost=kind == POST and text is None and _is_crosspost(data, title),
        is_message="dest" in data,
        is_mention=kind != MESSAGE,
        is_public=kind != MESSAGE,
    )


def _own_id(data: Document, kind: str) -> str | None:
    """The thing's id, bare or with its kind before it; scripts that use PRAW name it after its kind."""
    found = words(data.get("comment_id") if kind == COMMENT else data.get("post_id"), data.get("id"))
    return found.removeprefix(f"{kind}_") if found else None


def _edited(value: Any) -> Any:
    """When it was edited; a thing that never was says false, which a table holds as text."""
    return None if isinstance(value, str) and value.casefold() in {"false", "true"} else value


def _is_crosspost(data: Document, title: str | None) -> bool:
    """Whether a post repeats another one under the same title."""
    return any(words(found.get("title")) == title for found in objects(data, "crosspost_parent_list"))


def _kept(*values: Any) -> str | None:
    text = words(*values)
    return None if text in GONE else text


SOURCE = post_source(
    name="reddit",
    title="Reddit posts and comments",
    network=Network("reddit", IdentityKind.HANDLE, IdentityKind.ID),
    names=NAMES,
    signatures=(
        ("kind", "data.children[].kind", "data.children[].data.created_utc"),
        ("kind", "data.name", "data.created_utc"),
        ("json.data.things[].kind", "json.data.things[].data"),
        ("id", "created_utc", "body", "link_id"),
        ("name", "created_utc", "body", "link_id"),
        ("id", "created_utc", "title", "subreddit"),
        ("name", "created_utc", "title", "subreddit"),
        ("comment_id", "created_utc", "body"),
        ("post_id", "created_utc", "title", "selftext"),
        ("id", "permalink", "date", "subreddit", "gildings"),
    ),
    flatten=flatten,
    is_versioned=True,
    # Votes and counts of comments are reach that is not stored; a score changes with every look.
    ignored=("score", "ups", "downs", "num_comments", "subreddit", "permalink", "body_html", "selftext_html", "url"),
)
