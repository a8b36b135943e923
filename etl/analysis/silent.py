"""Silent customers: how many a breakdown failed in truth, by up to four methods, each with what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import exp, log, sqrt

from etl.metrics.intervals import wilson
from etl.metrics.tolls.values import Lists, Sightings

Z_ONE_SIDED = 1.645
Z_REFUSED = 1.282
"""Lists are refused where the chance is below 10 % that those who are on one are as often on the other as others."""
ODDS = 3.0
"""How much likelier than others somebody on one list may be on the other, and the range still holds the truth."""
TELLERS_ANSWER = 2.0
"""People who tell us answer surveys up to so many times as often."""
FEWEST_ASKED = 30
FEWEST_ON_BOTH = 7
FEWEST_EXPECTED = 5.0
"""So many of a third list's members must be expected on both others to see whether these replace each other."""
FEWEST_TWICE = 5
OCCASION_DAYS = 90
"""In shorter periods hardly anybody can be failed twice, as contacts within 7 days are one occasion."""
PLACES = ("contacts", "survey", "public")


class Method(StrEnum):
    """How the silent are found: a share of all who were there, what people say they told, two lists, repeats."""

    SHARE = "share of those asked"
    TOLD = "share who say they told us"
    LISTS = "two lists"
    REPEATS = "repeated occasions"


TWO_SIDED = (Method.SHARE, Method.TOLD, Method.LISTS)


