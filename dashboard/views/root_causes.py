"""Root causes: over what and where contacts failed their customers, what changed in that, and why a score moved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dashboard import format, strings
from dashboard.blocks import Block, Control, Note, Page, Selection, Side
from dashboard.findings.board import told_by_words
from dashboard.findings.context import Moment, context_line, moment
from dashboard.findings.detractors import detractors_by_cause
from dashboard.findings.drivers import drivers_of_score
from dashboard.findings.happened import candidates
from dashboard.findings.overview import is_told
from dashboard.findings.pareto import Part, pareto, parts_of
from dashboard.findings.readings import Versus, lacking
from dashboard.findings.reasons import reasons
from dashboard.findings.remarks import answered
from dashboard.findings.remarks import told as told_of
from dashboard.findings.segments import moved_segments
from dashboard.findings.voices import voices
from dashboard.strings import causes, sentences
from etl.analysis.spans import Pair, judged
from etl.analysis.why import Why, titled, why
from etl.errors import UserError
from etl.metrics.alike import Alike
from etl.metrics.answer import Ask, Question, Row
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Dimension, Verdict

NAME = "root_causes"
TITLE = "Root causes"
ORDER = 30
ICON = "troubleshoot"
CONTROLS: tuple[Control, ...] = ("grain", "period", "versus", "where", "phrase", "label")
FAILED, RATE = METRICS["failed_contacts"], METRICS["failure_rate"]
BY = (Dimension.CAUSE, Dimension.TOUCHPOINT)
EXPLAINED: Mapping[str, Dimension | None] = MappingProxyType({"nps": None, "csat": None, RATE.name: Dimension.CAUSE})
"""Of these the first whose change is probably real is explained, else the first that can be; by a dimension of its
own, or by the one with the widest effects."""


def build(ask: Ask, selection: Selection) -> Page:
    """The page for the chosen period, else the last complete one."""
    at = moment(ask, selection)
    if at is None:
        return _page(selection, strings.NO_DATA_HEADLINE, "", (Note(strings.NO_DATA),))
    (failed, rate), (_, rate_before) = _rows(ask, selection, at, ()), _rows(ask, selection, at, (), is_before=True)
    (pair,) = judged(ask, [(rate, rate_before)], selection.where)
    context = context_line(ask, selection, at, None, is_counted=False)
    if not failed.value:
        return _page(
            selection, _none_headline(ask, failed, at), context, (_nothing(failed, rate), *_why(ask, selection, at))
        )
    split = {dimension: _parts(ask, selection, at, dimension, pair.compared.alike) for dimension in BY}
    charts = tuple(
        pareto(FAILED, dimension, parts, at.period, at.versus, selection.where)
        for dimension, parts in split.items()
        if any(part.count for part in parts)
    )
    blocks: list[Block] = [Side(charts)] if len(charts) > 1 else list(charts)
    headline = _headline(failed, rate, pair, _versus(ask, at, pair.compared.alike).words, split[Dimension.CAUSE])
    total = ask.affected(at.period.start, at.period.end, selection.where).total
    if told := told_by_words(total.told, total.contacts):
        blocks.append(Note(told))
    if pair.compared.note:
        blocks.append(Note(strings.capitalised(told_of(pair.compared.note, ask.sources))))
    blocks += [*_why(ask, selection, at), *drivers_of_score(ask, at.period, selection.where)]
    blocks += detractors_by_cause(ask, at.period, selection.where)
    blocks += voices(ask, at.period, selection.where)
    return _page(selection, headline, context, tuple(blocks))


def _page(selection: Selection, headline: str, context: str, blocks: tuple[Block, ...]) -> Page:
    return Page(NAME, TITLE, headline, context, CONTROLS, selection, blocks)


def _none_headline(ask: Ask, failed: Row, at: Moment) -> str:
    """That none failed, that this period can't tell, or that no period can."""
    if failed.value is not None:
        return causes.NOTHING_FAILED
    return sentences.no_values(at.words) if is_told(ask, RATE.name) else causes.UNTOLD


