"""The four rules: where each raises its flag, what breaks it, and which points it marks."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.signals.rules import IN_A_ROW, ZONE, Flags, Patterns, Rule, pattern

OUT = 1.2
FAR = 0.8
POSITIONS = st.lists(st.sampled_from([-1.3, -0.8, -0.3, 0.0, 0.2, 0.3, 0.7, 0.9, 1.1]), max_size=25)


def flags(positions: Sequence[float]) -> list[Flags]:
    patterns = Patterns()
    return [patterns.step(position) for position in positions]


def raised(rule: Rule, positions: Sequence[float]) -> list[int]:
    """The places at which a rule raises its flag."""
    return [place for place, found in enumerate(flags(positions)) if rule in dict(found)]


def test_a_point_outside() -> None:
    assert flags([0.1, OUT, -OUT, 1.0]) == [(), ((Rule.OUTSIDE, 1),), ((Rule.OUTSIDE, -1),), ()]


@pytest.mark.parametrize(
    ("positions", "places"),
    [
        ([0.1, 0.3] * 4, [6, 7]),
        ([-0.1, -0.3] * 3, []),
        ([0.1, 0.3] * 3 + [0.0, 0.1], []),
        ([0.1, 0.3] * 3 + [-0.1] + [0.1, 0.3] * 4, [13, 14]),
        ([0.1, 0.3] * 3 + [OUT] + [0.1, 0.3] * 3, []),
    ],
    ids=["7th and 8th", "6 only", "a point on the mean", "a point on the other side", "a point outside"],
)
def test_seven_on_one_side(positions: list[float], places: list[int]) -> None:
    assert raised(Rule.SIDE, positions) == places


@pytest.mark.parametrize(
    ("positions", "places"),
    [
        ([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3], [6]),
        ([0.3, 0.2, 0.1, 0.0, -0.1, -0.2, -0.3, -0.4], [6, 7]),
        ([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2], []),
        ([-0.3, -0.2, -0.1, -0.1, 0.0, 0.1, 0.2, 0.3], []),
        ([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, OUT], []),
        ([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.15, 0.3], []),
    ],
    ids=["7 points, 6 rises", "falling, 7th and 8th", "6 points", "a tie", "a point outside", "one fall"],
)
def test_seven_rising_or_falling(positions: list[float], places: list[int]) -> None:
    assert raised(Rule.TREND, positions) == places


@pytest.mark.parametrize(
    ("positions", "places"),
    [
        ([FAR, FAR], [1]),
        ([FAR, 0.1, FAR], [2]),
        ([FAR, -0.1, FAR], [2]),
        ([FAR, 0.1, 0.1, FAR], []),
        ([FAR, -FAR], []),
        ([FAR, -FAR, FAR], [2]),
        ([FAR, OUT], []),
        ([FAR, OUT, FAR], [2]),
        ([ZONE, 1.0], [1]),
        ([ZONE - 0.001, 0.9], []),
    ],
)
def test_two_of_three_near_a_limit(positions: list[float], places: list[int]) -> None:
    assert raised(Rule.NEAR, positions) == places


def test_the_directions() -> None:
    assert flags([-FAR, -FAR])[1] == ((Rule.NEAR, -1),)
    assert flags([0.3 - 0.1 * step for step in range(7)])[6] == ((Rule.TREND, -1),)
    assert flags([-0.1] * 7)[6] == ((Rule.SIDE, -1),)


def test_the_points_of_a_pattern() -> None:
    assert pattern(Rule.OUTSIDE, 1, [0.1, OUT]) == (0,)
    assert pattern(Rule.SIDE, 1, [0.1] * 9) == tuple(range(IN_A_ROW))
    assert pattern(Rule.TREND, 1, [0.1 * place for place in range(7)]) == tuple(range(IN_A_ROW))
    assert pattern(Rule.NEAR, 1, [FAR, FAR, -0.1, FAR]) == (0, 2)
    assert pattern(Rule.NEAR, -1, [-FAR, -FAR]) == (0, 1)
    assert pattern(Rule.NEAR, 1, [FAR, OUT, FAR]) == (0, 2)


@given(positions=POSITIONS)
def test_the_mirror_image_raises_the_same_the_other_way(positions: list[float]) -> None:
    mirrored = flags([-position for position in positions])
    assert mirrored == [tuple((rule, -direction) for rule, direction in each) for each in flags(positions)]


@given(positions=POSITIONS)
def test_the_definition_word_by_word(positions: list[float]) -> None:
    for place, found in enumerate(flags(positions)):
        seven, three = positions[max(0, place - 6) : place + 1], positions[max(0, place - 2) : place + 1]
        inside = len(seven) == 7 and max(map(abs, seven)) <= 1
        here = positions[place]
        assert (Rule.OUTSIDE in dict(found)) == (abs(here) > 1)
        assert (Rule.SIDE in dict(found)) == (inside and (min(seven) > 0 or max(seven) < 0))
        steps = [after - before for before, after in zip(seven, seven[1:], strict=False)]
        assert (Rule.TREND in dict(found)) == (inside and (min(steps) > 0 or max(steps) < 0))
        near = [each for each in three if ZONE <= abs(each) <= 1 and each * here > 0]
        assert (Rule.NEAR in dict(found)) == (ZONE <= abs(here) <= 1 and len(near) >= 2)
