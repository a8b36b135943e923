"""Owners: who answers for a cause, a touchpoint, or a cause at a touchpoint, from `owners.csv`."""

from collections.abc import Iterable
from dataclasses import dataclass

from etl.errors import UserError
from etl.folders import Folders
from etl.lists import rows_of

FILE = "owners.csv"
REQUIRED, OPTIONAL = ("owner",), ("cause", "touchpoint")


@dataclass(frozen=True)
class Owner:
    """Who answers for breakdowns; an empty cause or touchpoint is any."""

    owner: str
    cause: str = ""
    touchpoint: str = ""


def read_owners(folders: Folders) -> tuple[Owner, ...]:
    """The lines of `owners.csv`; one that names nobody, nothing, or what another names is a UserError naming it."""
    path = folders.root / FILE
    lines: dict[tuple[str, str], int] = {}
    found = []
    for number, row in rows_of(path, REQUIRED, OPTIONAL):
        owner, place = Owner(row["owner"], row["cause"], row["touchpoint"]), (row["cause"], row["touchpoint"])
        if not owner.owner:
            raise UserError(f"{path} line {number}: the owner is empty; expected who answers for it.")
        if place == ("", ""):
            raise UserError(f"{path} line {number}: names neither a cause nor a touchpoint; expected one of them.")
        if place in lines:
            raise UserError(f"{path} line {number}: names what line {lines[place]} names. Keep one of them.")
        lines[place] = number
        found.append(owner)
    return tuple(found)


def owner_of(owners: Iterable[Owner], cause: str, touchpoint: str) -> str:
    """Who answers for a cause at a touchpoint, empty for nobody: named for both, else for the cause, else the place."""
    named = {(owner.cause, owner.touchpoint): owner.owner for owner in owners}
    return named.get((cause, touchpoint)) or named.get((cause, "")) or named.get(("", touchpoint)) or ""
