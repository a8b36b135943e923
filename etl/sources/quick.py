"""Texts as most are written, read straight from the staged cell; the careful reading is for what is null here.

A quick reading gives the careful one's value or none, so that it saves time and changes nothing.
"""

from etl.sources.base import Field
from etl.sources.fields import compile_field
from etl.sources.texts import literal, quoted
from etl.sources.times import Reading, Zones


def quick_value(field: Field) -> str:
    """SQL over the staged columns of the value of a usual text; empty where only the careful reading can tell."""
    match field.kind:
        case "seconds" | "count" | "rating":
            return _number(field)
        case "code":
            return _one_of({code: literal(str(ours)) for code, ours in _first_of_each(field).items()}, field)
        case "flag":
            return _one_of({**dict.fromkeys(field.false, "FALSE"), **dict.fromkeys(field.true, "TRUE")}, field)
        case _:
            return ""


def _number(field: Field) -> str:
    """Not where digits may be a word for none or a label; only what begins with a digit, as failed casts are slow."""
    if field.map or field.labelled or any(char.isdigit() for word in field.blanks for char in word):
        return ""
    cell = quoted(field.columns[0])
    number = compile_field(field, Zones("UTC", "UTC"), Reading(cell)).value
    return f"CASE WHEN {cell} >= '0' AND {cell} < ':' THEN {number} END"


def _first_of_each(field: Field) -> dict[str, str | int]:
    """The codes; of those that differ in upper and lower case only, the first says what all mean."""
    first: dict[str, str | int] = {}
    return {code: first.setdefault(code.upper(), ours) for code, ours in field.map.items()}


def _one_of(values: dict[str, str], field: Field) -> str:
    """A word in just the spelling that is declared."""
    cases = " ".join(f"WHEN {literal(word)} THEN {ours}" for word, ours in values.items() if word not in field.blanks)
    return f"CASE {quoted(field.columns[0])} {cases} END" if cases else ""
