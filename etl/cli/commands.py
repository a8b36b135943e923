"""The group that all commands hang in: the one place where a known problem becomes a sentence and an exit code."""

from typing import Any

import typer
from typer.core import TyperGroup

from etl.cli.output import say
from etl.errors import CxError


class Commands(TyperGroup):
    """A group of commands that tells a CxError in its own sentence on stderr, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; leaves with the problem's exit code (1, 2 or 75)."""
        try:
            return super().invoke(ctx)
        except CxError as error:
            say(str(error))
            raise typer.Exit(error.exit_code) from error


def group(help_text: str) -> typer.Typer:
    """An application without commands yet; help and usage errors are plain text."""
    return typer.Typer(
        cls=Commands,
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
