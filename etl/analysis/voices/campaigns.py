"""Campaigns among posts: the same words from many people in a day, and how many posts they make up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.analysis.voices.posts import Post


@dataclass(frozen=True)
class Campaign:
    """Posts in the same words; `people` is the most who wrote them within 24 hours, `text` those of the first post."""

    text: str
    posts: int
    people: int
    first_day: date


def campaigns(posts: Sequence[Post]) -> tuple[Campaign, ...]:
    """The campaigns among the posts, those of most people first."""
    found: defaultdict[int, list[Post]] = defaultdict(list)
    for post in posts:
        if post.wording is not None:
            found[post.wording].append(post)
    told = [
        Campaign(said[0].text, len(said), max(post.people_alike for post in said), min(post.day for post in said))
        for said in found.values()
    ]
    return tuple(sorted(told, key=lambda each: (-each.people, -each.posts, each.first_day, each.text)))
