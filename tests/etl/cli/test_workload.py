"""`cx workload`: the published example, defaults from the settings, and wrong calls in a sentence."""

from pathlib import Path

import pytest

from tests.etl.cli.calls import cx

WORDS = ("workload", "--calls", "100", "--minutes", "30", "--aht", "180")


def test_the_example(data: Path) -> None:
    found = cx(data, *WORDS, "--agents", "14", "--threshold", "20", "--shrinkage", "0.3", "--json").document
    assert (found["erlangs"], found["calls"], found["quantile"]) == (10, 100, None)
    assert found["given"]["waits"] == pytest.approx(0.1741319, abs=5e-8)
    assert found["given"]["service_level"] == pytest.approx(0.88835, abs=5e-6)
    assert found["given"]["asa_seconds"] == pytest.approx(7.836, abs=5e-4)
    assert found["given"]["paid"] == pytest.approx(20)
    assert (found["needed"]["agents"], found["target"]) == (14, 0.8)


def test_threshold_and_target_are_those_of_the_settings(data: Path) -> None:
    (data / "settings.toml").write_text("[metrics.service_level]\nthreshold_seconds = 60\ntarget = 0.95\n")
    found = cx(data, *WORDS, "--json").document
    assert (found["threshold_seconds"], found["target"], found["given"]) == (60, 0.95, None)


def test_an_entered_target_is_the_one_to_staff_for(data: Path) -> None:
    assert cx(data, "target", "service_level", "0.95").code == 0
    assert cx(data, *WORDS, "--json").document["target"] == 0.95


def test_several_like_intervals_are_staffed_at_a_quantile(data: Path) -> None:
    several = [word for calls in (90, 100, 131) for word in ("--calls", str(calls))]
    found = cx(data, "workload", *several, "--aht", "180", "--json").document
    assert (found["calls"], found["quantile"]) == (131, 0.9)


def test_a_table_for_people(data: Path) -> None:
    lines = cx(data, *WORDS, "--agents", "10").out.splitlines()
    assert lines[0] == "100 calls in 30 min at 180 s, answered within 20 s; the target is 80%."
    assert [line.split()[:2] for line in lines[2:]] == [["given", "10"], ["needed", "14"]]


def test_a_wrong_call_is_told(data: Path) -> None:
    failed = cx(data, "workload", "--calls", "100", "--aht", "0")
    assert failed.code == 2
    assert "expected calls from 0 on" in failed.told
