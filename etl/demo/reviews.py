"""Reviews of the company's app: stars, what they are about, and when somebody of ours replied."""

from dataclasses import dataclass, fields

import numpy as np

from etl.demo.season import SOCIAL, Flags, Ints, Times, starts
from etl.demo.topics import TOPICS

STAR_SHARES = (0.13, 0.09, 0.08, 0.24, 0.46)
LOW, MIDDLE = 2, 3
REPLIED_SHARES = (0.70, 0.70, 0.65, 0.60, 0.54)
REPLY_MEDIAN_HOURS, REPLY_SIGMA = 16, 1.0
REPLY_HOURS = (0.4, 12 * 24)
ABOUT_APP_SHARE = 0.5


@dataclass(frozen=True)
class Reviews:
    """One entry per review, in order of time; times are local. Without a reply `replied` is NaT.

    `topic` is what an unhappy customer is unhappy about, -1 for the app itself.
    """

    at: Times
    stars: Ints
    topic: Ints
    replied: Times

    def __len__(self) -> int:
        """How many reviews there are."""
        return int(self.at.size)

    @property
    def is_replied(self) -> Flags:
        """Whether there is a reply."""
        return ~np.isnat(self.replied)

    def take(self, index: Ints | Flags) -> "Reviews":
        """The entries at these positions, or where the flag stands."""
        return Reviews(**{column.name: getattr(self, column.name)[index] for column in fields(self)})


def make_reviews(rng: np.random.Generator, total: int, days: Times) -> Reviews:
    """About `total` reviews; most give four or five stars, as many as are content with the company."""
    at = starts(rng, total, days, SOCIAL)
    stars = rng.choice(len(STAR_SHARES), at.size, p=STAR_SHARES) + 1
    weights = np.array([topic.weight for topic in TOPICS])
    topic = rng.choice(weights.size, at.size, p=weights / weights.sum())
    hours = np.clip(rng.lognormal(np.log(REPLY_MEDIAN_HOURS), REPLY_SIGMA, at.size), *REPLY_HOURS)
    is_replied = rng.random(at.size) < np.array(REPLIED_SHARES)[stars - 1]
    replied = np.where(is_replied, at + (hours * 3600).astype("timedelta64[s]"), np.datetime64("NaT", "s"))
    return Reviews(at, stars, np.where(rng.random(at.size) < ABOUT_APP_SHARE, -1, topic), replied)


def listed(reviews: Reviews, file_of: Ints, file_of_reply: Ints, ends: Times) -> tuple[Ints, Flags, Ints]:
    """The lines of all files in order: the review of each, whether its reply is known, and the file.

    A file is drawn at its end (`ends`): a review that had no reply by then is listed again, with the reply, in the
    file in whose days the reply lies. `file_of` and `file_of_reply` count from 0, the latter -1 for no file.
    """
    is_known = reviews.is_replied & (reviews.replied < ends[file_of])
    again = np.flatnonzero(reviews.is_replied & ~is_known & (file_of_reply >= 0))
    review = np.concatenate([np.arange(len(reviews)), again])
    known = np.concatenate([is_known, np.ones(again.size, dtype=np.bool_)])
    files = np.concatenate([file_of, file_of_reply[again]])
    order = np.argsort(files, kind="stable")
    return review[order], known[order], files[order]
