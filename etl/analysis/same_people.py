"""The same people twice: how those changed who answered in both of two spans, one score a customer and span."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf, sqrt

import numpy as np
from scipy import special

from etl.analysis.compare import MINIMUM_BASE, Comparison, verdict_of
from etl.calendar import Span
from etl.metrics.answer import Ask, Where
from etl.metrics.answers import Answers
from etl.metrics.base import Metric
from etl.metrics.catalogue import metric_named
from etl.metrics.kinds import Net, Ratio
from etl.vocabulary import Verdict

TAIL = 0.975
SAID = "same people"


@dataclass(frozen=True)
class SamePeople:
    """How `n` customers scored before and after, and what changed in them, with its 95 % interval; all in one unit.

    Student's test of the differences; under 30 customers there is none, from one there are no bounds.
    """

    n: int
    before: float
    after: float
    low: float | None
    high: float | None
    p: float | None
    verdict: Verdict

    @property
    def change(self) -> float:
        """By how much they changed on average."""
        return self.after - self.before


def same_people(ask: Ask, name: str, after: Span, before: Span, where: Where = ()) -> SamePeople | None:
    """Those who answered in both spans, each with the latest answer; None without any.

    None, too, for metrics that are no share or net score of answers, for confidential ones, and where the spans ask
    on different scales.
    """
    metric = metric_named(name)
    if metric.fact != "scores" or metric.hidden_under or not isinstance(metric, Net | Ratio):
        return None
    then, now = (ask.answers(metric.name, *span, where) for span in (before, after))
    if then.kind != now.kind:
        return None
    earlier, later = _latest(metric, then), _latest(metric, now)
    both = sorted(earlier.keys() & later.keys())
    return paired([earlier[each] for each in both], [later[each] for each in both]) if both else None


def paired(before: list[float], after: list[float]) -> SamePeople:
    """Scores of the same people, in the same order, at two times; at least one of them."""
    n = len(before)
    differences = np.array(after) - np.array(before)
    means = float(np.mean(before)), float(np.mean(after))
    if n == 1:
        return SamePeople(n, *means, None, None, None, Verdict.TOO_FEW)
    change, error = float(differences.mean()), float(differences.std(ddof=1)) / sqrt(n)
    reach = float(special.stdtrit(n - 1, TAIL)) * error
    bounds = (change - reach, change + reach)
    if n < MINIMUM_BASE:
        return SamePeople(n, *means, *bounds, None, Verdict.TOO_FEW)
    # Without any spread an equal change of all is surely one.
    t = change / error if error else (inf if change else 0.0)
    p = float(2 * special.stdtr(n - 1, -abs(t)))
    return SamePeople(n, *means, *bounds, p, verdict_of(p))


def by_pairs(comparison: Comparison, same: SamePeople | None, bases: tuple[int, int]) -> Comparison:
    """The comparison, tested by pairs where the same people make up both sides whole: they are not independent."""
    if same is None or comparison.p is None or {same.n} != set(bases):
        return comparison
    return replace(comparison, p=same.p, verdict=same.verdict, note=SAID)


def _latest(metric: Metric, answers: Answers) -> Mapping[str, float]:
    """What each known customer's latest answer adds to the metric, in its unit."""
    worth = answers.parts["top"]
    if isinstance(metric, Net):
        worth = 100 * (worth - answers.parts["detractors"])
    found: dict[str, float] = {}
    for place in np.argsort(answers.moments, kind="stable").tolist():
        if answers.customers[place]:
            found[answers.customers[place]] = float(worth[place])
    return found
