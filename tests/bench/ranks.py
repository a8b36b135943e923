"""Rank intervals in simulated leagues: how often they hold the true rank, name a wrong one, and name the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from etl.analysis.ranking import Entry, rank
from etl.metrics.intervals import OVERDISPERSION_WEEKS, overdispersion

SIZES = (20, 50)
MEANS = (5.0, 20.0, 100.0)
SPREADS = (0.05, 0.2, 0.6)
DISPERSIONS = (1.0, 1.5, 2.0)
HARM_ERRORS = (0.0, 0.15)
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """What leagues are drawn from: rows, mean count, spread of true logarithms, variance over mean, error of harm."""

    rows: int
    mean: float
    spread: float
    dispersion: float
    harm_error: float


@dataclass(frozen=True)
class Outcome:
    """Over the leagues of one setting: rows whose interval holds their rank, wrong names, named firsts, as shares."""

    setting: Setting
    leagues: int
    covered: float
    wrong: float
    first: float

    def line(self) -> str:
        """One line of print."""
        drawn = self.setting
        return (
            f"{drawn.rows} rows, mean {drawn.mean:g}, spread {drawn.spread:g}, variance {drawn.dispersion:g} x mean, "
            f"harm ± {drawn.harm_error:.0%}: covered {100 * self.covered:.1f} %, wrong names {100 * self.wrong:.1f} %, "
            f"first named {100 * self.first:.1f} %"
        )


def measure(leagues: int, seed: int) -> Iterator[Outcome]:
    """Every combination of size, mean, spread, dispersion and error of harm."""
    for number, drawn in enumerate(product(SIZES, MEANS, SPREADS, DISPERSIONS, HARM_ERRORS)):
        yield simulated(Setting(*drawn), leagues, seed + 1_000 * number)


def simulated(setting: Setting, leagues: int, seed: int) -> Outcome:
    """Leagues of one setting; the same seed draws the same ones."""
    draws = np.random.default_rng(seed)
    told = [_league(setting, draws) for _ in range(leagues)]
    return Outcome(setting, leagues, *(float(np.mean(column)) for column in zip(*told, strict=True)))


def _league(setting: Setting, draws: np.random.Generator) -> tuple[float, bool, bool]:
    """Covered rows as a share, whether a named rank is wrong, whether the first is named.

    As in the product, the over-dispersion is taken from the weeks before, and harm is known within its error.
    """
    rate = setting.mean * np.exp(setting.spread * draws.standard_normal(setting.rows))
    weeks = _counts(np.tile(rate, (OVERDISPERSION_WEEKS, 1)), setting.dispersion, draws)
    phi = float(np.mean([overdispersion([int(count) for count in week]) for week in weeks.T]))
    found = _counts(rate, setting.dispersion, draws)
    harm = np.exp(setting.harm_error * draws.standard_normal(setting.rows))
    entries = [Entry(int(x), 1.0, float(h), setting.harm_error * float(h)) for x, h in zip(found, harm, strict=True)]
    true = np.empty(setting.rows, dtype=int)
    true[np.argsort(-rate)] = np.arange(1, setting.rows + 1)
    ranked = rank(entries, phi)
    covered = [row.low <= true[row.place] <= row.high for row in ranked]
    wrong = any(row.is_named and true[row.place] != row.rank for row in ranked)
    return float(np.mean(covered)), wrong, ranked[0].is_named


def _counts(means: Numbers, dispersion: float, draws: np.random.Generator) -> NDArray[np.int64]:
    """Counts of these means whose variance is `dispersion` times as much."""
    if dispersion == 1:
        return draws.poisson(means)
    return draws.negative_binomial(means / (dispersion - 1), 1 / dispersion)


def summary(outcomes: list[Outcome]) -> str:
    """What the goals are about."""
    covered = np.mean([outcome.covered for outcome in outcomes])
    wrong = np.average([outcome.wrong for outcome in outcomes], weights=[outcome.leagues for outcome in outcomes])
    wide = [one for one in outcomes if one.setting.mean == max(MEANS) and one.setting.spread == max(SPREADS)]
    firsts = [np.mean([one.first for one in wide if one.setting.harm_error == error]) for error in HARM_ERRORS]
    held = f"covered {100 * covered:.1f} % (least {100 * min(one.covered for one in outcomes):.1f} %)"
    names = f"wrong names in {100 * wrong:.2f} % of leagues (most {100 * max(one.wrong for one in outcomes):.1f} %)"
    first = f"first named in {100 * firsts[0]:.1f} % ({100 * firsts[1]:.1f} % where harm is unsure)"
    return f"all: {held}, {names}; at mean {max(MEANS):g}, spread {max(SPREADS):g} {first}"
