"""As of which day pages open where no period is chosen: the newest, unless next to nothing still delivers then."""

from collections.abc import Sequence
from datetime import date

from etl.metrics.answer import SourceState, Where
from etl.vocabulary import Dimension

LITTLE = 0.1
"""Less of the records than this, and less of them a day, is next to nothing: a successor keeps the pace."""
MUCH = 0.5


def opening_day(sources: Sequence[SourceState], as_of: date, where: Where = ()) -> date:
    """`as_of`, or the newest day at which sources ended before and at least half of the most records were covered.

    A source covers its days to its last complete one, and to `as_of` while it delivers; a filter by source counts.
    """
    asked = dict(where).get(Dimension.SOURCE, ())
    spans = [_span(each, as_of) for each in sources if not asked or each.source in asked]
    known = [(first, last, records) for first, last, records in spans if first <= last]
    days = {as_of, *(last for _, last, _ in known)}
    covered = {day: sum(records for first, last, records in known if first <= day <= last) for day in days}
    paces = {day: sum(_pace(*span) for span in known if span[0] <= day <= span[1]) for day in days}
    most = max(covered.values())
    if covered[as_of] >= LITTLE * most or paces[as_of] >= LITTLE * max(paces.values()):
        return as_of
    return max(day for day, records in covered.items() if records >= MUCH * most)


def _span(source: SourceState, as_of: date) -> tuple[date, date, int]:
    """First and last day covered, and the records; the last lies before the first where no day is complete."""
    if source.watermark is None or source.first_day is None:
        return date.max, date.min, 0
    return source.first_day, as_of if source.is_active else source.watermark, source.records


def _pace(first: date, last: date, records: int) -> float:
    """Records a day."""
    return records / ((last - first).days + 1)
