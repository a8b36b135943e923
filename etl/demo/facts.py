"""The plan of planted facts: which week, month or day goes wrong where, decided before a record is made."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

import numpy as np

from etl.demo.topics import QUEUE_NAMES, QUEUES, TOPIC_CODES, TOPICS

State: TypeAlias = Literal["chronic", "relapsed", "new", "resolved"]

BASELINE_WEEKS = 13
CHRONIC_WINDOW, CHRONIC_QUIET = 13, 3
RELAPSE_BAD = 3
RELAPSE_QUIET = (12, 20)
STORM_QUEUE = QUEUE_NAMES.index("Billing")
FIX_BAD, FIX_SINCE = 26, 9
FIX_TOPIC, FIX_QUEUE = TOPIC_CODES.index("cancellation"), QUEUE_NAMES.index("E-mail Desk")
FEWEST_CONTACTS_A_WEEK = 120
FEWEST_ANSWERS_A_MONTH = 100
FEWEST_RECORDS_ON_WEEKDAYS = 14
OUTAGE_HISTORY_WEEKS = 9
OUTAGE_DAYS = 4

CELLS = (
    ("Technical Support", ("slow_internet", "no_signal", "box_setup")),
    ("Customer Care", ("tariff_change", "cancellation", "sim_activation", "delivery_late")),
    ("Web Chat", ("invoice_wrong", "payment_failed")),
)


@dataclass(frozen=True)
class Volumes:
    """Expected records: Connect contacts a week, finished answers a month, posts and evening calls a day."""

    contacts_a_week: float
    answers_a_month: float
    posts_a_day: float
    calls_a_day: float


@dataclass(frozen=True)
class Breakdown:
    """One cause at one touchpoint, bad in these weeks (their Mondays) and quiet in all others."""

    state: State
    topic: int
    queue: int
    weeks: tuple[date, ...]

    @property
    def cause(self) -> str:
        """The cause that map.csv gives to the topic."""
        return TOPICS[self.topic].cause or ""

    @property
    def touchpoint(self) -> str:
        """The touchpoint that map.csv gives to the queue."""
        return QUEUES[self.queue].touchpoint or ""


@dataclass(frozen=True)
class Fix:
    """A breakdown that was mended: bad in each week up to the day on which a plan opened, and quiet since."""

    breakdown: Breakdown
    opened: date


@dataclass(frozen=True)
class Outage:
    """A source that delivered nothing from the first to the last day."""

    source: Literal["call_center", "twcs"]
    days: tuple[date, ...]


@dataclass(frozen=True)
class Facts:
    """What is planted. `mix_month` is the first day of the last complete month, its answers are compared with
    those of the month before; `storm` is the days on which nobody picked up."""

    watermark: date
    breakdowns: tuple[Breakdown, ...] = ()
    mix_month: date | None = None
    storm: tuple[date, ...] = ()
    outage: Outage | None = None
    fix: Fix | None = None

    @property
    def all_breakdowns(self) -> tuple[Breakdown, ...]:
        """Those that stand and the one that was mended."""
        return (*self.breakdowns, *((self.fix.breakdown,) if self.fix else ()))


def planned(rng: np.random.Generator, first: date, end: date, volumes: Volumes) -> Facts:
    """The facts that fit into the days from first to end at these volumes; what cannot fit is left out."""
    watermark = end - timedelta(days=1)
    weeks = complete_weeks(first, watermark)
    has_cells = volumes.contacts_a_week >= FEWEST_CONTACTS_A_WEEK
    return Facts(
        watermark=watermark,
        breakdowns=_breakdowns(rng, weeks) if has_cells else (),
        mix_month=_mix_month(first, watermark) if volumes.answers_a_month >= FEWEST_ANSWERS_A_MONTH else None,
        storm=_storm(weeks),
        outage=_outage(rng, weeks, volumes),
        fix=_fix(weeks) if has_cells else None,
    )


def complete_weeks(first: date, watermark: date) -> tuple[date, ...]:
    """The Mondays of the ISO weeks that lie whole between the two days, both included."""
    monday = first + timedelta(days=-first.weekday() % 7)
    count = ((watermark - monday).days + 1) // 7
    return tuple(monday + timedelta(weeks=index) for index in range(max(0, count)))


def week_key(monday: date) -> str:
    """ISO year and week, such as 2026-W05."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def month_before(month: date) -> date:
    """The first day of the month before the one that begins on this day."""
    return (month - timedelta(days=1)).replace(day=1)


