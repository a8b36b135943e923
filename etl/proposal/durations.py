"""Durations: which unit a column counts in, by its name, by the times beside it, or left open."""

from collections.abc import Mapping

from etl.proposal.draft import Line
from etl.proposal.facts import Facts, blanked, has_thousands, is_mark_open, mark_of, mark_question, number
from etl.proposal.profile import Column
from etl.proposal.roles import DURATIONS, Named
from etl.proposal.times import TimeForm, joined, seconds_at
from etl.proposal.words import folded
from etl.sources.texts import quoted

UNITS: Mapping[str, tuple[str, ...]] = {
    "ms": (
        "ms", "msec", "msecs", "millis", "millisecond", "milliseconds", "millisekunden", "milisegundos",
        "millisecondes",
    ),
    "s": (
        "s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seg", "segs", "segundo", "segundos",
        "seconde", "secondes",
    ),
    "min": ("min", "mins", "minute", "minutes", "minuten", "minuto", "minutos"),
    "h": ("h", "hr", "hrs", "hour", "hours", "stunde", "stunden", "std", "hora", "horas", "heure", "heures"),
}  # fmt: skip
SECONDS = ("sec", "secs", "seconds", "sekunden", "segundos", "secondes")
FACTORS = {"s": "1", "min": "60", "h": "3600", "ms": "0.001"}
PROVEN_SHARE = 0.9
MOST_TALK_SECONDS = 20_000
MOST_MINUTES = 60
MOST_TALK_HOURS = 4


def times(number_sql: str, factor: str) -> str:
    """SQL: a number times a factor, which is left out where it is one."""
    return number_sql if factor == "1" else f"{number_sql} * {factor}"


def unit_in(name: str) -> str:
    """The unit that a column's name states; empty if none."""
    words = folded(name).split()
    telling = [word for place, word in enumerate(words) if place or (len(word) > 2 and word != "min")]
    stated = next((unit for unit, spellings in UNITS.items() if any(word in spellings for word in telling)), "")
    return stated or ("s" if any(word.endswith(SECONDS) for word in words) else "")


def seconds_line(key: str, named: Named, facts: Facts, remark: str = "") -> Line:
    """The line of a duration in seconds."""
    column = named.column
    reason = remark or named.reason
    if column.looks("clock"):
        return _clock(key, column, reason, facts)
    unit, told, question = unit_of(column, facts)
    question = " ".join(asked for asked in (question, mark_question(column)) if asked)
    if has_thousands(column):
        seconds = times(number(column), FACTORS[unit])
        value = {"kind": "sql", "columns": [column.name], "expression": seconds, "expected": "a number, not negative"}
        return Line(key, value, f"{reason}; {told}", question)
    value = {"kind": "seconds", "column": column.name}
    if unit != "s" or question:
        value["unit"] = unit
    if mark_of(column) == "," or is_mark_open(column):
        value["decimal"] = mark_of(column)
    return Line(key, blanked(column, value), f"{reason}; {told}", question)


def _are_too_long_for_hours(facts: Facts) -> bool:
    """Whether some duration of the file, read as hours and minutes, would be longer than any contact is."""
    clocks = [named.column for named in facts.roles.all(*DURATIONS) if named.column.looks("clock")]
    firsts = [text.partition(":")[0] for column in clocks for text, _ in column.values if text.count(":") == 1]
    return any(first.isdecimal() and int(first) > MOST_TALK_HOURS for first in firsts)


def _clock(key: str, column: Column, reason: str, facts: Facts) -> Line:
    value = blanked(column, {"kind": "seconds", "column": column.name})
    is_short = all(text.count(":") == 1 for text, _ in column.values)
    words = folded(column.name).replace(" ", "")
    if is_short and "hhmm" in words:
        minutes = f"epoch(try_cast({quoted(column.name)} || ':00' AS INTERVAL))"
        value = {"kind": "sql", "columns": [column.name], "expression": minutes, "expected": "h:mm"}
        return Line(key, value, f"{reason}; hh:mm by its name")
    if is_short and "mmss" not in words and not _are_too_long_for_hours(facts):
        question = (
            f"Are the times in {column.name!r} minutes and seconds (as they are read here), or hours and minutes?"
        )
        return Line(key, value, f"{reason}; m:ss", question)
    return Line(key, value, f"{reason}; h:mm:ss")


