"""`alerts.toml` and acknowledgements: shipped rules, a folder's own over them, and what is told of a bad line."""

import re
from datetime import date, time
from pathlib import Path

import pytest

from etl.alerting import QuietHours, acknowledge, read_alerting, withdraw
from etl.errors import UserError
from etl.folders import Folders
from etl.metrics.catalogue import METRICS
from etl.vocabulary import Condition, Dimension, Grain, State

DAY = date(2026, 3, 2)
README = Path(__file__).parents[2] / "README.md"


def written(folder: Path, text: str) -> Folders:
    (folder / "alerts.toml").write_text(text, encoding="utf-8")
    return Folders(folder)


def test_the_shipped_rules_name_metrics_owners_and_groups(tmp_path: Path) -> None:
    alerting = read_alerting(Folders(tmp_path))
    assert {rule.condition for rule in alerting.rules} == set(Condition)
    assert all(rule.owner and rule.group and rule.title for rule in alerting.rules)
    assert all(rule.metric in METRICS for rule in alerting.rules if rule.metric)
    assert alerting.quiet_hours == QuietHours(time(20), time(7), frozenset({5, 6}))
    assert alerting.acknowledgements == ()


def test_a_folders_rules_stand_over_the_shipped_ones(tmp_path: Path) -> None:
    folders = written(
        tmp_path,
        "[quiet_hours]\nto = '06:00'\n[rules.abandonment]\ngrain = 'week'\n[rules.contacts]\nenabled = false\n"
        "[rules.north]\ncondition = 'outside'\nmetric = 'nps'\ngrain = 'month'\nwhere = {region = 'North', "
        "channel = ['phone', 'chat']}\n[rules.deep]\ncondition = 'breakdown'\nstate = 'chronic'\nrecover_after = 2\n",
    )
    alerting = read_alerting(folders)
    rules = {rule.name: rule for rule in alerting.rules}
    assert "contacts" not in rules
    assert (rules["abandonment"].grain, rules["abandonment"].owner) == (Grain.WEEK, "Workforce management")
    assert (rules["north"].recover_after, rules["north"].rearm_after) == (1, 2)
    assert rules["north"].where == ((Dimension.REGION, ("North",)), (Dimension.CHANNEL, ("phone", "chat")))
    assert (rules["deep"].state, rules["deep"].recover_after, rules["deep"].rearm_after) == (State.CHRONIC, 2, 4)
    assert alerting.quiet_hours.end == time(6)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[rule.a]\n", "unknown section 'rule'; did you mean rules"),
        ("[rules.a]\ncondition = 'outsid'\n", r"\[rules.a\]: unknown condition 'outsid'; did you mean outside"),
        ("[rules.a]\ncondition = 'outside'\n", r"\[rules.a\]: metric is missing"),
        ("[rules.abandonment]\nown = 'x'\n", "unknown key 'own'; did you mean owner"),
        ("[rules.abandonment]\nrecover_after = 0\n", "recover_after: found 0; expected a whole number from 1"),
        ("[rules.abandonment]\nwhere = {regon = 'N'}\n", "where: unknown dimension 'regon'; did you mean region"),
        ("[rules.abandonment]\nwhere = 'North'\n", "where: found 'North'; expected a table"),
        ("[rules.breakdown_began]\nstate = 'resolved'\n", "unknown state 'resolved'"),
        ("[quiet_hours]\nfrom = '25:00'\n", "from: found '25:00'; expected a time such as 20:00"),
        ("[quiet_hours]\nuntil = '05:00'\n", "unknown key 'until'"),
        ("[quiet_hours]\ndays = ['sonday']\n", "unknown weekday 'sonday'; did you mean"),
        (
            "[quiet_hours]\ndays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']\n",
            "days: all seven",
        ),
        ("rules = 3\n", r"\[rules\]: found 3; expected a table of keys"),
        ("quiet_hours = 'always'\n", r"\[quiet_hours\]: found 'always'; expected a table"),
        ("[rules]\nabandonment = 3\n", r"\[rules\.abandonment\]: found 3; expected a table"),
        ("[rules.abandonment]\nenabled = 'no'\n", "enabled: found 'no'; expected true or false"),
        ("[quiet_hours]\ndays = 'sunday'\n", "days: found 'sunday'; expected a list of weekdays"),
        ("[quiet_hours]\nfrom = '20:00+02:00'\n", "from: found '20:00.02:00'; expected a time such as 20:00, on the"),
        ("[rules", "not valid TOML"),
    ],
)
def test_a_bad_line_says_where_and_what(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_alerting(written(tmp_path, text))


def test_an_acknowledgement_is_kept_with_its_author_and_taken_back(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    acknowledge(folders, "abandonment", DAY, date(2026, 3, 9), " more agents ", "ada")
    acknowledge(folders, "abandonment", DAY, date(2026, 3, 10), "from Monday", "bob")
    (kept,) = read_alerting(folders).acknowledgements
    assert (kept.alert, kept.opened, kept.as_of) == ("abandonment", DAY, date(2026, 3, 10))
    assert (kept.note, kept.author, kept.version) == ("from Monday", "bob", 2)
    withdraw(folders, "abandonment", DAY, "ada")
    assert read_alerting(folders).acknowledgements == ()
    with pytest.raises(UserError, match="nobody has acknowledged what began on 2026-03-02"):
        withdraw(folders, "abandonment", DAY, "ada")
    with pytest.raises(UserError, match="it has 201 letters"):
        acknowledge(folders, "abandonment", DAY, DAY, "x" * 201, "ada")


def test_the_example_of_the_readme_is_a_rule(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(\[rules\.calls_north\].*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    rules = {rule.name: rule for rule in read_alerting(written(tmp_path, example)).rules}
    assert rules["calls_north"].where == ((Dimension.REGION, ("North",)), (Dimension.CHANNEL, ("phone",)))
    assert rules["calls_north"].recover_after == 3
