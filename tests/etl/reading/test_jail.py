"""The process that parses files: a file that harms it is refused, and the next file is read as ever."""

import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.errors import CheckFailed, FileRefused
from etl.reading import child
from etl.reading import jail as jails
from etl.reading.jail import Jail
from etl.reading.plain import Plain
from tests.etl.sources.workbooks import workbook

CALLS = (
    "Call Id,Date,Time,Topic,Answered (Y/N),Speed of answer in seconds,AvgTalkDuration\n"
    "C1,2021-01-13,09:00:00,Payment,Y,12,0:01:00\n"
)


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    """A child of its own, so that it may die."""
    own = Jail()
    yield own
    own.stop()


def zipped(entries: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return content.getvalue()


def far_cell() -> bytes:
    """A workbook of a few kilobytes whose second cell lies in the last corner of the sheet (F-091)."""
    rows = [["Call Id", "Date"], ["C1", "2021-01-13"]]
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in entries if name.startswith("xl/worksheets/"))
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    entries[sheet] = entries[sheet].replace(b"</sheetData>", far)
    return zipped(entries)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]><rss><channel>&l9;</channel></rss>'.encode()


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "F-088 XML that grows": (laughs, "entities"),
    "F-089 ZIP that grows": (lambda: zipped({"calls.csv": b"a,b\n" + b"0" * (200 << 20)}), "more than 200 times"),
    "F-089 ZIP of many entries": (lambda: zipped({f"{n}.csv": b"" for n in range(10_001)}), "10001 entries"),
    "F-089 ZIP inside a ZIP": (lambda: zipped({"a.zip": zipped({"a.csv": b"a,b"})}), "one layer"),
    "F-090 gzip that grows": (lambda: gzip.compress(b"0" * (200 << 20)), "more than 200 times"),
    "F-090 gzip cut off": (lambda: gzip.compress(os.urandom(5_000))[:3_000], "damaged or cut off"),
    "F-091 a cell far away": (far_cell, "memory"),
    "F-092 JSON nested 200,000 deep": (lambda: b"[" * 200_000, "nested too deeply"),
    "F-092 an object nested 200,000 deep": (lambda: b'{"a":' * 200_000, "nested too deeply"),
    "F-087 macros": (lambda: zipped({"[Content_Types].xml": b"", "xl/vbaProject.bin": b""}), "macros"),
    "F-086 no workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 5_000, "not a readable workbook"),
    "F-095 Parquet of nothing": (lambda: b"PAR1" + b"\0" * 500 + b"PAR1", "Parquet file that is damaged"),
}


@pytest.mark.parametrize(("content", "reason"), BOMBS.values(), ids=list(BOMBS))
def test_refused_and_the_next_file_is_read(
    jail: Jail, tmp_path: Path, content: Callable[[], bytes], reason: str
) -> None:
    bomb, calls = tmp_path / "bomb", tmp_path / "calls"
    bomb.write_bytes(content())
    calls.write_text(CALLS, encoding="utf-8")
    with pytest.raises(FileRefused, match=reason):
        jail.read(bomb, tmp_path)
    plain = jail.read(calls, tmp_path)
    assert (plain.source, plain.records, plain.header_rows) == ("call_center", 2, 1)


def test_a_file_that_takes_too_long_is_given_up(jail: Jail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "calls"
    path.write_text(json.dumps([{"id": n, "text": "x" * 100} for n in range(150_000)]), encoding="utf-8")
    jail.ready()
    monkeypatch.setattr(jails, "seconds_for", lambda size: 0.001 if size else 0.0)
    with pytest.raises(FileRefused, match="took longer than"):
        jail.read(path, tmp_path)


class PanicException(BaseException):
    """What a panic of a Rust library is in Python."""


def failing(fault: BaseException) -> Callable[..., Plain]:
    def read(*_: object) -> Plain:
        raise fault

    return read


def asked(path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> str:
    """The child's answer where reading a file raises something that nobody foresaw."""
    monkeypatch.setattr(child, "read", failing(fault))
    monkeypatch.setattr(child, "allow", lambda _: [])
    path.write_text(CALLS, encoding="utf-8")
    return child.answer({"raw": str(path), "folder": str(path.parent), "source": None, "mappings": {}})


def test_an_error_of_the_program_is_no_refusal_of_the_file(
    jail: Jail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "calls"
    answer = asked(path, monkeypatch, KeyError("delimiter"))
    monkeypatch.setattr(jail, "_ask", lambda *_: answer.encode())
    with pytest.raises(CheckFailed, match="an error of this program .KeyError: 'delimiter'."):
        jail.read(path, tmp_path)
    assert "in read" in caplog.text
    assert "KeyError: 'delimiter'" in caplog.text


def test_a_library_that_panics_refuses_the_file(jail: Jail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "calls"
    answer = asked(path, monkeypatch, PanicException("index out of bounds"))
    monkeypatch.setattr(jail, "_ask", lambda *_: answer.encode())
    with pytest.raises(FileRefused, match="the library that reads it gave up .index out of bounds."):
        jail.read(path, tmp_path)


def test_what_ends_the_process_is_not_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        asked(tmp_path / "calls", monkeypatch, SystemExit(1))


def test_a_process_that_ends_itself_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CheckFailed, match="ended the process that parses files: exit 1"):
        Jail().ready()


def test_limits_are_told(jail: Jail) -> None:
    assert {limit.name for limit in jail.ready()} == {"file size", "network", "memory", "processor time"}