def _nothing(failed: Row, rate: Row) -> Note:
    """Why no contact is listed."""
    if failed.value is None:
        return Note(f"{sentences.no_metric_values(FAILED.label, failed.reason or strings.NO_ROW)} {causes.NO_FAILURES}")
    return Note(causes.none_failed(format.count(rate.n)))


def _rows(
    ask: Ask, selection: Selection, at: Moment, by: tuple[Dimension, ...], *, is_before: bool = False
) -> tuple[Row, ...]:
    """Failed contacts and failure rate of the period, or of the one compared with."""
    start, end = at.before if is_before else (at.period.start, at.period.end)
    return answered(ask, Question((FAILED.name, RATE.name), by, None, start, end, selection.where))


def _parts(ask: Ask, selection: Selection, at: Moment, dimension: Dimension, like: Alike) -> tuple[Part, ...]:
    """Counts of all sources; rates are compared over those that cover both periods."""
    by = (dimension,)
    after, before = (_rows(ask, selection, at, by, is_before=earlier) for earlier in (False, True))
    if not like.left_out:
        return parts_of(after, before, after, before)
    if not like.is_possible:
        return parts_of(after, before, (), ())
    chosen = replace(selection, where=(*selection.where, *like.where))
    fewer = (_rows(ask, chosen, at, by, is_before=earlier) for earlier in (False, True))
    return parts_of(after, before, *fewer)


def _versus(ask: Ask, at: Moment, like: Alike) -> Versus:
    """What the page compares with, and over what where not all sources cover both periods."""
    return replace(at.versus, words=strings.over(at.versus.words, told_of(like.basis, ask.sources)))


def _headline(failed: Row, rate: Row, pair: Pair, versus: str, parts: Sequence[Part]) -> str:
    """How many failed, over what most, and what rose."""
    change, share, comparison = "", "", pair.comparison
    if comparison.change is not None:
        verdict = strings.comparison_words(comparison.verdict, None)
        change = causes.rate_change(format.change(comparison.change, RATE.unit), versus, verdict)
    if rate.value is not None:
        share = causes.share_of_all(format.value(rate.value, RATE.unit))
    clauses = [causes.failed(format.count(failed.value), share, change, is_one=failed.value == 1)]
    assigned = [part for part in parts if part.is_assigned and part.count]
    rising = [part for part in assigned if part.is_believable and part.count > part.before]
    most = max(rising, key=lambda part: part.count - part.before, default=None)
    rise = (most.name, format.count(most.before), format.count(most.count)) if most else None
    if rise and assigned[0] is most:
        clauses.append(causes.most_and_rose(*rise))
    elif assigned:
        clauses.append(causes.most_over(assigned[0].name, format.count(assigned[0].count)))
        clauses += [causes.rose_most(*rise)] if rise else []
    return f"{'; '.join(clauses)}."


def _why(ask: Ask, selection: Selection, at: Moment) -> tuple[Block, ...]:
    """What moved a number, mix and rate apart; nothing where no change can be explained."""
    found = [each for name, by in EXPLAINED.items() if (each := _explained(ask, selection, at, name, by))]
    if not found:
        return ()
    sure = [each for each in found if each.comparison.verdict is Verdict.REAL]
    chosen = (sure or found)[0]
    happened = candidates(ask, selection.where, at.period.start, at.period.end) if sure else ()
    versus = _versus(ask, at, chosen.alike)
    told = reasons(titled(chosen, ask.sources), METRICS[chosen.metric], at.words, versus)
    return (told, *_segments(ask, selection, at, sure), *happened)


def _segments(ask: Ask, selection: Selection, at: Moment, sure: Sequence[Why]) -> tuple[Block, ...]:
    """The segments behind the first change that is probably real and that any explains."""
    for each in sure:
        where, versus = (*selection.where, *each.alike.where), _versus(ask, at, each.alike)
        if found := moved_segments(ask, each, METRICS[each.metric], at.period, versus, where):
            return found
    return ()


def _explained(ask: Ask, selection: Selection, at: Moment, name: str, by: Dimension | None) -> Why | None:
    if lacking(METRICS[name], selection.where):
        return None
    try:
        return why(ask, name, at.period, at.versus.period, by, selection.where)
    except UserError:
        return None
