"""How far the numbers reach: which sources feed a metric, its watermark, and what a span lacks."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from etl.calendar.clock import start_of_day
from etl.metrics.answer import Row, SourceState, Where
from etl.metrics.base import Metric
from etl.vocabulary import Dimension

PARTS = {"talk_seconds": "talk", "hold_seconds": "hold", "wrap_up_seconds": "wrap-up"}


@dataclass(frozen=True)
class Reach:
    """What can be said of a span: the last day counted, whether it is covered whole, what is missing, why it is empty.

    While days are to come, `sources` says of each active source its last complete day.
    """

    through: date | None
    is_complete: bool
    notes: tuple[str, ...]
    reason: str | None
    sources: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class Coverage:
    """The sources that feed one metric, as far as they have delivered.

    `as_of` is the newest watermark of any source. An active source holds back the metric's watermark; a stale
    one doesn't: its rows count up to its own, and later spans say that it is missing. Where rows take some days to
    mature, all watermarks lie by `maturity_days` earlier.
    """

    feeding: tuple[SourceState, ...]
    as_of: date | None
    maturity_days: int = 0

    def matured(self, days: int) -> "Coverage":
        """The same for rows that count only so many days after their own."""
        if not days:
            return self
        back = timedelta(days=days)
        feeding = tuple(
            replace(source, watermark=source.watermark and source.watermark - back) for source in self.feeding
        )
        return Coverage(feeding, self.as_of and self.as_of - back, days)

    @property
    def delivered_to(self) -> date | None:
        """The day to which the metric's sources have delivered, however old a row must be to count."""
        return self.watermark and self.watermark + timedelta(days=self.maturity_days)

    @cached_property
    def watermark(self) -> date | None:
        """The oldest watermark of the active sources; with stale ones only, the newest of any source."""
        active = [source.watermark for source in self.feeding if source.is_active and source.watermark]
        if active:
            return min(active)
        return self.as_of if any(source.watermark for source in self.feeding) else None

    @cached_property
    def first_day(self) -> date | None:
        """The first day with records of any feeding source."""
        return min((source.first_day for source in self.feeding if source.first_day), default=None)

    def has_begun(self, day: date) -> bool:
        """Whether a day is none from before the first record, of which nothing is known."""
        return self.first_day is None or self.first_day <= day

    def reach(self, start: date, end: date) -> Reach:
        """What a span from start to end, both inclusive, can say."""
        if not self.feeding:
            return Reach(None, False, (), "no source records it")
        watermark = self.watermark
        if watermark is None or watermark < start:
            return Reach(None, False, (), f"not complete before {end + timedelta(days=1 + self.maturity_days)}")
        last = min(end, watermark)
        gaps = {source.source: _gaps(source, start, last) for source in self.feeding}
        missing = [
            f"without {source.source} since {_next(source, self.maturity_days)}"
            for source in self.feeding
            if _stopped(source, end)
        ]
        missing += [f"{name}: {days} {'day' if days == 1 else 'days'} unknown" for name, days in gaps.items() if days]
        covering = [source for source in self.feeding if _days(source, start, last) > gaps[source.source]]
        if not covering:
            return Reach(None, False, (), ", ".join(missing) or "before the first delivery")
        late = [] if self.has_begun(start) else [f"nothing before {self.first_day}"]
        young = [f"{source.source}: no complete day yet" for source in self.feeding if source.watermark is None]
        through = max(min(last, source.watermark or last) for source in covering)
        notes = (*missing, *late, *young)
        return Reach(through, self.is_complete(start, end), notes, None, self._delivered(end))

    def is_complete(self, start: date, end: date) -> bool:
        """Whether a span lies between the first record and the watermark, and no source lacks a day of it."""
        if self.watermark is None or self.watermark < end or not self.has_begun(start):
            return False
        covering = [
            (last, is_active) for first, last, is_active in self._delivered_days if first <= end and start <= last
        ]
        if not covering or any(last < end and not is_active for last, is_active in covering):
            return False
        gap = bisect_left(self._gap_days, start)
        return gap == len(self._gap_days) or end < self._gap_days[gap]

    @cached_property
    def _delivered_days(self) -> list[tuple[date, date, bool]]:
        """First and last day of each source that has some, and whether it is active."""
        found = [(each.first_day, each.watermark, each.is_active) for each in self.feeding]
        return [(first, last, is_active) for first, last, is_active in found if first and last and first <= last]

    @cached_property
    def _gap_days(self) -> list[date]:
        """The days that any source left out, in order."""
        return sorted({day for source in self.feeding for day in source.gap_days})

    def _delivered(self, end: date) -> tuple[tuple[str, date], ...]:
        """How far each active source has come, where one has not come to the end of a span."""
        found = [(each.source, each.watermark) for each in self.feeding if each.is_active and each.watermark]
        is_open = any(watermark < end for _, watermark in found)
        return tuple((name, min(end, watermark)) for name, watermark in found) if is_open else ()


def _days(source: SourceState, start: date, end: date) -> int:
    """How many days of a span lie between a source's first day and its watermark."""
    if source.first_day is None or source.watermark is None:
        return 0
    return max(0, (min(end, source.watermark) - max(start, source.first_day)).days + 1)


def _gaps(source: SourceState, start: date, end: date) -> int:
    """How many of them the source left out."""
    return sum(start <= day <= end for day in source.gap_days)


def _stopped(source: SourceState, end: date) -> bool:
    """Whether a stale source ends before a span does."""
    return not source.is_active and source.watermark is not None and source.watermark < end


def _next(source: SourceState, maturity_days: int) -> date:
    return (source.watermark or date.min) + timedelta(days=1 + maturity_days)


def end_of_day(day: date, zone: str) -> datetime:
    """The instant (UTC, without a zone) at which a local day ends."""
    return start_of_day(day + timedelta(days=1), zone)


def unrecorded_parts(feeding: Collection[SourceState], durations: Collection[str]) -> tuple[str, ...]:
    """For sources that record only some of the durations that a metric adds up, which they leave out."""
    notes = []
    for source in feeding:
        lacking = [words for part, words in PARTS.items() if part in durations and part not in source.handle_parts]
        if source.handle_parts and lacking:
            notes.append(f"without {', '.join(lacking)}: {source.source}")
    return tuple(notes)


def feeding(sources: Collection[SourceState], feeds: Collection[str], where: Where) -> tuple[SourceState, ...]:
    """The states of the sources that feed a metric, narrowed to those that each filter by source names."""
    named = [values for dimension, values in where if dimension is Dimension.SOURCE]
    return tuple(
        source for source in sources if source.source in feeds and all(source.source in values for values in named)
    )


def nothing(metric: Metric, coverage: Coverage) -> Row:
    """The answer where there is no complete day at all."""
    first = coverage.first_day
    reason = f"not complete before {first + timedelta(days=1)}" if first else "no source records it"
    day = first or date.min
    return Row(metric.name, "", day, day, (), None, 0, None, None, False, reason, metric.unit.value)
