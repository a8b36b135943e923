"""Plans from the file and the app: what is read and refused, what may change later, who wins; and who owns what."""

from datetime import date
from pathlib import Path

import pytest

from etl.actions import Actions, Changed
from etl.errors import UserError
from etl.folders import Folders
from etl.metrics.plans import FILE, KIND, Plan, change, enter, read_commitments, read_plans
from etl.owners import FILE as OWNERS
from etl.owners import owner_of, read_owners
from etl.vocabulary import Goodness, PlanState

HEADER = "cause,touchpoint,title,owner,due,opened,metric,target,window,comparator,trigger,state\n"
LINE = "wrong invoice,billing,Check each invoice,Ada,2026-06-30,2026-05-04"
GIVEN = {
    "cause": "wrong invoice", "touchpoint": "billing", "title": "Check each invoice", "owner": "Ada",
    "due": "2026-06-30", "opened": "2026-05-04",
}  # fmt: skip
CAUSES, TOUCHPOINTS = ("wrong invoice", "late delivery"), ("billing", "web chat")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def written(folders: Folders, lines: str, header: str = HEADER) -> None:
    (folders.root / FILE).write_text(header + lines, encoding="utf-8")


def kept(folders: Folders, **given: str) -> Plan:
    return enter(folders, GIVEN | given, "ada", CAUSES, TOUCHPOINTS)


def test_nothing_is_planned_at_first(folders: Folders) -> None:
    found = read_commitments(folders)
    assert (found.plans, found.owners) == ((), ())


def test_the_lines_of_the_file_by_the_day_on_which_they_are_due(folders: Folders) -> None:
    written(
        folders,
        f"{LINE},,,,,,\nwrong invoice,billing,Refund,Bob,2026-05-31,2026-05-04,csat,0.8,12,touchpoint=web chat,"
        "2026-04-20,done\n",
    )
    refund, check = read_plans(folders)
    assert (check.metric, check.target, check.window, check.comparator, check.trigger) == (
        "breakdown_rate", None, 8, None, None,
    )  # fmt: skip
    assert (check.state, check.goodness, check.author, check.version) == (PlanState.OPEN, Goodness.LOWER, FILE, 0)
    assert (refund.metric, refund.target, refund.window, refund.comparator, refund.trigger) == (
        "csat", 0.8, 12, ("wrong invoice", "web chat"), date(2026, 4, 20),
    )  # fmt: skip
    assert (refund.state, refund.goodness) == (PlanState.DONE, Goodness.HIGHER)
    assert [check.is_overdue(date(2026, month, 1)) for month in (6, 7)] == [False, True]
    assert not refund.is_overdue(date(2026, 7, 1))


def test_six_columns_are_enough(folders: Folders) -> None:
    written(folders, f"{LINE}\n", "cause,touchpoint,title,owner,due,opened\n")
    assert [plan.title for plan in read_plans(folders)] == ["Check each invoice"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (LINE.replace("Ada", "") + ",,,,,,", "line 2: owner is empty; a plan has cause, touchpoint"),
        (LINE.replace("2026-06-30", "soon") + ",,,,,,", "due is 'soon'; expected a day such as 2026-03-04"),
        (LINE.replace("2026-06-30", "2026-04-30") + ",,,,,,", "opened 2026-05-04, due 2026-04-30; expected them in"),
        (f"{LINE},,,,,2026-05-05,", "trigger 2026-05-05, opened 2026-05-04"),
        (f"{LINE},nsp,,,,,", "unknown metric 'nsp'; did you mean nps"),
        (f"{LINE},contacts,,,,,", "unknown metric 'contacts'"),
        (f"{LINE},,2 %,,,,", "target: found '2 %'; expected a number"),
        (f"{LINE},,2,,,,", "expected a share from 0 to 1"),
        (f"{LINE},,,3,,,", "window is '3'; expected 4 to 52 weeks"),
        (f"{LINE},,,-8,,,", "window is '-8'; expected 4 to 52 weeks"),
        (f"{LINE},,,,web chat,,", "comparator: found 'web chat'; expected DIM=VALUE"),
        (f"{LINE},,,,region=North,,", "expected one cause, one touchpoint"),
        (f"{LINE},,,,touchpoint=billing,,", "what the plan itself is for"),
        (f"{LINE},,,,,,opne", "unknown state 'opne'; did you mean open"),
        (f"{LINE},,,,,,\n{LINE},,,,,,", "line 3: the same cause, touchpoint, day and metric as .* line 2"),
    ],
)
def test_a_bad_line_is_told(folders: Folders, line: str, sentence: str) -> None:
    written(folders, f"{line}\n")
    with pytest.raises(UserError, match=sentence):
        read_plans(folders)


