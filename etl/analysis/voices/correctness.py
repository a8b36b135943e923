"""How right the causes are that words tell, by labels of people: precision and recall of each, with intervals.

Labelled texts are a sample stratified by the told cause, and a cause with few texts is drawn from as often as one with
many. So a labelled text stands for N/n texts: as many texts were told its cause, in the weeks that have labels, over as
many of these as were labelled (the sampling of these weeks is taken as one; a stratum without a label is taken to be as
the others are). By definitions of today's telling, also where a text told something else when it was labelled.

**Precision** looks into one stratum, where all weigh the same: Wilson's interval of k of n.
**Recall** = A/(A+M): A the texts rightly told the cause, N times the precision; M those that it was missed in, from the
weighted share among the labelled texts of all other strata, with Wilson's interval on Kish's effective number of them,
(Σw)²/Σw². Its low bound takes the low one of A with the high one of M, the high bound the other way: it covers at least
what either does, and it is wide while few texts without a told cause are labelled.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from etl.analysis.voices.posts import Post, posts_of
from etl.labels import Label, text_id
from etl.metrics.answer import Ask
from etl.metrics.intervals import wilson
from etl.vocabulary import Grain

MOST_WEEKS = 26
"""Of so many weeks that have labels, the newest ones, the labels count."""


@dataclass(frozen=True)
class Share:
    """A share, 0 to 1, with its interval of 95 %; all None where the labels do not tell it."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class CauseQuality:
    """One cause: how many posts words tell it of, how many of these are labelled, and how many labels say it."""

    cause: str
    posts: int
    told: int
    labelled: int
    precision: Share
    recall: Share


@dataclass(frozen=True)
class Quality:
    """Labels that count, labels whose post is not there any longer, posts they stand for, and the share told right.

    Causes that most posts are told first; none without labels.
    """

    labels: int = 0
    not_found: int = 0
    posts: int = 0
    right: Share = Share()
    causes: tuple[CauseQuality, ...] = ()


@dataclass(frozen=True)
class _Read:
    """One labelled post: what words tell, what the person said, and how many posts it stands for."""

    told: str | None
    said: str | None
    weight: float


def quality_of(ask: Ask) -> Quality:
    """The quality in the newest weeks that have labels."""
    weeks = sorted({ask.calendar.period_of(label.day, Grain.WEEK).start for label in ask.labels})[-MOST_WEEKS:]
    periods = [ask.calendar.period_of(start, Grain.WEEK) for start in weeks]
    labels = [label for label in ask.labels if weeks and label.day >= weeks[0]]
    return quality([post for period in periods for post in posts_of(ask, period)], labels)


def quality(posts: Sequence[Post], labels: Sequence[Label]) -> Quality:
    """The quality of what words tell of some posts, by the labels of a sample of them."""
    said = {label.text_id: label.cause for label in labels}
    pairs = [(post.told, said[name]) for post in posts if (name := text_id(post.day, post.key)) in said]
    if not pairs:
        return Quality(not_found=len(said))
    sizes, drawn = Counter(post.told for post in posts), Counter(told for told, _ in pairs)
    read = [_Read(told, cause, sizes[told] / drawn[told]) for told, cause in pairs]
    names = {name for name in (*sizes, *(each.said for each in read)) if name}
    causes = [_of_cause(name, read, sizes) for name in sorted(names, key=lambda name: (-sizes[name], name))]
    right = _weighted([(each.weight, each.told == each.said) for each in read])
    return Quality(len(read), len(said) - len(read), len(posts), right, tuple(causes))


def _of_cause(cause: str, read: Sequence[_Read], sizes: Counter[str | None]) -> CauseQuality:
    inside = [(each.weight, each.said == cause) for each in read if each.told == cause]
    outside = [(each.weight, each.said == cause) for each in read if each.told != cause]
    precision = _weighted(inside)
    found = _times(sizes[cause], precision)
    missed = _times(sizes.total() - sizes[cause], _weighted(outside))
    labelled = sum(is_said for _, is_said in (*inside, *outside))
    return CauseQuality(cause, sizes[cause], len(inside), labelled, precision, _recall(found, missed))


def _weighted(read: Sequence[tuple[float, bool]]) -> Share:
    """The weighted share of those that are so, with Wilson's interval on the effective number."""
    total = sum(weight for weight, _ in read)
    if not total:
        return Share()
    share = sum(weight for weight, is_so in read if is_so) / total
    number = total**2 / sum(weight**2 for weight, _ in read)
    bounds = wilson(share * number, number)
    return Share(share, bounds.low, bounds.high)


def _times(count: int, share: Share) -> Share:
    """A share of so many; surely none of none."""
    if count == 0:
        return Share(0.0, 0.0, 0.0)
    if share.value is None or share.low is None or share.high is None:
        return Share()
    return Share(count * share.value, count * share.low, count * share.high)


def _recall(found: Share, missed: Share) -> Share:
    """Found over found and missed, from the numbers of texts."""
    if found.value is None or missed.value is None or not found.value + missed.value:
        return Share()
    return Share(
        found.value / (found.value + missed.value), _part(found.low, missed.high), _part(found.high, missed.low)
    )


def _part(found: float | None, missed: float | None) -> float | None:
    if found is None or missed is None:
        return None
    return found / (found + missed) if found else 0.0
