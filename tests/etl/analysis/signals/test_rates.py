"""How often signals speak without a cause, and how often they find one: small simulations with fixed seeds."""

import pytest

from tests.bench.signals import CHANGED, scans, series


def test_unchanged_series_are_left_alone() -> None:
    found = series(seed=11, how_many=150, means=(3.0, 100.0))
    assert 0.005 < found.new_flags <= 0.025
    assert 0.003 < found.alarms <= 0.012


def test_unchanged_series_are_left_alone_as_charted() -> None:
    found = series(seed=15, how_many=70, means=(3.0, 100.0), is_rolling=True)
    assert 0.005 < found.new_flags <= 0.025
    assert 0.003 < found.alarms <= 0.013


@pytest.mark.parametrize(("means", "least"), [((30.0, 100.0), 0.80), ((3.0, 10.0), 0.74)])
def test_a_rise_is_found_within_a_week(means: tuple[float, float], least: float) -> None:
    found = series(seed=12, how_many=250, means=means, rise=1.5)
    assert found.found_by_alarm >= least
    assert found.found_by_rules >= least - 0.05
    assert found.found >= least + 0.05


def test_few_of_the_segments_named_are_false() -> None:
    found = scans(seed=13, how_many=80, changed=CHANGED)
    assert found.false_share <= 0.13
    assert found.found >= 0.65


def test_most_scans_without_a_change_name_nothing() -> None:
    assert scans(seed=14, how_many=250, changed=0).raised <= 0.17
