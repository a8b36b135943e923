"""When things happen: volumes by day with trend, season and weekday, and times within a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Times: TypeAlias = NDArray[np.datetime64]
Flags: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

GROWTH_PER_YEAR = 0.08
WINTER_SWING = 0.12
DAILY_NOISE = 0.05
_DAY = np.timedelta64(86_400, "s")


@dataclass(frozen=True)
class Rhythm:
    """The habits of one channel: a factor for each weekday from Monday, a weight for each hour of the day."""

    weekdays: tuple[float, ...]
    first_hour: int
    hours: tuple[float, ...]


OFFICE = Rhythm((1.25, 1.12, 1.05, 1.0, 1.0, 0.55, 0.35), 8, (6, 9, 11, 10, 8, 7, 8, 9, 9, 8, 6, 4))
EVENING = Rhythm((1.15, 1.1, 1.1, 1.1, 1.0, 0.8, 0.75), 17, (5, 9, 10, 8, 5, 3))
SOCIAL = Rhythm((1.08, 1.04, 1.02, 1.0, 1.02, 0.92, 0.92), 8, (4, 5, 6, 6, 6, 5, 5, 6, 7, 8, 9, 10, 9))


def days_between(first: date, last: date) -> Times:
    """Every day from first to last, both included, as datetime64[D]."""
    return np.arange(np.datetime64(first, "D"), np.datetime64(last + timedelta(days=1), "D"))


def weekday(days: Times) -> Ints:
    """0 for Monday to 6 for Sunday; the epoch was a Thursday."""
    numbers: Ints = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
    return numbers


def load(days: Times, rhythm: Rhythm) -> Floats:
    """The expected relative volume of each day, around 1."""
    numbers = days.astype("datetime64[D]").astype(np.int64)
    winter = WINTER_SWING * np.cos(2 * np.pi * (numbers % 365.25 - 15) / 365.25)
    trend = 1 + GROWTH_PER_YEAR * (numbers - numbers[0]) / 365.25
    factors: Floats = np.asarray(rhythm.weekdays)[weekday(days)] * (1 + winter) * trend
    return factors


def starts(
    rng: np.random.Generator,
    total: int,
    days: Times,
    rhythm: Rhythm,
    closed: Sequence[date] = (),
    each_day: int = 0,
    last_day: int = 2,
) -> Times:
    """About `total` local start times in order: none on closed days, at least so many on each other and the last."""
    weights = load(days, rhythm) * rng.lognormal(0, DAILY_NOISE, days.size)
    weights[np.isin(days, np.array(closed, dtype="datetime64[D]"))] = 0
    counts = rng.multinomial(total, weights / weights.sum())
    counts = np.maximum(counts, np.where(weights > 0, each_day, 0))
    counts[-1] = max(counts[-1], last_day)
    return np.sort(within(rng, np.repeat(days, counts), rhythm))


def within(rng: np.random.Generator, days: Times, rhythm: Rhythm) -> Times:
    """A local time on each of the given days, by the channel's hours."""
    shares = np.asarray(rhythm.hours, dtype=np.float64)
    hours = rng.choice(shares.size, days.size, p=shares / shares.sum()) + rhythm.first_hour
    seconds = hours * 3600 + rng.integers(0, 3600, days.size)
    times: Times = days.astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    return times


def day_of(times: Times) -> Times:
    """The day that each local time lies on."""
    days: Times = times.astype("datetime64[D]")
    return days


def end_of(day: date) -> np.datetime64:
    """The first moment after the day."""
    return np.datetime64(day, "s") + _DAY


def monday_of(times: Times) -> Times:
    """The Monday of the ISO week that each local time lies in, as datetime64[D]."""
    days = day_of(times)
    mondays: Times = days - weekday(days).astype("timedelta64[D]")
    return mondays


def in_utc(local: Times, zone: str) -> Times:
    """Local times of the zone in UTC; an hour that occurs twice is taken as its first."""
    naive = pa.array(local.astype("datetime64[s]"))
    aware = pc.assume_timezone(naive, zone, ambiguous="earliest", nonexistent="latest")
    times: Times = aware.cast(pa.timestamp("s")).to_numpy(zero_copy_only=False)
    return times


def in_local(utc: Times, zone: str) -> Times:
    """UTC times as the zone's clocks show them."""
    aware = pa.array(utc.astype("datetime64[s]")).cast(pa.timestamp("s", "UTC")).cast(pa.timestamp("s", zone))
    times: Times = pc.local_timestamp(aware).to_numpy(zero_copy_only=False)
    return times
