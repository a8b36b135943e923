"""Which sources two spans of days can be compared over: those that cover both; why each other one is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from etl.calendar import Span
from etl.metrics.answer import SourceState, Where
from etl.metrics.coverage import Coverage
from etl.vocabulary import Dimension

LEAST = 0.95
"""A source covers a span if it knows so much of the days that any source knows there; a count needs all of them."""
MOST_NAMED = 2
NONE_COVERS = "not comparable: no source covers both periods"


@dataclass(frozen=True)
class Alike:
    """The sources that cover both spans and, of the others that feed either, why they are left out.

    `unknown` counts the days inside the spans that no source knows, where that forbids to compare a count.
    """

    sources: tuple[str, ...] = ()
    left_out: Mapping[str, str] | None = None
    unknown: int = 0

    @property
    def is_possible(self) -> bool:
        """Whether there is anything to compare."""
        return not self.unknown and bool(self.sources or not self.left_out)

    @property
    def where(self) -> Where:
        """The filter to the sources compared; empty where none is left out, and where none can be compared."""
        return ((Dimension.SOURCE, self.sources),) if self.left_out and self.is_possible else ()

    @property
    def basis(self) -> str:
        """What is compared, in short: `without chats`, `over calls only`; empty where it is all."""
        left_out = tuple(self.left_out or ())
        if not (left_out and self.is_possible):
            return ""
        if len(left_out) <= MOST_NAMED:
            return f"without {' and '.join(left_out)}"
        if len(self.sources) <= MOST_NAMED:
            return f"over {' and '.join(self.sources)} only"
        return f"without {len(left_out)} sources"

    @property
    def note(self) -> str:
        """What to say beside the comparison; empty where nothing is left out."""
        if self.unknown:
            return f"not comparable: {self.unknown} {'day' if self.unknown == 1 else 'days'} unknown"
        if not self.left_out:
            return ""
        if not self.sources:
            return NONE_COVERS
        if len(self.left_out) > MOST_NAMED:
            return f"compared {self.basis}; {len(self.left_out)} sources do not cover both periods"
        return f"compared without {' and '.join(f'{source} ({why})' for source, why in self.left_out.items())}"


def alike(coverage: Coverage, after: Span, before: Span, *, is_count: bool) -> Alike:
    """What can be compared of a metric over two spans, both with their last days, as far as they are counted.

    A day that no source knows, and one before all of them began or after all ended, is held against none of them: a
    source alone is always compared with itself. Of a count an unknown day inside a span leaves nothing to compare.
    """
    spans = [(start, min(end, coverage.watermark or end)) for start, end in (after, before)]
    fed = [source for source in coverage.feeding if any(_known(source, *span) for span in spans)]
    known = [{source.source: _known(source, *span) for source in fed} for span in spans]
    all_known = [set[int]().union(*days.values()) for days in known]
    least = [(1.0 if is_count else LEAST) * len(days) for days in all_known]
    covering = tuple(
        source.source
        for source in fed
        if all(days[source.source] and len(days[source.source]) >= few for days, few in zip(known, least, strict=True))
    )
    left_out = {each.source: _why(each, spans, coverage) for each in fed if each.source not in covering}
    unknown = sum(max(days) - min(days) + 1 - len(days) for days in all_known if days) if is_count else 0
    return Alike(covering, left_out, unknown)


def _known(source: SourceState, start: date, end: date) -> set[int]:
    """The days of a span, as ordinals, between a source's first day and its watermark without those it left out."""
    if source.first_day is None or source.watermark is None:
        return set()
    days = range(max(start, source.first_day).toordinal(), min(end, source.watermark).toordinal() + 1)
    return set(days).difference(day.toordinal() for day in source.gap_days)


def _why(source: SourceState, spans: Sequence[Span], coverage: Coverage) -> str:
    """What a source lacks: all after its end, all before its beginning, or days in between."""
    last = max(end for _, end in spans)
    if source.watermark and source.watermark < last:
        return f"nothing since {source.watermark + timedelta(days=1 + coverage.maturity_days)}"
    if source.first_day and source.first_day > min(start for start, _ in spans):
        return f"begins {source.first_day}"
    days = sum(start <= day <= end for start, end in spans for day in source.gap_days)
    return f"{days} {'day' if days == 1 else 'days'} unknown"
