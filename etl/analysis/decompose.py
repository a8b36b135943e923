"""Mix and rate: how much of a change comes from who is counted, how much from what happened to them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """One segment's part in a change, in the metric's unit.

    `before` and `after` are its rates, None without a base; `mix` and `rate` add up to `contribution` and are None for
    plain counts, which have no rate.
    """

    name: str
    before: float | None
    after: float | None
    n_before: float
    n_after: float
    mix: float | None
    rate: float | None
    contribution: float


@dataclass(frozen=True)
class Decomposition:
    """A change and its parts: the segments' contributions, largest first, add up to it; mix and rate over all."""

    before: float
    after: float
    mix: float | None
    rate: float | None
    segments: tuple[Segment, ...]

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before

    @property
    def is_paradox(self) -> bool:
        """Simpson's: each segment that was there before and after went the other way than the whole."""
        rates = [each.rate for each in self.segments if each.before is not None and each.after is not None]
        return (
            len(rates) > 1 and bool(self.change) and all(each is not None and each * self.change < 0 for each in rates)
        )


def decompose(before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]]) -> Decomposition:
    """The change of R = sum of w·r from segment -> (sum above the line, base) on either side.

    Source: definitions, Decomposition; a segment that is new or gone takes its missing rate from the other side, and
    what stands above the line without a base has no rate and is left out.
    Raises ValueError where a side has no base at all.
    """
    totals = [sum(top for top, base in side.values() if base) for side in (before, after)]
    bases = [sum(base for _, base in side.values()) for side in (before, after)]
    if not all(bases):
        raise ValueError("a side without a base has no rate; expected a base on both")
    whole = totals[0] / bases[0], totals[1] / bases[1]
    middle = (whole[0] + whole[1]) / 2
    segments = []
    for name in sorted({*before, *after}):
        (top0, n0), (top1, n1) = before.get(name, (0.0, 0.0)), after.get(name, (0.0, 0.0))
        if not n0 and not n1:
            continue
        rate0 = top0 / n0 if n0 else top1 / n1
        rate1 = top1 / n1 if n1 else rate0
        weight0, weight1 = n0 / bases[0], n1 / bases[1]
        mix = (weight1 - weight0) * ((rate0 + rate1) / 2 - middle)
        rate = (rate1 - rate0) * (weight0 + weight1) / 2
        shown = (rate0 if n0 else None, rate1 if n1 else None)
        segments.append(Segment(name, *shown, n0, n1, mix, rate, mix + rate))
    mix = sum(segment.mix or 0.0 for segment in segments)
    rate = sum(segment.rate or 0.0 for segment in segments)
    return Decomposition(*whole, mix, rate, _by_size(segments))


def of_counts(before: Mapping[str, float], after: Mapping[str, float]) -> Decomposition:
    """The change of a plain count from segment -> count on either side."""
    segments = []
    for name in sorted({*before, *after}):
        counts = before.get(name, 0.0), after.get(name, 0.0)
        segments.append(Segment(name, *counts, *counts, None, None, counts[1] - counts[0]))
    return Decomposition(sum(before.values()), sum(after.values()), None, None, _by_size(segments))


def spread(effects: Decomposition) -> float:
    """From the most negative to the most positive single effect, mix and rate apart."""
    single = [effect for segment in effects.segments for effect in (segment.mix, segment.rate) if effect is not None]
    single = single or [segment.contribution for segment in effects.segments]
    return max(single, default=0.0) - min(single, default=0.0)


def _by_size(segments: list[Segment]) -> tuple[Segment, ...]:
    return tuple(sorted(segments, key=lambda segment: (-abs(segment.contribution), segment.name)))
