"""`cx alerts` and `cx acknowledge`: what schedulers and scripts read, exit codes, and the journal behind them."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.etl.cli.calls import HEADER, calls, cx

NAME = "service_level_target"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one call a day, answered a second later each day: late from the 21st on."""
    data = tmp_path_factory.mktemp("late") / "data"
    (data / "inbox").mkdir(parents=True)
    (data / "settings.toml").write_text("[metrics.service_level]\nminimum_n = 1\ntarget = 0.95\n")
    hours = '[quiet_hours]\nfrom = "00:00"\nto = "00:00"\ndays=[]'
    (data / "alerts.toml").write_text(f'[rules.{NAME}]\ngrain = "day"\n{hours}')
    (data / "inbox" / "calls.csv").write_text(HEADER + calls(*range(1, 29)), encoding="utf-8")
    assert cx(data, "load").code == 0
    return data


@pytest.fixture
def waiting(loaded: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return copytree(loaded, tmp_path / "data")


def test_an_alert_has_state_range_owner_and_a_message(waiting: Path) -> None:
    found = cx(waiting, "alerts", "--json").document
    assert list(found) == [
        "generation", "as_of", "firing", "alerts", "messages", "rules", "missed", "outdated_acknowledgements",
    ]  # fmt: skip
    assert (found["as_of"], found["firing"]) == ("2024-03-27", 1)
    alert = found["alerts"][0]
    told = {
        key: alert[key] for key in ("alert", "state", "since", "last_signal", "value", "low", "n", "quiet", "owner")
    }
    assert told == {
        "alert": NAME, "state": "firing", "since": "2024-03-21", "last_signal": "2024-03-27", "value": 0.0, "low": 0.95,
        "n": 1, "quiet": 0, "owner": "Workforce management",
    }  # fmt: skip
    (message,) = found["messages"]
    assert (message["group"], message["alerts"], message["held"]) == ("reachability", [NAME], False)


def test_it_leaves_with_1_only_when_asked_to(waiting: Path) -> None:
    assert cx(waiting, "alerts").code == 0
    assert cx(waiting, "alerts", "--strict").code == 1
    assert cx(waiting, "alerts", "--strict", "--as-of", "2024-03-20").code == 0
    assert cx(waiting, "acknowledge", NAME).code == 0
    assert cx(waiting, "alerts", "--strict").code == 0


def test_an_acknowledgement_holds_until_it_is_taken_back(waiting: Path) -> None:
    said = cx(waiting, "acknowledge", NAME, "--note", "more agents", "--json").document
    assert said == {"alert": NAME, "opened": "2024-03-21", "state": "acknowledged", "note": "more agents"}
    found = cx(waiting, "alerts", "--json").document
    assert (found["alerts"][0]["state"], found["messages"]) == ("acknowledged", [])
    assert found["alerts"][0]["acknowledged"]["note"] == "more agents"
    assert cx(waiting, "acknowledge", NAME, "--withdraw").code == 0
    assert cx(waiting, "alerts", "--json").document["alerts"][0]["state"] == "firing"


def test_what_is_not_open_cannot_be_acknowledged(waiting: Path) -> None:
    closed = cx(waiting, "acknowledge", "contacts")
    assert (closed.code, closed.told.strip()) == (2, "contacts: it is ok; there is nothing to acknowledge.")
    missing = cx(waiting, "acknowledge", "waits")
    assert missing.code == 2
    assert f"open are: '{NAME}'" in missing.told


def test_an_episode_that_a_correction_took_away_leaves_its_acknowledgement_outdated(waiting: Path) -> None:
    cx(waiting, "acknowledge", NAME)
    (waiting / "settings.toml").write_text("[metrics.service_level]\nminimum_n = 1\ntarget = 0.01\n")
    found = cx(waiting, "alerts", "--json").document
    assert found["firing"] == 0 or found["alerts"][0]["since"] == "2024-03-21"
    (waiting / "settings.toml").write_text("[metrics.service_level]\nminimum_n = 1\n")
    assert cx(waiting, "alerts", "--json").document["outdated_acknowledgements"] == [
        {"alert": NAME, "since": "2024-03-21"}
    ]


def test_one_day_and_nothing_at_all(data: Path) -> None:
    assert cx(data, "alerts").code == 2
    (data / "calls.csv").write_text(HEADER + calls(1), encoding="utf-8")
    assert cx(data, "load", data / "calls.csv").code == 0
    found = cx(data, "alerts", "--json").document
    assert (found["as_of"], found["alerts"], found["messages"]) == (None, [], [])
