"""Each command's help shows an example, and the example runs."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from etl.cli.app import app
from tests.etl.cli.calls import HEADER, calls
from tests.etl.enrich.text_model.labelled import said

EXAMPLE = re.compile(r"Example: cx (.+(?:\n +.+)*)")
"""Long ones are wrapped."""
GROUP = typer.main.get_command(app)
assert isinstance(GROUP, TyperGroup)
COMMANDS = GROUP.commands


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working directory with a data folder of some calls, answered ever later, and the exports of the examples."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "exports").mkdir()
    (folder / "data").mkdir()
    (folder / "exports" / "calls.csv").write_text(HEADER + calls(*range(1, 29)), encoding="utf-8")
    (folder / "data" / "settings.toml").write_text("[metrics.service_level]\nminimum_n = 1\ntarget = 0.95\n")
    (folder / "data" / "alerts.toml").write_text('[rules.service_level_target]\ngrain = "day"\n')
    cells = "x,y,b0,n0,b1,n1\nphone,N,10,100,40,100\nphone,S,10,100,10,100\nchat,N,10,100,10,100\n"
    (folder / "cells.csv").write_text(cells, encoding="utf-8")
    (folder / "posts.csv").write_text("text\nmy bag is lost\nthank you\n", encoding="utf-8")
    labelled = "".join(f"{text},{cause}\n" for text, cause, _ in said() if cause)
    (folder / "labelled.csv").write_text(f"text,cause\n{labelled}", encoding="utf-8")
    words = ["load", str(folder / "exports"), "--data", str(folder / "data")]
    assert CliRunner().invoke(app, words, catch_exceptions=False).exit_code == 0
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_runs(place: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shown = CliRunner().invoke(app, [name, "--help"])
    (example,) = (" ".join(found.split()) for found in EXAMPLE.findall(shown.stdout))
    assert example.split()[0] == name
    monkeypatch.chdir(place)
    result = CliRunner().invoke(app, shlex.split(example), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    assert result.stdout


def test_every_command_takes_the_data_folder_and_prints_json_on_wish() -> None:
    lacking = {
        name: {"--data", "--json"} - {word for option in command.params for word in option.opts}
        for name, command in COMMANDS.items()
    }
    assert {name: options for name, options in lacking.items() if options} == {}
