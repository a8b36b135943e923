"""The proof of plans on made-up weeks: what counts as before and after, what hides it, and who takes care."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, cast

import pytest

from etl.analysis.evidence import judge
from etl.analysis.plans import care_for, follow
from etl.analysis.proof import Evidence
from etl.metrics.answer import Answer, Ask, Cell, CellWeeks, Question, Row
from etl.metrics.base import Redefinition
from etl.metrics.plans import Commitments, Plan
from etl.owners import Owner
from etl.vocabulary import Dimension, Goodness, PlanState, Proof

CELL = Cell("wrong invoice", "billing")
MONDAY = date(2026, 1, 5)
BAD, GOOD = (10, 12, 11, 13, 10, 12, 11, 13), (8, 7, 9, 8)
AUTUMN = ((Dimension.CAUSE, ("wrong invoice",)), (Dimension.TOUCHPOINT, ("billing",)))


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def plan(opened: date, **given: Any) -> Plan:
    standard = Plan("k", CELL.cause, CELL.touchpoint, "Check", "Ada", date(2026, 12, 31), opened)
    return replace(standard, **given)


@dataclass(frozen=True)
class Weeks:
    """Failed customers of 100 a week at some cells; None is a week that is not known."""

    failed: Mapping[Cell, tuple[int | None, ...]]
    commitments: Commitments
    redefinitions: Mapping[str, tuple[Redefinition, ...]] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    def weeks(self, through: date) -> CellWeeks:
        """Those that are over by a day."""
        longest = max(map(len, self.failed.values()))
        starts = [week(number) for number in range(longest) if week(number + 1) <= through + timedelta(days=1)]
        cut = {cell: counts[: len(starts)] for cell, counts in self.failed.items()}
        return CellWeeks(
            tuple(starts),
            {cell.touchpoint: (100,) * len(starts) for cell in cut},
            {cell: tuple(count or 0 for count in counts) for cell, counts in cut.items()},
            {cell.touchpoint: tuple(count is not None for count in counts) for cell, counts in cut.items()},
        )

    def __call__(self, question: Question) -> Answer:
        """Each week's count as the value of any metric; the last week is not mature."""
        self.asked.append(question)
        counts = self.failed[CELL]
        return Answer(1, tuple(
            Row(question.metrics[0], "", week(number), week(number + 1), (), float(count or 0), 100, None, None,
                count is not None and number < len(counts) - 1, None, "share")
            for number, count in enumerate(counts)
        ))  # fmt: skip


def proved(counts: tuple[int | None, ...], one: Plan, through: date | None = None, **more: Any) -> Evidence:
    ask = Weeks({CELL: counts}, Commitments((one,)), **more)
    (found,) = follow(cast(Ask, ask), through or week(len(counts)))
    return found.evidence


def test_the_shares_of_the_weeks_before_and_after_are_judged() -> None:
    found = proved((*BAD, *GOOD), plan(week(8), target=0.085))
    assert found.judgement == judge([count / 100 for count in BAD], [count / 100 for count in GOOD], Goodness.LOWER)
    assert found.judgement.verdict is Proof.IMPROVED
    assert found.before == pytest.approx(0.115)
    assert (found.after, found.weeks_before, found.weeks) == (0.08, 8, 4)
    assert found.is_reached is True
    assert proved((*BAD, *GOOD), plan(week(8), target=0.07)).is_reached is False


def test_the_week_of_the_opening_and_those_since_the_trigger_count_for_neither() -> None:
    amid = proved((*BAD, 90, *GOOD), plan(week(8) + timedelta(days=2)))
    assert (amid.weeks_before, amid.weeks) == (8, 4)
    assert amid.judgement == judge([count / 100 for count in BAD], [count / 100 for count in GOOD], Goodness.LOWER, 1)
    late = proved((*BAD, 90, 90, *GOOD), plan(week(10), trigger=week(8)))
    assert late.judgement == judge([count / 100 for count in BAD], [count / 100 for count in GOOD], Goodness.LOWER, 2)


def test_the_window_ends_and_earlier_days_see_less_of_it() -> None:
    one = plan(week(8), window=4)
    assert proved((*BAD, *GOOD, 90, 90), one).weeks == 4
    early = proved((*BAD, *GOOD), one, through=week(10) + timedelta(days=3))
    assert (early.weeks, early.judgement.why) == (2, "2 weeks after the opening, of 4 needed")
    assert follow(cast(Ask, Weeks({CELL: BAD}, Commitments((one,)))), week(7)) == ()


