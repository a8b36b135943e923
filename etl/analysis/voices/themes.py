"""New themes: words and pairs that negative posts without a cause use more than all other posts do.

Log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", 2008): the prior is
how often all posts use a term, so that rare and common terms are judged alike. A term counts once a person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from etl.analysis.voices.posts import Post
from etl.analysis.voices.quotes import typical

FEWEST_AUTHORS = 5
MOST = 8
LEAST_Z = 1.96
PRIOR = 20.0
"""What the prior weighs, in uses of terms: about that of a post."""
SAME = 0.6
"""A term of whose authors so many used an earlier theme's tells that theme again."""
NAMING = 0.4
"""A pair that so many of a word's authors used names the theme, as it says more than the word."""
EXAMPLES = 2


@dataclass(frozen=True)
class Theme:
    """A word or pair, how many people used it in how many posts, how sure it is, and posts that show it."""

    term: str
    authors: int
    posts: int
    z: float
    examples: tuple[Post, ...]


@dataclass(frozen=True)
class Found:
    """The themes, the surest first, among how many negative posts without a cause, of how many negative ones."""

    themes: tuple[Theme, ...]
    uncategorised: int
    negative: int


def themes(posts: Sequence[Post]) -> Found:
    """The themes of negative posts that no cause explains."""
    negative = [post for post in posts if post.tone == -1]
    unexplained = [post for post in negative if post.cause is None]
    keys = {post.key for post in unexplained}
    inside, outside = _uses(unexplained), _uses(post for post in posts if post.key not in keys)
    terms = [(_z(inside, outside, term), term) for term, count in inside.items() if count >= FEWEST_AUTHORS]
    found: list[Theme] = []
    told: list[set[str]] = []
    for z, term in sorted(terms, key=lambda each: (-each[0], -len(each[1]), each[1])):
        if z < LEAST_Z or len(found) == MOST:
            break
        using = [post for post in unexplained if term in post.terms]
        authors = {post.person for post in using}
        if any(len(authors & earlier) >= SAME * len(authors) for earlier in told):
            continue
        told.append(authors)
        name = _named(term, using, len(authors))
        named = [post for post in using if name in post.terms]
        people = len({post.person for post in named})
        found.append(Theme(name, people, len(named), z, typical(named, EXAMPLES)))
    return Found(tuple(found), len(unexplained), len(negative))


def _named(term: str, posts: Sequence[Post], authors: int) -> str:
    """The pair with the term that most of its authors used, if enough did; else the term itself."""
    pairs = Counter({pair: count for pair, count in _uses(posts).items() if term in pair.split() and pair != term})
    best = max(sorted(pairs), key=lambda pair: (pairs[pair], len(pair)), default=term)
    return best if pairs[best] >= max(FEWEST_AUTHORS, NAMING * authors) else term


def _uses(posts: Iterable[Post]) -> Counter[str]:
    """How many people used each term."""
    return Counter(term for _, term in {(post.person, term) for post in posts for term in post.terms})


def _z(inside: Counter[str], outside: Counter[str], term: str) -> float:
    """The log-odds ratio of a term, inside to outside, in its standard errors."""
    total_inside, total_outside = inside.total(), outside.total()
    prior = PRIOR * (inside[term] + outside[term]) / (total_inside + total_outside)
    here, there = inside[term] + prior, outside[term] + prior
    odds = log(here / (total_inside + PRIOR - here)) - log(there / (total_outside + PRIOR - there))
    return odds / sqrt(1 / here + 1 / there)
