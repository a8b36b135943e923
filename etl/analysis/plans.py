"""Plans as they stand: what is proved of each, and which of them, and who, answers for a breakdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.analysis.proof import Evidence, evidence
from etl.metrics.answer import Ask, Cell
from etl.metrics.plans import Plan
from etl.owners import owner_of
from etl.vocabulary import PlanState


@dataclass(frozen=True)
class Followed:
    """A plan and what is proved of it."""

    plan: Plan
    evidence: Evidence


@dataclass(frozen=True)
class Care:
    """Who takes care of a breakdown: its owner, empty for nobody, and the plan, None without one."""

    owner: str
    followed: Followed | None = None


def follow(ask: Ask, through: date) -> tuple[Followed, ...]:
    """The plans that had opened by a day with the proof of the complete weeks up to it, the earliest due first."""
    plans = [plan for plan in ask.commitments.plans if plan.opened <= through]
    if not plans:
        return ()
    weeks = ask.weeks(through)
    return tuple(Followed(plan, evidence(ask, plan, weeks)) for plan in plans)


def care_for(ask: Ask, cell: Cell, followed: Sequence[Followed]) -> Care:
    """Who takes care of a breakdown: of its plans the open one that opened last, else the last one done."""
    own = [each for each in followed if (each.plan.cause, each.plan.touchpoint) == (cell.cause, cell.touchpoint)]
    for state in (PlanState.OPEN, PlanState.DONE):
        found = [each for each in own if each.plan.state is state]
        if found:
            chosen = max(found, key=lambda each: each.plan.opened)
            return Care(chosen.plan.owner, chosen)
    return Care(owner_of(ask.commitments.owners, cell.cause, cell.touchpoint))
