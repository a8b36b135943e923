"""The analyst's reference files: the map of recorded codes, the survey questions, who is who and who is not."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from etl.errors import UserError, unknown
from etl.folders import Folders
from etl.lists import rows_of
from etl.sources.base import Question, Questions, normalised
from etl.vocabulary import Dimension, IdentityKind, ResponseKind

DEFAULTS = Path(__file__).parent / "defaults"
CODE_FIELDS = ("queue", "topic", "category", "wrap_up_code", "label")
MAP_COLUMNS = ("source", "field", "value", "reason", "cause", "touchpoint", "is_complaint")
CUSTOMER_COLUMNS = ("customer_id", "kind", "value")
CAUSE_COLUMNS = ("cause", "is_breakdown")
PROMISES = MappingProxyType(
    {
        "answer_within_seconds": 604_800,
        "most_transfers": 1_000,
        "first_response_within_seconds": 604_800,
        "resolved_within_days": 7,
    }
)
"""What can be promised, with the largest limit: a journey is judged a week after its last contact."""
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


@dataclass(frozen=True)
class Promise:
    """What customers may expect at a touchpoint: `most` is the limit that keeps it."""

    touchpoint: str
    promise: str
    most: float


@dataclass(frozen=True)
class Cause:
    """Whether contacts with a cause should not have been needed, because something broke."""

    cause: str
    is_breakdown: bool


NotSame: TypeAlias = tuple[Named, Named]
"""Two identifiers that may stand together in records and are two customers all the same."""


def read_map(folders: Folders) -> tuple[MapLine, ...]:
    """The shipped map with the lines of `map.csv` over it; a line is known by source, field and value."""
    known: dict[tuple[str, str, str], MapLine] = {}
    for path in (DEFAULTS / "map.csv", folders.root / "map.csv"):
        for number, row in rows_of(path, MAP_COLUMNS):
            line = _map_line(row, f"{path} line {number}")
            known[line.source, line.field, line.value] = line
    return tuple(known.values())


def read_promises(folders: Folders, known: Sequence[MapLine]) -> tuple[Promise, ...]:
    """What `promises.toml` promises at each touchpoint; unknown words, and limits beyond a week, are UserErrors."""
    path = folders.root / "promises.toml"
    touchpoints = sorted({line.touchpoint for line in known if line.touchpoint})
    promises = []
    for touchpoint, given in _tables(path, "touchpoint").items():
        where = f'{path} [touchpoint."{touchpoint}"]'
        if touchpoint not in touchpoints:
            raise unknown("touchpoint", touchpoint, touchpoints, where)
        for promise, most in given.items():
            if promise not in PROMISES:
                raise unknown("promise", promise, PROMISES, where)
            is_number = isinstance(most, int | float) and not isinstance(most, bool)
            if not is_number or not 0 <= most <= PROMISES[promise]:
                raise UserError(f"{where} {promise}: found {most!r}; expected a number from 0 to {PROMISES[promise]}.")
            promises.append(Promise(touchpoint, promise, most))
    return tuple(promises)


def read_causes(folders: Folders, known: Sequence[MapLine]) -> tuple[Cause, ...]:
    """The causes that `causes.csv` tells about: whether a contact with it is a breakdown of ours."""
    path = folders.root / "causes.csv"
    causes = sorted({line.cause for line in known if line.cause})
    found: dict[str, Cause] = {}
    for number, row in rows_of(path, CAUSE_COLUMNS):
        where = f"{path} line {number}"
        if row["cause"] not in causes:
            raise unknown("cause", row["cause"], causes, where)
        is_breakdown = TRUTHS.get(row["is_breakdown"].lower())
        if is_breakdown is None:
            raise UserError(f"{where}: is_breakdown is {row['is_breakdown']!r}; expected true or false.")
        found[row["cause"]] = Cause(row["cause"], is_breakdown)
    return tuple(found.values())


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


def _document(path: Path) -> dict[str, Any]:
    """A TOML file; nothing where there is none."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not valid TOML ({error}). Mend that line.") from error


def _tables(path: Path, name: str) -> dict[str, dict[str, Any]]:
    """The tables `[name.X]` of a TOML file, which holds nothing else."""
    document = _document(path)
    for other in document:
        if other != name:
            raise unknown("table", other, [name], str(path))
    found = document.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(given, dict) for given in found.values()):
        raise UserError(f'{path} {name}: found a value; expected tables such as [{name}."billing line"].')
    return found


def _questions(path: Path) -> Iterator[Question]:
    document = _document(path)
    kinds = [*ResponseKind, *(f"dimension:{dimension}" for dimension in (*Dimension, "topic"))]
    for number, entry in enumerate(document.get("question", []), 1):
        where = f"{path} question {number}"
        for key in ("source", "text", "kind"):
            if not isinstance(entry.get(key), str):
                raise UserError(f"{where}: {key} is missing; each [[question]] has source, text and kind.")
        if entry["kind"] not in kinds:
            raise unknown("kind", entry["kind"], kinds, where)
        yield Question(entry["source"], normalised(entry["text"]), entry["kind"], entry.get("import_id", ""))
