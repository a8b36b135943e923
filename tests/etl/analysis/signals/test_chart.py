"""The signal chart of a metric: its method by kind, holes, verdict, target, and rebases."""

from datetime import date, timedelta

import numpy as np
import pytest

from etl.analysis.limits import laney
from etl.analysis.signals.chart import Limits, signal_chart
from etl.analysis.signals.rules import Rule
from etl.errors import UserError
from etl.rebases import Rebase
from etl.vocabulary import Assurance, Dimension, Grain, Variation
from tests.etl.analysis.signals.answers import MONDAY, course

QUIET = [50.0, 53.0, 48.0, 51.0, 47.0, 52.0, 49.0]
REBASE = Rebase("nps", MONDAY + timedelta(weeks=28), "new telephone menu", "Ana", "rebases.csv line 2")


def within(limits: Limits | None) -> list[float]:
    assert limits is not None
    return [limits.lower, limits.mean, limits.upper]


def test_scores_are_taken_as_they_are() -> None:
    chart = signal_chart(course(*QUIET * 4), "nps", Grain.WEEK)
    basis = np.array((QUIET * 4)[:27])
    reach = 2.66 * np.abs(np.diff(basis)).mean()
    assert chart.method == "XmR"
    assert within(chart.limits) == pytest.approx([basis.mean() - reach, basis.mean(), basis.mean() + reach])
    assert (chart.variation, chart.reason, chart.since) == (Variation.COMMON_CAUSE, None, None)
    assert chart.points[11].limits is None
    assert not chart.points[11].is_judged
    assert chart.points[12].is_judged


def test_limits_stay_where_values_can_be() -> None:
    chart = signal_chart(course(*[10.0, 400.0] * 14), "asa", Grain.WEEK)
    assert within(chart.limits)[0] == 0
    assert within(signal_chart(course(*[98.0, 60.0] * 14), "nps", Grain.WEEK).limits)[2] == 100


