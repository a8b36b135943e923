"""The company's employees and their short survey every four weeks: would they recommend it as a place to work?"""

from dataclasses import dataclass

import numpy as np

from etl.demo.customers import REGIONS
from etl.demo.season import Ints, Times

TEAMS = ("Billing", "Technical support", "Web chat", "Back office", "Social media", "Quality")
SIZES = (24, 28, 16, 14, 10, 4)
REGION_SHARES = (0.5, 0.2, 0.12, 0.1, 0.08)
ANSWERED_SHARE, AT_ONCE_SHARE = 0.72, 0.6
LONGEST_LAG_DAYS = 9
SCORES = (0.03, 0.01, 0.02, 0.03, 0.04, 0.07, 0.09, 0.17, 0.21, 0.19, 0.14)
FIRST_HOUR, LAST_HOUR = 8, 18
ROUND_DAYS = 28


@dataclass(frozen=True)
class Pulse:
    """One entry per answer, in order of time: who, in which team and region, when (local), from 0 to 10."""

    employee: Ints
    team: Ints
    region: Ints
    at: Times
    score: Ints


def make_pulse(rng: np.random.Generator, days: Times) -> Pulse:
    """All are asked every 28 days; most who answer do so at once, and one answer comes on the last day."""
    team = np.repeat(np.arange(len(TEAMS)), SIZES)
    region = rng.choice(len(REGIONS), team.size, p=REGION_SHARES)
    asked = np.repeat(np.arange(0, days.size, ROUND_DAYS), team.size)
    employee = np.tile(np.arange(team.size), asked.size // team.size)
    lag = np.minimum(rng.geometric(AT_ONCE_SHARE, asked.size) - 1, LONGEST_LAG_DAYS)
    day = np.minimum(asked + lag, days.size - 1)
    day[-1] = days.size - 1
    has_answered = rng.random(asked.size) < ANSWERED_SHARE
    has_answered[-1] = True
    kept = np.flatnonzero(has_answered)
    seconds = rng.integers(FIRST_HOUR * 3600, LAST_HOUR * 3600, kept.size)
    at = days[day[kept]].astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    score = rng.choice(len(SCORES), kept.size, p=np.array(SCORES) / sum(SCORES))
    order = np.argsort(at, kind="stable")
    who = employee[kept][order]
    return Pulse(who, team[who], region[who], at[order], score[order])
