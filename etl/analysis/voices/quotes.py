"""Posts that speak for many: the typical one of a cause, the most severe, and a positive one; always the same ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from etl.analysis.voices.posts import Post

LONGEST = 280
"""A longer post is no quote while there are shorter ones."""
REPEATED = 0.5
"""A post of whose words and pairs the other holds more than this is the same quote again."""


@dataclass(frozen=True)
class Quotes:
    """What speaks for a cause in a period, and how many posts there are; None where there is no such post."""

    cause: str
    posts: int
    people: int
    typical: Post | None
    severe: Post | None
    positive: Post | None


def quotes(posts: Sequence[Post], cause: str) -> Quotes:
    """The quotes of a cause: from negative posts about it, and the most positive one."""
    about = [post for post in posts if post.cause == cause]
    negative = [post for post in about if post.tone == -1]
    (first,) = typical(negative, 1) or (None,)
    others = [post for post in negative if first and not _repeats(post, first)]
    glad = [post for post in about if post.tone == 1]
    return Quotes(
        cause,
        len(negative),
        len({post.person for post in negative}),
        first,
        min(others, key=lambda post: (_is_long(post), post.intensity, post.key), default=None),
        min(glad, key=lambda post: (_is_long(post), -post.intensity, post.key), default=None),
    )


def typical(posts: Sequence[Post], most: int) -> tuple[Post, ...]:
    """The posts whose words most others share, as a cosine: short ones win no more than long ones.

    Of one person, and of posts with the same words, the first one only.
    """
    uses = Counter(term for post in posts for term in post.terms)
    found: list[Post] = []
    for post in sorted(posts, key=lambda post: (_is_long(post), -_likeness(post, uses), post.key)):
        if all(post.person != other.person and post.terms != other.terms for other in found):
            found.append(post)
    return tuple(found[:most])


def _repeats(post: Post, other: Post) -> bool:
    """Whether a post says little that the other does not."""
    return len(post.terms & other.terms) > REPEATED * len(post.terms)


def _likeness(post: Post, uses: Counter[str]) -> float:
    return sum(uses[term] for term in post.terms) / sqrt(len(post.terms)) if post.terms else 0.0


def _is_long(post: Post) -> bool:
    return len(post.text) > LONGEST
