"""A filter by a value that is not there: refused where it can't be, else answered with the nearest known ones told."""

from pathlib import Path

import pytest

from tests.etl.cli.calls import HEADER, calls, cx

COMMANDS = (
    ("ask", "contacts"), ("rows", "contacts", "--period", "2024-03"), ("signals", "contacts"), ("breakdowns",),
    ("why", "contacts", "--period", "2024-03-02"), ("compare", "contacts", "--period", "2024-03-02"),
    ("exceptions",), ("journeys", "--period", "2024-03"), ("detractors", "--period", "2024-03"),
    ("drivers", "csat", "--period", "2024-03"), ("invitations", "--period", "2024-03"),
    ("themes", "--period", "2024-03"), ("quotes", "late refund", "--period", "2024-03"),
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three calls about streaming."""
    data = tmp_path_factory.mktemp("data")
    path = tmp_path_factory.mktemp("exports") / "calls.csv"
    path.write_text(HEADER + calls(1, 2, 3))
    assert cx(data, "load", path).code == 0
    return data


@pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])
def test_a_channel_that_does_not_exist(loaded: Path, words: tuple[str, ...]) -> None:
    outcome = cx(loaded, *words, "--where", "channel=fone")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.told == "--where channel=fone: unknown channel 'fone'; did you mean phone?\n"


@pytest.mark.parametrize("words", COMMANDS, ids=[words[0] for words in COMMANDS])
def test_a_value_that_occurs_nowhere_is_told(loaded: Path, words: tuple[str, ...]) -> None:
    told = cx(loaded, *words, "--where", "reason=steaming").told.splitlines()
    assert told.count("--where reason=steaming: unknown reason 'steaming'; did you mean streaming?") == 1


def test_a_value_that_occurs_nowhere_is_answered(loaded: Path) -> None:
    outcome = cx(loaded, "ask", "contacts", "--where", "reason=steaming", "--json")
    assert (outcome.code, outcome.document["rows"][0]["value"]) == (0, 0)
    assert cx(loaded, "ask", "contacts", "--where", "team=Blue").told == "--where team=Blue: no record has a team.\n"


@pytest.mark.parametrize("where", ["channel=phone", "channel=chat", "channel=(unknown)", "reason=streaming"])
def test_values_that_are_known(loaded: Path, where: str) -> None:
    outcome = cx(loaded, "ask", "contacts", "--where", where)
    assert (outcome.code, outcome.told) == (0, "")
