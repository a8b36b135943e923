"""Who did not answer: response rate, what the score would be if all groups had answered alike, and when to warn.

Counts are of invitations delivered (bounces left out) by their own date, mature after 14 days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.metrics import intervals

MATURITY_DAYS = 14
LEAST_ANSWERS = 10
"""Answers from which on a stratum's own score is weighed by those invited in it."""
LEAST_RATE = 0.05
MOST_DISTANCE = 0.10
MOST_FALL = 1 / 3
"""Against the mean rate of the 13 weeks before."""


@dataclass(frozen=True)
class Stratum:
    """One channel and segment: invitations delivered, and what came back; unscored answers say no recommendation."""

    invited: int
    promoters: int
    passives: int
    detractors: int
    opted_out: int = 0
    unscored: int = 0

    @property
    def answered(self) -> int:
        """All answers."""
        return self.scored + self.unscored

    @property
    def scored(self) -> int:
        """Those that say how likely a recommendation is."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> float:
        """Its net promoter score; 0 without answers."""
        return 100 * (self.promoters - self.detractors) / self.scored if self.scored else 0.0


@dataclass(frozen=True)
class ResponseRate:
    """How far those who answered stand for those who were asked.

    `rate` is a share, `raw` and `post_stratified` are scores (the latter None without a stratum of 10 answers),
    `distance` is the total variation between the mix of those who answered and of those invited. `warnings` say why the
    score may not stand for all: then a comparison of it is at best "could be noise".
    """

    rate: float
    raw: float | None
    post_stratified: float | None
    distance: float
    opted_out: int
    warnings: tuple[str, ...]


def response_rate(strata: Sequence[Stratum] | Mapping[str, Stratum], usual_rate: float | None = None) -> ResponseRate:
    """Judge the answers of one period; `usual_rate` is that of the 13 weeks before.

    Raises ValueError without an invitation: there is no rate then.
    """
    groups = list(strata.values()) if isinstance(strata, Mapping) else list(strata)
    invited, answered = sum(group.invited for group in groups), sum(group.answered for group in groups)
    if not invited:
        raise ValueError("no invitation was delivered; expected at least one")
    promoters, detractors = sum(group.promoters for group in groups), sum(group.detractors for group in groups)
    scored = sum(group.scored for group in groups)
    raw = 100 * (promoters - detractors) / scored if scored else None
    distance, opted_out = _distance(groups, invited, answered), sum(group.opted_out for group in groups)
    found = ResponseRate(answered / invited, raw, _post_stratified(groups), distance, opted_out, ())
    bounds = intervals.nps(promoters, detractors, scored)
    width = None if bounds.low is None or bounds.high is None else bounds.high - bounds.low
    return replace(found, warnings=_warnings(found, width, usual_rate))


def _post_stratified(groups: Sequence[Stratum]) -> float | None:
    """The scores of the strata with enough answers, each by its share of those invited."""
    known = [group for group in groups if group.scored >= LEAST_ANSWERS]
    weight = sum(group.invited for group in known)
    return sum(group.invited * group.score for group in known) / weight if weight else None


def _distance(groups: Sequence[Stratum], invited: int, answered: int) -> float:
    """Half the sum of the differences between the shares of answers and of invitations."""
    if not answered:
        return 0.0
    return sum(abs(group.answered / answered - group.invited / invited) for group in groups) / 2


def _warnings(found: ResponseRate, width: float | None, usual_rate: float | None) -> tuple[str, ...]:
    told = []
    if found.rate < LEAST_RATE:
        told.append(f"only {found.rate:.1%} answered")
    if found.distance > MOST_DISTANCE:
        told.append("those who answered are another mix than those who were asked")
    if None not in (found.raw, found.post_stratified, width) and _is_off(found, width or 0.0):
        told.append(f"weighed by those who were asked it would be {found.post_stratified:.1f}")
    if usual_rate and found.rate < usual_rate * (1 - MOST_FALL):
        told.append(f"far fewer answered than the usual {usual_rate:.1%}")
    return tuple(told)


def _is_off(found: ResponseRate, width: float) -> bool:
    return abs((found.post_stratified or 0.0) - (found.raw or 0.0)) > width / 2
