"""Which period a page is about, what it is compared with, and the quiet line that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard import format, strings
from dashboard.blocks import Selection
from dashboard.findings.freshness import data_through
from dashboard.findings.opening import opening_day
from dashboard.findings.readings import Versus, period_words, unfinished_words, versus
from dashboard.findings.remarks import told_where
from etl.calendar import Calendar, Period, Span, like_for_like
from etl.metrics.answer import Ask, Row, Where


@dataclass(frozen=True)
class Moment:
    """The period of a page, the one it is compared with, and through which day the data reach.

    While `period` is unfinished, `before` is the part of the other one with as many days, or all of it if shorter.
    """

    period: Period
    versus: Versus
    as_of: date
    before: Span

    @property
    def is_unfinished(self) -> bool:
        """Whether days of the period are still to come."""
        return self.period.end > self.as_of

    @property
    def days(self) -> Span:
        """The days of the period that are there."""
        return self.period.start, max(self.period.start, min(self.period.end, self.as_of))

    @property
    def words(self) -> str:
        """The period in words, with how far it is while it is unfinished."""
        words = period_words(self.period)
        if not self.is_unfinished:
            return words
        return f"{words}, {unfinished_words(self.period.start, self.period.end, self.as_of)}"


def moment(ask: Ask, selection: Selection) -> Moment | None:
    """The chosen period, else the last complete one as of the opening day, else the one that has begun.

    None while no source has a complete day; what is no period is a UserError.
    """
    as_of = ask.as_of
    if as_of is None:
        return None
    period = ask.calendar.parse(selection.period) if selection.period else _latest(ask, selection, as_of)
    other = versus(ask.calendar, period, selection)
    if period.start <= as_of < period.end:
        own, before = like_for_like(period, other.period, as_of)
        days = (before[1] - before[0]).days + 1
        if own[1] - own[0] != before[1] - before[0]:
            return Moment(period, other, as_of, before)
        other = Versus(other.period, strings.first_days(other.words, format.count(days), is_one=days == 1))
        return Moment(period, other, as_of, before)
    return Moment(period, other, as_of, (other.period.start, other.period.end))


def context_line(
    ask: Ask, selection: Selection, at: Moment, contacts: Row | None, owner: str = "", *, is_compared: bool = True,
    is_counted: bool = True,
) -> str:  # fmt: skip
    """Period, base, filters, who is on the finding, through which day the data reach, when the numbers were made."""
    period = strings.capitalised(at.words)
    parts = [strings.compared_with(period, _versus_words(at, is_counted)) if is_compared else period]
    if contacts and contacts.value is not None:
        parts.append(strings.contacts(format.count(contacts.value)))
    parts += [*filter_words(told_where(selection.where, ask.sources)), owner, _opened(ask, selection, at)]
    parts += [data_through(ask.sources), strings.published(format.instant(ask.published_at))]
    return strings.SEPARATOR.join(part for part in parts if part)


def _versus_words(at: Moment, is_counted: bool) -> str:
    """What the page is compared with; both spans where they differ in length, which counts per day make up for."""
    own, before = at.days, at.before
    if own[1] - own[0] == before[1] - before[0]:
        return at.versus.words
    return strings.side_by_side(at.versus.words, format.against(own, before), is_per_day=is_counted)


def _opened(ask: Ask, selection: Selection, at: Moment) -> str:
    """Why the page does not open on the newest period; empty where it does, and where the period was chosen."""
    day = opening_day(ask.sources, at.as_of, selection.where)
    return strings.opened(format.day(day)) if day < at.as_of and not selection.period else ""


def opens_early(ask: Ask, where: Where) -> bool:
    """Whether pages so filtered open before the newest period, as next to nothing delivers then."""
    return ask.as_of is not None and opening_day(ask.sources, ask.as_of, where) < ask.as_of


def filter_words(where: Where) -> Iterable[str]:
    """Each filter in words."""
    return [strings.only(dimension.value, values) for dimension, values in where]


def _latest(ask: Ask, selection: Selection, as_of: date) -> Period:
    """The last complete period of the opening day, or the one that has begun when the data are younger than that."""
    calendar: Calendar = ask.calendar
    day = opening_day(ask.sources, as_of, selection.where)
    period = calendar.last_complete(day, selection.grain, fiscal=selection.fiscal)
    first = min((source.first_day for source in ask.sources if source.first_day), default=None)
    if first is not None and period.end < first:
        return calendar.period_of(as_of, selection.grain, fiscal=selection.fiscal)
    return period
