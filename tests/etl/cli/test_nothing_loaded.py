"""What each command says before anything is loaded, and of a data folder that is not there: one code for all."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dashboard.cli import app
from tests.etl.cli.calls import Outcome

CLAIM = "g1/contacts/2024-03-04..2024-03-10/7.0/99e9-3df2"
NEEDS_DATA = {
    "acknowledge": ("nps_target",),
    "alerts": (),
    "ask": ("nps",),
    "breakdowns": (),
    "brief": (),
    "compare": ("nps", "--period", "2024-03"),
    "customers": (),
    "detractors": ("--period", "2024-03"),
    "drivers": ("csat", "--period", "2024-03"),
    "exceptions": (),
    "invitations": ("--period", "2024-03"),
    "journeys": ("--period", "2024-03"),
    "label": (),
    "plan": ("Scan twice", "--cause", "lost luggage", "--touchpoint", "airport"),
    "quarantine": (),
    "quotes": ("late refund", "--period", "2024-03"),
    "restated": ("contacts",),
    "rows": ("contacts", "--period", "2024-03"),
    "signals": ("contacts",),
    "snapshot": ("--out", "pages"),
    "themes": ("--period", "2024-03"),
    "trace": (CLAIM,),
    "why": ("contacts", "--period", "2024-03"),
}
NEEDS_FOLDER = {"annotations": (), "plans": (), "targets": ()}
"""What people entered, which may be before the first load."""
WRITES_DECISIONS = {"annotate", "target"}
WITHOUT_DATA = {
    "check", "classify", "dashboard", "demo", "dimensions", "doctor", "inspect", "learn", "load", "localise",
    "metrics", "redact", "sources", "taxonomy", "views", "workload",
}  # fmt: skip
"""These tell of the program or of a file, make the data folder, or report on it in whatever state it is."""


def call(folder: Path, name: str, words: Sequence[str]) -> Outcome:
    result = CliRunner().invoke(app, [name, *words, "--data", str(folder)], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def test_each_command_is_one_or_the_other() -> None:
    known = {*NEEDS_DATA, *NEEDS_FOLDER, *WRITES_DECISIONS, *WITHOUT_DATA}
    assert known == set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NEEDS_DATA)
def test_nothing_is_loaded(tmp_path: Path, name: str) -> None:
    outcome = call(tmp_path, name, NEEDS_DATA[name])
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.told == f"{tmp_path}/warehouse: nothing is loaded yet. Run cx load, or cx demo to look around.\n"


@pytest.mark.parametrize("name", NEEDS_FOLDER)
def test_nothing_was_entered(tmp_path: Path, name: str) -> None:
    outcome = call(tmp_path, name, ("--json",))
    assert (outcome.code, outcome.document, outcome.told) == (0, {"rows": []}, "")


@pytest.mark.parametrize("name", [*NEEDS_DATA, *NEEDS_FOLDER])
def test_no_data_folder(tmp_path: Path, name: str) -> None:
    gone = tmp_path / "gone"
    outcome = call(gone, name, (NEEDS_DATA | NEEDS_FOLDER)[name])
    told = f"{gone}: no such folder; expected the data folder. Make it, or name another with --data.\n"
    assert (outcome.code, outcome.out, outcome.told) == (2, "", told)
    assert not gone.exists()


def test_a_check_of_nothing_fails(tmp_path: Path) -> None:
    outcome = call(tmp_path, "check", ("--json",))
    told = [{"name": "generation", "ok": False, "detail": "none is published; run cx load first"}]
    assert (outcome.code, outcome.document) == (1, {"checks": told})
