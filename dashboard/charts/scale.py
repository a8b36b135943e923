"""Where ticks and labels go on an axis."""

from collections.abc import Sequence
from math import ceil, floor, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
SMALLEST = 1e-9


def nice_ticks(extent: tuple[float, float], *, from_zero: bool = False, most: int = 6) -> list[float]:
    """At most `most` round numbers whose first and last enclose the extent."""
    low, high = (min(0.0, extent[0]), max(0.0, extent[1])) if from_zero else extent
    if high - low <= SMALLEST * max(1.0, abs(low), abs(high)):
        low, high = low - (abs(low) * 0.1 or 1.0), high + (abs(high) * 0.1 or 1.0)
    rough = (high - low) / (most - 1)
    size = 10.0 ** floor(log10(rough))
    for step in (factor * scale for scale in (size, size * 10) for factor in STEPS):
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first < most:
            return [round(place * step, 10) for place in range(first, last + 1)]
    return [low, high]


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
