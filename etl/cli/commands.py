"""The group that all commands hang in: the one place where a known problem becomes a sentence and an exit code."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from etl.cli.output import say
from etl.durable import DISK_FULL, disk_full
from etl.errors import CxError, UserError

INTERRUPTED = "Query interrupted"
"""What the engine says, as a RuntimeError, where Ctrl-C found it inside a statement."""


class Commands(TyperGroup):
    """A group of commands that tells a CxError in its own sentence on stderr, without a traceback."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Read the words of the call, among them those that only print: help and version."""
        with _problems_told():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; leaves with the problem's exit code (1, 2 or 75)."""
        with _problems_told():
            return super().invoke(ctx)


@contextmanager
def _problems_told() -> Iterator[None]:
    try:
        yield
    except CxError as error:
        raise _told(error) from error
    except OSError as error:
        known = _known(error)
        if known is None:
            raise
        raise _told(known) from error
    except RuntimeError as error:
        if str(error) != INTERRUPTED:
            raise
        raise KeyboardInterrupt from error


def _told(problem: CxError) -> typer.Exit:
    say(str(problem))
    return typer.Exit(problem.exit_code)


def _known(error: OSError) -> CxError | None:
    """What the system refused the call itself: room for what it prints, or the folder that it stands in."""
    if error.errno in DISK_FULL:
        return disk_full(str(error.filename or "standard output"))
    if error.errno == errno.ENOENT and _is_working_folder_gone():
        return UserError("the working folder no longer exists; expected one. Change into another folder.")
    return None


def _is_working_folder_gone() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


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
