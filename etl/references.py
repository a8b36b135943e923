"""The analyst's reference files: the map of recorded codes, the survey questions, who is who and who is not."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from etl.config import Folders
from etl.errors import UserError, unknown
from etl.lists import rows_of
from etl.sources.base import Question, Questions, normalised
from etl.vocabulary import Dimension, IdentityKind, ResponseKind

DEFAULTS = Path(__file__).parent / "defaults"
CODE_FIELDS = ("queue", "topic", "category", "wrap_up_code", "label")
MAP_COLUMNS = ("source", "field", "value", "reason", "cause", "touchpoint", "is_complaint")
CUSTOMER_COLUMNS = ("customer_id", "kind", "value")
NOT_SAME_COLUMNS = ("kind_a", "value_a", "kind_b", "value_b")
NAME_KIND = "name"
"""The kind of a customer's full name, which is masked in texts and links nobody."""
ROLE = "role"
"""The kind of an address that many share by its nature (info@, noreply@): it names nobody unless the list says so."""
KEYED = "identifier"
"""The kind under which `not_same.csv` takes an identifier as `cx customers` shows it, instead of what it was."""
KEYED_SHAPE = re.compile(rf"(?:{'|'.join([*IdentityKind, ROLE])}):[0-9a-f]{{32}}")
TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": None}


@dataclass(frozen=True)
class MapLine:
    """What a recorded code means: its reason, cause, touchpoint, and whether it is a complaint."""

    source: str
    field: str
    value: str
    reason: str | None
    cause: str | None
    touchpoint: str | None
    is_complaint: bool | None


@dataclass(frozen=True)
class KnownIdentifier:
    """One identifier of a customer whom the company knows: `value` of a `kind` belongs to `customer_id`."""

    customer_id: str
    kind: IdentityKind
    value: str


@dataclass(frozen=True)
class KnownName:
    """The full name of a customer, to be masked in texts; it links nobody."""

    customer_id: str
    name: str


@dataclass(frozen=True)
class Named:
    """An identifier in the company's own words; without a kind the value is the keyed hash itself."""

    kind: IdentityKind | None
    value: str


NotSame: TypeAlias = tuple[Named, Named]
"""Two identifiers that may stand together in records and are two customers all the same."""


def read_map(folders: Folders) -> tuple[MapLine, ...]:
    """The shipped map with the lines of `map.csv` over it; a line is known by source, field and value."""
    lines: dict[tuple[str, str, str], MapLine] = {}
    for path in (DEFAULTS / "map.csv", folders.root / "map.csv"):
        for number, row in rows_of(path, MAP_COLUMNS):
            line = _map_line(row, f"{path} line {number}")
            lines[line.source, line.field, line.value] = line
    return tuple(lines.values())


def read_questions(folders: Folders) -> Questions:
    """The shipped questions after those of `questions.toml`, so that the analyst's come first."""
    return Questions(tuple(q for path in (folders.root, DEFAULTS) for q in _questions(path / "questions.toml")))


def read_customers(folders: Folders) -> tuple[KnownIdentifier, ...]:
    """The identifiers in `customers.csv`, without the names; an unknown kind is a UserError naming the line."""
    path = folders.root / "customers.csv"
    kinds = {kind.value: kind for kind in IdentityKind}
    known = []
    for number, row in rows_of(path, CUSTOMER_COLUMNS):
        if row["kind"] == NAME_KIND:
            continue
        if row["kind"] not in kinds:
            raise unknown("kind", row["kind"], (*kinds, NAME_KIND), f"{path} line {number}")
        known.append(KnownIdentifier(row["customer_id"], kinds[row["kind"]], row["value"]))
    return tuple(known)


def read_names(folders: Folders) -> tuple[KnownName, ...]:
    """The names in `customers.csv`: lines of the kind `name`."""
    rows = rows_of(folders.root / "customers.csv", CUSTOMER_COLUMNS)
    return tuple(KnownName(row["customer_id"], row["value"]) for _, row in rows if row["kind"] == NAME_KIND)


def read_not_same(folders: Folders) -> tuple[NotSame, ...]:
    """The pairs in `not_same.csv`; an unknown kind or what is no shown identifier is a UserError naming the line."""
    path = folders.root / "not_same.csv"
    return tuple(
        (named(row["kind_a"], row["value_a"], f"{path} line {number}"),
         named(row["kind_b"], row["value_b"], f"{path} line {number}"))
        for number, row in rows_of(path, NOT_SAME_COLUMNS)
    )  # fmt: skip


def named(kind: str, value: str, where: str) -> Named:
    """An identifier in the company's own words or as it is shown; anything else is a UserError that says where."""
    if kind == KEYED:
        if not KEYED_SHAPE.fullmatch(value):
            raise UserError(
                f"{where}: found a value that is no {kind}; expected one as cx customers shows it: "
                "its kind, a colon and 32 hexadecimal digits."
            )
        return Named(None, value)
    kinds = {each.value: each for each in IdentityKind}
    if kind not in kinds:
        raise unknown("kind", kind, [*kinds, KEYED], where)
    return Named(kinds[kind], value)


def _map_line(row: dict[str, str], where: str) -> MapLine:
    if row["field"] not in CODE_FIELDS:
        raise unknown("field", row["field"], CODE_FIELDS, where)
    if row["is_complaint"].lower() not in TRUTHS:
        raise UserError(f"{where}: is_complaint is {row['is_complaint']!r}; expected true, false or nothing.")
    return MapLine(
        row["source"], row["field"], row["value"],
        row["reason"] or None, row["cause"] or None, row["touchpoint"] or None, TRUTHS[row["is_complaint"].lower()],
    )  # fmt: skip


def _questions(path: Path) -> Iterator[Question]:
    if not path.exists():
        return
    try:
        document = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not valid TOML ({error}). Mend that line.") from error
    kinds = [*ResponseKind, *(f"dimension:{dimension}" for dimension in (*Dimension, "topic"))]
    for number, entry in enumerate(document.get("question", []), 1):
        where = f"{path} question {number}"
        for key in ("source", "text", "kind"):
            if not isinstance(entry.get(key), str):
                raise UserError(f"{where}: {key} is missing; each [[question]] has source, text and kind.")
        if entry["kind"] not in kinds:
            raise unknown("kind", entry["kind"], kinds, where)
        yield Question(entry["source"], normalised(entry["text"]), entry["kind"], entry.get("import_id", ""))
