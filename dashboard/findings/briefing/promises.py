"""Promises due: the plans that were to be done by the end of a period, and what is proved of those that are."""

from datetime import timedelta

from dashboard import format, strings
from dashboard.blocks import Section
from dashboard.findings.context import Moment
from dashboard.strings import brief as words
from dashboard.strings import brief_outcomes as outcomes
from dashboard.strings import causes
from etl.analysis.plans import Followed, follow
from etl.metrics.answer import Ask
from etl.vocabulary import PlanState, Proof

SOON = timedelta(days=14)
MOST_TOLD = 4


def promises(ask: Ask, at: Moment) -> Section | None:
    """Overdue plans first, then those due soon, then what the weeks since prove of the rest; None without plans."""
    through = at.days[1]
    found = [each for each in follow(ask, through) if each.plan.state is not PlanState.DROPPED]
    if not found:
        return None
    ordered = sorted(found, key=lambda each: (not each.plan.is_overdue(through), each.plan.due, each.plan.key))
    sentences = [_told(each, at) for each in ordered[:MOST_TOLD]]
    if more := len(ordered) - len(sentences):
        sentences.append(outcomes.more_plans(format.count(more), is_one=more == 1))
    return Section(words.PROMISED, tuple(sentences))


def _told(followed: Followed, at: Moment) -> str:
    plan, through = followed.plan, at.days[1]
    name = outcomes.plan(plan.title, causes.broke(plan.cause, plan.touchpoint), plan.owner or strings.NO_OWNER)
    due = format.day(plan.due, has_weekday=False)
    proof = _proof(followed)
    if plan.state is PlanState.DONE:
        return outcomes.plan_done(name, proof)
    if plan.is_overdue(through):
        return outcomes.plan_overdue(name, due, proof)
    return outcomes.plan_due(name, due, proof, is_soon=plan.due <= through + SOON)


def _proof(followed: Followed) -> str:
    judged = followed.evidence.judgement
    told = outcomes.PROOFS[judged.verdict]
    return f"{told} ({judged.why})" if judged.verdict is Proof.CANNOT_TELL and judged.why else told