def test_at_most_26_weeks_before_and_none_beyond_a_hole() -> None:
    assert proved((*BAD * 4, *GOOD), plan(week(32))).weeks_before == 26
    assert proved((*BAD, None, *BAD, *GOOD), plan(week(17))).weeks_before == 8
    short = proved((*BAD, None, *BAD[:3], *GOOD), plan(week(12)))
    assert short.judgement.why == "3 weeks before the plan, of 8 needed"


@pytest.mark.parametrize(
    ("after", "verdict", "why"),
    [
        ((8, None, 9, 8), Proof.CANNOT_TELL, "the week of 2026-03-09 is not known whole"),
        ((8, 7, 9, 8, None), Proof.IMPROVED, ""),
        ((None,) * 5, Proof.CANNOT_TELL, "0 weeks after the opening, of 4 needed"),
    ],
)
def test_a_hole_in_the_window_hides_the_proof(after: tuple[int | None, ...], verdict: Proof, why: str) -> None:
    found = proved((*BAD, *after), plan(week(8))).judgement
    assert (found.verdict, found.why) == (verdict, why)


def test_a_changed_definition_hides_the_proof() -> None:
    for since, why in ((week(9), "its definition changed on 2026-03-09"), (week(0), ""), (week(20), "")):
        changes = {"csat": (Redefinition(2, 5, since, "other answers"),)}
        found = proved((*BAD, *GOOD, 0), plan(week(8), metric="csat"), redefinitions=changes)
        assert found.judgement.why == why


def test_any_metric_is_asked_at_the_place_raw_and_only_mature_weeks_count() -> None:
    ask = Weeks({CELL: (*BAD, *GOOD, 99)}, Commitments((plan(week(8), metric="csat"),)))
    (found,) = follow(cast(Ask, ask), week(20))
    assert (found.evidence.before, found.evidence.after, found.evidence.weeks) == (11.5, 8.0, 4)
    assert found.evidence.judgement.verdict is Proof.WORSE
    (question,) = ask.asked
    assert (question.where, question.is_raw, question.start, question.end) == (
        AUTUMN, True, week(0), week(13) - timedelta(days=1),
    )  # fmt: skip


def test_what_both_places_went_through_is_no_effect() -> None:
    other = Cell("wrong invoice", "web chat")
    one = plan(week(8), comparator=("wrong invoice", "web chat"))
    ask = Weeks({CELL: (*BAD, *GOOD), other: (*BAD, *GOOD)}, Commitments((one,)))
    (found,) = follow(cast(Ask, ask), week(12))
    assert found.evidence.judgement.verdict is Proof.IMPROVED
    assert found.evidence.beside is not None
    assert found.evidence.beside.verdict is Proof.NONE_YET
    unknown = Weeks({CELL: (*BAD, *GOOD), other: (*BAD, 8, 7, None, 8)}, Commitments((one,)))
    (found,) = follow(cast(Ask, unknown), week(12))
    assert found.evidence.beside is not None
    assert found.evidence.beside.why == "the week of 2026-03-16 is not known whole"


@pytest.mark.parametrize(
    ("worst", "opened", "warns"),
    [(5, week(8), False), (6, week(8), True), (7, week(8), True), (5, week(7) + timedelta(days=1), True)],
)
def test_a_plan_that_began_at_the_worst_is_warned_of(worst: int, opened: date, warns: bool) -> None:
    counts = tuple(40 if number == worst else count for number, count in enumerate((*BAD, *GOOD)))
    assert proved(counts, plan(opened)).may_regress is warns


def test_a_place_of_which_nothing_is_known_can_not_be_told() -> None:
    nowhere = Cell("no signal", "shop")
    ask = Weeks({nowhere: BAD}, Commitments((plan(week(4)),)))
    (found,) = follow(cast(Ask, ask), week(8))
    assert (found.evidence.judgement.verdict, found.evidence.before) == (Proof.CANNOT_TELL, None)


def test_who_takes_care_of_a_breakdown() -> None:
    old, new = plan(week(2), owner="Old"), plan(week(4), owner="New")
    done, dropped = plan(week(6), owner="Done", state=PlanState.DONE), plan(week(7), state=PlanState.DROPPED)
    for plans, owner in (((old, new, done), "New"), ((done, dropped), "Done"), ((dropped,), "Bob"), ((), "Bob")):
        ask = cast(Ask, Weeks({CELL: BAD}, Commitments(plans, (Owner("Bob", touchpoint="billing"),))))
        care = care_for(ask, CELL, follow(ask, week(8)))
        assert care.owner == owner
        assert (care.followed is None) == (owner == "Bob")
