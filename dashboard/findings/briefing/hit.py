"""Who was hit: how many customers a period failed, by what, and whether some were hit harder than the rest."""

from dashboard import format, strings
from dashboard.blocks import Section, Selection
from dashboard.findings.context import Moment
from dashboard.findings.costs import name_of
from dashboard.findings.overview import is_told
from dashboard.findings.readings import drill
from dashboard.findings.remarks import told
from dashboard.strings import brief as words
from dashboard.strings import brief_outcomes as outcomes
from dashboard.strings import places
from dashboard.strings.causes import UNTOLD
from etl.analysis.breakdowns import Leaderboard
from etl.analysis.compare import difference, is_per_day
from etl.analysis.shared import shared
from etl.calendar import Span
from etl.metrics.answer import Ask, Question, Row, Where
from etl.vocabulary import UNASSIGNED, UNKNOWN, Dimension, Grain, Unit, Verdict

AFFECTED, CUSTOMERS, RATE = "affected_customers", "customers", "failure_rate"
GROUPS = (Dimension.PRODUCT, Dimension.REGION, Dimension.SEGMENT)
MOST_CAUSES = 3


def hit(ask: Ask, selection: Selection, at: Moment, board: Leaderboard) -> Section:
    """Customers, the causes that most of them were failed by, and the segment that was hit hardest."""
    failed = _row(ask, AFFECTED, at.days, selection.where)
    if not failed.value:
        return Section(words.HIT, (_nothing(ask),))
    sentences = [_failed(ask, selection, at, failed)]
    if causes := _causes(board):
        sentences.append(outcomes.mostly(causes))
    sentences += [*_silent(board), *_hardest(ask, selection, at)]
    total = board.total
    if total.customers:
        sentences.append(outcomes.known(format.value(total.linked / total.customers, Unit.SHARE)))
    behind = drill(failed, at.period, selection.where)
    return Section(words.HIT, tuple(sentences), ((strings.capitalised(words.HIT), behind),) if behind else ())


def line(ask: Ask, selection: Selection, at: Moment) -> str:
    """The same in one sentence."""
    failed = _row(ask, AFFECTED, at.days, selection.where)
    return _failed(ask, selection, at, failed) if failed.value else _nothing(ask)


def are_failures_told(ask: Ask) -> bool:
    """Whether any source records what failures are made of; without one, none is no good news."""
    return is_told(ask, RATE)


def _nothing(ask: Ask) -> str:
    return outcomes.NOTHING_HIT if are_failures_told(ask) else UNTOLD


def _failed(ask: Ask, selection: Selection, at: Moment, failed: Row) -> str:
    there = _row(ask, CUSTOMERS, at.days, selection.where)
    share = format.value(failed.value / there.value, Unit.SHARE) if failed.value and there.value else ""
    change = _change(ask, failed, _row(ask, AFFECTED, at.before, selection.where), at, selection.where)
    return outcomes.failed(format.count(failed.value), share, change, is_one=failed.value == 1)


def _change(ask: Ask, failed: Row, before: Row, at: Moment, where: Where) -> str:
    """What it was before, or how much it changed a day where the periods differ in length, and the verdict.

    Over the sources that cover both periods, which is said where others do not.
    """
    (found,) = shared(ask, [(failed, before)], where)
    compared, basis = found.comparison, told(found.alike.basis, ask.sources)
    if compared.relative is None or compared.verdict is None:
        return ""
    verdict = outcomes.VERDICTS[compared.verdict]
    if is_per_day(found.after, found.before):
        change = format.value(abs(compared.relative), Unit.SHARE)
        versus = strings.over(at.versus.words, basis)
        return outcomes.failed_per_day(change, versus, verdict, is_more=compared.relative > 0)
    is_day = at.period.grain is Grain.DAY
    now, then = (format.count(row.value) for row in (found.after, found.before))
    after = outcomes.failed_before(then, at.versus.words, verdict, is_day=is_day)
    return outcomes.failed_over(basis, now, after) if basis else after


def _causes(board: Leaderboard) -> list[str]:
    """The causes with most customers failed over all their touchpoints."""
    sums: dict[str, int] = {}
    for row in board.rows:
        sums[row.cell.cause] = sums.get(row.cell.cause, 0) + row.affected
    largest = sorted(sums, key=lambda cause: (-sums[cause], cause))[:MOST_CAUSES]
    return [outcomes.by_cause(cause, format.count(sums[cause])) for cause in largest if sums[cause]]


def _silent(board: Leaderboard) -> list[str]:
    """The range of the worst breakdown for which one can be told."""
    ranked = [row for row in board.rows if row.rank is not None and row.affected]
    found = next((row for row in ranked if row.cost.affected), None)
    if found is None or (reach := found.cost.affected) is None:
        return []
    high = "" if reach.high is None else format.count(reach.high)
    seen = format.count(reach.seen)
    return [] if seen in (high, "") else [outcomes.silent(name_of(found), seen, format.count(reach.low), high)]


def _hardest(ask: Ask, selection: Selection, at: Moment) -> list[str]:
    """The segment whose failure rate surely lies above that of all, or that there is none."""
    whole = _row(ask, RATE, at.days, selection.where)
    dimensions = [each for each in GROUPS if len(ask.dimension_values.get(each, ())) > 1]
    if whole.value is None or not dimensions:
        return []
    rows = [
        row
        for dimension in dimensions
        for row in ask(Question((RATE,), (dimension,), None, *at.days, selection.where)).rows
        if row.value is not None and row.group[0][1] not in (UNKNOWN, UNASSIGNED)
    ]
    worse = [row for row in rows if (row.value or 0) > whole.value and difference(row, whole).verdict is Verdict.REAL]
    if not worse:
        return [outcomes.even([dimension.value for dimension in dimensions])] if rows else []
    row = max(worse, key=lambda found: found.value or 0.0)
    rate, of_all = (format.value(each.value, Unit.SHARE) for each in (row, whole))
    return [outcomes.hardest(places.contacts(dict(row.group)), rate, strings.base(format.count(row.n)), of_all)]


def _row(ask: Ask, metric: str, days: Span, where: Where) -> Row:
    start, end = days
    (row,) = ask(Question((metric,), (), None, start, end, where)).rows
    return row
