"""Scans of a dimension: which segments stand out, which way, and what cannot be scanned."""

from collections.abc import Sequence
from typing import cast

import pytest

from etl.analysis.signals.segments import SegmentScan, scan_segments
from etl.errors import UserError
from etl.metrics.answer import Ask
from etl.vocabulary import Dimension, Grain, Variation
from tests.etl.analysis.signals.answers import Courses, Value, segments

STEADY = [20.0, 24, 17, 21, 19, 23, 18, 22, 20, 20] * 3


def scanned(
    values: dict[str, Sequence[Value]], metric: str = "failed_contacts", grain: Grain = Grain.WEEK
) -> SegmentScan:
    return scan_segments(segments(values), metric, Dimension.CAUSE, grain)


def test_the_segment_that_rose() -> None:
    found = scanned({"a": [*STEADY, 60.0], "b": [*STEADY, 22.0], "c": [0.0] * 31})
    first, second, third = found.segments
    assert (found.tested, found.periods, found.period) == (2, 26, "2024-W31")
    assert (first.name, first.variation, first.direction) == ("a", Variation.CONCERN, 1)
    assert first.expected == pytest.approx(sum(STEADY[4:]) / 26)
    assert first.adjusted is not None
    assert first.p is not None
    assert first.adjusted == pytest.approx(2 * first.p)
    assert (second.name, second.variation, second.direction) == ("b", Variation.COMMON_CAUSE, 0)
    assert (third.name, third.variation, third.p) == ("c", None, None)


def test_shares_are_scanned_by_their_rarer_side() -> None:
    shares: list[Value] = [(180, 200)] * 26
    found = scanned({"a": [*shares, (120, 200)], "b": [*shares, (179, 200)], "c": [*shares, (198, 200)]}, "csat")
    assert [(each.name, each.variation) for each in found.segments] == [
        ("a", Variation.CONCERN), ("c", Variation.IMPROVEMENT), ("b", Variation.COMMON_CAUSE),
    ]  # fmt: skip
    assert [each.expected for each in found.segments] == pytest.approx([0.9] * 3)


def test_days_are_held_against_the_same_weekday() -> None:
    week = [100.0, 100, 100, 100, 100, 30, 30]
    found = scanned({"a": week * 20, "b": week * 20}, grain=Grain.DAY)
    assert found.periods == 19
    assert [each.expected for each in found.segments] == [30.0, 30.0]


def test_scores_are_held_against_their_own_past() -> None:
    found = scanned({"a": [*STEADY, 60.0], "b": [*STEADY, 21.0], "c": [*([None] * 20), *STEADY[:11]]}, "nps")
    first, second, third = found.segments
    assert (found.tested, found.periods, found.dispersion) == (2, 26, 1.0)
    assert (first.name, first.variation, first.direction) == ("a", Variation.IMPROVEMENT, 1)
    assert first.expected == pytest.approx(sum(STEADY[4:]) / 26)
    assert (second.name, second.variation) == ("b", Variation.COMMON_CAUSE)
    assert (third.name, third.variation, third.expected) == ("c", None, None)


def test_a_score_of_too_few_answers_is_not_known() -> None:
    courses = cast(Ask, Courses({"a": [*STEADY, 60.0]}, least=101))
    found = scan_segments(courses, "nps", Dimension.CAUSE, Grain.WEEK)
    assert (found.tested, found.segments[0].variation) == (0, None)


def test_too_short_a_history() -> None:
    with pytest.raises(UserError, match="10 comparable complete weeks; a scan needs 12"):
        scanned({"a": STEADY[:10]})
