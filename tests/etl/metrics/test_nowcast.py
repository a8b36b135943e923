"""The nowcast of an unfinished count from what earlier ones were at the same point and became."""

from random import Random

import pytest

from etl.metrics.nowcast import Known, Nowcast, backtest, nowcast

GROWN = [Known(100, final) for final in range(101, 120)]


def test_vector() -> None:
    assert nowcast(GROWN, 200) == Nowcast(220, 201, 238, 19, None, 200)


def test_order_of_the_history_does_not_matter() -> None:
    mixed = Random(1).sample(GROWN, len(GROWN))
    assert nowcast(mixed, 200) == nowcast(GROWN, 200)


def test_eighteen_periods_are_too_little() -> None:
    assert nowcast(GROWN[1:], 200) == Nowcast(None, None, None, 18, "too little history", 200)


def test_only_the_last_sixty_periods_count() -> None:
    old = [Known(1, 1_000)] * 100
    assert nowcast([*old, *[Known(100, 110)] * 60], 100) == Nowcast(110, 110, 110, 60, None, 100)


def test_periods_that_were_empty_at_this_point_are_told_from() -> None:
    assert nowcast([Known(0, 3)] * 19, 0) == Nowcast(3, 3, 3, 19, None, 0)


def test_a_count_that_will_be_corrected_downward_is_not_below_nothing() -> None:
    told = nowcast([Known(100, 0)] * 19, 0)
    assert (told.point, told.low, told.high) == (0, 0, 0)


@pytest.mark.parametrize("mean", [20, 200])
def test_nine_in_ten_unchanging_days_lie_in_their_interval(mean: int) -> None:
    random = Random(mean)
    course = []
    for _ in range(1_000):
        final = sum(random.random() < 0.5 for _ in range(2 * mean))
        course.append(Known(sum(random.random() < 0.4 for _ in range(final)), final))
    held = backtest(course)
    assert len(held) == 1_000 - 19
    assert 0.88 <= sum(held) / len(held) <= 0.96
