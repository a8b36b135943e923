"""What a file is by its first bytes, and what lies inside gzip and ZIP files, unpacked under a limit."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from etl.errors import FileRefused

LFS_POINTER = b"version https://git-lfs.github.com/spec/"
NOT_TABLES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "an SQLite database",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an XZ file",
    b"7z\xbc\xaf": "a 7z file",
    b"Rar!": "a RAR file",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
}
READ = "CSV, TSV, JSON, NDJSON, XLSX, XLS, Parquet, XML feeds, or one of these in gzip or ZIP"
MOST_BYTES = 2 << 30
MOST_RATIO = 200
# Small files of one repeated word pack better than any export, and harm nobody.
HARMLESS_BYTES = 64 << 20
MOST_ENTRIES = 10_000
CHUNK_BYTES = 1 << 20
START_BYTES = 1 << 16
WORKBOOK = "[Content_Types].xml"
SEVERAL = 2


@dataclass(frozen=True)
class Content:
    """A file with nothing packed around it: `kind` is text, xlsx, xls or parquet; `inside` names the entry of a ZIP."""

    path: Path
    kind: str
    inside: str = ""


def unpacked(path: Path, folder: Path, depth: int = 0) -> Content:
    """The content of a file, whatever its name says; what was packed is written into `folder`.

    Raises FileRefused, saying what was found, for what is no export or is too large unpacked.
    """
    with path.open("rb") as file:
        start = file.read(START_BYTES)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00") and path.stat().st_size <= START_BYTES:
        raise FileRefused("the file is empty; expected a header and records. Export it again.")
    if start.startswith(LFS_POINTER):
        raise FileRefused("this is a git-LFS pointer, not the file it stands for. Fetch it with: git lfs pull.")
    for magic, name in NOT_TABLES.items():
        if start.startswith(magic):
            raise FileRefused(f"this is {name}, which is not read; expected {READ}.")
    if start.startswith(b"PAR1"):
        return Content(path, "parquet")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return Content(path, "xls")
    if start.startswith((b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06")):
        if depth:
            raise FileRefused("a packed file inside a packed file; expected one layer. Unpack it once and load that.")
        return _gunzipped(path, folder) if start.startswith(b"\x1f\x8b") else _unzipped(path, folder)
    return Content(path, "text")


def _gunzipped(path: Path, folder: Path) -> Content:
    target = folder / "unpacked"
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, path.stat().st_size)
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(f"a gzip file that is damaged or cut off ({error}). Export it again.") from error
    return unpacked(target, folder, depth=1)


def members(path: Path, folder: Path) -> list[tuple[str, Path]]:
    """Name and place of each export in a ZIP file that holds several, written into `folder`; else none.

    Raises FileRefused for one that cannot be opened or is too large unpacked.
    """
    with _opened_zip(path) as archive:
        wanted = _exports(archive, path)
        if len(wanted) < SEVERAL:
            return []
        places = [(entry, folder / f"member {number}") for number, entry in enumerate(wanted)]
        for entry, place in places:
            with archive.open(entry) as packed:
                _copy(packed, place, path.stat().st_size)
        return [(entry.filename, place) for entry, place in places]


def _unzipped(path: Path, folder: Path) -> Content:
    with _opened_zip(path) as archive:
        names = set(archive.namelist())
        wanted = _exports(archive, path)
        if not wanted and WORKBOOK in names:
            return _workbook(path, names)
        if len(wanted) != 1:
            some = ", ".join(repr(entry.filename) for entry in wanted[:4])
            what_to_do = "cx load loads each; to look at one, unpack it." if wanted else "Pack the export again."
            raise FileRefused(f"a ZIP file with {len(wanted)} files ({some}); expected one. {what_to_do}")
        with archive.open(wanted[0]) as packed:
            _copy(packed, folder / "unpacked", path.stat().st_size)
    inner = unpacked(folder / "unpacked", folder, depth=1)
    return Content(inner.path, inner.kind, wanted[0].filename)


@contextmanager
def _opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        raise FileRefused(f"a ZIP file that cannot be opened ({error}). Pack it again without a password.") from error


def _exports(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """What may be exports; nothing of an Office document, which is a ZIP file, too."""
    entries = archive.infolist()
    _refuse_bomb(entries, path.stat().st_size)
    if any(entry.filename == WORKBOOK for entry in entries):
        return []
    return [entry for entry in entries if _is_export(entry)]


def _workbook(path: Path, names: set[str]) -> Content:
    if "xl/vbaProject.bin" in names:
        raise FileRefused("a workbook with macros (XLSM); expected XLSX. Save it without macros.")
    if not any(name.startswith("xl/") for name in names):
        raise FileRefused(f"an Office document that is no workbook; expected {READ}.")
    return Content(path, "xlsx")


def _is_export(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.rsplit("/", 1)[-1]
    return not entry.is_dir() and not name.startswith(".") and "__MACOSX" not in entry.filename


def _refuse_bomb(entries: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    """By what the directory claims; what it really holds is counted while it is unpacked."""
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(f"a ZIP file with {len(entries)} entries; expected at most {MOST_ENTRIES}.")
    _refuse_size(total, packed_bytes)
    if sum(entry.compress_size for entry in entries) > packed_bytes:
        raise FileRefused("a ZIP file whose entries overlap; expected each to have its own bytes.")


def _refuse_size(total: int, packed_bytes: int) -> None:
    if total > MOST_BYTES:
        raise FileRefused(f"unpacks to more than {MOST_BYTES >> 20} MB. Unpack it yourself and load what is in it.")
    if total > HARMLESS_BYTES and total > MOST_RATIO * packed_bytes:
        raise FileRefused(f"unpacks to more than {MOST_RATIO} times its size, as no export does; not read.")


def _copy(packed: IO[bytes] | gzip.GzipFile, target: Path, packed_bytes: int) -> None:
    total = 0
    with target.open("wb") as copy:
        while chunk := packed.read(CHUNK_BYTES):
            total += len(chunk)
            _refuse_size(total, packed_bytes)
            copy.write(chunk)
