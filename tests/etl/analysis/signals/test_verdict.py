"""Verdicts: by the metric's goodness, and against a target."""

import pytest

from etl.analysis.signals.verdict import assurance, variation
from etl.vocabulary import Assurance, Goodness, Variation


@pytest.mark.parametrize(
    ("direction", "goodness", "verdict"),
    [
        (1, Goodness.HIGHER, Variation.IMPROVEMENT),
        (-1, Goodness.HIGHER, Variation.CONCERN),
        (1, Goodness.LOWER, Variation.CONCERN),
        (-1, Goodness.LOWER, Variation.IMPROVEMENT),
        (1, Goodness.NEUTRAL, Variation.CHANGE),
        (-1, Goodness.NEUTRAL, Variation.CHANGE),
        (0, Goodness.LOWER, Variation.COMMON_CAUSE),
    ],
)
def test_variation(direction: int, goodness: Goodness, verdict: Variation) -> None:
    assert variation(direction, goodness) is verdict


@pytest.mark.parametrize(
    ("target", "goodness", "verdict"),
    [
        (70.0, Goodness.HIGHER, Assurance.HITS),
        (80.0, Goodness.HIGHER, Assurance.HITS),
        (85.0, Goodness.HIGHER, Assurance.HIT_AND_MISS),
        (90.1, Goodness.HIGHER, Assurance.MISSES),
        (70.0, Goodness.LOWER, Assurance.MISSES),
        (90.0, Goodness.LOWER, Assurance.HITS),
        (85.0, Goodness.LOWER, Assurance.HIT_AND_MISS),
        (85.0, Goodness.NEUTRAL, None),
        (None, Goodness.HIGHER, None),
    ],
)
def test_assurance(target: float | None, goodness: Goodness, verdict: Assurance | None) -> None:
    assert assurance(80.0, 90.0, target, goodness) is verdict
