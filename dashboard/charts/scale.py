"""Where ticks and labels go on an axis."""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from math import ceil, floor, log10
from operator import itemgetter

from dashboard.blocks import Trend
from etl.vocabulary import Unit

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
CLOCK_STEPS = (
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
    HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR,
)  # fmt: skip
HOUR_STEPS = (1, 2, 3, 6, 12, 24, 48, 120, 168, 336, 672)
SMALLEST = 1e-9
NEAR_ZERO = 0.4


def unit_ticks(numbers: Sequence[float], unit: Unit, *, most: int = 6) -> list[float]:
    """Ticks that enclose the numbers of a unit: whole percents, steps of a clock for seconds, counts from zero.

    Shares stay between 0 and 1; durations start at zero unless that would squeeze them into the upper part.
    """
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if unit is Unit.SHARE:
        ticks = [tick / 100 for tick in nice_ticks((low * 100, high * 100), most=most)]
        return [tick for tick in ticks if -SMALLEST <= tick <= 1 + SMALLEST]
    if unit is Unit.SECONDS:
        return _clock_ticks(max(low, 0.0), max(high, 1.0), most)
    return nice_ticks((low, high), from_zero=unit is Unit.COUNT, most=most)


def drawn_numbers(block: Trend) -> list[float]:
    """All that is drawn: values, the target, and of each line the limits or, where it has none, the intervals."""
    found = [height for height in block.targets or (block.target,) if height is not None]
    for series in block.series:
        for point in series.points:
            bounds = (point.low, point.high)
            if series.has_limits:
                bounds = (point.limits.low, point.limits.high) if point.limits else (None, None)
            found += [number for number in (point.value, *bounds) if number is not None and point.value is not None]
            found += point.probable or ()
    return found


def hour_ticks(days: float, most: int) -> range:
    """At most so many hours within the days, in steps of a clock or a calendar, from none on."""
    return range(0, int(days * 24) + 1, next((step for step in HOUR_STEPS if days * 24 / step < most), HOUR_STEPS[-1]))


def nice_ticks(extent: tuple[float, float], *, from_zero: bool = False, most: int = 6) -> list[float]:
    """At most `most` round numbers whose first and last enclose the extent."""
    low, high = (min(0.0, extent[0]), max(0.0, extent[1])) if from_zero else extent
    if high - low <= SMALLEST * max(1.0, abs(low), abs(high)):
        low, high = low - (abs(low) * 0.1 or 1.0), high + (abs(high) * 0.1 or 1.0)
    rough = (high - low) / (most - 1)
    size = 10.0 ** floor(log10(rough))
    return _enclosing(low, high, (factor * scale for scale in (size, size * 10) for factor in STEPS), most)


def spread(places: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Middles of labels of these sizes, moved as a group as little as needed so that none covers another.

    `places` are the middles wanted, ascending.
    """
    moved: list[float] = []
    for number, place in enumerate(places):
        gap = (sizes[number - 1] + sizes[number]) / 2 if number else 0.0
        moved.append(max(place, moved[-1] + gap) if moved else place)
    shift = sum(new - old for new, old in zip(moved, places, strict=True)) / len(moved) if moved else 0.0
    return [place - shift for place in moved]


def _clock_ticks(low: float, high: float, most: int) -> list[float]:
    if low < high * NEAR_ZERO:
        low = 0.0
    elif high - low < 1.0:
        return nice_ticks((low, high), most=most)
    days = (factor * scale * DAY for scale in (1.0, 10.0, 100.0, 1_000.0) for factor in (1.0, 2.0, 5.0))
    return _enclosing(low, high, chain(CLOCK_STEPS, days), most)


def _enclosing(low: float, high: float, steps: Iterable[float], most: int) -> list[float]:
    """Multiples of the first step that encloses both with at most `most` of them."""
    for step in steps:
        first, last = floor(low / step + SMALLEST), ceil(high / step - SMALLEST)
        if last - first < most:
            return [round(place * step, 10) for place in range(first, last + 1)]
    return [low, high]


def steps(block: Trend) -> tuple[tuple[int, int, float], ...]:
    """The target's line in stretches of one height: the place of the first period, of the last one, the height."""
    count = max((len(series.points) for series in block.series), default=0)
    ends = enumerate(block.targets or (block.target,) * count)
    runs = ((height, [place for place, _ in run]) for height, run in groupby(ends, key=itemgetter(1)))
    return tuple((places[0], places[-1], height) for height, places in runs if height is not None)
