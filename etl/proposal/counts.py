"""The lines of volumes: counts per interval or day that a system has already added up."""

from collections.abc import Iterable

from etl.proposal.codes import code_line, text_lines
from etl.proposal.draft import Line
from etl.proposal.durations import FACTORS, instants, times, unit_of
from etl.proposal.facts import Facts, blanked, has_thousands, is_mark_open, mark_of, number
from etl.proposal.legs import CHANNELS
from etl.proposal.profile import Column
from etl.proposal.roles import Named, is_average
from etl.sources.texts import quoted

CODE_FIELDS = ("queue", "team", "product", "region", "segment", "language")
COUNTS = ("contact_count", "offered_count", "answered_count", "abandoned_count")
DAY_SECONDS = 86_400
USUAL = (900, 1800, 3600, DAY_SECONDS, 300, 600, 60, 7 * DAY_SECONDS)
ANSWER_WORDS = ("answer", "asa", "respuesta", "antwort", "reponse", "resposta")


def count_lines(facts: Facts) -> list[Line]:
    """The lines of the target."""
    return [
        _interval(facts),
        _channel(facts),
        _direction(facts),
        *text_lines(facts, CODE_FIELDS),
        *_counted(facts),
        *_sums(facts),
        *_service_level(facts),
    ]


def _interval(facts: Facts) -> Line:
    """The distance between the starts of neighbours that most have; by the likelier order of day and month."""
    found = [seconds for first in (True, False) if (seconds := _usual_distance(facts, first))]
    if not found:
        question = "How many seconds does a line stand for (3600 an hour, 86400 a day)?"
        constant = {"kind": "constant", "value": DAY_SECONDS}
        return Line("interval_seconds", constant, "only one start; taken as a day", question)
    seconds = min(found)
    question = "" if seconds in USUAL else f"How long is an interval? Most starts are {seconds} s apart."
    constant = {"kind": "constant", "value": seconds}
    return Line("interval_seconds", constant, "the usual distance of two starts", question)


def _usual_distance(facts: Facts, day_first: bool) -> int | None:
    start = instants(facts, day_first).get("started")
    if not start:
        return None
    starts = f"(SELECT DISTINCT {start} AS start FROM {facts.relation})"
    following = f"(SELECT start, lead(start) OVER (ORDER BY start) AS later FROM {starts})"
    rows = facts.connection.execute(
        f"SELECT CAST(later - start AS BIGINT) AS seconds FROM {following} WHERE later > start "
        "GROUP BY seconds ORDER BY count(*) DESC, seconds LIMIT 1"
    ).fetchall()
    return int(rows[0][0]) if rows else None


def _channel(facts: Facts) -> Line:
    named = facts.roles.one("channel")
    if named:
        return code_line("channel", "channel", named, facts, ("review", "survey"))
    for channel, words in CHANNELS.items():
        if facts.speaks_of(*words):
            return Line(
                "channel", {"kind": "constant", "value": channel}, f"no column tells; the names speak of {channel}"
            )
    question = "Through which channel did these come: phone, chat, email, task or social?"
    return Line("channel", {"kind": "constant", "value": "phone"}, "no column tells", question)


def _direction(facts: Facts) -> Line:
    named = facts.roles.one("direction")
    if named:
        return code_line("direction", "direction", named, facts)
    return Line(
        "direction", {"kind": "constant", "value": "inbound"}, "no column tells; taken as contacts that customers began"
    )


def _counted(facts: Facts) -> Iterable[Line]:
    for role in COUNTS:
        named = facts.roles.one(role)
        if named:
            yield Line(role, _whole(named.column), named.reason)


def _whole(column: Column) -> dict[str, object]:
    """A count; marks in it can only stand between thousands."""
    if has_thousands(column):
        expression = f"CAST({number(column)} AS BIGINT)"
        return {
            "kind": "sql",
            "columns": [column.name],
            "expression": expression,
            "expected": "a whole number, not negative",
        }
    value: dict[str, object] = {"kind": "count", "column": column.name}
    if mark_of(column) == "," or is_mark_open(column):
        value["decimal"] = ","
    return blanked(column, value)


def _sums(facts: Facts) -> Iterable[Line]:
    """Sums of durations; an average is multiplied by what it is the average of."""
    waits = facts.roles.all("wait")
    of_answered = [named for named in waits if any(word in named.name.casefold() for word in ANSWER_WORDS)]
    others = [named for named in waits if named not in of_answered]
    answered = facts.roles.one("answered_count", "offered_count", "contact_count")
    everybody = facts.roles.one("contact_count", "offered_count", "answered_count")
    for key, found, count in (
        ("answer_wait_seconds", of_answered, answered),
        ("wait_seconds", others, everybody),
        ("talk_seconds", facts.roles.all("talk", "handle", "duration"), answered),
    ):
        if found:
            yield _sum(key, found[0], count, facts)


def _sum(key: str, named: Named, count: Named | None, facts: Facts) -> Line:
    column = named.column
    seconds, told, question = f"epoch(try_cast({quoted(column.name)} AS INTERVAL))", "h:mm:ss", ""
    if not column.looks("clock"):
        unit, told, question = unit_of(column, facts)
        seconds = times(number(column), FACTORS[unit])
    columns = [column.name]
    if is_average(named.name) and count:
        seconds, columns = f"{seconds} * {number(count.column)}", [column.name, count.name]
        told += f"; the average times {count.name!r}"
    return Line(key, {"kind": "sql", "columns": columns, "expression": seconds}, f"{named.reason}; {told}", question)


def _service_level(facts: Facts) -> list[Line]:
    named = facts.roles.one("service_level")
    if not named:
        return []
    value = number(named.column)
    if (named.column.high or 0) > 1 or named.column.looks("percent"):
        value = f"{value} / 100"
    expression = f"CAST({value} AS DECIMAL(9,6))"
    return [
        Line("reported_service_level", {"kind": "sql", "columns": [named.name], "expression": expression}, named.reason)
    ]
