"""Compiles a loop over bytes and numbers to machine code, once, and keeps what was compiled where that can be kept."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function in machine code; it runs without the interpreter's lock, so threads share the cores.

    Where neither the package's folder nor the user's cache can be written, each process compiles for itself.
    """
    try:
        return cast(F, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast(F, numba.njit(nogil=True)(function))
