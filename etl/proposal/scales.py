"""Scores: which scale a column's answers are on, as far as its name and its values prove it."""

import re
from dataclasses import dataclass, replace
from typing import Any

from etl.proposal.facts import Facts, blanked
from etl.proposal.profile import Column
from etl.proposal.roles import Named, is_labelled
from etl.proposal.words import translated

BOUNDS = (5, 7, 10, 100)
LEADING = re.compile(r"\d+")
SPAN = re.compile(r"(?<![\w-])([01])\s*(?:-|–|to|bis|a|à|al|até|hasta)\s*(\d{1,3})(?![\w-])", re.IGNORECASE)
OUT_OF = re.compile(r"(?:/|\b(?:out of|sur|sobre|von))\s*(\d{1,3})\W*$", re.IGNORECASE)
COUNTED = (5, 7, 10)
HIGHEST = {"nps": 10, "enps": 10, "csat5": 5, "csat7": 7, "csat10": 10, "ces5": 5, "ces7": 7, "thumbs": 1}
FEWEST_PROOF = 30


@dataclass(frozen=True)
class Scale:
    """A kind of response and how its points are read; without a kind the answers land as they are given.

    `kinds` are those that a question leaves open.
    """

    kind: str
    reason: str
    field: dict[str, Any]
    question: str = ""
    kinds: tuple[str, ...] = ()


def scale_of(named: Named, facts: Facts) -> Scale:
    """The scale of a column of scores."""
    column = named.column
    values = [value for value, _ in column.values]
    if not column.looks_mostly("point", "comma") and not is_labelled(column):
        return _of_words(named, facts)
    low, high = column.low, _bound(column)
    if is_labelled(column):
        leading = [int(number.group()) for value in values if (number := LEADING.match(value))]
        low, high = min(leading), max(leading)
    if low is None or high is None or not (column.is_whole or is_labelled(column)):
        return Scale("", "not whole points; it lands as given", {})
    stated = _stated(named.name, int(low), int(high))
    found = _of_stated(named, facts, *stated) if stated else _by_range(named, facts, int(low), int(high))
    kinds = (found.kind,) if found.kind else found.kinds
    field = {kind: rating(kind, named) for kind in kinds}
    return replace(found, field=field.get(found.kind, {}))


def _stated(name: str, low: int, high: int) -> tuple[int, int] | None:
    """The scale in a column's name, such as (1-5) or /10, where its answers from `low` to `high` are all on it."""
    span, most = SPAN.search(name), OUT_OF.search(name)
    if span:
        ends = int(span[1]), int(span[2])
    elif most:
        ends = min(low, 1), int(most[1])
    else:
        return None
    return ends if ends[0] <= low and high <= ends[1] and ends[1] > 2 else None


def _of_stated(named: Named, facts: Facts, low: int, high: int) -> Scale:
    """The scale that a column's name states: what its answers do not reach is on it all the same."""
    if high not in COUNTED:
        return Scale("", f"its name states {low} to {high}, on which no score is counted; it lands as given", {})
    if (low, high) == (1, 7) and named.role in ("csat", "stars"):
        return Scale("csat7", "its name states 1 to 7", {})
    return _by_range(named, facts, low, high)


def _bound(column: Column) -> float | None:
    """The end of the scale that its answers reach, whatever a stray one says."""
    if column.high is None:
        return None
    usual = next((bound for bound in BOUNDS if bound >= column.high or column.covers(bound)), column.high)
    return min(usual, column.high)


def rating(kind: str, named: Named) -> dict[str, Any]:
    """The declaration of a column's points on a scale."""
    low = 0 if kind in ("nps", "enps", "thumbs") else 1
    field: dict[str, Any] = {"kind": "rating", "column": named.name, "low": low, "high": HIGHEST[kind]}
    if is_labelled(named.column):
        field["labelled"] = True
    return blanked(named.column, field)


def _by_range(named: Named, facts: Facts, low: int, high: int) -> Scale:
    runs = f"from {low} to {high}"
    asks = f"The answers in {named.name!r} run {runs}: on which scale were they given"
    if high > 10:
        return Scale("", f"{runs}: a score out of 100 never counts as NPS; it lands as given", {})
    if named.role in ("nps", "enps"):
        if high > 5:
            return Scale(named.role, f"{named.reason}; {runs}", {})
        return Scale("", runs, {}, f"{asks}: 0 to 10 (nps), or one that ends at 5?", ("nps", "csat5"))
    if named.role == "ces":
        if high > 5 and low >= 1:
            return Scale("ces7", f"{named.reason}; {runs}", {}) if high <= 7 else Scale("", runs, {}, f"{asks}?", ())
        return Scale(
            "",
            runs,
            {},
            f"{asks}: 1 to 5 with low as easy (ces5), or 1 to 7 with high as easy (ces7)?",
            ("ces5", "ces7"),
        )
    return _of_satisfaction(named, facts, low, high, asks, runs)


def _of_satisfaction(named: Named, facts: Facts, low: int, high: int, asks: str, runs: str) -> Scale:
    is_satisfaction = named.role in ("csat", "stars")
    if high > 7 and facts.speaks_of("nps"):
        return Scale("nps", f"{runs}, and the names speak of NPS", {})
    if high > 7 and is_satisfaction and low >= 1:
        return Scale("csat10", f"{named.reason}; {runs}", {})
    if high == 7 and low >= 1 and not is_satisfaction:
        asked = f"{asks}: 1 to 7 of satisfaction (csat7) or of ease (ces7), or 0 to 10 (nps)?"
        return Scale("", runs, {}, asked, ("csat7", "ces7", "nps"))
    if high > 5 and (high, is_satisfaction) != (7, True):
        return Scale(
            "", runs, {}, f"{asks}: likelihood to recommend (nps) or satisfaction (csat10)?", ("nps", "csat10")
        )
    if high == 7:
        sure = named.column.filled >= FEWEST_PROOF
        asked = "" if sure else f"{asks}: 1 to 7 (csat7) or 1 to 10 (csat10)?"
        return Scale("csat7" if sure else "", runs, {}, asked, ("csat7", "csat10"))
    if low >= 1 and high > 2 and named.share:
        return Scale("csat5", f"{named.reason}; {runs}", {})
    if low >= 1 and high > 2:
        return Scale("", runs, {}, f"{asks}: 1 to 5 (csat5), or another?", ("csat5",))
    if (low, high) == (0, 1) and is_satisfaction:
        return Scale("thumbs", f"{named.reason}; {runs}", {})
    return Scale("", runs, {}, f"{asks}: 1 to 5 (csat5), good or bad (thumbs), or another?", ("csat5", "thumbs"))


def _of_words(named: Named, facts: Facts) -> Scale:
    """The scale of answers in words: five grades, or good and bad."""
    values = facts.values(named.column)
    for kind, words in (("csat5", "scale"), ("thumbs", "thumbs")):
        known, unknown = translated(words, values)
        if not unknown and known and named.role not in ("nps", "enps", "ces"):
            points = {value: int(point) for value, point in known.items()}
            field = {**rating(kind, named), "map": points}
            return Scale(kind, f"{named.reason}; its words are the grades of a scale", field)
    return Scale("", "answers in words of no known scale; they land as given", {})
