"""The texts of a period to label by hand: the same ones each time, drawn from each cause that words tell and from none.

Half of them are drawn from texts without a told cause, where missed ones hide, the rest evenly from the causes. Within
a cause the order is that of a hash of the text's id, which has nothing to do with what it says, so that those labelled
first, whoever stops when, are a random sample of it.
"""

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256

from etl.analysis.voices.posts import Post
from etl.labels import text_id

SIZE = 60


def sample(posts: Sequence[Post], size: int = SIZE) -> tuple[Post, ...]:
    """At most `size` posts in the order in which to label them."""
    strata: defaultdict[str | None, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=_lot):
        strata[post.told].append(post)
    untold = strata.pop(None, [])
    ranked = [(rank, cause, post) for cause, drawn in strata.items() for rank, post in enumerate(drawn) if cause]
    told = [post for _, _, post in sorted(ranked, key=lambda each: each[:2])]
    spared = min(len(untold), max(size // 2, size - len(told)))
    return tuple(sorted([*told[: size - spared], *untold[:spared]], key=_lot))


def _lot(post: Post) -> bytes:
    return sha256(text_id(post.day, post.key).encode()).digest()
