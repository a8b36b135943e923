"""Known problems: where, what was found, what was expected, what to do; each with its exit code."""

from collections.abc import Iterable
from difflib import get_close_matches


class CxError(Exception):
    """A known problem, told in one sentence and without a traceback.

    The message says where it happened, what was found, what was expected and what to do.
    """

    exit_code = 1


class FileRefused(CxError):
    """A file that is not loaded at all; the message says why."""


class CheckFailed(CxError):
    """A check on the data did not hold; the last published generation stands."""


class UserError(CxError):
    """The call itself is wrong: a missing path, an unknown name, a setting out of range."""

    exit_code = 2


class Busy(CxError):
    """Another run holds the lock."""

    exit_code = 75


def unknown(what: str, found: str, known: Iterable[str], where: str = "") -> UserError:
    """The error for a name that is not among the known ones, nearest choices first."""
    choices = sorted(known)
    *further, last = get_close_matches(found, choices, n=3, cutoff=0.5) or [""]
    nearest = " or ".join(filter(None, (", ".join(further), last)))
    hint = f"did you mean {nearest}?" if nearest else f"choose from: {', '.join(choices)}."
    return UserError(f"{where + ': ' if where else ''}unknown {what} {found!r}; {hint}")
