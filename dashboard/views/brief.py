"""Brief: the period in words, as one would tell it an executive: what moved, why, who was hit, what became of it."""

from dashboard import strings
from dashboard.blocks import Control, Note, Page, Section, Selection
from dashboard.findings.briefing.write import brief
from dashboard.findings.context import context_line, moment
from etl.metrics.answer import Ask

NAME = "brief"
TITLE = "Brief"
ORDER = 15
ICON = "article"
CONTROLS: tuple[Control, ...] = ("grain", "period", "where")


def build(ask: Ask, selection: Selection) -> Page:
    """The brief of the chosen period, else of the last complete one, else of the one that has just begun."""
    at = moment(ask, selection)
    if at is None:
        return _page(selection, strings.NO_DATA_HEADLINE, "", (Note(strings.NO_DATA),))
    told = brief(ask, selection, at)
    context = context_line(ask, selection, at, told.seen.found.get(("contacts", at.period.key)))
    return _page(selection, told.headline, context, told.sections)


def _page(selection: Selection, headline: str, context: str, blocks: tuple[Note | Section, ...]) -> Page:
    return Page(NAME, TITLE, headline, context, CONTROLS, selection, blocks)
