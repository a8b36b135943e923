"""Journeys: the worst runarounds, how customers went from channel to channel, what went public, whom to call today."""

from collections.abc import Sequence

from dashboard import format, strings
from dashboard.blocks import Block, Control, Note, Page, Selection
from dashboard.findings import journeys as findings
from dashboard.findings.context import Moment, context_line, moment
from dashboard.findings.overview import is_told
from dashboard.findings.readings import length, period_words
from dashboard.strings import journeys as words
from etl.analysis.exceptions import Exceptional, exceptions
from etl.calendar import Period
from etl.metrics.answer import Ask
from etl.metrics.chains import RUNAROUND_WORDS
from etl.metrics.ways import Journey, Outcry

NAME = "journeys"
TITLE = "Journeys"
ORDER = 45
ICON = "route"
CONTROLS: tuple[Control, ...] = ("grain", "period", "where")
INDEX = "runaround_p50"
MOST_BACK = 3


def build(ask: Ask, selection: Selection) -> Page:
    """The page for the chosen period, else the last complete one; calls are of the newest day, whatever the period."""
    at = moment(ask, selection)
    if at is None:
        return _page(selection, strings.NO_DATA_HEADLINE, "", (Note(strings.NO_DATA),))
    context = context_line(ask, selection, at, None, is_compared=False)
    if not is_told(ask, "contacts"):
        return _page(selection, words.UNTOLD, context, ())
    (start, end), where = at.days, selection.where
    period, worst = _told(ask, selection, at)
    steps = ask.journeys.steps(start, end, where)
    outcries = ask.journeys.outcries(start, end, where)
    due = exceptions(ask, at.as_of, where)
    blocks: list[Block] = [findings.calls(due, at.as_of) if due else Note(words.NOTHING_OPEN)]
    weights = RUNAROUND_WORDS.format(**ask.parameters(INDEX))
    if sent := findings.sent_around(worst):
        blocks.append(findings.timelines(sent, weights, period_words(period)))
    else:
        blocks.append(Note(words.NOBODY_SENT if worst else words.NO_WAYS))
    blocks += [findings.ways(steps)] if steps else []
    blocks += [findings.public(outcries)] if outcries else []
    of = period_words(period) if period != at.period else strings.this(length(period))
    return _page(selection, _headline(worst, due, outcries, of), context, tuple(blocks))


def _told(ask: Ask, selection: Selection, at: Moment) -> tuple[Period, tuple[Journey, ...]]:
    """The worst journeys of the period; where none is a week old and no period was chosen, those of an earlier one."""
    period = at.period
    for _ in range(1 if selection.period else MOST_BACK):
        if worst := ask.journeys.worst(period, selection.where):
            return period, worst
        period = ask.calendar.shift(period, -1)
    return at.period, ()


def _page(selection: Selection, headline: str, context: str, blocks: tuple[Block, ...]) -> Page:
    return Page(NAME, TITLE, headline, context, CONTROLS, selection, blocks)


def _headline(worst: tuple[Journey, ...], due: tuple[Exceptional, ...], outcries: Sequence[Outcry], of: str) -> str:
    """The worst runaround, whom to call and what went public."""
    told, contacts = words.none_worst(of), ""
    if worst and not findings.sent_around(worst):
        told = words.none_sent(of)
    elif worst:
        stops = worst[0].stops
        told = words.worst(format.count(worst[0].index), of)
        channels = strings.joined(sorted({stop.channel for stop in stops}))
        contacts = words.worst_contacts(format.count(len(stops)), channels, is_one=len(stops) == 1)
    calls = words.calls(format.count(len(due)), is_one=len(due) == 1)
    return words.headline(
        told, contacts, calls, words.went_public(format.count(len(outcries)), is_one=len(outcries) == 1)
    )
