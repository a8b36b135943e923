"""Posts, comments and ratings of a Facebook page as the Graph API answers: a feed, one post, comments, ratings.

Page and people are known by their ids (names are nobody's alone); what the page itself wrote is ours. A post or comment
of others on the page is addressed to us: a mention and a contact. A comment under our own post begins a contact of its
own, one under a visitor's post belongs to that visitor's, and an answer to a comment to that comment's. Ratings and
recommendations are mentions only, answered by the page's first comment. A post without `from` is taken as a visitor's.
Insights are reach that is not stored.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from etl.sources.base import Document
from etl.sources.documents.parts import objects, part
from etl.sources.posts.post import YES, Names, Network, Post, post_source
from etl.sources.posts.values import instant, words
from etl.vocabulary import IdentityKind

NAMES = Names("id", "created_time", "message")
RATED = ("reviewer", "recommendation_type", "review_text", "has_rating", "rating")
RATED_PAGES = (("data", "generic_place"), ("data", "seller"), ("open_graph_story", "data", "seller"))
STARS = {None, "5"}


def flatten(document: Document) -> Iterable[Document]:
    """A post with its comments, a comment with its answers, or a rating with its comments."""
    if part(document, "data", "rating") or any(key in document for key in RATED):
        return _rated(document)
    if "id" in document and "created_time" in document:
        return _posted(document)
    return [document]


def _posted(post: Document) -> Iterator[Document]:
    pages = _pages(post)
    is_own = _is_page(post.get("from"), pages)
    key, author = words(post.get("id")), words(part(post, "from", "id"))
    yield Post(
        key=key,
        at=instant(post.get("created_time")),
        text=words(post.get("message")),
        author=author,
        parent=words(part(post, "parent", "id")),
        edited_at=instant(post.get("updated_time")),
        is_own=is_own,
    ).flat(NAMES)
    yield from _comments(post, pages, None if is_own else key, None if is_own else author)


def _comments(above: Document, pages: Mapping[str, bool], parent: str | None, asking: str | None) -> Iterator[Document]:
    """The comments under a post or comment and those under them; `parent` is what they answer unless they say it."""
    for comment in objects(above, "comments", "data") or objects(above, "comments"):
        is_own = _is_page(comment.get("from"), pages)
        key, author = words(comment.get("id")), words(part(comment, "from", "id"))
        yield Post(
            key=key,
            at=instant(comment.get("created_time")),
            text=words(comment.get("message")),
            author=author,
            answers=asking,
            parent=words(part(comment, "parent", "id")) or parent,
            is_own=is_own,
        ).flat(NAMES)
        yield from _comments(comment, pages, key, asking if is_own else author)


def _rated(rating: Document) -> Iterator[Document]:
    """A rating. The newer form has no id of its own: that of its story, or the second of the rating, stands for it."""
    story = rating.get("open_graph_story")
    at = instant(rating.get("created_time"), rating.get("publish_time"), rating.get("start_time"))
    reviewer = words(part(rating, "reviewer", "id"), part(rating, "from", "id"))
    key = words(rating.get("id"), part(story, "id")) or (f"rating {at}" if at else None)
    pages = _pages(rating)
    commented = story if isinstance(story, Mapping) and "comments" in story else rating
    comments = list(_comments(commented, pages, key, reviewer))
    answers = [comment["created_time"] for comment in comments if comment["is_own"] == YES and NAMES.at in comment]
    yield Post(
        key=key,
        at=at,
        text=words(rating.get("review_text"), part(rating, "data", "review_text"), rating.get("message")),
        author=reviewer,
        language=words(part(rating, "data", "language")),
        is_message=False,
        rating=_stars(rating),
        sentiment=_recommendation(rating.get("recommendation_type")),
        answered_at=min(answers, default=None),
    ).flat(NAMES)
    yield from comments


def _stars(rating: Document) -> str | None:
    """One to five stars; a value on another scale is none of ours."""
    stories = [part(rating, "data", "rating"), part(rating, "open_graph_story", "data", "rating")]
    told = [part(story, "value") for story in stories if words(part(story, "scale")) in STARS]
    return words(rating.get("rating"), *told)


def _recommendation(value: Any) -> str | None:
    word = (words(value) or "").lower()
    return None if word in {"", "none", "no_recommendation"} else word


def _pages(document: Document) -> dict[str, bool]:
    """The ids of the page that a document belongs to (True), and its names (False)."""
    of_post = (words(document.get("id")) or "").partition("_")
    addressed = objects(document, "to", "data")
    rated = [part(document, *steps, "id") for steps in RATED_PAGES]
    ids = [words(found) for found in [*(found.get("id") for found in addressed), *rated]]
    names = [words(found.get("name")) for found in addressed]
    known = {found: False for found in names if found}
    return known | {found: True for found in [of_post[0] if of_post[1] else None, *ids] if found}


def _is_page(author: Any, pages: Mapping[str, bool]) -> bool:
    """Whether a page that the post names by id wrote it, or one of the same name that is a page (has a category)."""
    by_id = pages.get(words(part(author, "id")) or "", False)
    by_name = pages.get(words(part(author, "name")) or "") is False and bool(words(part(author, "category")))
    return by_id or by_name


SOURCE = post_source(
    name="facebook",
    title="Facebook page posts, comments and ratings",
    network=Network("facebook", IdentityKind.ID, is_rated=True),
    names=NAMES,
    signatures=(
        ("id", "created_time"),
        ("created_time", "reviewer"),
        ("created_time", "recommendation_type"),
        ("created_time", "review_text"),
        ("id", "start_time", "data.rating.value"),
        ("id", "publish_time", "data.rating.value"),
    ),
    flatten=flatten,
    is_versioned=True,
    # Counts of likes, shares and views are reach that is not stored.
    ignored=("likes", "reactions", "shares", "insights", "type", "link", "picture", "permalink_url", "attachments"),
)
