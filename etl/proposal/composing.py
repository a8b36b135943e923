"""The whole proposal from the facts of a file: its head, its targets, and what becomes of each column."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from etl.proposal.answers import answer_sections
from etl.proposal.counts import count_lines
from etl.proposal.draft import Draft, Line, Section
from etl.proposal.durations import time_of
from etl.proposal.facts import Facts
from etl.proposal.keys import key_of
from etl.proposal.legs import by_direction, leg_lines
from etl.proposal.profile import Column
from etl.proposal.targets import chosen
from etl.proposal.times import TimeForm, settled, time_field
from etl.proposal.voices import voice_lines
from etl.proposal.words import folded
from etl.sources.base import Form, TargetName
from etl.sources.dates import TIMES

EVENTS = ("started", "ended", "answered_at", "resolved_at", "updated")
OF_ANSWERS = ("ended", "started", "answered_at", "resolved_at", "updated")
REPEAT = re.compile(r"#\d+$")
UNNAMED = re.compile(r"column \d+")
DIGITS = re.compile(r"\d+")
WHY_UNUSED = {
    "customer_name": "a name alone is nobody's",
    "author": "a display name may be many people's",
    "index": "a number of the row",
    "engagement": "no field holds it",
    "url": "no field holds it",
    "priority": "no field holds it",
    "reply": "our own words",
    "answer": "no question stands beside it",
}
UNDECIDABLE_ORDER = "No date tells day from month (all numbers are 12 or less): does the day come first?"


def compose(facts: Facts, form: Form, remarks: Sequence[str], taken: Iterable[str]) -> Draft:
    """The proposal for a file of some form; its name is none of the `taken` ones."""
    targets, why = chosen(facts)
    sections, parts = _sections(facts, targets)
    event_lines, event = _event(facts, targets)
    key = key_of(facts, event, targets == ("volumes",))
    lines = [
        *_names(facts, form, taken),
        *key.lines,
        *event_lines,
        *_version(facts, key.columns, event),
        *(_conversation(facts, key.columns) if "interactions" in targets else []),
        *([Line("handle_parts", parts, "the durations that add up to handling")] if parts else []),
    ]
    if not targets:
        lines.append(_undecided_target())
    uses = _uses([*lines, *(line for section in sections for line in section.lines)])
    columns = [(column, _remark(column, facts, uses)) for column in facts.roles.columns]
    told = (*remarks, f"Taken as {' and '.join(targets) or 'nothing yet'}: {why}.")
    names = {column.name for column in facts.roles.columns}
    repeated = [name for name in names if f"{name}#2" in names]
    if repeated:
        lines.append(Line("repeated", sorted(repeated), "how often they occur may differ from file to file"))
    is_sure = {column.name: _is_sure(column, form, names) for column in facts.roles.columns}
    required = [(column.name, remark) for column, remark in columns if is_sure[column.name]]
    optional = [(column.name, remark) for column, remark in columns if not is_sure[column.name]]
    return Draft(told, tuple(lines), tuple(sections), tuple(required), tuple(optional))


def _is_sure(column: Column, form: Form, names: Collection[str]) -> bool:
    """Whether every file of this shape has the column: no repeat, none without a name, nothing that JSON leaves out."""
    base = REPEAT.sub("", column.name)
    is_repeat = base != column.name and base in names
    if form != "table":
        return column.is_full
    return not (is_repeat or UNNAMED.fullmatch(column.name))


def _names(facts: Facts, form: Form, taken: Iterable[str]) -> list[Line]:
    words = "_".join(word for word in DIGITS.sub(" ", folded(facts.title)).split() if word.isascii() and word.isalnum())
    name = words if words[:1].isalpha() else f"file_{words}".rstrip("_")
    name = f"{name}_own" if name in set(taken) else name
    return [
        Line("name", name, "what its records are known under; never change it once they are loaded"),
        Line("title", facts.title, "how it is shown"),
        *([Line("form", form)] if form != "table" else []),
    ]


def _sections(facts: Facts, targets: Sequence[TargetName]) -> tuple[list[Section], list[str]]:
    parts: list[str] = []
    sections: list[Section] = []
    if "interactions" in targets:
        lines, parts = leg_lines(facts)
        sections += [Section("interactions", tuple(side)) for side in by_direction(lines, facts)]
    if "mentions" in targets:
        sections.append(Section("mentions", tuple(voice_lines(facts))))
    if "responses" in targets:
        sections += answer_sections(facts, with_leg="interactions" in targets)
    if "volumes" in targets:
        sections.append(Section("volumes", tuple(count_lines(facts))))
    return sections, parts


def _event(facts: Facts, targets: Sequence[TargetName]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines that say when a record happened, in which zone and order, and the columns that tell it."""
    order = OF_ANSWERS if targets == ("responses",) else EVENTS
    read = next((found for role in order if (found := time_of(role, facts)) and found[1].has_date), None)
    if read is None:
        some = next((column.name for column in facts.roles.columns if column.is_full), facts.roles.columns[0].name)
        example: dict[str, Any] = {"kind": "sql", "columns": [some], "expression": "TIMESTAMP '2024-01-31 00:00:00'"}
        question = "No column tells when a record happened. Name one, or state the one time of all records in UTC."
        return [Line("event", example, "an example", question, is_waiting=True)], ()
    columns, form = read
    declared = time_field(form, columns, facts.day_first, facts.zone)
    lines = [Line("event", declared, f"{' and '.join(map(repr, columns))}, {_described(form)}")]
    if form.is_open:
        lines = _ordered(facts, form, lines[0])
    return [*lines, *_zone(facts, form, columns)], columns