@dataclass(frozen=True)
class Estimate:
    """One method's answer: customers affected at least and at most (None: no upper end), of a base; `on` says which."""

    method: Method
    low: float
    high: float | None
    n: int
    on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A method that gives no answer here, and why."""

    method: Method
    reason: str
    on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Affected:
    """How many customers were affected: from the smallest low to the largest high of the two-sided methods.

    With repeats only, `high` is None: at least `low`. `seen` are those known; the silent are the others.
    """

    seen: int
    low: float
    high: float | None
    estimates: tuple[Estimate, ...]

    @property
    def silent_low(self) -> int:
        """The fewest who kept silent."""
        return max(0, round(self.low - self.seen))

    @property
    def silent_high(self) -> int | None:
        """The most who kept silent; None where no method tells."""
        return None if self.high is None else max(0, round(self.high - self.seen))


def by_share(exposed: int, asked: int, failed: int) -> Estimate | Refusal:
    """Of those asked at a touchpoint some were failed: the same share of all who were there, with its interval."""
    if asked < FEWEST_ASKED:
        return Refusal(Method.SHARE, f"of those there answered a survey: {asked}; {FEWEST_ASKED} are needed")
    interval = wilson(min(failed, asked), asked)
    return Estimate(Method.SHARE, exposed * (interval.low or 0.0), exposed * (interval.high or 0.0), asked)


def by_told(seen: int, asked: int, told: int) -> Estimate | Refusal:
    """Those seen, divided by the share of people with the problem who say that they told us.

    People who tell answer surveys up to twice as often, so the share may be half as large: p/(2 - p).
    """
    if asked < FEWEST_ASKED:
        return Refusal(Method.TOLD, f"with the problem said whether they told us: {asked}; {FEWEST_ASKED} are needed")
    interval = wilson(told, asked)
    low, high = interval.low or 0.0, interval.high or 0.0
    rarest = low / (TELLERS_ANSWER - (TELLERS_ANSWER - 1) * low)
    return Estimate(Method.TOLD, seen / high, seen / rarest if rarest else None, asked)


def unseen(first: int, second: int, both: int, odds: float = ODDS) -> tuple[float, float, float]:
    """Customers on neither of two lists: the point, the least and the most (90 %), with `odds` between the lists."""
    alone = (first - both, second - both)
    point = alone[0] * alone[1] / (both + 1)
    if not point:
        return 0.0, 0.0, 0.0
    spread = log_error(*alone, both, point)
    return point, point * exp(-Z_ONE_SIDED * spread), odds * point * exp(Z_ONE_SIDED * spread)


def log_error(first_alone: int, second_alone: int, both: int, point: float) -> float:
    """The standard error of the logarithm of the customers on neither list."""
    return sqrt(1 / (first_alone + 0.5) + 1 / (second_alone + 0.5) + 1 / (both + 0.5) + 1 / point)


def by_lists(
    first: int, second: int, both: int, exposed: int | None = None, third: Sequence[int] = (),
    on: tuple[str, str] = (PLACES[0], PLACES[1]),
) -> Estimate | Refusal:  # fmt: skip
    """Two lists that overlap tell how many are on neither; lists that replace each other are refused.

    They do where those on a `third` list (counts on both, on the first, on the second, on neither) are rarer on both
    than chance makes them, or where even the least estimate is more than were `exposed` at all.
    """
    if both < FEWEST_ON_BOTH:
        return Refusal(Method.LISTS, f"on both lists: {both}; {FEWEST_ON_BOTH} are needed", on)
    seen = first + second - both
    _, low, high = unseen(first, second, both)
    if exposed is not None and seen + low > exposed:
        return Refusal(Method.LISTS, f"the lists exclude each other: together they would mean over {exposed} there", on)
    if third and replace_each_other(*third):
        return Refusal(Method.LISTS, "who is on one list is rarely on the other: they replace each other", on)
    return Estimate(Method.LISTS, seen + low, seen + high, both, on)


def replace_each_other(both: int, first: int, second: int, neither: int) -> bool:
    """Whether the odds ratio of two lists among the members of a third is most probably below 1 (one-sided 10 %).

    Never where chance would put too few on both to see it.
    """
    total = both + first + second + neither
    if not total or (both + first) * (both + second) / total < FEWEST_EXPECTED:
        return False
    cells = [count + 0.5 for count in (both, first, second, neither)]
    ratio = log(cells[0] * cells[3] / (cells[1] * cells[2]))
    return ratio + Z_REFUSED * sqrt(sum(1 / cell for cell in cells)) < 0


def by_repeats(seen: int, once: int, twice: int, days: int) -> Estimate | Refusal:
    """Many who were failed once and few twice mean that others were not seen at all: at least so many."""
    if days < OCCASION_DAYS:
        return Refusal(Method.REPEATS, f"needs {OCCASION_DAYS} days: contacts within 7 days are one occasion")
    if twice < FEWEST_TWICE:
        return Refusal(Method.REPEATS, f"failed on two occasions: {twice}; {FEWEST_TWICE} are needed")
    return Estimate(Method.REPEATS, seen + unseen_at_least(once, twice)[1], None, twice)


def unseen_at_least(once: int, twice: int) -> tuple[float, float]:
    """Customers never seen, by those seen on one and on two occasions: the point, and its one-sided 5 % bound."""
    point = once * (once - 1) / (2 * (twice + 1))
    if not point:
        return 0.0, 0.0
    return point, point * exp(-Z_ONE_SIDED * sqrt(4 / once + 1 / (twice + 0.5)))


def judged(
    seen: int, exposed: int, sightings: Sightings, pooled: Mapping[Lists, int], days: int
) -> tuple[Affected | None, tuple[Refusal, ...]]:
    """All methods on one cell: the range they give together (None where none speaks), and the refusals.

    `pooled` counts the customers of all cells by list: a third list's members show whether two lists replace each
    other. No estimate goes below those seen, and one that lies below them as a whole is refused.
    """
    once, twice = (sightings.occasions.get(times, 0) for times in (1, 2))
    told = [
        by_share(exposed, sightings.asked, sightings.asked_failed),
        by_told(seen, sightings.told_asked, sightings.told),
        *_pairs(sightings.lists, pooled, exposed),
        by_repeats(seen, once, twice, days),
    ]
    checked = [_at_least(seen, one) if isinstance(one, Estimate) else one for one in told]
    found = tuple(one for one in checked if isinstance(one, Estimate))
    refused = tuple(one for one in checked if isinstance(one, Refusal))
    sided = [one for one in found if one.method in TWO_SIDED]
    if not found:
        return None, refused
    ends = [one.high for one in sided]
    high = None if not ends or None in ends else max(end for end in ends if end is not None)
    return Affected(seen, min(one.low for one in sided or found), high, found), refused


def _at_least(seen: int, one: Estimate) -> Estimate | Refusal:
    """The estimate from those seen on; where even its high end is fewer, those it rests on were luckier than others."""
    if one.high is not None and one.high < seen:
        return Refusal(one.method, f"would mean at most {one.high:.0f}, fewer than are known", one.on)
    return Estimate(one.method, max(float(seen), one.low), one.high, one.n, one.on)


def _pairs(lists: Mapping[Lists, int], pooled: Mapping[Lists, int], exposed: int) -> list[Estimate | Refusal]:
    """Each two of the three lists, held against the members of the third."""
    found = []
    for one, two in combinations(range(len(PLACES)), 2):
        (third,) = {0, 1, 2} - {one, two}
        sides = ((True, True), (True, False), (False, True), (False, False))
        both, first, second, _ = (_count(lists, {one: a, two: b}) for a, b in sides)
        members = [_count(pooled, {one: a, two: b, third: True}) for a, b in sides]
        found.append(by_lists(first + both, second + both, both, exposed, members, (PLACES[one], PLACES[two])))
    return found


def _count(lists: Mapping[Lists, int], wanted: Mapping[int, bool]) -> int:
    return sum(count for on, count in lists.items() if all(on[place] == value for place, value in wanted.items()))
