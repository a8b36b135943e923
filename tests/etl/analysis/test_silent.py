"""Silent customers: the vectors, each method's refusals, the range over methods, and seeded populations."""

import pytest

from etl.analysis.silent import (
    Estimate,
    Method,
    Refusal,
    by_lists,
    by_repeats,
    by_share,
    by_told,
    judged,
    log_error,
    replace_each_other,
    unseen,
    unseen_at_least,
)
from etl.metrics.intervals import wilson
from etl.metrics.tolls.values import Lists, Sightings
from tests.bench import silent

ON: dict[Lists, int] = {(True, False, False): 170, (False, True, False): 120, (True, True, False): 30}


def estimate(found: Estimate | Refusal) -> Estimate:
    assert isinstance(found, Estimate)
    return found


def test_vector_of_two_lists() -> None:
    point, low, high = unseen(200, 150, 30)
    assert (round(point, 2), round(low), round(high)) == (658.06, 458, 2_836)
    assert round(unseen(200, 150, 30, odds=1.0)[2]) == 945
    assert round(log_error(170, 120, 30, point), 5) == 0.22016
    found = estimate(by_lists(200, 150, 30))
    assert (round(found.low), round(found.high or 0), found.n) == (320 + 458, 320 + 2_836, 30)


def test_vector_of_repeats() -> None:
    point, floor = unseen_at_least(60, 15)
    assert (round(point, 1), round(floor, 1)) == (110.6, 61.0)
    found = estimate(by_repeats(75, 60, 15, 90))
    assert (round(found.low), found.high) == (75 + 61, None)


def test_a_share_of_those_asked_is_taken_of_all_who_were_there() -> None:
    interval = wilson(6, 40)
    found = estimate(by_share(1_000, 40, 6))
    assert interval.low is not None
    assert interval.high is not None
    assert (found.low, found.high) == (1_000 * interval.low, 1_000 * interval.high)
    assert by_share(1_000, 29, 6) == Refusal(Method.SHARE, "of those there answered a survey: 29; 30 are needed")


def test_those_who_tell_answer_up_to_twice_as_often() -> None:
    interval = wilson(20, 50)
    found = estimate(by_told(80, 50, 20))
    assert interval.low is not None
    assert interval.high is not None
    assert found.low == 80 / interval.high
    assert found.high == pytest.approx(80 * (2 - interval.low) / interval.low)
    assert estimate(by_told(80, 50, 0)).high is None
    assert isinstance(by_told(80, 29, 20), Refusal)


def test_lists_that_replace_each_other_are_refused() -> None:
    assert isinstance(by_lists(200, 150, 6), Refusal)
    assert isinstance(by_lists(200, 150, 30, exposed=700), Refusal)
    assert isinstance(by_lists(200, 150, 30, third=(4, 60, 60, 76)), Refusal)
    assert isinstance(by_lists(200, 150, 30, third=(30, 35, 35, 100)), Estimate)


def test_what_a_third_list_cannot_show_refuses_nothing() -> None:
    assert not replace_each_other(0, 5, 5, 90)
    assert not replace_each_other(0, 0, 0, 0)
    assert replace_each_other(2, 40, 40, 18)


def test_repeats_need_time_and_customers_failed_twice() -> None:
    assert isinstance(by_repeats(75, 60, 15, 89), Refusal)
    assert isinstance(by_repeats(75, 60, 4, 90), Refusal)


def test_the_range_reaches_over_the_two_sided_methods_and_not_below_those_seen() -> None:
    sightings = Sightings(40, 6, 0, 0, ON, {1: 60, 2: 15})
    found, refused = judged(330, 5_000, sightings, ON, 91)
    assert found is not None
    assert [one.method for one in found.estimates] == [Method.SHARE, Method.LISTS, Method.REPEATS]
    share, lists, repeats = found.estimates
    assert (found.low, found.high) == (min(share.low, lists.low), max(share.high or 0, lists.high or 0))
    assert (found.silent_low, found.silent_high) == (round(found.low) - 330, round(found.high or 0) - 330)
    assert repeats.low == pytest.approx(330 + 60.97, abs=0.05)
    assert [one.method for one in refused] == [Method.TOLD, Method.LISTS, Method.LISTS]


def test_a_method_that_means_fewer_than_are_known_is_refused() -> None:
    found, refused = judged(900, 1_000, Sightings(40, 6), {}, 7)
    assert found is None
    assert refused[0] == Refusal(Method.SHARE, "would mean at most 291, fewer than are known")
    within, _ = judged(200, 1_000, Sightings(40, 6), {}, 7)
    assert within is not None
    assert (within.low, round(within.high or 0), within.silent_low, within.silent_high) == (200.0, 291, 0, 91)


def test_with_repeats_only_it_is_at_least() -> None:
    found, _ = judged(75, 1_000, Sightings(occasions={1: 60, 2: 15}), {}, 91)
    assert found is not None
    assert (round(found.low), found.high, found.silent_low, found.silent_high) == (136, None, 61, None)


def test_without_a_method_there_is_no_range() -> None:
    found, refused = judged(75, 1_000, Sightings(), {}, 7)
    assert found is None
    assert {one.method for one in refused} == set(Method)


def test_simulated_populations_are_held_and_bad_lists_refused() -> None:
    near, far, excluding = silent.measure(100, 3)
    assert (near.held >= 0.9, near.width <= 7, near.refused <= 3) == (True, True, True)
    assert far.low_holds >= 0.95
    assert (excluding.told, excluding.refused) == (0, 100)
