"""Bad input ends in a sentence and an exit code, never in a traceback."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.folders import Folders
from etl.sources.catalogue import SOURCES
from etl.warehouse import Warehouse
from tests.etl.cli.calls import HEADER, calls, contact_records, cx

HOLD_OPEN = "import sys; file = open(sys.argv[1], 'ab'); print('open', flush=True); sys.stdin.read()"
CALL = "import sys; from etl.cli.app import app; code = 0\n"
CALL += "try: app(sys.argv[1:])\nexcept SystemExit as left: code = left.code\n"
CALL += "print(code, 'etl.metrics.catalogue' in sys.modules)"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n"


KNOWN_ANSWERS = "expected one of " + ", ".join(SOURCES["call_center"].targets[0].fields["disposition"].map)


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "the file is empty"),
        ("\ufeff\n\n", "the file is empty"),
        (bytes(range(256)) * 4, "binary content"),
        (b"\x93\xfa\xee\x81" * 300, "found one column"),
        (b"%PDF-1.7\n", "this is a PDF"),
        (POINTER, "this is a git-LFS pointer"),
        (HEADER.replace("Date", "Day") + calls(1), "the closest source is call_center, but 'Date' is missing"),
        ("thing,colour\nsky,blue\n", "not recognised: found columns 'thing', 'colour'"),
        ('[{"ContactId": ', "not valid JSON"),
    ],
    ids=["empty", "blank", "binary", "no text", "pdf", "lfs", "wrong header", "foreign", "cut json"],
)
def test_refused(data: Path, tmp_path: Path, content: str | bytes, reason: str) -> None:
    path = put(tmp_path, "calls.csv", content)
    outcome = cx(data, "load", path, "--json")
    assert outcome.code == 1
    assert (outcome.file["status"], outcome.file["read"]) == ("refused", None)
    assert reason in outcome.file["reason"]
    looked = cx(data, "inspect", path, "--json")
    assert (looked.code, looked.document["source"], looked.document["status"]) == (1, None, "refused")
    assert looked.document["reason"] == outcome.file["reason"]


def test_symlink_is_refused(data: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(put(tmp_path, "calls.csv", HEADER + calls(1)))
    outcome = cx(data, "load", link, "--json")
    assert (outcome.code, outcome.file["status"]) == (1, "refused")
    assert outcome.file["reason"].startswith("is a symbolic link; expected a plain file")
    assert cx(data, "inspect", link).code == 1


@pytest.mark.parametrize(
    ("whole", "line"),
    [(HEADER + calls(1, 2, 3), 4), (contact_records(1, 2, 3), 3)],
    ids=["csv", "ndjson"],
)
def test_a_record_cut_at_the_end_is_quarantined(data: Path, tmp_path: Path, whole: str, line: int) -> None:
    path = put(tmp_path, "cut", whole[:-25])
    outcome = cx(data, "load", path, "--json")
    counts = {name: outcome.file[name] for name in ("status", "read", "loaded", "quarantined")}
    assert (outcome.code, counts) == (0, {"status": "loaded", "read": 3, "loaded": 2, "quarantined": 1})
    (quarantined,) = (data / "quarantine").iterdir()
    assert quarantined.read_text(encoding="utf-8").splitlines()[1].startswith(f"{line},")
    cut_record = whole[:-25].splitlines()[-1]
    assert cut_record in quarantined.read_text(encoding="utf-8").replace('""', '"')
    problem = {"line": line, "column": None, "found": None}
    (told,) = cx(data, "inspect", path, "--json").document["problems"]
    assert {name: told[name] for name in problem} == problem
    fresh = data.parent / "fresh"
    assert cx(fresh, "load", path, "--strict").code == 1


def test_a_file_quarantined_whole(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "calls.csv", HEADER + calls(1).replace("Y,Y", "maybe,Y"))
    outcome = cx(data, "load", path, "--json")
    assert (outcome.code, outcome.file["status"], outcome.file["quarantined"]) == (1, "quarantined", 1)
    looked = cx(data, "inspect", path, "--json")
    assert (looked.code, looked.document["status"]) == (1, "quarantined")
    problem = {"line": 2, "column": "Answered (Y/N)", "found": "maybe", "reason": KNOWN_ANSWERS}
    assert looked.document["problems"] == [problem]


def test_a_file_that_is_still_written_waits(data: Path, tmp_path: Path) -> None:
    path = put(tmp_path, "calls.csv", HEADER + calls(1))
    command = [sys.executable, "-S", "-c", HOLD_OPEN, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        outcome = cx(data, "load", path, "--json")
        looked = cx(data, "inspect", path, "--json")
        writer.communicate(timeout=10)
    assert (outcome.code, outcome.file["status"]) == (0, "waiting")
    assert (looked.code, looked.document["status"]) == (0, "waiting")
    assert cx(data, "load", path, "--json").file["status"] == "loaded"


def test_a_name_is_never_a_pattern(data: Path, tmp_path: Path) -> None:
    put(tmp_path, "data1.csv", HEADER + calls(1, 2))
    path = put(tmp_path, "data[1].csv", HEADER + calls(3))
    outcome = cx(data, "load", path, "--json")
    assert (outcome.code, outcome.file["path"], outcome.file["loaded"]) == (0, str(path), 1)
    assert cx(data, "inspect", path, "--json").document["read"] == 1


@pytest.mark.parametrize("call", ["mkdir", "open"])
def test_read_only_data_folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = put(tmp_path, "calls.csv", HEADER + calls(1))
    if call == "open":
        assert cx(data, "load").code == 0
    do = getattr(os, call)

    def refuse(target: object, flags: int = 0, *more: object, **named: object) -> object:
        is_writing = call == "mkdir" or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if is_writing and str(target).startswith(str(data)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(target))
        return do(target, flags, *more, **named)

    monkeypatch.setattr(os, call, refuse)
    outcome = cx(data, "load", path)
    assert outcome.code == 2
    assert "may not be written; expected a data folder that you own" in outcome.told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("load", "nowhere.csv"), "nowhere.csv: no such file or folder"),
        (("inspect", "nowhere.csv"), "nowhere.csv: no such file or folder"),
        (("inspect", "."), ".: is a folder; expected one file"),
        (("load", "--source", "twc"), "unknown source 'twc'; did you mean twcs?"),
        (("load", "--mapping", "nowhere.toml"), "nowhere.toml: cannot be read"),
        (("load", "--colour"), "No such option: --colour"),
        (("lod",), "No such command 'lod'"),
    ],
)
def test_wrong_calls(data: Path, words: tuple[str, ...], sentence: str) -> None:
    outcome = cx(data, *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert sentence in outcome.told


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("[company]\nzon = 'UTC'", "unknown setting 'zon'; did you mean zone?"),
        ("[metrics.npss]\ntarget = 4", "unknown metric 'npss'; did you mean nps, enps or nps_all?"),
        ("[company", "not valid TOML"),
    ],
)
@pytest.mark.parametrize("command", ["load", "check", "doctor", "metrics"])
def test_bad_settings(data: Path, line: str, sentence: str, command: str) -> None:
    put(data, "settings.toml", line)
    outcome = cx(data, command)
    assert (outcome.code, outcome.out) == (2, "")
    assert sentence in outcome.told


def test_missing_data_folder(tmp_path: Path) -> None:
    outcome = cx(tmp_path / "no" / "data", "load")
    assert outcome.code == 2
    assert "no such folder; expected the data folder" in outcome.told


def test_busy_before_anything_heavy_is_imported(data: Path) -> None:
    with Warehouse(Folders(data)).lock():
        command = [sys.executable, "-c", CALL, "load", "--data", str(data)]
        root = Path(__file__).parents[3]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "75 False\n"
    assert done.stderr.startswith(f"{data / 'warehouse'}: another run is writing to this data folder")
