"""Codes: what a file's values mean in our words, and those whose meaning only its owner knows."""

from collections.abc import Iterable
from typing import Any

from etl.proposal.draft import Line
from etl.proposal.facts import Facts, among, blanked
from etl.proposal.profile import Column
from etl.proposal.roles import Named
from etl.proposal.words import translated

MOST_SHOWN = 8


def code_line(key: str, kind: str, named: Named, facts: Facts, without: Iterable[str] = ()) -> Line:
    """The line of a code of which all or some values are known; unknown ones would be quarantined."""
    values = facts.values(named.column)
    known, unknown = translated(kind, values)
    unknown += [value for value, ours in known.items() if ours in without]
    known = {value: ours for value, ours in known.items() if ours not in without}
    value: dict[str, Any] = {"kind": "code", "column": named.name, "map": known}
    question = ""
    if unknown:
        question = (
            f"What do these values of {named.name!r} mean: {shown(unknown)}? Add each to the map; "
            "until then their records are quarantined."
        )
    return Line(
        key, blanked(named.column, value), f"{named.reason}; {len(known)} of {len(values)} values known", question
    )


def flag_line(key: str, named: Named, facts: Facts) -> Line:
    """The line of a yes or no; values of which nobody knows which they are stay unknown."""
    known, unknown = translated("truth", facts.values(named.column))
    yes = [word for word, truth in known.items() if truth == "true"]
    no = [word for word, truth in known.items() if truth == "false"]
    if not unknown:
        value: dict[str, Any] = {"kind": "flag", "column": named.name, "true": yes, "false": no}
        return Line(key, blanked(named.column, value), named.reason)
    sides = [(among(named.column, words), truth) for words, truth in ((yes, "TRUE"), (no, "FALSE")) if words]
    cases = " ".join(f"WHEN {condition} THEN {truth}" for condition, truth in sides)
    question = f"Which of true and false is each of these values of {named.name!r}: {shown(unknown)}?"
    expression = f"CASE {cases} END" if cases else "CAST(NULL AS BOOLEAN)"
    return Line(key, {"kind": "sql", "columns": [named.name], "expression": expression}, named.reason, question)


def truths(column: Column, facts: Facts, is_true: str, is_false: str) -> dict[str, str]:
    """A map of a yes or no to two words of ours."""
    known, _ = translated("truth", facts.values(column))
    return {value: is_true if truth == "true" else is_false for value, truth in known.items()}


def text_line(key: str, named: Named) -> Line:
    """The line of a code that the map of codes explains later, as it stands."""
    value = (
        {"kind": "text", "column": named.name, "blanks": list(named.column.blanks)}
        if named.column.blanks
        else named.name
    )
    return Line(key, value, named.reason)


def text_lines(facts: Facts, roles: Iterable[str]) -> list[Line]:
    """The lines of all codes that the file has, each named as its role is."""
    return [text_line(role, named) for role in roles if (named := facts.roles.one(role))]


def shown(values: list[str]) -> str:
    """Some values in quotes."""
    more = f" and {len(values) - MOST_SHOWN} more" if len(values) > MOST_SHOWN else ""
    return ", ".join(repr(value[:40]) for value in values[:MOST_SHOWN]) + more