def unit_of(column: Column, facts: Facts) -> tuple[str, str, str]:
    """The unit of a column of numbers, why, and the question where it is only likely."""
    stated = unit_in(column.name)
    if stated:
        return stated, "its name states the unit", ""
    proven = _proven(column, facts)
    if proven:
        return proven, "its unit is proven by the times beside it", ""
    others = [other for other in facts.roles.all(*DURATIONS) if other.column is not column]
    for other in others:
        unit = "" if other.column.looks("clock") else unit_in(other.name) or _proven(other.column, facts)
        if unit:
            return unit, f"the unit of {other.name!r}", ""
    likely = "ms" if column.is_whole and (column.high or 0) > MOST_TALK_SECONDS else "s"
    if all(
        not named.column.is_whole and (named.column.high or 0) < MOST_MINUTES for named in facts.roles.all(*DURATIONS)
    ):
        likely = "min"
    runs = f"its values run from {column.low:g} to {column.high:g}"
    question = f"What does {column.name!r} count: s, ms, min or h? Nothing states it; {runs}."
    return likely, "the unit is only likely", question


def instants(facts: Facts, day_first: bool | None = None) -> dict[str, str]:
    """SQL of the start, answer and end of a record as seconds in any one zone, where the file has them.

    Where nothing proves the order of day and month, it is taken as `day_first` says.
    """
    is_first = day_first if facts.day_first is None else facts.day_first
    read = {role: time_of(role, facts) for role in ("started", "answered_at", "ended")}
    return {role: seconds_at(found[1], found[0], bool(is_first)) for role, found in read.items() if found}


def time_of(role: str, facts: Facts) -> tuple[tuple[str, ...], TimeForm] | None:
    """The columns that tell a time, and its form: one with date and clock, or a clock beside the file's date."""
    timed = [(named, named.form) for named in facts.roles.all(role) if named.form]
    dated = [(named, form) for named, form in timed if form.has_date]
    clocks = [(named, form) for named, form in timed if not form.has_date]
    days = [(n, n.form) for n in facts.roles.all("started") if n.form and n.form.has_date]
    if dated and not (clocks and not dated[0][1].has_clock):
        return (dated[0][0].name,), dated[0][1]
    day = dated or [(named, form) for named, form in days if not form.has_clock]
    if day and clocks:
        return (day[0][0].name, clocks[0][0].name), joined(day[0][1], clocks[0][1])
    return ((dated[0][0].name,), dated[0][1]) if dated else None


def between_times(facts: Facts) -> dict[str, Line]:
    """Waiting and talking by a record's start, answer and end; `whole` is all its time, where none tells the answer."""
    known = instants(facts)
    is_open = any(named.form and named.form.is_open for named in facts.roles.all("started", "answered_at", "ended"))
    if "started" not in known or "ended" not in known or (is_open and facts.day_first is None):
        return {}
    start, end = known["started"], known["ended"]
    columns = [name for role in known if (read := time_of(role, facts)) for name in read[0]]
    if "answered_at" not in known:
        question = "Is all the time from the start to the end spent talking?"
        return {"whole": _between("talk_seconds", columns, start, end, "from the start to the end", question)}
    answer = known["answered_at"]
    waited = f"coalesce({answer}, {end})"
    return {
        "wait_seconds": _between("wait_seconds", columns, start, waited, "from the start to the answer, or to the end"),
        "talk_seconds": _between("talk_seconds", columns, answer, end, "from the answer to the end"),
    }


def _between(key: str, columns: list[str], first: str, last: str, reason: str, question: str = "") -> Line:
    expression = f"CASE WHEN {last} >= {first} THEN {last} - {first} END"
    value = {"kind": "sql", "columns": list(dict.fromkeys(columns)), "expression": expression}
    return Line(key, value, reason, question)


def _proven(column: Column, facts: Facts) -> str:
    """The unit in which a column's numbers are the time between two instants of their record."""
    known = instants(facts)
    value = number(column)
    for first, last in (("started", "ended"), ("started", "answered_at"), ("answered_at", "ended")):
        if first not in known or last not in known:
            continue
        between = f"({known[last]} - {known[first]})"
        for unit, factor in FACTORS.items():
            near = f"abs({between} - {value} * {factor}) <= greatest(1.5, 0.6 * {factor})"
            if (
                facts.share(f"{value} > 2 AND {near}")
                >= PROVEN_SHARE * facts.share(f"{value} > 2 AND {between} IS NOT NULL")
                > 0
            ):
                return unit
    return ""
