"""What a record is known by: an id of its own, or a natural key of the columns that tell all records apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from etl.proposal.draft import Line
from etl.proposal.facts import Facts
from etl.proposal.roles import Named
from etl.proposal.words import folded
from etl.sources.texts import quoted

# What changes least comes first; measures and words only where nothing else tells records apart.
STEADY = (
    "conversation", "id", "parent", "queue", "channel", "direction", "agent", "team", "product", "region", "category",
    "topic", "question", "author", "handle_name", "customer_id", "phone", "email", "customer_name", "segment",
    "language", "disposition", "wrap_up_code", "platform", "ended", "answered_at", "wait", "talk", "duration", "hold",
    "wrap_up", "handle", "score", "nps", "csat", "stars", "verbatim", "answer", "subject",
)  # fmt: skip
OF_VOLUMES = ("queue", "channel", "direction", "team", "product", "region", "segment", "language", "category", "topic")
# A moment alone may soon be another record's too.
WHO = ("phone", "customer_id", "email", "handle_name", "author", "agent", "queue")
MOST_PARTS = 6
MOST_LOOKED_AT = 8
NEARLY = 0.98
MUCH = 0.9


@dataclass(frozen=True)
class Key:
    """The lines that declare a key, and its columns."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...]


def key_of(facts: Facts, event: Sequence[str], is_counted: bool) -> Key:
    """The key of a file's records."""
    whole = _records(facts)
    own = None if is_counted else _own_id(facts, whole)
    if own is None:
        return _natural(facts, event, whole, is_counted)
    if not own.column.shares["damaged"]:
        return Key(_own_lines(facts, own, whole), (own.name,))
    natural = _parts(facts, event, whole, is_counted, without=own.name)
    question = f"A spreadsheet damaged ids in {own.name!r}: can you export it again? Until then the natural key counts."
    lines = (
        Line("key", [own.name], "its ids are damaged in this file", question),
        Line("natural_key", natural, "what else tells the records apart"),
    )
    return Key(lines, (own.name, *natural))


def _own_lines(facts: Facts, own: Named, whole: int) -> tuple[Line, ...]:
    found = _distinct(facts, [own.name])
    if found == whole:
        asked = "" if own.share else f"Nothing but its values says that {own.name!r} is an id: is it, and never reused?"
        return (Line("key", [own.name], f"{own.reason}; no two records share one", asked),)
    updated = facts.roles.one("updated")
    if updated and _distinct(facts, [own.name, updated.name]) == whole:
        return (Line("key", [own.name], f"{own.reason}; its repeats differ in {updated.name!r}"),)
    question = f"{whole - found} records share their {own.name!r} with others that differ, which are quarantined."
    return (Line("key", [own.name], own.reason, question),)


def _own_id(facts: Facts, whole: int) -> Named | None:
    """The id that is full and (nearly) unique; one that a spreadsheet damaged counts by its name."""
    ids = [named for named in facts.roles.all("id", "conversation") if named.column.is_full]
    ranked = sorted(ids, key=lambda named: (-_distinct(facts, [named.name]), folded(named.name) != "id"))
    updated = facts.roles.one("updated")
    for named in ranked:
        found = _distinct(facts, [named.name])
        versions = _distinct(facts, [named.name, updated.name]) if updated else 0
        if found >= NEARLY * whole or versions == whole:
            return named
    return next((named for named in ids if named.role == "id" and named.column.shares["damaged"]), None)


def _natural(facts: Facts, event: Sequence[str], whole: int, is_counted: bool) -> Key:
    parts = _parts(facts, event, whole, is_counted)
    parts = parts or [max(facts.roles.columns, key=lambda column: column.filled).name]
    found = _distinct(facts, parts)
    told = "no column is an id; these together tell all records apart"
    if found < whole:
        told = f"no column is an id; {whole - found} records cannot be told apart by these"
    question = f"{told[0].upper()}{told[1:]}: is ({', '.join(parts)}) what a record is known by?"
    if is_counted:
        told = "one line an interval" + (" and group" if len(parts) > len(event) else "")
        return Key((Line("key", parts, told, "" if found == whole else question),), tuple(parts))
    nature = Line("is_known_by_nature", True, "the key is hashed: it may hold what is personal")
    return Key((Line("key", parts, told, question), nature), tuple(parts))


def _parts(facts: Facts, event: Sequence[str], whole: int, is_counted: bool, without: str = "") -> list[str]:
    """The fewest columns that tell all records apart: the time first, then what adds most, steady ones before others.

    They are found among some of the records; only where those are not enough, all are looked at.
    """
    left = [name for name in _candidates(facts, is_counted) if name not in (*event, without)]
    parts = _grown(facts, list(event), left, facts.sample)
    if len(parts) == len(event) and not is_counted:
        parts += [named.name for named in facts.roles.all(*WHO) if named.name in left][:1]
    if parts and _distinct(facts, parts) < whole:
        nearest = [name for name in left if name not in parts][:MOST_LOOKED_AT]
        parts = _grown(facts, parts, nearest, facts.relation)
    return parts


def _candidates(facts: Facts, is_counted: bool) -> list[str]:
    """The columns that always hold a value, what changes least first."""
    steady = [named.name for named in facts.roles.all(*(OF_VOLUMES if is_counted else STEADY)) if named.column.is_full]
    others = [] if is_counted else [column.name for column in facts.roles.columns if column.is_full]
    left_out = {named.name for named in facts.roles.all("index")}
    return [name for name in dict.fromkeys((*steady, *others)) if name not in left_out]


def _grown(facts: Facts, parts: list[str], left: Sequence[str], relation: str) -> list[str]:
    """The parts with those added that tell most more records of a relation apart, until all are."""
    whole = _records(facts, relation)
    found = _distinct(facts, parts, relation) if parts else 0
    while found < whole and len(parts) < MOST_PARTS:
        gains = {name: _distinct(facts, [*parts, name], relation) for name in left if name not in parts}
        best = max(gains.values(), default=0)
        if best <= found:
            break
        steadiest = next(name for name, gain in gains.items() if gain >= found + MUCH * (best - found))
        parts, found = [*parts, steadiest], gains[steadiest]
    return parts


def _records(facts: Facts, relation: str = "") -> int:
    """How many different records there are, whatever their rows are numbered."""
    index = {named.name for named in facts.roles.all("index")}
    return _distinct(facts, [column.name for column in facts.roles.columns if column.name not in index], relation)


def _distinct(facts: Facts, names: Sequence[str], relation: str = "") -> int:
    """How many different records there are by some columns."""
    texts = ", ".join(f"trim({quoted(name)})" for name in names)
    (row,) = facts.connection.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT {texts} FROM {relation or facts.relation})"
    ).fetchall()
    return int(row[0])
