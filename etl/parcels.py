"""A ZIP file of several exports: each comes as a file of its own, named like exports.zip!calls.csv."""

from dataclasses import replace
from pathlib import Path

from etl.delivery import workroom
from etl.errors import FileRefused
from etl.folders import Folders
from etl.inbox import Refusal, Taken, Waiting, take
from etl.reading.jail import JAIL

ZIP_MAGIC = b"PK\x03\x04"


def parted(arrival: Taken | Waiting | Refusal, folders: Folders) -> list[Taken | Waiting | Refusal]:
    """The arrival itself or, of a ZIP file that holds several exports, each of these with a raw copy of its own.

    It is unpacked where a file may do no harm. One that cannot be unpacked stays whole, to be refused as it is read.
    """
    if not isinstance(arrival, Taken) or not _is_zip(arrival.raw):
        return [arrival]
    with workroom(folders.raw) as room:
        try:
            members = JAIL.members(arrival.raw, room)
        except FileRefused:
            return [arrival]
        return [_named(take(path, folders), arrival, name) for name, path in members] or [arrival]


def _is_zip(raw: Path) -> bool:
    with raw.open("rb") as file:
        return file.read(len(ZIP_MAGIC)) == ZIP_MAGIC


def _named(member: Taken | Waiting | Refusal, parcel: Taken, name: str) -> Taken | Waiting | Refusal:
    path = Path(f"{parcel.path}!{name}")
    if isinstance(member, Taken):
        return replace(member, path=path, modified_at=parcel.modified_at)
    return replace(member, path=path)
