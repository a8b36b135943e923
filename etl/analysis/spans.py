"""Any two spans of time side by side, like for like: the numbers of both, their difference, its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.analysis.compare import Comparison, together
from etl.analysis.nonresponse import capped, warnings
from etl.analysis.same_people import SamePeople, by_pairs, same_people
from etl.analysis.shared import Shared, shared
from etl.calendar import Calendar, Period, Span, like_for_like
from etl.errors import UserError
from etl.metrics.answer import Ask, Question, Row, Where
from etl.vocabulary import Grain

MARK = ".."
"""Between the first and the last day of a span that is no period: 2026-03-01..2026-03-10."""


@dataclass(frozen=True)
class Pair:
    """A metric over two spans; the verdict is adjusted for the number of metrics compared together.

    `after` and `before` are of all sources, `compared` of those that cover both spans: what the comparison is made of.
    `same` are those who answered in both; `warnings` say why a score may not stand for all who were asked.
    """

    after: Row
    before: Row
    comparison: Comparison
    compared: Shared
    same: SamePeople | None = None
    warnings: tuple[str, ...] = ()


def span_of(calendar: Calendar, text: str) -> Period:
    """A period as it is written, or any days as FIRST..LAST; a UserError when it is neither."""
    first, mark, last = text.partition(MARK)
    if not mark:
        return calendar.parse(text)
    start, end = calendar.parse(first).start, calendar.parse(last).end
    if end < start:
        raise UserError(f"{text}: the first day is after the last. Swap them.")
    return Period(Grain.DAY, f"{start}{MARK}{end}", start, end)


def comparable_days(ask: Ask, metric: str, period: Period, versus: Period, where: Where) -> tuple[Span, Span]:
    """Whole spans, or as many days of the earlier one as the later one has so far."""
    (row,) = ask(Question((metric,), start=period.start, end=period.end, where=where)).rows
    if row.through is None or row.through >= period.end:
        return (period.start, period.end), (versus.start, versus.end)
    return like_for_like(period, versus, row.through)


def side_by_side(
    ask: Ask, metrics: Sequence[str], period: Period, versus: Period, where: Where = ()
) -> tuple[Pair, ...]:
    """Each metric over both spans; an unknown metric or dimension is a UserError."""
    rows = []
    for metric in metrics:
        own, other = comparable_days(ask, metric, period, versus, where)
        rows.append((_row(ask, metric, *own, where), _row(ask, metric, *other, where)))
    return _pairs(ask, rows, where, is_curious=True)


def judged(ask: Ask, rows: Sequence[tuple[Row, Row]], where: Where) -> tuple[Pair, ...]:
    """Rows after and before, compared side by side; who answered is read only where the same people may be both."""
    return _pairs(ask, rows, where, is_curious=False)


def _pairs(ask: Ask, rows: Sequence[tuple[Row, Row]], where: Where, *, is_curious: bool) -> tuple[Pair, ...]:
    """`is_curious` asks who answered in both spans of every metric."""
    found = shared(ask, rows, where)
    people = [_people(ask, each, where) if is_curious or _may_be_same(each) else None for each in found]
    told = [warnings(ask, (each.after, each.before), (*where, *each.alike.where)) for each in found]
    compared = [
        by_pairs(each.comparison, same, (each.after.n, each.before.n)) for each, same in zip(found, people, strict=True)
    ]
    return tuple(
        Pair(*pair, capped(comparison, said), each, same, said)
        for pair, comparison, each, same, said in zip(rows, together(compared), found, people, told, strict=True)
    )


def _may_be_same(each: Shared) -> bool:
    return each.after.n == each.before.n > 0


def _people(ask: Ask, each: Shared, where: Where) -> SamePeople | None:
    after, before = ((row.start, row.end) for row in (each.after, each.before))
    return same_people(ask, each.after.metric, after, before, (*where, *each.alike.where))


def _row(ask: Ask, metric: str, start: date, end: date, where: Where) -> Row:
    (row,) = ask(Question((metric,), start=start, end=end, where=where)).rows
    return row
