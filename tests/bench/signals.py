"""Signals in simulation: how often rules, alarm and scans speak without a cause, and how soon they find one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.analysis.signals.baseline import judge
from etl.analysis.signals.cusum import Cusum
from etl.analysis.signals.fit import Levels
from etl.analysis.signals.rhythm import RHYTHMS
from etl.analysis.signals.rules import Flags, Patterns
from etl.analysis.signals.scale import counts
from etl.analysis.signals.scan import scan
from etl.vocabulary import Grain

BASELINE, JUDGED, SOON = 182, 42, 7
WEEK = np.array([1.25, 1.15, 1.1, 1.05, 1.0, 0.8, 0.65])
SEGMENTS, CHANGED, FACTOR, PERIODS = 200, 20, 2.5, 26

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Course:
    """What was raised on some series: new flags and alarms a point, and the share of series found soon, by each."""

    new_flags: float
    alarms: float
    found_by_rules: float
    found_by_alarm: float
    found: float

    def line(self, name: str) -> str:
        """One line of print."""
        return (
            f"{name}: new flags {100 * self.new_flags:.2f} % a point, alarms {100 * self.alarms:.2f} %; raised upwards "
            f"within {SOON} points: rules {100 * self.found_by_rules:.1f} %, alarm {100 * self.found_by_alarm:.1f} %, "
            f"either {100 * self.found:.1f} %"
        )


def series(
    seed: int, how_many: int, means: tuple[float, float], rise: float = 0.0, *, is_rolling: bool = False
) -> Course:
    """Daily counts of a week's pattern, variance 1.5 to 3 times the mean, against a frozen baseline of 182 days.

    `means` bound the levels, which are even in their logarithm; `rise` is in standard deviations, from the first judged
    day on. A rolling one is judged as a chart is, with a baseline that moves on and freezes in bouts.
    """
    rng = np.random.default_rng(seed)
    one = [_judged(rng, means, rise, is_rolling) for _ in range(how_many)]
    points = how_many * JUDGED
    return Course(
        sum(new for new, _, _, _ in one) / points,
        sum(alarms for _, alarms, _, _ in one) / points,
        sum(rules for _, _, rules, _ in one) / how_many,
        sum(alarm for _, _, _, alarm in one) / how_many,
        sum(rules or alarm for _, _, rules, alarm in one) / how_many,
    )


def _judged(
    rng: np.random.Generator, means: tuple[float, float], rise: float, is_rolling: bool
) -> tuple[int, int, bool, bool]:
    """One series: new flags, alarms, whether the rules and whether the alarm pointed upwards soon."""
    days = np.arange(BASELINE + JUDGED) % 7
    mean = np.exp(rng.uniform(*np.log(means))) * WEEK[days] / WEEK.mean()
    ratio = rng.uniform(1.5, 3)
    mean[BASELINE:] += rise * np.sqrt(mean[BASELINE:] * ratio)
    course = Levels(counts(_drawn(rng, mean, ratio), np.ones(len(days))), days)
    flags, alarms = _charted(course) if is_rolling else _frozen(course)
    new = sum(bool(now) and not before for before, now in zip([(), *flags], flags, strict=False))
    is_up = any(direction == 1 for found in flags[:SOON] for _, direction in found)
    return new, sum(map(abs, alarms)), is_up, 1 in alarms[:SOON]


def _frozen(course: Levels) -> tuple[list[Flags], list[int]]:
    """Flags and alarms of the judged days against limits of the first 182."""
    fit, patterns, cusum = course.fit(range(BASELINE)), Patterns(), Cusum()
    assert fit is not None
    away = [
        (float(course.y[place]) - expected.centre, expected)
        for place in range(BASELINE, len(course.y))
        if (expected := fit.expected(place))
    ]
    flags = [patterns.step(distance / expected.reach) for distance, expected in away]
    return flags, [cusum.step(distance / expected.deviation) for distance, expected in away]


def _charted(course: Levels) -> tuple[list[Flags], list[int]]:
    """Flags and alarms of the judged days as a chart has them."""
    periods = judge(course, RHYTHMS[Grain.DAY]).periods[BASELINE:]
    return [period.flags for period in periods], [period.alarm for period in periods]


@dataclass(frozen=True)
class Scans:
    """What scans of many segments raised: the mean share of false ones, of changed ones found, of scans that raised."""

    false_share: float
    found: float
    raised: float


def scans(seed: int, how_many: int, changed: int) -> Scans:
    """Scans of 200 segments of mean 3 to 50, variance 1.5 to 3 times the mean, some of them 2.5 times as high."""
    each = np.array(list(_scans(np.random.default_rng(seed), how_many, changed)))
    false, true = each.T
    raised = false + true
    return Scans(
        float(np.mean(false / np.maximum(raised, 1))), float(true.mean() / max(changed, 1)), float(np.mean(raised > 0))
    )


def _scans(rng: np.random.Generator, how_many: int, changed: int) -> Iterator[tuple[int, int]]:
    """Of each scan how many segments were raised falsely and rightly."""
    for _ in range(how_many):
        mean, ratio = rng.uniform(3, 50, SEGMENTS), rng.uniform(1.5, 3, SEGMENTS)
        baseline = _drawn(rng, np.repeat(mean[:, None], PERIODS, axis=1), ratio[:, None])
        mean[:changed] *= FACTOR
        named = scan(baseline, np.ones_like(baseline), _drawn(rng, mean, ratio), np.ones(SEGMENTS)).stands_out
        yield int(named[changed:].sum()), int(named[:changed].sum())


def _drawn(rng: np.random.Generator, mean: Array, ratio: Array | float) -> Array:
    """Negative binomial counts whose variance is `ratio` times their mean."""
    return rng.negative_binomial(mean / (ratio - 1), 1 / np.asarray(ratio)).astype(float)
