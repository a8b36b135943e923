"""Plans on *Breakdowns*: owner, due day, age and proof of each breakdown and plan, what is late, and hostile words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.blocks import Note, Page, Selection
from dashboard.findings.plans import proof_words
from dashboard.strings.plans import COLUMNS
from dashboard.tables import Table
from dashboard.views.breakdowns import build
from etl.analysis.evidence import Effect, Judgement
from etl.analysis.plans import Followed
from etl.analysis.proof import Evidence
from etl.metrics.plans import Commitments, Plan
from etl.owners import Owner
from etl.vocabulary import PlanState, Proof
from tests.dashboard.canned import AS_OF, HOSTILE, CannedAsk

WORST = Plan(
    "a", "wrong invoice", "billing", "Check each invoice", "Ada", AS_OF - timedelta(days=1), date(2026, 1, 19),
    target=0.05,
)  # fmt: skip
OLD = Plan(
    "b", "no internet", "onboarding and first installation", "New router", "Bob", date(2026, 6, 30), date(2025, 12, 29)
)
EFFECT = Effect(-0.0352, -0.053, -0.018, 0.001)
PROVED = Evidence(Judgement(Proof.IMPROVED, "", EFFECT), 0.115, 0.08, 12, 4)


def table(page: Page) -> Table:
    (found,) = [block for block in page.blocks if isinstance(block, Table) and block.columns[1].title == COLUMNS[1]]
    return found


def shown(*plans: Plan, owners: tuple[Owner, ...] = ()) -> Page:
    return build(CannedAsk(is_storm=True, commitments=Commitments(plans, owners)), Selection())


def test_each_breakdown_and_each_plan_has_its_line() -> None:
    found = table(shown(WORST, OLD, owners=(Owner("Cy", touchpoint="app"),)))
    assert [row[:5] for row in found.rows] == [
        ("Wrong invoice at the billing".lower(), "Ada", "Check each invoice", "10 Mar 2026, overdue", 7),
        ("late delivery at the delivery", "nobody yet", "no plan yet", None, None),
        ("no internet at the app", "Cy", "no plan yet", None, None),
        ("no internet at the onboarding and first installation", "Bob", "New router", "30 Jun 2026", 10),
    ]  # fmt: skip
    proofs = [str(row[5]) for row in found.rows]
    assert proofs[0] == (
        "Cannot tell: it was already moving before the plan; 16.4\u202f% before, 28.6\u202f% in 7 of 8 weeks since; "
        "target 5.0\u202f% not reached."
    )
    assert proofs[1] == "None"
    assert proofs[3].startswith("Improved: ")
    assert found.title == "2 plans: 1 proved to work and 1 overdue; 2 breakdowns have none"


def test_what_is_overdue_must_be_seen() -> None:
    alerts = [block.text for block in shown(WORST, OLD).blocks if isinstance(block, Note) and block.is_alert]
    assert alerts == ["A plan is overdue: Check each invoice (Ada, due 10 Mar 2026)."]


def test_what_was_given_up_is_not_shown_and_nobody_is_said() -> None:
    page = shown(replace(WORST, state=PlanState.DROPPED))
    assert "Nobody answers for these breakdowns yet." in " ".join(
        block.text for block in page.blocks if isinstance(block, Note)
    )
    done = table(shown(replace(WORST, state=PlanState.DONE), OLD))
    assert done.rows[0][3] == "10 Mar 2026, done"


def test_an_earlier_period_shows_what_stood_then() -> None:
    ask = CannedAsk(is_storm=True, commitments=Commitments((WORST, OLD)))
    found = table(build(ask, Selection(period="2026-W03")))
    assert [row[2] for row in found.rows if row[2] != "no plan yet"] == ["New router"]


@pytest.mark.parametrize(
    ("followed", "words"),
    [
        (
            Followed(WORST, replace(PROVED, is_reached=True, may_regress=True)),
            "Improved: 11.5\u202f% before, 8.0\u202f% in 4 of 8 weeks since; −3.5 points (−5.3 points to −1.8 points); "
            "target 5.0\u202f% reached; it began at its worst week, so part of the way back would have come by itself.",
        ),
        (
            Followed(
                replace(OLD, comparator=("no internet", "shop")),
                replace(PROVED, beside=Judgement(Proof.NONE_YET, "", Effect(-0.01, -0.04, 0.02, 0.3))),
            ),
            "Improved: 11.5\u202f% before, 8.0\u202f% in 4 of 8 weeks since; −3.5 points (−5.3 points to −1.8 points); "
            "against no internet at the shop: no evidence yet, −1.0 points (−4.0 points to +2.0 points).",
        ),
        (
            Followed(OLD, Evidence(Judgement(Proof.CANNOT_TELL, "2 weeks after the opening, of 4 needed"))),
            "Cannot tell: 2 weeks after the opening, of 4 needed.",
        ),
        (
            Followed(
                replace(OLD, metric="failed_contacts"),
                Evidence(Judgement(Proof.WORSE, "", Effect(10.0, 5.0, 15.0, 0.01)), 40.0, 50.0, 12, 4),
            ),
            "Worse: 40 before, 50 in 4 of 8 weeks since; +25.0\u202f% (+12.5\u202f% to +37.5\u202f%).",
        ),
    ],
)
def test_the_proof_in_words(followed: Followed, words: str) -> None:
    assert proof_words(followed).replace("\u00a0", " ") == words.replace("\u00a0", " ")


def test_hostile_words_stay_words() -> None:
    page = shown(replace(WORST, title=HOSTILE, owner=HOSTILE))
    assert table(page).rows[0][1:3] == (HOSTILE, HOSTILE)
