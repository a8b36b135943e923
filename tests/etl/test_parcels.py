"""ZIP files of several exports: each lands as a file of its own, once, however it came."""

from pathlib import Path

from etl.config import load_settings
from etl.pipeline import FileReport, load
from tests.etl.reading.test_jail import zipped
from tests.etl.test_faults import calls, text

FIRST, SECOND = text(calls("a")).encode(), text(calls("b", count=3)).encode()


def loaded(folder: Path, name: str, content: bytes) -> list[tuple[str, str, int | None]]:
    """Name, status and records of each file that a load of this one tells of."""
    file = folder / name
    file.write_bytes(content)
    (folder / "data").mkdir(exist_ok=True)
    return [_told(report) for report in load(load_settings(folder / "data"), [file]).files]


def _told(report: FileReport) -> tuple[str, str, int | None]:
    return Path(report.path).name, str(report.status), report.loaded


def test_each_export_in_a_zip_file_lands_under_its_own_name(tmp_path: Path) -> None:
    entries = {"first.csv": FIRST, "second.csv": SECOND, "read me.txt": b"two exports\n", "__MACOSX/._x": b"\0"}
    assert loaded(tmp_path, "week.zip", zipped(entries)) == [
        ("week.zip!first.csv", "loaded", 2),
        ("week.zip!second.csv", "loaded", 3),
        ("week.zip!read me.txt", "refused", None),
    ]
    assert loaded(tmp_path, "again.zip", zipped({"x.csv": SECOND, "y.csv": FIRST})) == [
        ("again.zip!x.csv", "duplicate", None),
        ("again.zip!y.csv", "duplicate", None),
    ]
    assert [path.name for path in (tmp_path / "data" / "raw").iterdir() if path.name.startswith("taking-")] == []


def test_a_damaged_zip_file_is_refused_whole(tmp_path: Path) -> None:
    content = bytearray(zipped({"first.csv": FIRST, "second.csv": SECOND}))
    content[60] ^= 0xFF
    assert loaded(tmp_path, "week.zip", bytes(content)) == [("week.zip", "refused", None)]