def _breakdowns(rng: np.random.Generator, weeks: tuple[date, ...]) -> tuple[Breakdown, ...]:
    cells = [CELLS[index] for index in rng.permutation(len(CELLS))]
    histories: list[tuple[State, tuple[date, ...]]] = [
        ("chronic", _chronic_weeks(rng, weeks)),
        ("relapsed", _relapsed_weeks(rng, weeks)),
        ("new", weeks[-1:] if len(weeks) > BASELINE_WEEKS else ()),
    ]
    return tuple(
        Breakdown(state, TOPIC_CODES.index(str(rng.choice(codes))), QUEUE_NAMES.index(queue), bad)
        for (state, bad), (queue, codes) in zip(histories, cells, strict=True)
        if bad
    )


def _chronic_weeks(rng: np.random.Generator, weeks: tuple[date, ...]) -> tuple[date, ...]:
    """All of the last 13 but three single ones; the first and the last two are bad."""
    if len(weeks) < BASELINE_WEEKS + CHRONIC_WINDOW:
        return ()
    quiet = rng.permutation((2, 4, 6, 8, 10))[:CHRONIC_QUIET]
    return tuple(week for index, week in enumerate(weeks[-CHRONIC_WINDOW:]) if index not in quiet)


def _relapsed_weeks(rng: np.random.Generator, weeks: tuple[date, ...]) -> tuple[date, ...]:
    recent = int(rng.integers(1, 3))
    room = len(weeks) - BASELINE_WEEKS - RELAPSE_BAD - recent
    if room < RELAPSE_QUIET[0]:
        return ()
    quiet = int(rng.integers(RELAPSE_QUIET[0], min(room, RELAPSE_QUIET[1]) + 1))
    first = len(weeks) - recent - quiet - RELAPSE_BAD
    return weeks[first : first + RELAPSE_BAD] + weeks[-recent:]


def _fix(weeks: tuple[date, ...]) -> Fix | None:
    """Half a year of bad weeks after a quiet quarter, mended nine weeks ago."""
    if len(weeks) < BASELINE_WEEKS + FIX_BAD + FIX_SINCE:
        return None
    bad = weeks[-FIX_BAD - FIX_SINCE : -FIX_SINCE]
    return Fix(Breakdown("resolved", FIX_TOPIC, FIX_QUEUE, bad), weeks[-FIX_SINCE])


def _mix_month(first: date, watermark: date) -> date | None:
    following = watermark + timedelta(days=1)
    month = month_before(following.replace(day=1))
    return month if month_before(month) >= first else None


def _storm(weeks: tuple[date, ...]) -> tuple[date, ...]:
    """Tuesday to Thursday six weeks back, or two in a short history."""
    back = 6 if len(weeks) >= 10 else 2
    if len(weeks) <= back:
        return ()
    return tuple(weeks[-back] + timedelta(days=offset) for offset in (1, 2, 3))


def _outage(rng: np.random.Generator, weeks: tuple[date, ...], volumes: Volumes) -> Outage | None:
    """Monday to Thursday, about 20 weeks back, or 3 in a short history; after nine weeks of the usual."""
    back = 20 + int(rng.integers(0, 5)) if len(weeks) >= 40 else 3
    if len(weeks) - back < OUTAGE_HISTORY_WEEKS:
        return None
    days = tuple(weeks[-back] + timedelta(days=offset) for offset in range(OUTAGE_DAYS))
    if volumes.calls_a_day >= FEWEST_RECORDS_ON_WEEKDAYS:
        return Outage("call_center", days)
    return Outage("twcs", days) if volumes.posts_a_day >= FEWEST_RECORDS_ON_WEEKDAYS else None
