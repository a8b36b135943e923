"""Detractors by cause: who mentions it, its share of detractors and of promoters, and the score without it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

UNCATEGORISED = "uncategorised"
PROMOTER, DETRACTOR = 9, 6


@dataclass(frozen=True)
class CauseShare:
    """One cause among detractors and promoters, as shares 0 to 1.

    Mention shares sum to more than 1, as one answer may name several causes; additive shares sum to 1. None where there
    is no such answer at all. `impact` is the NPS of all answers minus that of those without the cause, in points; the
    impacts of several causes do not add up, and None says that no other answer is left.
    """

    cause: str
    detractors: int
    mentioned: float | None
    additive: float | None
    mentioned_by_promoters: float | None
    additive_of_promoters: float | None
    impact: float | None


def by_cause(answers: Iterable[tuple[int, Collection[str]]]) -> tuple[CauseShare, ...]:
    """The causes of answers (score 0 to 10, its causes), the most mentioned by detractors first, the unnamed last."""
    listed = list(answers)
    against = [frozenset(causes) for score, causes in listed if score <= DETRACTOR]
    for_us = [frozenset(causes) for score, causes in listed if score >= PROMOTER]
    counts, additive = _mentions(against), _parts(against)
    praised, shared = _mentions(for_us), _parts(for_us)
    found = [
        CauseShare(
            cause, counts[cause], _share(counts[cause], against), _share(additive.get(cause, 0), against),
            _share(praised[cause], for_us), _share(shared.get(cause, 0), for_us), _impact(listed, cause),
        )
        for cause in counts.keys() | praised.keys()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.cause == UNCATEGORISED, -each.detractors, each.cause)))


def nps(scores: Sequence[int]) -> Fraction:
    """Promoters minus detractors, in points of all; there is at least one answer."""
    return 100 * Fraction(sum((score >= PROMOTER) - (score <= DETRACTOR) for score in scores), len(scores))


def _impact(answers: Sequence[tuple[int, Collection[str]]], cause: str) -> float | None:
    """The score of all answers minus that of those which do not name the cause."""
    others = [score for score, causes in answers if cause not in (causes or {UNCATEGORISED})]
    return float(nps([score for score, _ in answers]) - nps(others)) if others else None


def _mentions(answers: Sequence[frozenset[str]]) -> Counter[str]:
    return Counter(cause for causes in answers for cause in causes or {UNCATEGORISED})


def _parts(answers: Sequence[frozenset[str]]) -> Mapping[str, Fraction]:
    """Each answer divided equally among its causes."""
    found: dict[str, Fraction] = {}
    for causes in answers:
        for cause in causes or {UNCATEGORISED}:
            found[cause] = found.get(cause, Fraction(0)) + Fraction(1, max(1, len(causes)))
    return found


def _share(part: int | Fraction, answers: Sequence[frozenset[str]]) -> float | None:
    return float(Fraction(part) / len(answers)) if answers else None
