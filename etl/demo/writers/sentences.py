"""Posts, remarks and reviews in words: a sentence by topic and mood, its gaps filled, now and then an address."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from etl.demo import posts as threads
from etl.demo.customers import Customers
from etl.demo.phrases import (
    ADDITIONS,
    AGENT_REPLIES,
    APP_COMPLAINTS,
    APP_MIXED,
    APP_PRAISE,
    APP_REPLIES_SORRY,
    APP_REPLIES_THANKS,
    ASIDES,
    CLOSINGS,
    COMPLAINTS,
    FOLLOW_UPS,
    HANDLE,
    OUTRAGE,
    PLACES,
    PRAISE,
    REASONS_CONTENT,
    REASONS_NEUTRAL,
    SECOND_REPLIES,
)
from etl.demo.posts import Posts
from etl.demo.reviews import LOW, MIDDLE, Reviews
from etl.demo.season import Flags, Ints
from etl.demo.topics import TOPIC_CODES

ASIDE_SHARE = 0.04
REMARK_SHARE = 0.45
SIGNS = ("AK", "BS", "JM", "LT", "RW")
_BY_STEP = {
    threads.REPLY: AGENT_REPLIES,
    threads.FOLLOW_UP: FOLLOW_UPS,
    threads.SECOND_REPLY: SECOND_REPLIES,
    threads.CLOSING: CLOSINGS,
    threads.ADDITION: ADDITIONS,
}


def post_texts(rng: np.random.Generator, posts: Posts, customers: Customers) -> list[str]:
    """The text of each post, addressed to the company or to the customer's handle."""
    people = posts.customer.tolist()
    handles = np.array(customers.handle.to_pylist())[posts.customer].tolist()
    steps = zip(posts.step.tolist(), posts.mood.tolist(), posts.topic.tolist(), strict=True)
    phrases = [_phrases(step, mood, topic) for step, mood, topic in steps]
    bodies = _filled(rng, phrases, people, customers, posts.step == threads.ROOT)
    inbound = posts.is_inbound.tolist()
    return [
        f"@{HANDLE if is_inbound else handle} {body}"
        for is_inbound, handle, body in zip(inbound, handles, bodies, strict=True)
    ]


def remarks(rng: np.random.Generator, nps: Ints, topic: Ints, customer: Ints, customers: Customers) -> list[str | None]:
    """What the respondent writes as the reason of the score, for some nothing."""
    pairs = zip(nps.tolist(), topic.tolist(), strict=True)
    phrases = [_reasons(score, code) for score, code in pairs]
    texts = _filled(rng, phrases, customer.tolist(), customers, nps <= 6)
    written = (rng.random(nps.size) < REMARK_SHARE).tolist()
    return [_sentence(text) if is_written else None for text, is_written in zip(texts, written, strict=True)]


def review_texts(rng: np.random.Generator, reviews: Reviews) -> list[str]:
    """What each reviewer writes: about the topic or the app where the stars are few, praise where they are many."""
    pairs = zip(reviews.stars.tolist(), reviews.topic.tolist(), strict=True)
    return [_sentence(text) for text in _anonymous(rng, [_of_review(stars, topic) for stars, topic in pairs])]


def review_replies(rng: np.random.Generator, is_low: Flags) -> list[str]:
    """What we reply to each review, sorry or thankful."""
    return _anonymous(rng, [APP_REPLIES_SORRY if low else APP_REPLIES_THANKS for low in is_low.tolist()])


def _of_review(stars: int, topic: int) -> Sequence[str]:
    if stars <= LOW:
        return COMPLAINTS[TOPIC_CODES[topic]] if topic >= 0 else APP_COMPLAINTS
    return APP_MIXED if stars == MIDDLE else APP_PRAISE


def _anonymous(rng: np.random.Generator, phrases: list[Sequence[str]]) -> list[str]:
    """One of the phrases per entry, of people who give no address."""
    draws, numbers = rng.random((len(phrases), 2)).tolist(), rng.integers(2, 50, (len(phrases), 2)).tolist()
    return [
        _one(choices, draw[0]).format(place=_one(PLACES, draw[1]), days=days, amount=amount)
        for choices, draw, (days, amount) in zip(phrases, draws, numbers, strict=True)
    ]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _phrases(step: int, mood: int, topic: int) -> Sequence[str]:
    if step != threads.ROOT:
        return _BY_STEP[step]
    if mood == threads.COMPLAINT:
        return COMPLAINTS[TOPIC_CODES[topic]]
    return PRAISE if mood == threads.PRAISE else OUTRAGE


def _reasons(score: int, topic: int) -> Sequence[str]:
    if score >= 9:
        return REASONS_CONTENT
    return REASONS_NEUTRAL if score >= 7 else COMPLAINTS[TOPIC_CODES[topic]]


def _filled(
    rng: np.random.Generator, phrases: list[Sequence[str]], people: list[int], customers: Customers, may_ask: Any
) -> list[str]:
    """One of the phrases per entry; where the customer may ask to be contacted, some give phone or e-mail."""
    count = len(phrases)
    draws = rng.random((count, 4)).tolist()
    numbers = rng.integers(2, 50, (count, 2)).tolist()
    asks = (may_ask & (rng.random(count) < ASIDE_SHARE)).tolist()
    phones, emails = customers.phone.to_pylist(), customers.email.to_pylist()
    texts = []
    for choices, draw, (days, amount), asked, person in zip(phrases, draws, numbers, asks, people, strict=True):
        phrase = _one(choices, draw[0]) + (_one(ASIDES, draw[1]) if asked else "")
        texts.append(
            phrase.format(
                place=_one(PLACES, draw[2]),
                days=days,
                amount=amount,
                sign=_one(SIGNS, draw[3]),
                phone=_spaced(phones[person]) if asked else "",
                email=emails[person] if asked else "",
            )
        )
    return texts


def _one(choices: Sequence[str], draw: float) -> str:
    return choices[int(draw * len(choices))]


def _spaced(phone: str) -> str:
    """A number as people write it: +49 1511 1234567."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