def test_what_is_entered_is_kept_with_its_author(folders: Folders) -> None:
    plan = kept(folders, target="0.02", comparator="cause=late delivery; touchpoint=web chat")
    assert (plan.author, plan.version, plan.target) == ("ada", 1, 0.02)
    assert plan.comparator == ("late delivery", "web chat")
    assert read_plans(folders) == (plan,)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"cause": "wrong invoise"}, "unknown cause 'wrong invoise'; did you mean wrong invoice"),
        ({"touchpoint": "biling"}, "did you mean billing"),
        ({"comparator": "touchpoint=web chta"}, "did you mean web chat"),
        ({"title": "x" * 201}, "the title has 201 letters"),
        ({"title": "  "}, "title is empty"),
    ],
)
def test_what_can_not_be_planned_is_not_kept(folders: Folders, given: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        kept(folders, **given)
    assert read_plans(folders) == ()


def test_words_owner_day_and_state_change_and_what_proves_it_does_not(folders: Folders) -> None:
    plan = kept(folders)
    changed = change(folders, plan.key, {"owner": "Bob", "due": "2026-07-31", "title": ""}, "eve")
    assert (changed.owner, changed.due, changed.title) == ("Bob", date(2026, 7, 31), "Check each invoice")
    assert change(folders, plan.key, {"state": "done"}, "eve").state is PlanState.DONE
    for name in ("metric", "target", "window", "comparator", "opened", "trigger", "cause", "touchpoint"):
        with pytest.raises(UserError, match=f"{name} was fixed when it opened"):
            change(folders, plan.key, {name: "5"}, "eve")
    with pytest.raises(UserError, match="due 2026-01-01; expected them in this order"):
        change(folders, plan.key, {"due": "2026-01-01"}, "eve")
    assert [(edit.author, edit.version) for edit in Actions(folders).history(KIND, plan.key)] == [
        ("ada", 1), ("eve", 2), ("eve", 3),
    ]  # fmt: skip


def test_the_app_wins_over_the_line_of_the_file(folders: Folders) -> None:
    written(folders, f"{LINE},,0.02,,,,\n")
    (line,) = read_plans(folders)
    change(folders, line.key, {"state": "done"}, "eve")
    (now,) = read_plans(folders)
    assert (now.key, now.state, now.target, now.author) == (line.key, PlanState.DONE, 0.02, "eve")
    written(folders, f"{LINE.replace('Ada', 'Bob')},,0.02,,,,\n")
    assert [plan.owner for plan in read_plans(folders)] == ["Ada"]


def test_an_unknown_plan_is_told_and_two_at_once_are_not_lost(folders: Folders) -> None:
    plan = kept(folders)
    with pytest.raises(UserError, match="unknown plan"):
        change(folders, "nothing", {"state": "done"}, "eve")
    Actions(folders).write(KIND, plan.key, GIVEN | {"owner": "Bob"}, "bob", 1)
    with pytest.raises(Changed):
        Actions(folders).write(KIND, plan.key, GIVEN, "eve", 1)


def test_owners_by_cause_and_touchpoint_the_narrowest_first(folders: Folders) -> None:
    (folders.root / OWNERS).write_text(
        "cause,touchpoint,owner\nwrong invoice,,Ada\n,billing,Bob\nwrong invoice,billing,Cy\n", encoding="utf-8"
    )
    owners = read_owners(folders)
    places = [("wrong invoice", "billing"), ("wrong invoice", "shop"), ("late", "billing"), ("late", "shop")]
    assert [owner_of(owners, *place) for place in places] == ["Cy", "Ada", "Bob", ""]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("wrong invoice,,\n", "line 2: the owner is empty"),
        (",,Ada\n", "line 2: names neither a cause nor a touchpoint"),
        ("x,,Ada\nx,,Bob\n", "line 3: names what line 2 names"),
    ],
)
def test_a_bad_owner_is_told(folders: Folders, lines: str, sentence: str) -> None:
    (folders.root / OWNERS).write_text(f"cause,touchpoint,owner\n{lines}", encoding="utf-8")
    with pytest.raises(UserError, match=sentence):
        read_owners(folders)
