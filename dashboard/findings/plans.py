"""Who mends which breakdown by when, and what the weeks since prove, as one table."""

from collections.abc import Sequence
from datetime import date

from dashboard import format, strings
from dashboard.blocks import Block, Note
from dashboard.strings import causes, plans
from dashboard.tables import Cell, Column, Table
from etl.analysis.breakdowns import Leaderboard
from etl.analysis.evidence import Judgement
from etl.analysis.plans import Care, Followed, care_for, follow
from etl.analysis.proof import Evidence
from etl.metrics.answer import Ask
from etl.metrics.answer import Cell as Place
from etl.metrics.catalogue import METRICS
from etl.metrics.plans import Plan
from etl.vocabulary import PlanState, Proof, Unit

DAYS_A_WEEK = 7
UNITS = {4: Unit.COUNT}


def plan_blocks(ask: Ask, board: Leaderboard, day: date) -> tuple[Block, ...]:
    """What is overdue on a day, and each ranked breakdown and each plan with owner, due day, age and proof."""
    followed = [each for each in follow(ask, day) if each.plan.state is not PlanState.DROPPED]
    ranked = [(row.cell, care_for(ask, row.cell, followed)) for row in board.rows if row.rank is not None]
    shown = [care.followed for _, care in ranked]
    rest = [each for each in followed if each not in shown]
    if not followed and not ask.commitments.owners:
        return (Note(plans.NOBODY),) if ranked else ()
    table = Table(
        title=_title(followed, sum(care is None for care in shown), day),
        columns=tuple(Column(title, UNITS.get(place)) for place, title in enumerate(plans.COLUMNS)),
        rows=(
            *(_row(cell, care, day) for cell, care in ranked),
            *(_row(_place(each.plan), Care(each.plan.owner, each), day) for each in rest),
        ),
        note=plans.NOTE,
    )
    late = [each.plan for each in followed if each.plan.is_overdue(day)]
    told = [plans.late(plan.title, plan.owner, _day(plan.due)) for plan in late]
    return (*((Note(plans.overdue(told), is_alert=True),) if told else ()), *((table,) if table.rows else ()))


def _title(followed: Sequence[Followed], bare: int, day: date) -> str:
    verdicts = [each.evidence.judgement.verdict for each in followed]
    overdue = sum(each.plan.is_overdue(day) for each in followed)
    return plans.title(len(followed), verdicts.count(Proof.IMPROVED), verdicts.count(Proof.WORSE), overdue, bare)


def _row(cell: Place, care: Care, day: date) -> tuple[Cell, ...]:
    name, owner = causes.broke(cell.cause, cell.touchpoint), care.owner or strings.NO_OWNER
    if care.followed is None:
        return name, owner, plans.NO_PLAN, None, None, None
    plan = care.followed.plan
    due = plans.due(_day(plan.due), plan.state, is_overdue=plan.is_overdue(day))
    return name, owner, plan.title, due, (day - plan.opened).days // DAYS_A_WEEK, proof_words(care.followed)


def proof_words(followed: Followed) -> str:
    """The verdict, the means and the effect behind it, the target, the comparator and the warning, in a sentence."""
    plan, evidence = followed.plan, followed.evidence
    unit = unit_of(plan)
    clauses = [*_effect(plan, evidence, unit)]
    if plan.target is not None and evidence.is_reached is not None:
        clauses.append(plans.target(format.value(plan.target, unit), is_reached=evidence.is_reached))
    if plan.comparator and evidence.beside:
        clauses.append(plans.beside(causes.broke(*plan.comparator), _beside(evidence, unit)))
    if evidence.may_regress:
        clauses.append(plans.AT_THE_WORST)
    return plans.proof(plans.VERDICTS[evidence.judgement.verdict], clauses)


def unit_of(plan: Plan) -> Unit:
    """The unit of what proves a plan; the breakdown rate is a share."""
    return METRICS[plan.metric].unit if plan.metric in METRICS else Unit.SHARE


def _effect(plan: Plan, evidence: Evidence, unit: Unit) -> list[str]:
    judgement = evidence.judgement
    told = [judgement.why] if judgement.why else []
    if evidence.before is not None and evidence.after is not None:
        means = format.value(evidence.before, unit), format.value(evidence.after, unit)
        told.append(plans.moved(*means, format.count(evidence.weeks), format.count(plan.window)))
    if judgement.effect and not judgement.why:
        told.append(_change(judgement, evidence, unit))
    return told


def _beside(evidence: Evidence, unit: Unit) -> str:
    beside = evidence.beside or evidence.judgement
    if beside.effect is None or beside.why:
        return plans.cannot_tell(beside.why)
    return f"{plans.VERDICTS[beside.verdict]}, {_change(beside, evidence, unit)}"


def _change(judgement: Judgement, evidence: Evidence, unit: Unit) -> str:
    """An effect with its interval; of counts as a share of the weeks before."""
    effect = judgement.effect
    if effect is None:
        return strings.MISSING
    scale = evidence.before or 1.0 if unit is Unit.COUNT else 1.0
    low, high = (format.change(bound / scale, unit) for bound in (effect.low, effect.high))
    return plans.effect(format.change(effect.change / scale, unit), low, high)


def _place(plan: Plan) -> Place:
    return Place(plan.cause, plan.touchpoint)


def _day(day: date) -> str:
    return format.day(day, has_weekday=False)
