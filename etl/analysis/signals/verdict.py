"""What the signals of a course say: improvement, concern or common cause, and what to expect of a target."""

from etl.vocabulary import Assurance, Goodness, Variation


def variation(direction: int, goodness: Goodness) -> Variation:
    """What an open bout in a direction is (1 upwards, -1 downwards, 0: there is none); a neutral one is a change."""
    if direction == 0:
        return Variation.COMMON_CAUSE
    if goodness is Goodness.NEUTRAL:
        return Variation.CHANGE
    return Variation.IMPROVEMENT if (direction > 0) == (goodness is Goodness.HIGHER) else Variation.CONCERN


def assurance(lower: float, upper: float, target: float | None, goodness: Goodness) -> Assurance | None:
    """Whether values within the limits pass a target; None without a target, or where no way is better."""
    if target is None or goodness is Goodness.NEUTRAL:
        return None
    worst, best = (lower, upper) if goodness is Goodness.HIGHER else (-upper, -lower)
    goal = target if goodness is Goodness.HIGHER else -target
    if worst >= goal:
        return Assurance.HITS
    return Assurance.MISSES if best < goal else Assurance.HIT_AND_MISS
