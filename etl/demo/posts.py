"""Public threads: what customers post, who answers when, and the storm after unanswered calls."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from etl.demo.contacts import Contacts
from etl.demo.customers import Customers
from etl.demo.planting import in_storm
from etl.demo.season import SOCIAL, Flags, Ints, Times, day_of, end_of, in_local, in_utc, starts
from etl.demo.topics import TOPICS

POSTS_PER_THREAD = 2.9
ANSWERED_SHARE = 0.93
FOLLOWED_SHARE, ANSWERED_AGAIN_SHARE, CLOSED_SHARE = 0.45, 0.85, 0.40
ADDED_SHARE = 0.05
PRAISE_SHARE = 0.22
STORM_POST_SHARE = 0.8
STORM_HOURS = (1, 60)

ROOT, REPLY, FOLLOW_UP, SECOND_REPLY, CLOSING, ADDITION = range(6)
COMPLAINT, PRAISE, OUTRAGE = range(3)
_FROM_COMPANY = (REPLY, SECOND_REPLY)


@dataclass(frozen=True)
class Posts:
    """One entry per post. `at` is UTC; `parent` is the position of the post replied to, -1 for the first of a thread.

    `thread` numbers the threads, `step` is the post's part in it, `mood` and `topic` are those of the thread.
    """

    at: Times
    customer: Ints
    topic: Ints
    mood: Ints
    step: Ints
    thread: Ints
    parent: Ints

    def __len__(self) -> int:
        """How many posts there are."""
        return int(self.at.size)

    @property
    def is_inbound(self) -> Flags:
        """Whether a customer wrote the post."""
        return ~np.isin(self.step, _FROM_COMPANY)

    def take(self, index: Ints | Flags) -> "Posts":
        """The posts at these positions, or where the flag stands, parents renumbered."""
        chosen = np.arange(len(self))[index]
        position = np.full(len(self) + 1, -1)
        position[chosen] = np.arange(chosen.size)
        taken = Posts(**{column.name: getattr(self, column.name)[chosen] for column in fields(self)})
        return replace(taken, parent=position[taken.parent])


def make_posts(
    rng: np.random.Generator,
    customers: Customers,
    total: int,
    days: Times,
    zone: str,
    closed: Sequence[date],
    angry: tuple[Ints, Times],
) -> Posts:
    """About `total` posts in order of time, and the threads of the angry ones: customers and local times."""
    start = starts(rng, round(total / POSTS_PER_THREAD), days, SOCIAL, closed, each_day=1)
    customer = rng.choice(len(customers), start.size, p=customers.habit)
    weights = np.array([topic.weight for topic in TOPICS])
    topic = rng.choice(weights.size, start.size, p=weights / weights.sum())
    mood = np.where(rng.random(start.size) < PRAISE_SHARE, PRAISE, COMPLAINT)
    angry_customers, angry_at = angry
    mood = np.concatenate([mood, np.full(angry_at.size, OUTRAGE)])
    topic = np.concatenate([topic, np.zeros(angry_at.size, dtype=np.int64)])
    roots = _step(
        in_utc(np.concatenate([start, angry_at]), zone), np.concatenate([customer, angry_customers]), topic, mood
    )
    return _published(_threads(rng, roots), days, zone, closed)


def storm_posts(
    rng: np.random.Generator, contacts: Contacts, customers: Customers, storm: tuple[date, ...], end: date
) -> tuple[Ints, Times]:
    """Who of the callers that nobody answered complains in public, and when, within 60 hours of the call."""
    unanswered = np.flatnonzero(in_storm(contacts, storm) & contacts.is_abandoned & contacts.is_identified)
    unanswered = unanswered[customers.is_linked[contacts.customer[unanswered]]]
    _, first = np.unique(contacts.customer[unanswered], return_index=True)
    calls = unanswered[first]
    calls = calls[rng.random(calls.size) < STORM_POST_SHARE]
    hours = rng.uniform(*STORM_HOURS, calls.size)
    at = contacts.start[calls] + (hours * 3600).astype("timedelta64[s]")
    inside = at < end_of(end)
    return contacts.customer[calls[inside]], at[inside]


def _threads(rng: np.random.Generator, roots: Posts) -> Posts:
    """The roots with everything that follows each; a post's parent stands before it."""
    reply = _following(rng, roots, np.arange(len(roots)), ANSWERED_SHARE, (1080, 1.0), REPLY)
    posts = _joined(roots, reply)
    for step, share, delay in (
        (FOLLOW_UP, FOLLOWED_SHARE, (900, 1.0)),
        (SECOND_REPLY, ANSWERED_AGAIN_SHARE, (1200, 1.0)),
        (CLOSING, CLOSED_SHARE, (1500, 1.0)),
    ):
        newest = np.flatnonzero(posts.step == step - 1)
        posts = _joined(posts, _following(rng, posts, newest, share, delay, step))
    addition = _following(rng, posts, np.arange(len(roots)), ADDED_SHARE, (400, 0.5), ADDITION)
    return _joined(posts, addition)


def _step(at: Times, customer: Ints, topic: Ints, mood: Ints) -> Posts:
    none = np.full(at.size, -1)
    return Posts(at, customer, topic, mood, np.full(at.size, ROOT), np.arange(at.size), none)


def _following(
    rng: np.random.Generator, posts: Posts, candidates: Ints, share: float, delay: tuple[float, float], step: int
) -> Posts:
    """Answers to a share of the candidates, after a log-normal delay: median in seconds, sigma."""
    parents = candidates[rng.random(candidates.size) < share]
    median, sigma = delay
    seconds = np.minimum(30 + rng.lognormal(np.log(median), sigma, parents.size), 80_000)
    return Posts(
        at=posts.at[parents] + seconds.astype("timedelta64[s]"),
        customer=posts.customer[parents],
        topic=posts.topic[parents],
        mood=posts.mood[parents],
        step=np.full(parents.size, step),
        thread=posts.thread[parents],
        parent=parents,
    )


def _joined(first: Posts, second: Posts) -> Posts:
    return Posts(
        **{
            column.name: np.concatenate([getattr(first, column.name), getattr(second, column.name)])
            for column in fields(Posts)
        }
    )


def _published(posts: Posts, days: Times, zone: str, closed: Sequence[date]) -> Posts:
    """The posts up to the last day in order of time, without the threads that touch a closed day."""
    local = day_of(in_local(posts.at, zone))
    touched = np.unique(posts.thread[np.isin(local, np.array(closed, dtype="datetime64[D]"))])
    kept = np.flatnonzero((local <= days[-1]) & ~np.isin(posts.thread, touched))
    return posts.take(kept[np.argsort(posts.at[kept], kind="stable")])
