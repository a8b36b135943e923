"""Where what is printed has no place, or somebody stops it, a call ends in a sentence, and nothing else is harmed."""

import errno
import os
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.etl.cli.calls import HEADER, calls, cx

CX = f"{sys.executable} -m dashboard.cli"


def shell(line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three calls."""
    data = tmp_path_factory.mktemp("data")
    path = tmp_path_factory.mktemp("exports") / "calls.csv"
    path.write_text(HEADER + calls(1, 2, 3))
    assert cx(data, "load", path).code == 0
    return data


def test_out_replaces_files_only(loaded: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for out, found in ((tmp_path, "a folder"), (pipe, "a device")):
        outcome = cx(loaded, "ask", "contacts", "--format", "csv", "--out", out)
        assert (outcome.code, outcome.out) == (2, "")
        assert f"{out}: is {found}; expected the name of a file" in outcome.told
    assert pipe.is_fifo()
    assert sorted(tmp_path.parent.glob(f"{tmp_path.name}*")) == [tmp_path]


def test_out_that_may_not_be_written(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: str, *more: int) -> int:
        if str(path).startswith(str(tmp_path)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return opened(path, *more)

    monkeypatch.setattr(os, "open", refuse)
    outcome = cx(loaded, "ask", "contacts", "--format", "csv", "--out", tmp_path / "out.csv")
    assert outcome.code == 2
    assert "may not be written; expected a folder that you own" in outcome.told
    assert "give another folder with --out." in outcome.told


def test_where_that_is_no_text(loaded: Path) -> None:
    outcome = cx(loaded, "ask", "contacts", "--where", "channel=\udcff")
    assert (outcome.code, outcome.out) == (2, "")
    assert "not UTF-8" in outcome.told


@pytest.mark.parametrize("words", [("metrics",), ("metrics", "--json"), ("ask", "contacts", "--format", "csv")])
def test_no_room_for_what_is_printed(loaded: Path, words: tuple[str, ...]) -> None:
    done = shell(f"{CX} {' '.join(words)} --data {loaded} > /dev/full")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert done.stderr.startswith("standard output: the disk is full")


@pytest.mark.parametrize("words", ["--help", "ask --help", "--version"])
def test_no_room_for_help(words: str) -> None:
    done = shell(f"{CX} {words} > /dev/full")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert done.stderr.startswith("standard output: the disk is full")


def test_version() -> None:
    done = shell(f"{CX} --version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"cx {version('cx-command-center')}\n", "")


def test_closed_output(loaded: Path) -> None:
    done = shell(f"{CX} ask contacts --format csv --data {loaded} >&-")
    assert (done.returncode, done.stderr) == (0, "")


def test_working_folder_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = shell(f"cd {gone} && rmdir {gone} && {CX} load")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "the working folder no longer exists; expected one. Change into another folder.\n"


INSIDE_A_STATEMENT = """
import signal
import duckdb
from etl.cli.commands import group
signal.signal(signal.SIGINT, signal.default_int_handler)
app = group("")
@app.command()
def load():
    print("inside", flush=True)
    duckdb.sql("SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b").fetchall()
@app.command()
def other(): ...
app(["load"])
"""


def test_ctrl_c_inside_a_statement() -> None:
    command = [sys.executable, "-c", INSIDE_A_STATEMENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "inside\n"
        run.send_signal(signal.SIGINT)
        told = run.communicate(timeout=60)[1]
    assert (run.returncode, told) == (130, "")
