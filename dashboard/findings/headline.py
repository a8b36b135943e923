"""The finding of a page in a sentence: the believable change that is most unusual, else that nothing moved."""

from collections.abc import Sequence
from statistics import median

from dashboard import format, strings
from dashboard.blocks import Kpi
from dashboard.findings.movers import Move
from dashboard.strings import sentences
from etl.vocabulary import Goodness, Verdict

USUAL_MOVES = 4
MOST_NAMED = 3


def leading(kpis: Sequence[Kpi]) -> Kpi | None:
    """The believable change that exceeds its metric's usual step from period to period the most.

    Metrics with a good and a bad direction go before neutral ones; ties fall to the order given.
    """
    return next(iter(by_weight([kpi for kpi in kpis if kpi.is_believable])), None)


def by_weight(kpis: Sequence[Kpi]) -> list[Kpi]:
    """Changes by how much they exceed their metric's usual step, those with a good and a bad direction first."""
    return sorted(kpis, key=lambda kpi: (kpi.is_good is None, -_times_usual(kpi)))


def headline(
    kpis: Sequence[Kpi], period: str, versus: str, strongest: Move | None = None, moves: Sequence[Move] = ()
) -> str:
    """The finding over the KPIs that have a value, with its unit, its size and where it is strongest.

    When the whole stood still, the first of the believable `moves` of segments is told instead.
    """
    shown = [kpi for kpi in kpis if kpi.value is not None]
    if not shown and len(kpis) == 1:
        return sentences.no_value_in(kpis[0].label, period, kpis[0].reason or strings.NO_ROW)
    if not shown:
        return sentences.no_values(period)
    lead = leading(shown)
    if lead is None and moves:
        return _in_segment(moves[0], versus)
    if lead is None:
        values = [_standing(kpi) for kpi in _directed(shown)[:MOST_NAMED]]
        if any(is_tested(kpi) for kpi in shown if kpi.goodness is not Goodness.NEUTRAL or len(shown) == 1):
            return sentences.nothing_moved(versus, values)
        return sentences.not_compared(period, values, versus)
    clauses = [_lead_clause(lead, versus, strongest), *_others(shown, lead)]
    return f"{'; '.join(clauses)}."


def _in_segment(move: Move, versus: str) -> str:
    unit = move.metric.unit
    return sentences.only_in_segment(
        versus, move.place, strings.inside(move.label),
        move.size > 0, format.value(move.after.value, unit), format.change(move.size, unit),
    )  # fmt: skip


def single(kpi: Kpi, period: str, standing: str = "") -> str:
    """The same for one metric alone; `standing` says where it is against what its past makes one expect."""
    if kpi.value is None:
        return sentences.no_value_in(kpi.label, period, kpi.reason or strings.NO_ROW)
    if kpi.is_believable:
        return f"{', '.join(filter(None, (_lead_clause(kpi, kpi.versus), standing)))}."
    value = ", ".join(filter(None, (format.value(kpi.value, kpi.unit), standing)))
    label = strings.of_period(kpi.label, kpi.period)
    if kpi.change is None:
        return sentences.stands(kpi.label, value, kpi.period or period)
    change = format.change(kpi.change, kpi.unit)
    if change == "0":
        return sentences.unmoved(label, value, compared_with(kpi, kpi.versus))
    return sentences.may_be_noise(label, value, change, compared_with(kpi, kpi.versus), kpi.verdict)


def compared_with(kpi: Kpi, versus: str) -> str:
    """What a number is held against, and over what where not all sources cover both."""
    return strings.over(versus, kpi.basis)


def _lead_clause(kpi: Kpi, versus: str, strongest: Move | None = None) -> str:
    clause = sentences.moved(
        strings.of_period(kpi.label, kpi.period), _is_up(kpi), format.value(kpi.value, kpi.unit),
        format.change(kpi.change, kpi.unit), compared_with(kpi, versus), Verdict.REAL.value,
    )  # fmt: skip
    if strongest:
        return f"{clause}, {sentences.furthest(strongest.own_place, strongest.text)}"
    if kpi.status == "off target" and kpi.target is not None:
        return f"{clause}, {sentences.off_target(format.tick(kpi.target, kpi.unit))}"
    return clause


def _others(kpis: Sequence[Kpi], lead: Kpi) -> list[str]:
    """One clause on what else moved, or on what did not."""
    others = [kpi for kpi in kpis if kpi.is_believable and kpi is not lead]
    if not others:
        held = [_standing(kpi) for kpi in _directed(kpis) if kpi is not lead and kpi.change is not None]
        return [sentences.held(held[: MOST_NAMED - 1])] if held else []
    second = leading(others) or others[0]
    clause = sentences.also_moved(
        strings.of_period(strings.inside(second.label), second.period), _is_up(second),
        format.value(second.value, second.unit, is_compact=True),
        strings.over(format.change(second.change, second.unit), second.basis),
    )  # fmt: skip
    more = len(others) - 1
    return [clause, sentences.more_moved(format.count(more), is_one=more == 1)] if more else [clause]


def _standing(kpi: Kpi) -> str:
    return f"{strings.inside(kpi.label)} {format.value(kpi.value, kpi.unit, is_compact=True)}"


def _directed(kpis: Sequence[Kpi]) -> list[Kpi]:
    """Metrics that can be good or bad first, those of an earlier period last, the order kept."""
    return sorted(kpis, key=lambda kpi: (bool(kpi.period), kpi.goodness is Goodness.NEUTRAL))


def is_tested(kpi: Kpi) -> bool:
    """Whether there was enough on either side to tell a change from chance."""
    return kpi.change is not None and kpi.verdict not in (Verdict.TOO_FEW.value, strings.NO_COMPARISON)


def _is_up(kpi: Kpi) -> bool:
    return (kpi.change or 0) > 0


def _times_usual(kpi: Kpi) -> float:
    """The last change in multiples of the median step before it; 1.0 while there are too few steps."""
    values = [point.value for point in kpi.spark if point.value is not None]
    steps = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    usual = median(steps[:-1]) if len(steps) > USUAL_MOVES else 0.0
    return steps[-1] / usual if usual else 1.0
