"""Words on the web's own pages: a command that one is told to run exists."""

from typer.core import TyperGroup
from typer.main import get_command

from dashboard.cli import app
from dashboard.web import labels


def test_the_commands_that_pages_name_exist() -> None:
    command = get_command(app)
    assert isinstance(command, TyperGroup)
    known = set(command.commands)
    told = [line for line in (*labels.NO_DATA_HELP, *labels.DAMAGED_HELP) if line.startswith("cx ")]
    assert told
    assert {line.split()[1] for line in told} <= known
