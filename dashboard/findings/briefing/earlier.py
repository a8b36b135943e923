"""What the brief before said, worked out again as of its own last day, and whether it held."""

from collections.abc import Iterator, Sequence

from dashboard import format, strings
from dashboard.blocks import Kpi, Section
from dashboard.findings.briefing.moved import changed
from dashboard.findings.costs import customers, name_of
from dashboard.findings.overview import Overview
from dashboard.findings.readings import length
from dashboard.strings import brief as words
from dashboard.strings import brief_outcomes as outcomes
from etl.analysis.breakdowns import Leaderboard
from etl.analysis.shared import shared
from etl.metrics.answer import Ask, Row, Where
from etl.metrics.restatement import Restatement
from etl.vocabulary import State, Verdict

MOST_CLAIMS = 3
MOST_NAMED = 2


def earlier(ask: Ask, now: Overview, then: Overview, board: Leaderboard, before: Leaderboard, where: Where) -> Section:
    """The changes that it called real and the breakdowns that it named worst, each with what became of it."""
    claims = [*changed(then, is_good=False), *changed(then, is_good=True)]
    claims = [kpi for kpi in claims if not kpi.period][:MOST_CLAIMS]
    sentences = [*_changes(ask, now, then, claims, where), *_breakdowns(board, before)]
    return Section(words.SAID, tuple(sentences) or (outcomes.NOTHING_SAID,))


def _changes(ask: Ask, now: Overview, then: Overview, claims: Sequence[Kpi], where: Where) -> Iterator[str]:
    period, base = then.at.period, then.at.versus.period
    known = _restated(ask, then, [kpi.metric for kpi in claims])
    for kpi in claims:
        after, claimed, origin = (
            now.found.get((kpi.metric, now.at.period.key)),
            then.found.get((kpi.metric, period.key)),
            then.found.get((kpi.metric, base.key)),
        )
        value = format.value(kpi.value, kpi.unit)
        if (restated := known.get(kpi.metric)) and restated.then.value is not None:
            value = outcomes.corrected(format.value(restated.then.value, kpi.unit), value)
        outcome = _outcome(ask, kpi.change or 0.0, after, claimed, origin, where)
        form = outcomes.HELD[bool(kpi.is_good)] if outcome == "held" else outcomes.OUTCOMES[outcome]
        this = strings.this(length(now.at.period))
        told = form.format(now=format.value(after.value if after else None, kpi.unit), this=this)
        yield outcomes.said(strings.inside(kpi.label), words.verb(is_up=(kpi.change or 0) > 0), value, told)


def _outcome(ask: Ask, size: float, after: Row | None, claimed: Row | None, origin: Row | None, where: Where) -> str:
    """Whether a change still stands against where it started, has turned round, or can't be told from chance.

    It is "unlike" where the sources that cover the periods do not suffice to compare them.
    """
    if after is None or claimed is None or origin is None or after.value is None:
        return "unknown"
    found = shared(ask, [(after, claimed), (after, origin)], where)
    if any(each.note and each.comparison.change is None for each in found):
        return "unlike"
    since, whole = (each.comparison for each in found)
    if whole.verdict is Verdict.REAL and (whole.change or 0.0) * size > 0:
        return "held"
    return "back" if since.verdict is Verdict.REAL and (since.change or 0.0) * size < 0 else "faded"


def _restated(ask: Ask, then: Overview, names: Sequence[str]) -> dict[str, Restatement]:
    """Of those metrics what was first reported of the period, where that is another number now as printed."""
    period = then.at.period
    if not names or period.is_fiscal:
        return {}
    return {each.metric: each for each in ask.restated(tuple(names), period.grain, period.start, period.end)}


def _breakdowns(board: Leaderboard, before: Leaderboard) -> Iterator[str]:
    now = {row.cell: row for row in board.rows}
    for row in [row for row in before.rows if row.rank is not None][:MOST_NAMED]:
        if not row.affected:
            continue
        state = now[row.cell].standing.state if row.cell in now else State.NONE
        yield outcomes.said_broken(name_of(row), customers(row.affected), outcomes.FATES[state])
