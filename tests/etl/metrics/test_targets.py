"""Targets: the most specific one holds, of the strongest layer; and a list with a mistake names its line."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from etl.calendar import Calendar
from etl.config import Settings
from etl.errors import UserError
from etl.folders import Folders
from etl.metrics import targets
from etl.metrics.targets import Target, pick
from etl.vocabulary import Grain
from tests.etl.metrics.generations import Rows, ask_on, generation

HEAD = "metric,touchpoint,from,to,target,owner,why\n"
MARCH = date(2026, 3, 1)
FILE = (
    Target("csat", 0.70),
    Target("csat", 0.75, first=date(2026, 1, 1)),
    Target("csat", 0.80, first=MARCH),
    Target("csat", 0.60, "web chat"),
    Target("csat", 0.65, "web chat", MARCH, date(2026, 3, 31)),
    Target("nps", 40.0, last=date(2026, 2, 28)),
)
APP = (Target("csat", 0.85, first=MARCH), Target("nps", 45.0))


def listed(folder: Path, *lines: str) -> tuple[Target, ...]:
    (folder / "targets.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return targets.of_file(Folders(folder))


@pytest.mark.parametrize(
    ("touchpoint", "day", "expected"),
    [
        ("", date(2025, 12, 31), 0.70),
        ("", date(2026, 1, 1), 0.75),
        ("", MARCH, 0.80),
        ("", None, 0.70),
        ("billing line", MARCH, 0.80),
        ("web chat", date(2026, 2, 1), 0.60),
        ("web chat", MARCH, 0.65),
        ("web chat", date(2026, 4, 1), 0.60),
    ],
)
def test_the_most_specific_target_holds(touchpoint: str, day: date | None, expected: float) -> None:
    found = pick([(Target("csat", 0.5),), FILE], "csat", touchpoint, day)
    assert found is not None
    assert found.value == expected


def test_a_stronger_layer_wins_among_equals_only() -> None:
    found = {day: pick([FILE, APP], "csat", "", day) for day in (date(2026, 2, 1), MARCH)}
    assert {day: target and target.value for day, target in found.items()} == {date(2026, 2, 1): 0.75, MARCH: 0.85}
    assert pick([FILE, APP], "csat", "web chat", MARCH) == FILE[4]
    assert [target and target.value for target in (pick([FILE, APP], "nps", "", date(2026, 2, 1)),
                                                    pick([FILE, APP], "nps", "", MARCH))] == [40.0, 45.0]  # fmt: skip
    assert pick([FILE, APP], "asa", "", MARCH) is None


def test_a_list_is_read_with_its_owner_and_reason(tmp_path: Path) -> None:
    found = listed(tmp_path, "service_level,billing line,2026-01-01,,0.8,Jane,board 12", "nps,,,,40,,")
    assert found[0].value == 0.8
    assert (found[0].first, found[0].last, found[0].owner, found[0].why) == (date(2026, 1, 1), None, "Jane", "board 12")
    assert (found[1].metric, found[1].touchpoint, found[1].first) == ("nps", "", None)
    assert targets.of_file(Folders(tmp_path / "nowhere")) == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("npss,,,,40,,", "line 2: unknown metric 'npss'; did you mean nps, enps or nps_all?"),
        ("nps,,2026-3-1,,40,,", "line 2 from: found '2026-3-1'; expected a day such as 2026-03-01."),
        ("nps,,2026-04-01,2026-03-01,40,,", "line 2: from 2026-04-01 to 2026-03-01"),
        ("nps,,,,forty,,", "line 2 target: found 'forty'; expected a number"),
        ("nps,,,,nan,,", "line 2 target: found 'nan'; expected a number"),
        ("csat,,,,80,,", "line 2 target: found '80'; expected a share from 0 to 1"),
        ("nps,,", "line 2: expected 7 values. Mend the line."),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(UserError, match="targets.csv") as raised:
        listed(tmp_path, line)
    assert words in str(raised.value)


def test_an_unknown_touchpoint_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="line 2: unknown touchpoint 'web chatt'; did you mean web chat?"):
        targets.check_touchpoints(listed(tmp_path, "csat,web chatt,,,0.8,,"), ["billing line", "web chat"])


def test_ask_tells_the_target_of_a_period_over_that_of_the_settings() -> None:
    settings = Settings(Folders(Path()), metrics={"csat": {"target": 0.5}, "breakdown_rate": {"target": 0.1}})
    months = Calendar().between(date(2025, 12, 1), date(2026, 3, 31), Grain.MONTH)
    with closing(generation(Rows())) as connection:
        plain = ask_on(connection, settings)
        assert (plain.target("csat"), plain.target("breakdown_rate"), plain.target("nps")) == (0.5, 0.1, None)
        ask = ask_on(connection, settings, layers=(FILE,))
        assert [ask.target("csat", period=month) for month in months] == [0.7, 0.75, 0.75, 0.8]
        with pytest.raises(UserError, match="unknown metric"):
            ask.target("npss")


def test_an_entered_target_wins_over_the_file_until_it_is_taken_away(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    listed(tmp_path, "csat,,,,0.8,,")
    targets.enter(folders, {"metric": "csat", "target": "0.9", "why": "promised"}, "ada", ())
    targets.enter(folders, {"metric": "csat", "target": "0.95"}, "bob", ())
    targets.enter(folders, {"metric": "csat", "target": "0.7", "touchpoint": "billing"}, "bob", ("billing",))
    layers = targets.of_file(folders), targets.entered(folders)
    found = targets.pick(layers, "csat")
    assert found is not None
    assert (found.value, found.owner) == (0.95, "bob")
    at_billing = targets.pick(layers, "csat", "billing")
    assert at_billing is not None
    assert at_billing.value == 0.7
    targets.retract(folders, {"metric": "csat"}, "ada")
    back = targets.pick((targets.of_file(folders), targets.entered(folders)), "csat")
    assert back is not None
    assert back.value == 0.8
    with pytest.raises(UserError, match="unknown entered target"):
        targets.retract(folders, {"metric": "nps"}, "ada")
    with pytest.raises(UserError, match="expected a share from 0 to 1"):
        targets.enter(folders, {"metric": "csat", "target": "80"}, "ada", ())
    with pytest.raises(UserError, match="unknown touchpoint 'biling'; did you mean billing"):
        targets.enter(folders, {"metric": "csat", "target": "0.8", "touchpoint": "biling"}, "ada", ("billing",))