def test_shares_follow_their_base() -> None:
    n = [180 + 7 * (place * 4 % 9) for place in range(30)]
    x = [base // 5 + 4 * (-1) ** place for place, base in enumerate(n)]
    chart = signal_chart(course(*zip(x, n, strict=True)), "csat", Grain.WEEK)
    limits = laney(x[:29], n[:29])
    assert limits is not None
    assert chart.method == "Laney p'"
    assert within(chart.limits) == pytest.approx([limits.lower(n[29]), limits.mean, limits.upper(n[29])])


def test_counts_are_taken_on_their_root() -> None:
    values = [100.0, 121, 96, 110, 90, 105, 99, 118] * 4
    chart = signal_chart(course(*values), "contacts", Grain.WEEK)
    roots = np.sqrt(np.array(values[:31]) + 3 / 8)
    reach = 2.66 * np.abs(np.diff(roots)).mean()
    assert chart.method == "XmR of root counts"
    assert within(chart.limits) == pytest.approx([(roots.mean() + step) ** 2 - 3 / 8 for step in (-reach, 0, reach)])


def test_months_are_held_against_each_other_by_the_day() -> None:
    days = [(date(2024 + place // 12, place % 12 + 1, 28) + timedelta(days=4)).replace(day=1) for place in range(24)]
    lengths = [(after - timedelta(days=1)).day for after in days]
    values = [float(length * (100 + place % 3)) for place, length in enumerate(lengths)]
    chart = signal_chart(course(*values), "contacts", Grain.MONTH)
    february, march = chart.points[13].limits, chart.points[14].limits
    assert february is not None
    assert march is not None
    assert march.mean / february.mean == pytest.approx(31 / 28, rel=0.01)


def test_unknown_and_small_periods_are_holes_not_zeros() -> None:
    values = [*QUIET * 2, None, *QUIET, (1, 4), *QUIET]
    chart = signal_chart(course(*values, least=10), "nps", Grain.WEEK)
    assert [place for place, point in enumerate(chart.points[12:], 12) if not point.is_judged] == [14, 22]
    assert chart.points[14].row.reason == "unknown"
    plain = signal_chart(course(*QUIET * 4), "nps", Grain.WEEK)
    assert within(chart.limits) == pytest.approx(within(plain.limits))


def test_a_period_that_is_not_complete_is_left_out() -> None:
    last = MONDAY + timedelta(weeks=28, days=3)
    chart = signal_chart(course(*QUIET * 4, 5.0, last=last), "nps", Grain.WEEK)
    assert chart.variation is Variation.COMMON_CAUSE
    assert not chart.points[28].is_judged


def test_counts_begin_when_there_is_something() -> None:
    chart = signal_chart(course(*[0.0] * 30, *[value * 4 for value in QUIET * 2]), "contacts", Grain.WEEK)
    assert [place for place, point in enumerate(chart.points) if point.is_judged] == [42, 43]
    assert chart.variation is Variation.COMMON_CAUSE


@pytest.mark.parametrize(
    ("metric", "value", "verdict"),
    [
        ("nps", 20.0, Variation.CONCERN),
        ("nps", 80.0, Variation.IMPROVEMENT),
        ("asa", 80.0, Variation.CONCERN),
        ("aht", 80.0, Variation.CHANGE),
    ],
)
def test_a_signal_is_read_by_the_goodness_of_the_metric(metric: str, value: float, verdict: Variation) -> None:
    chart = signal_chart(course(*QUIET * 4, value, 50.0), metric, Grain.WEEK)
    assert chart.variation is verdict
    assert chart.since is not None
    assert chart.since.period == "2024-W29"
    assert (chart.direction, chart.quiet) == (1 if value > 50 else -1, 1)
    assert chart.points[28].flags == ((Rule.OUTSIDE, chart.direction),)
    assert chart.baseline is not None
    assert chart.baseline.is_frozen
    assert (chart.baseline.last.period, chart.baseline.points) == ("2024-W28", 28)


@pytest.mark.parametrize(
    ("goal", "word"), [(20.0, Assurance.HITS), (50.0, Assurance.HIT_AND_MISS), (90.0, Assurance.MISSES), (None, None)]
)
def test_against_a_target(goal: float | None, word: Assurance | None) -> None:
    assert signal_chart(course(*QUIET * 4, goal=goal), "nps", Grain.WEEK).assurance is word


def test_a_touchpoint_has_a_target_of_its_own() -> None:
    ask = course(*QUIET * 4, goal=20.0, goals_at={"billing": 90.0})
    where = ((Dimension.TOUCHPOINT, ("billing",)),)
    both = ((Dimension.TOUCHPOINT, ("billing", "delivery")),)
    assert [signal_chart(ask, "nps", Grain.WEEK, each).target for each in ((), where, both)] == [20, 90, 20]


def test_a_rebase_says_who_and_why() -> None:
    values = [*QUIET * 4, *[value + 30 for value in QUIET * 3]]
    chart = signal_chart(course(*values, rebases=(REBASE,)), "nps", Grain.WEEK)
    assert chart.variation is Variation.COMMON_CAUSE
    assert chart.baseline is not None
    assert chart.baseline.rebase == REBASE
    assert chart.baseline.first.period == "2024-W29"
    assert signal_chart(course(*values), "nps", Grain.WEEK).variation is Variation.IMPROVEMENT
    assert signal_chart(course(*values, rebases=(REBASE,)), "aht", Grain.WEEK).variation is Variation.CHANGE


def test_a_rebase_of_an_unknown_metric() -> None:
    wrong = Rebase("npps", MONDAY, "because", "Ana", "rebases.csv line 7")
    with pytest.raises(UserError, match="rebases.csv line 7: unknown metric 'npps'; did you mean nps"):
        signal_chart(course(*QUIET, rebases=(wrong,)), "nps", Grain.WEEK)


@pytest.mark.parametrize(
    ("values", "grain", "reason"),
    [
        ([], Grain.WEEK, "too few (0 complete weeks; more than 12 are needed)"),
        (QUIET[:5], Grain.WEEK, "too few (5 complete weeks; more than 12 are needed)"),
        (QUIET * 7, Grain.DAY, "too few (49 complete days; more than 56 are needed)"),
        ([5.0] * 30, Grain.WEEK, "its values do not vary, so nothing says what is usual"),
    ],
)
def test_why_nothing_can_be_said(values: list[float], grain: Grain, reason: str) -> None:
    chart = signal_chart(course(*values), "nps", grain)
    assert (chart.limits, chart.variation, chart.baseline, chart.reason) == (None, None, None, reason)


def test_days_lose_their_weekday_and_holidays_are_not_judged() -> None:
    level = [100.0, 104, 97, 102, 99, 30, 20]
    values = [level[place % 7] + place % 3 for place in range(140)]
    values[133] = 12.0
    holiday = MONDAY + timedelta(days=133)
    judged = signal_chart(course(*values), "contacts", Grain.DAY)
    spared = signal_chart(course(*values), "contacts", Grain.DAY, holidays={holiday})
    assert judged.points[133].flags == ((Rule.OUTSIDE, -1),)
    assert not spared.points[133].is_judged
    assert spared.variation is Variation.COMMON_CAUSE
    sunday = spared.points[139].limits
    assert sunday is not None
    assert sunday.mean == pytest.approx(21, abs=0.5)


def test_the_newest_alarm_is_told_while_it_is_new() -> None:
    shifted = [*QUIET * 4, *[53.6] * 4]
    found = signal_chart(course(*shifted), "nps", Grain.WEEK).alarm
    assert found is not None
    assert (found.row.period, found.alarm) == ("2024-W31", 1)
    assert signal_chart(course(*shifted, *QUIET), "nps", Grain.WEEK).alarm is None


def test_up_to_a_day() -> None:
    chart = signal_chart(course(*QUIET * 4, 20.0), "nps", Grain.WEEK, end=MONDAY + timedelta(weeks=28, days=-1))
    assert len(chart.points) == 28
    assert chart.variation is Variation.COMMON_CAUSE
