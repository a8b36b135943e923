"""Why it moved: mix or rate of the changes that are real, and what happened meanwhile."""

from collections.abc import Iterator

from dashboard import format, strings
from dashboard.blocks import Kpi, Section, Selection
from dashboard.findings.briefing.moved import changed
from dashboard.findings.happened import candidates
from dashboard.findings.overview import Overview
from dashboard.findings.reasons import mover, paradox
from dashboard.findings.remarks import told
from dashboard.strings import brief as words
from dashboard.strings import places
from etl.analysis.segments import segments
from etl.analysis.why import Why
from etl.analysis.why import why as explain
from etl.errors import UserError
from etl.metrics.answer import Ask
from etl.metrics.base import Metric
from etl.metrics.catalogue import METRICS
from etl.metrics.kinds import Count, Ratio
from etl.vocabulary import Unit, Verdict

MOST_EXPLAINED = 2
PARADOXICAL = ("nps", "csat")
"""Metrics of which even a change within chance is worth a word when each segment went the other way."""


def why(ask: Ask, selection: Selection, seen: Overview) -> Section | None:
    """What the largest real changes are made of; None where there is nothing to explain."""
    real = [*changed(seen, is_good=False), *changed(seen, is_good=True), *changed(seen, is_good=None)]
    sentences = list(_explained(ask, selection, seen, real))
    names = {kpi.metric for kpi in real}
    sentences += _mixed(ask, selection, seen, [kpi for kpi in seen.shown if kpi.metric not in names])
    if sentences:
        period = seen.at.period
        sentences += [note.text for note in candidates(ask, selection.where, period.start, period.end)]
    return Section(words.WHY, tuple(sentences)) if sentences else None


def _explained(ask: Ask, selection: Selection, seen: Overview, kpis: list[Kpi]) -> Iterator[str]:
    count = 0
    for kpi in kpis:
        found = _why(ask, selection, seen, kpi)
        if found is None or found.comparison.verdict is not Verdict.REAL or found.effects.mix is None:
            continue
        sentence = " ".join((_told(ask, selection, found, count), *paradox(found, METRICS[kpi.metric])))
        yield told(sentence, ask.sources)
        count += 1
        if count == MOST_EXPLAINED:
            return


def _told(ask: Ask, selection: Selection, found: Why, place: int) -> str:
    """Mix or rate in plain words, and the parts of the business that stand behind it."""
    metric, most = METRICS[found.metric], mover(found)
    unit, reasons = metric.unit, segments(ask, found, selection.where)
    size = sum(each.contribution for each in reasons) if reasons and not most.is_mix else most.size
    change, label = found.effects.change, strings.over(metric.label, found.alike.basis)
    facts = {
        "label": label, "inside": strings.inside(label), "verb": words.verb(is_up=change > 0),
        "by": found.by.value, "at": places.at(found.by, most.segment), "segment": most.segment, "fewer": most.fewer,
        "whole": format.amount(change, unit), "size": _part(size, change, unit),
        "places": strings.joined([places.contacts(each.where) for each in reasons]),
        "rest": words.NONE_OF_IT if format.change(most.rest, unit) == "0" else _part(most.rest, change, unit),
    }  # fmt: skip
    forms = words.BY_MIX if most.is_mix else _forms(metric, is_placed=bool(reasons))
    return forms[place % len(forms)].format(**facts)


def _part(size: float, whole: float, unit: Unit) -> str:
    """A part of a change; only one that goes the other way needs a sign."""
    return format.amount(size, unit) if size * whole > 0 else format.change(size, unit)


def _forms(metric: Metric, *, is_placed: bool) -> tuple[str, ...]:
    """Parts are named whose change is beyond chance; of a score, which can't be searched for them, the largest."""
    if is_placed:
        return words.BY_PART
    return words.EVERYWHERE if isinstance(metric, Count | Ratio) else words.BY_RATE


def _mixed(ask: Ask, selection: Selection, seen: Overview, kpis: list[Kpi]) -> Iterator[str]:
    """A whole that went one way although each of its segments went the other: said before anybody acts on it."""
    for kpi in kpis:
        if kpi.metric not in PARADOXICAL or kpi.value is None or kpi.change is None:
            continue
        found = _why(ask, selection, seen, kpi)
        if found and (paradoxes := paradox(found, METRICS[kpi.metric])):
            yield f"{paradoxes[0]} {words.MIX_ONLY}"


def _why(ask: Ask, selection: Selection, seen: Overview, kpi: Kpi) -> Why | None:
    """The parts of a change; None for what has none, such as a quantile."""
    if kpi.period:
        return None
    try:
        return explain(ask, kpi.metric, seen.at.period, seen.at.versus.period, None, selection.where)
    except UserError:
        return None
