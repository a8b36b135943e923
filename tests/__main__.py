"""`python -m tests`: every check in one command; further words go to pytest, such as `-k trends`."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import typer

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
"""The folder of the running environment's programs, so that it need not be activated."""

PROCESSES = 1 + (os.cpu_count() or 1)
"""One more than cores: each waits a quarter of its time for browsers and for programs that it starts."""


@dataclass(frozen=True)
class Check:
    """One program of the environment with its arguments."""

    title: str
    program: str
    arguments: tuple[str, ...] = ()


CHECKS = (
    Check("format", "ruff", ("format", "--check", "--quiet", ".")),
    Check("lint", "ruff", ("check", "--quiet", ".")),
    Check("types", "mypy", ("--no-error-summary",)),
    Check("imports", "lint-imports", ("--no-cache", "--no-logo")),
    Check("tests", "pytest", ("--quiet", f"--numprocesses={PROCESSES}", "--dist=loadfile", "--no-loadscope-reorder")),
)


def run(check: Check, further: tuple[str, ...] = ()) -> bool:
    """Run one check from the project's folder with its output shown; True if it passed."""
    command = [str(PROGRAMS / check.program), *check.arguments, *further]
    began = time.monotonic()
    try:
        passed = subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode == 0
    except FileNotFoundError:
        typer.echo(f"{command[0]}: not installed; expected the development tools. Run: pip install -e '.[dev]'")
        passed = False
    typer.echo(f"{'passed' if passed else 'FAILED'}  {check.title:<8} {time.monotonic() - began:6.1f} s")
    return passed


def environment() -> dict[str, str]:
    """The caller's environment with this environment's programs first on the path."""
    return os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def main(further: tuple[str, ...]) -> int:
    """Run all checks, also after one has failed; 0 if all passed, else 1."""
    results = [run(check, further if check.program == "pytest" else ()) for check in CHECKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
