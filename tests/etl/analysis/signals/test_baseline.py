"""Baselines: what they hold, when they are frozen, when they begin anew, and what a bout is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.analysis.signals.baseline import Bout, Judged, judge
from etl.analysis.signals.fit import Levels, Varying
from etl.analysis.signals.rhythm import RHYTHMS, Rhythm
from etl.analysis.signals.rules import Rule
from etl.analysis.signals.scale import continuous, counts
from etl.vocabulary import Grain

WEEKLY = Rhythm(26)
QUIET = [50.0, 53.0, 48.0, 51.0, 47.0, 52.0, 49.0]


def judged(values: list[float], rhythm: Rhythm = WEEKLY, restarts: tuple[int, ...] = ()) -> Judged:
    return judge(Levels(continuous(np.array(values))), rhythm, restarts)


def rules_at(found: Judged, place: int) -> list[Rule]:
    return [rule for rule, _ in found.periods[place].flags]


def test_twelve_periods_before_the_one_judged() -> None:
    found = judged((QUIET * 3)[:14])
    assert [period.expected is None for period in found.periods] == [True] * 12 + [False] * 2
    assert found.basis == tuple(range(13))


def test_the_baseline_is_the_last_periods_before() -> None:
    values = QUIET * 6
    found = judged(values)
    expected = found.periods[-1].expected
    assert expected is not None
    assert expected.centre == pytest.approx(np.mean(values[-27:-1]))
    assert expected.reach == pytest.approx(2.66 * np.abs(np.diff(values[-27:-1])).mean())


def test_limits_are_frozen_while_a_bout_is_open() -> None:
    found = judged(QUIET * 4 + [80.0] * 10)
    before, last = found.periods[28].expected, found.periods[-1].expected
    assert before == last
    assert [period.is_frozen for period in found.periods[27:]] == [False, False] + [True] * 9
    assert found.bout == Bout(28, 37, 1)
    assert found.basis == tuple(range(2, 28))


def test_a_bout_ends_after_quiet_periods_and_is_in_no_baseline() -> None:
    found = judged(QUIET * 4 + [80.0, 80.0] + QUIET)
    assert found.bout is None
    assert found.bouts == (Bout(28, 29, 1, quiet=4, is_open=False),)
    assert not {28, 29} & set(found.basis)
    assert set(range(30, 34)) <= set(found.basis)


def test_a_short_bout_returns_to_the_baseline_without_what_was_wild() -> None:
    """Without the rare ones that chance makes, it would seem to make less than it does."""
    found = judged(QUIET * 4 + [61.0, 80.0] + QUIET)
    assert found.bouts == (Bout(28, 29, 1, quiet=4, is_open=False),)
    assert 28 in found.basis
    assert 29 not in found.basis


def test_a_long_bout_stays_out_of_the_baseline() -> None:
    found = judged(QUIET * 4 + [61.0] * 8 + QUIET)
    assert found.bouts == (Bout(28, 35, 1, quiet=4, is_open=False),)
    assert not set(range(28, 36)) & set(found.basis)


def test_a_bout_that_begins_with_a_run_begins_at_its_first_period() -> None:
    found = judged(QUIET * 4 + [54.0, 52.5] * 4)
    assert rules_at(found, 34) == [Rule.SIDE]
    assert all(Rule.SIDE in period.marks for period in found.periods[28:36])
    assert found.bout is not None
    assert (found.bout.first, found.bout.direction) == (28, 1)


def test_signals_the_other_way_are_a_bout_of_their_own() -> None:
    found = judged(QUIET * 4 + [80.0, 50.0, 20.0, 20.0])
    assert found.bouts == (Bout(28, 28, 1, quiet=1, is_open=False), Bout(30, 31, -1))
    assert found.basis == tuple(range(2, 28))


def test_a_rebase_begins_anew() -> None:
    found = judged(QUIET * 4 + [80.0 + value / 10 for value in QUIET] * 3, restarts=(28,))
    assert found.bouts == ()
    assert [place for place, period in enumerate(found.periods) if period.expected is None] == [
        *range(12), *range(28, 40),
    ]  # fmt: skip
    assert min(found.basis) == 28


def test_a_rebase_closes_the_bout_before_it() -> None:
    found = judged(QUIET * 4 + [80.0] * 4 + QUIET * 2, restarts=(32,))
    assert [bout.is_open for bout in found.bouts] == [False]


def test_a_shift_is_seen_for_as_long_as_it_lasts() -> None:
    """The measure of the definitions: a share that doubles, against a baseline that it cannot bend."""
    rng = np.random.default_rng(5)
    rate = np.where(np.arange(52) < 26, 0.05, 0.10)
    found = judge(Varying(rng.binomial(400, rate), np.full(52, 400)), WEEKLY)
    signals = [bool(period.flags) for period in found.periods[39:]]
    assert sum(signals) >= 11
    assert found.bout is not None


def test_days_are_judged_against_their_weekday() -> None:
    rng = np.random.default_rng(2)
    level = np.array([100.0, 100, 100, 100, 100, 30, 20])[np.arange(210) % 7]
    x = rng.poisson(level).astype(float)
    x[205] = 60.0
    found = judge(Levels(counts(x, np.ones(210)), np.arange(210) % 7), RHYTHMS[Grain.DAY])
    assert rules_at(found, 205) == [Rule.OUTSIDE]
    saturday, sunday = found.periods[201].expected, found.periods[202].expected
    assert saturday is not None
    assert sunday is not None
    assert saturday.centre**2 == pytest.approx(30, rel=0.05)
    assert sunday.centre**2 == pytest.approx(20, rel=0.07)


def test_a_weekday_that_is_hardly_known_is_not_judged() -> None:
    days = np.array([place % 6 for place in range(90)] + [6, 0])
    x = 50.0 + np.arange(92.0) % 5
    found = judge(Levels(counts(x, np.ones(92)), days), Rhythm(182, 7, 1))
    assert found.periods[90].expected is None
    assert found.periods[91].expected is not None


def test_what_is_left_out_is_in_no_baseline_and_not_judged() -> None:
    values = np.array(QUIET * 4)
    values[20] = 0.0
    left_out = np.zeros(28, np.bool_)
    left_out[20] = True
    found = judge(Levels(continuous(values)), WEEKLY, (), left_out)
    assert found.bouts == ()
    assert found.periods[20].expected is None
    assert 20 not in found.basis


def test_values_without_any_spread_set_no_limits_unless_chance_has_some() -> None:
    assert judged([5.0] * 20 + [9.0]).periods[-1].expected is None
    assert judge(Levels(counts(np.zeros(20), np.ones(20))), WEEKLY).bouts == ()


@pytest.mark.parametrize(("cases", "is_signal"), [(4, False), (5, True)])
def test_what_never_was_is_a_signal_from_the_fifth_case_on(cases: int, is_signal: bool) -> None:
    x = np.array([0] * 20 + [cases])
    for course in (
        Levels(counts(x.astype(float), np.ones(21))),
        Varying(x, np.full(21, 300)),
        Varying(300 - x, np.full(21, 300)),
        Varying(x, np.full(21, 300), per=1000),
    ):
        assert (rules_at(judge(course, WEEKLY), 20) == [Rule.OUTSIDE]) == is_signal


def test_few_cases_signal_outside_the_limits_only() -> None:
    x = np.array([0, 1, 0, 0, 3, 0, 1, 0, 0, 2, 0, 0, 1, 0] + [0] * 12 + [1] * 8 + [9])
    for course in (Varying(x, np.full(35, 500)), Levels(counts(x.astype(float), np.ones(35)))):
        found = judge(course, WEEKLY)
        assert [place for place, period in enumerate(found.periods) if period.flags] == [34]
        assert not any(period.alarm for period in found.periods)


@settings(max_examples=30, deadline=None)
@given(values=st.lists(st.integers(0, 60), max_size=60), restart=st.integers(0, 70))
def test_bouts_hold_all_flags_and_an_open_one_is_in_no_baseline(values: list[int], restart: int) -> None:
    course = Levels(counts(np.array(values, dtype=float), np.ones(len(values))))
    found = judge(course, WEEKLY, (restart,))
    inside = {place for bout in found.bouts for place in range(bout.first, bout.last + 1)}
    flagged = {place for place, period in enumerate(found.periods) if period.flags}
    assert flagged <= inside
    assert {bout.last for bout in found.bouts} <= flagged
    assert not found.bout or not flagged & set(range(found.bout.first, len(values))) & set(found.basis)
    assert all(period.marks >= {rule for rule, _ in period.flags} for period in found.periods)
    assert [bout for bout in found.bouts[:-1] if bout.is_open] == []
