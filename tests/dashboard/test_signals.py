"""What the signals of a metric say in a sentence."""

from datetime import timedelta

import pytest

from dashboard.findings.signals import is_good, standing, verdict
from dashboard.findings.standouts import stand_outs
from etl.analysis.signals.chart import SignalChart, signal_chart
from etl.calendar import Calendar
from etl.metrics.catalogue import METRICS
from etl.rebases import Rebase
from etl.vocabulary import Dimension, Grain
from tests.etl.analysis.signals.answers import MONDAY, Value, course, segments

QUIET = [50.0, 53.0, 48.0, 51.0, 47.0, 52.0, 49.0]
THIN = "The expected range is provisional: it rests on 14 weeks."
LOWER = "lower than expected since 15 Jul 2024"
FROZEN = " The expected range stays as it was before while that goes on."


def chart(*values: Value, metric: str = "nps", **more: object) -> SignalChart:
    return signal_chart(course(*values, **more), metric, Grain.WEEK)


@pytest.mark.parametrize(
    ("values", "metric", "words"),
    [
        (QUIET * 4, "nps", "Common cause: no signal in 16 weeks."),
        ([*QUIET * 4, 20.0], "nps", f"Concern: {LOWER}." + FROZEN),
        ([*QUIET * 4, 20.0, 50.0], "asa", f"Improvement: {LOWER}, quiet again for one week." + FROZEN),
        ([*QUIET * 4, 80.0], "aht", "Change: higher than expected since 15 Jul 2024." + FROZEN),
        ([*QUIET * 4, *[53.0, 51.5] * 4], "nps", "Improvement: above its mean since 15 Jul 2024." + FROZEN),
        ([*QUIET * 2, 56.0], "nps", "Common cause: no signal in 3 weeks. " + THIN),
        (QUIET, "nps", "No expected range yet: too few (7 complete weeks; more than 12 are needed)."),
    ],
)  # fmt: skip
def test_the_verdict(values: list[float], metric: str, words: str) -> None:
    assert verdict(chart(*values, metric=metric)) == words


def test_the_last_signal_is_counted_from() -> None:
    assert verdict(chart(*QUIET * 4, 80.0, *QUIET)).startswith("Common cause: no signal in 7 weeks.")


def test_an_alarm_is_told_where_no_rule_says_it() -> None:
    values = [*QUIET * 4, *[53.6] * 4, 49.0]
    told = verdict(chart(*values))
    assert "Small deviations upwards have added up to an alarm in 29 Jul – 4 Aug 2024 (W31)." in told
    assert told.startswith("Common cause")


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (20.0, "As it usually runs it will pass its target of +20."),
        (50.0, "As it usually runs, some periods meet and others miss its target of +50."),
        (90.0, "As it usually runs it will fail its target of +90."),
    ],
)
def test_the_target(goal: float, words: str) -> None:
    assert verdict(chart(*QUIET * 4, goal=goal)).endswith(words)


def test_a_new_baseline_says_why() -> None:
    rebase = Rebase("nps", MONDAY + timedelta(weeks=28), "new telephone menu", "Ana")
    told = verdict(chart(*QUIET * 4, *[value + 30 for value in QUIET * 3], rebases=(rebase,)))
    assert told == ("Common cause: no signal in 25 weeks. New baseline from 15 Jul 2024: new telephone menu (Ana).")


def test_where_it_stands_while_a_signal_goes_on() -> None:
    assert standing(chart(*QUIET * 4)) == ""
    assert standing(chart(*QUIET * 4, 20.0)) == "lower than expected since 15 Jul 2024"


def test_only_what_has_a_better_way_is_good_or_bad() -> None:
    fallen = [*QUIET * 4, 20.0]
    assert [is_good(chart(*fallen, metric=metric)) for metric in ("nps", "asa", "aht")] == [False, True, None]
    assert is_good(chart(*QUIET * 4)) is None


def scanned(values: dict[str, list[Value]], metric: str) -> list[str]:
    last = Calendar().shift(Calendar().period_of(MONDAY, Grain.WEEK), 28)
    return [note.text for note in stand_outs(segments(values), METRICS[metric], Dimension.CAUSE, last, ())]


def test_segments_that_stand_out_are_named_with_what_was_expected() -> None:
    steady: list[Value] = [20.0, 24.0, 18.0, 22.0] * 7
    assert scanned({"late delivery": [*steady, 60.0], "box setup": [*steady, 21.0]}, "failed_contacts") == [
        "Out of 2 tested by cause in 15–21 Jul 2024 (W29), these stand out from their own past: "
        "late delivery 60 where 21 was expected (concern). On average at most one in ten named so is named by chance."
    ]
    assert scanned({"late delivery": [*steady, 21.0]}, "failed_contacts") == [
        "The only one tested by cause in 15–21 Jul 2024 (W29) does not stand out from its own past."
    ]
    (told,) = scanned({"late delivery": [*steady, -40.0]}, "nps")
    assert "late delivery −40 where +21 was expected (concern)" in told


def test_what_cannot_be_scanned_is_left_out() -> None:
    assert scanned({"late delivery": [20.0] * 11}, "nps") == []
    assert scanned({"late delivery": [20.0] * 5}, "failed_contacts") == []
    assert scanned({"late delivery": [1.0] * 29}, "failed_contacts") == []
