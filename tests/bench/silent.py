"""Simulated populations on two lists: does the range of silent customers hold the truth, are bad lists refused."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from etl.analysis.silent import Estimate, Refusal, by_lists, by_repeats

ODDS = ((1.0, 3.0), (3.5, 8.0), (0.05, 0.5))
ON_THIRD, CELLS = 0.1, 10
"""Chance of a customer to be on a third list, whose members in all cells show if the first two replace each other."""


@dataclass(frozen=True)
class Outcome:
    """Populations with an odds ratio of the lists in some range: what was told of them."""

    odds: tuple[float, float]
    told: int
    refused: int
    too_few: int
    held: float
    low_holds: float
    width: float

    def line(self) -> str:
        """One line of print."""
        told = (
            f"; holds the truth {100 * self.held:.1f} %, low end below it {100 * self.low_holds:.1f} %, "
            f"median high/low {self.width:.1f}"
        )
        return (
            f"odds ratio {self.odds[0]:g}-{self.odds[1]:g}: told {self.told}, refused {self.refused}, "
            f"too few on both {self.too_few}{told if self.told else ''}"
        )


def measure(populations: int, seed: int) -> Iterator[Outcome]:
    """Populations of 300 to 20,000 customers, each list with 3 to 30 % of them."""
    for place, odds in enumerate(ODDS):
        draws = np.random.default_rng([seed, place])
        told: list[tuple[float, float, int]] = []
        refused = too_few = 0
        while len(told) + refused < populations:
            found, truth = _population(draws, odds)
            if isinstance(found, Estimate):
                assert found.high is not None
                told.append((found.low, found.high, truth))
            elif "needed" in found.reason:
                too_few += 1
            else:
                refused += 1
        lows, highs, truths = (np.array(column, dtype=float) for column in zip(*told, strict=True)) if told else (
            np.ones(1), np.ones(1), np.ones(1),
        )  # fmt: skip
        yield Outcome(
            odds, len(told), refused, too_few, float(np.mean((lows <= truths) & (truths <= highs))),
            float(np.mean(lows <= truths)), float(np.median(highs / lows)),
        )  # fmt: skip


def _population(draws: np.random.Generator, odds: tuple[float, float]) -> tuple[Estimate | Refusal, int]:
    """One population: everyone is on each list by chance, the second by odds that depend on the first."""
    size = int(np.exp(draws.uniform(np.log(300), np.log(20_000))))
    one, two = np.exp(draws.uniform(np.log(0.03), np.log(0.3), 2))
    ratio = np.exp(draws.uniform(*np.log(odds)))
    given_first = two * ratio / (1 - two + two * ratio)
    chances = (one * given_first, one * (1 - given_first), (1 - one) * two, (1 - one) * (1 - two))
    both, first, second, _ = draws.multinomial(size, chances)
    members = draws.multinomial(int(size * CELLS * ON_THIRD), chances)
    exposed = int(size * draws.uniform(1, 10))
    return by_lists(int(first + both), int(second + both), int(both), exposed, [int(each) for each in members]), size


def floors(populations: int, seed: int) -> str:
    """How often the floor from repeated occasions is below the truth, with customers alike and unlike."""
    draws = np.random.default_rng([seed, 99])
    words = []
    for name, spread in (("alike", 0.0), ("unlike", 1.0)):
        below, told = 0, 0
        for _ in range(populations):
            size = int(draws.integers(300, 10_000))
            rates = draws.uniform(0.05, 0.5) * np.exp(spread * draws.standard_normal(size))
            times = draws.poisson(rates)
            found = by_repeats(int((times > 0).sum()), int((times == 1).sum()), int((times == 2).sum()), 365)
            told += isinstance(found, Estimate)
            below += isinstance(found, Estimate) and found.low <= size
        words.append(f"customers {name}: below the truth in {100 * below / max(1, told):.1f} % of {told}")
    return "floor from repeats, " + "; ".join(words)