def _version(facts: Facts, key: Sequence[str], event: Sequence[str]) -> list[Line]:
    """The time of a record's last change, where it has one beside its own time."""
    read = time_of("updated", facts)
    named = facts.roles.one("updated")
    if not read or not named or not named.column.is_full or {*read[0]} & {*key, *event} or not read[1].has_date:
        return []
    return [Line("version", time_field(read[1], read[0], facts.day_first, facts.zone), "the later version counts")]


def _conversation(facts: Facts, key: Sequence[str]) -> list[Line]:
    """What joins the legs of one contact, where several records share it."""
    shared = [
        named for named in facts.roles.all("conversation") if not named.column.is_id_like and named.name not in key
    ]
    return [Line("conversation", [named.name], f"{named.reason}; records share it") for named in shared[:1]]


def _described(form: TimeForm) -> str:
    if form.epoch:
        return f"{'seconds' if form.epoch == 's' else 'milliseconds'} since 1970 by its size"
    if form.special:
        return "months in words" if form.special == "words" else "a spreadsheet's day numbers"
    return "in ISO form" if not form.formats else "in the form of its values"


def _ordered(facts: Facts, form: TimeForm, event: Line) -> list[Line]:
    """The event with the order of day and month: proven by a date, or to be decided before anything is loaded."""
    if facts.day_first is not None:
        return [event, Line("day_first", facts.day_first, f"{facts.proof} proves it")]
    is_usual = all(text[text.index("@") + 4 :] in TIMES for text in form.formats)
    if is_usual:
        return [event, Line("day_first", True, "or false", UNDECIDABLE_ORDER, is_waiting=True)]
    orders = [
        Line("event", {**event.value, "formats": [settled(text, first) for text in form.formats]})
        for first in (True, False)
    ]
    return [Line("event", orders[0].value, "day first", UNDECIDABLE_ORDER, is_waiting=True, others=(orders[1],))]


def _zone(facts: Facts, form: TimeForm, columns: tuple[str, ...]) -> list[Line]:
    if not form.is_naive:
        return []
    if any(zone in folded(column).split() for column in columns for zone in ("utc", "gmt")):
        return [Line("zone", "UTC", "the column's name says so")]
    named = ", ".join(map(repr, columns))
    question = f"Times in {named} state no zone: which was it? Until this says so, {facts.zone} is assumed."
    if form.special:
        question += " The zone stands in the expression of event."
    return [Line("zone", facts.zone, "", question, is_waiting=True)]


def _undecided_target() -> Line:
    question = (
        "What are these records? Add a section: [interactions] for contacts, [mentions] for posts and reviews, "
        "[responses] for survey answers, [volumes] for counts."
    )
    return Line("target", "interactions", "an example; each section holds its fields", question, is_waiting=True)


def _uses(lines: Iterable[Line]) -> dict[str, list[str]]:
    """For each column the keys of the lines that read it."""
    uses: dict[str, list[str]] = {}
    for line in lines:
        if line.is_waiting or line.key in ("name", "title", "form", "handle_parts", "repeated"):
            continue
        for column in _read_by(line.value):
            uses.setdefault(column, []).append(line.key)
    return uses


def _read_by(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [*value.get("columns", []), *([value["column"]] if "column" in value else [])]
    return []


def _remark(column: Column, facts: Facts, uses: dict[str, list[str]]) -> str:
    """What becomes of a column, or why nothing does."""
    if column.name in uses:
        return ", ".join(dict.fromkeys(key for key in uses[column.name] if key != "where"))
    if not column.filled:
        return "not used: empty in this file"
    role = next((named.role for named in facts.roles.named if named.column is column), "")
    if role in WHY_UNUSED:
        return f"not used: {WHY_UNUSED[role]}"
    other = next((named for named in facts.roles.all(role) if named.name in uses), None) if role else None
    if other:
        return f"not used: {other.name!r} serves as {role}"
    return "not used: " + (
        f"may be {role}, which this target has no field for" if role else "nothing tells what it holds"
    )
