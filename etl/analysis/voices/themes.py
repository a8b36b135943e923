"""New themes: words and pairs that negative posts without a cause use more than all other posts do, named to be read.

Log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", 2008): the prior is
how often all posts use a term, so that rare and common terms are judged alike. A term counts once a person. What says
nothing by itself ("about", "did") is no theme, and the name of one is the phrase about it that its authors share.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from etl.analysis.voices.posts import SHORTEST, Post
from etl.analysis.voices.quotes import typical
from etl.references import DEFAULTS

FEWEST_AUTHORS = 5
MOST = 8
LEAST_Z = 1.96
PRIOR = 20.0
"""What the prior weighs, in uses of terms: about that of a post."""
SAME = 0.6
"""A term of whose authors so many used an earlier theme's tells that theme again."""
NAMING = 0.4
"""A phrase that so many of a term's authors used names the theme, as it says more than the term."""
LONGEST_NAME = 5
ENDING = 2
"""Letters that a word may have more at its end and still be the same one: bag and bags, delay and delayed."""
EXAMPLES = 2


@dataclass(frozen=True)
class Theme:
    """A word or phrase, how many people used it in how many posts, how sure it is, and posts that show it."""

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
    terms = [
        (_z(inside, outside, term), term)
        for term, count in inside.items()
        if count >= FEWEST_AUTHORS and _tells(term.split())
    ]
    found: list[Theme] = []
    told: list[set[str]] = []
    for z, term in sorted(terms, key=lambda each: (-each[0], -len(each[1]), each[1])):
        if z < LEAST_Z or len(found) == MOST:
            break
        using = [post for post in unexplained if term in post.terms]
        authors = {post.person for post in using}
        if any(len(authors & earlier) >= SAME * len(authors) for earlier in told):
            continue
        name, named = _named(term, using, len(authors))
        if any(_is_alike(name, other.term) for other in found):
            continue
        told.append(authors)
        people = len({post.person for post in named})
        found.append(Theme(name, people, len(named), z, typical(named, EXAMPLES)))
    return Found(tuple(found), len(unexplained), len(negative))


def _named(term: str, posts: Sequence[Post], authors: int) -> tuple[str, list[Post]]:
    """The phrase with the term that says most among those that enough of its authors used, and the posts with it."""
    people = Counter(phrase for _, phrase in {(post.person, phrase) for post in posts for phrase in _about(term, post)})
    known = [phrase for phrase, count in people.items() if count >= max(FEWEST_AUTHORS, NAMING * authors)]
    best = max(sorted(known), key=lambda phrase: (_weight(phrase), people[phrase]), default=term)
    return best, [post for post in posts if best == term or best in _about(term, post)]


def _about(term: str, post: Post) -> Iterator[str]:
    """The phrases of a post that hold a term, and begin and end with words that say something."""
    for run in post.runs:
        for start in range(len(run)):
            for end in range(start + 1, min(start + LONGEST_NAME, len(run)) + 1):
                phrase = " ".join(run[start:end])
                if f" {term} " in f" {phrase} " and _tells(run[start:end]):
                    yield phrase


def _tells(words: Sequence[str]) -> bool:
    """Whether the first and the last word say something by themselves."""
    return all(len(word) >= SHORTEST and word not in _stop_words() for word in (words[0], words[-1]))


def _is_alike(one: str, other: str) -> bool:
    """Whether two names have the same words but for their endings."""
    pairs = [sorted(pair, key=len) for pair in zip(one.split(), other.split(), strict=False)]
    is_as_long = one.count(" ") == other.count(" ")
    return is_as_long and all(
        longer.startswith(shorter) and len(longer) <= len(shorter) + ENDING for shorter, longer in pairs
    )


def _weight(phrase: str) -> int:
    return sum(_tells([word]) for word in phrase.split())


@cache
def _stop_words() -> frozenset[str]:
    languages = tomllib.loads((DEFAULTS / "stop_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in languages.values() for word in words.split())


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
