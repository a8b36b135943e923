"""The lines of handled contacts: calls, chats, mails and tickets, one leg a record."""

from typing import Any

from etl.proposal.codes import code_line, flag_line, text_lines, truths
from etl.proposal.draft import Line
from etl.proposal.durations import between_times, seconds_line, time_of
from etl.proposal.facts import Facts, among, is_filled, number
from etl.proposal.people import agent_lines, customer_lines
from etl.proposal.roles import ENDS, Named
from etl.proposal.times import time_field
from etl.proposal.words import folded, meaning, translated

CODE_FIELDS = (
    "queue",
    "team",
    "topic",
    "category",
    "wrap_up_code",
    "label",
    "product",
    "region",
    "segment",
    "language",
)
PARTS = {"talk": "talk_seconds", "hold": "hold_seconds", "wrap_up": "wrap_up_seconds"}
CHANNELS = {
    "chat": ("chat", "whatsapp", "sms"),
    "email": ("email", "mail", "correo", "courriel"),
    "phone": (
        "call", "phone", "anruf", "telefon", "llamad", "appel", "chamada", "ligac", "ring", "talk", "gesprach",
        "hotline", "billsec", "cdr", "hangup",
    ),
    "task": ("ticket", "case", "vorgang", "caso", "demande"),
}  # fmt: skip
REACHED = {"to", "recipient", "an", "para", "destinatario", "destinataire", "empfanger", "a"}
SPOKEN = ("talk", "hold", "wait", "duration", "handle", "wrap_up")


def leg_lines(facts: Facts) -> tuple[list[Line], list[str]]:
    """The lines of the target, and which of the durations that make up handling the file records."""
    channel, direction = _channel(facts), _direction(facts)
    ended = disposition(facts, channel)
    durations, parts = _durations(facts)
    lines = [
        channel,
        direction,
        ended,
        *_queued(facts, channel, direction, ended),
        *customer_lines(facts),
        *agent_lines(facts),
        *text_lines(facts, CODE_FIELDS),
        *_resolved(facts),
        *(flag_line("is_transferred", named, facts) for named in facts.roles.all("transferred")[:1]),
        *(flag_line("is_automatic", named, facts) for named in facts.roles.all("automatic")[:1]),
        *_answered_at(facts),
        *durations,
        *words_line(facts),
    ]
    return lines, parts


def by_direction(lines: list[Line], facts: Facts) -> list[list[Line]]:
    """The lines once for what customers began and once for what we began, where the customer is in another column."""
    direction = facts.roles.one("direction")
    customer = next((line for line in lines if line.key == "customer_identifier"), None)
    called = _other_party(customer, facts) if customer else None
    if not direction or not customer or not called:
        return [lines]
    known, _ = translated("direction", facts.values(direction.column))
    ours = [word for word, told in known.items() if told == "outbound"]
    if not ours:
        return [lines]
    is_ours = f"coalesce({among(direction.column, ours)}, FALSE)"
    theirs = Line("where", f"NOT {is_ours}", "what customers began, or nobody knows who")
    to_them = Line(
        customer.key, {**customer.value, "column": called.name}, "we began these: the customer is whom we reached"
    )
    once = ("other_customer", "verbatim")  # a record's words are kept once, whichever section names them
    rest = [to_them if line is customer else line for line in lines if line.key not in once]
    return [[theirs, *lines], [Line("where", is_ours, "what we began"), *rest]]


def _other_party(customer: Line, facts: Facts) -> Named | None:
    """The column of whom a call or mail went to, if it holds the same kind of address as the customer's."""
    column = customer.value["column"]
    calls = facts.roles.all("called") if customer.value["identity"] == "phone" else []
    mails = facts.roles.all("email") if customer.value["identity"] == "email" else []
    others = [named for named in (*calls, *mails) if named.name != column]
    return next((named for named in others if folded(named.name).split()[0] in REACHED or named.role == "called"), None)


def is_spoken(facts: Facts) -> bool:
    """Whether the file's contacts are calls: by its durations or its words."""
    return bool(facts.roles.all(*SPOKEN)) or facts.speaks_of(*CHANNELS["phone"])


def _channel(facts: Facts) -> Line:
    named = facts.roles.one("channel")
    if named:
        return code_line("channel", "channel", named, facts, ("review", "survey"))
    for channel, words in CHANNELS.items():
        if facts.speaks_of(*words):
            question = (
                "Through which channel did these come: phone, chat, email, task or social?" if channel == "task" else ""
            )
            return _constant("channel", channel, f"no column tells; the names speak of {channel}", question)
    question = "Through which channel did these come: phone, chat, email, task or social?"
    return _constant("channel", "phone" if is_spoken(facts) else "task", "no column tells", question)


def _direction(facts: Facts) -> Line:
    named = facts.roles.one("direction")
    if named:
        return _with_outcomes(code_line("direction", "direction", named, facts), named, facts)
    return _constant("direction", "inbound", "no column tells; taken as contacts that customers began")


def _with_outcomes(line: Line, named: Named, facts: Facts) -> Line:
    """The direction by a call type that names an outcome instead where a customer did not get through."""
    ends = {value: "inbound" for value in facts.values(named.column) if meaning("disposition", value) in ENDS}
    if not ends:
        return line
    value = {**line.value, "map": {**ends, **line.value["map"]}}
    left = [word for word in facts.values(named.column) if word not in value["map"]]
    question = line.question if left else ""
    return Line(line.key, value, f"{line.reason}; a call that was not answered is one that came in", question)


def _type_of_call(facts: Facts) -> Line | None:
    """The outcome by a call type that names it where a call was not answered."""
    named = facts.roles.one("direction")
    ends, _ = translated("disposition", facts.values(named.column)) if named else ({}, [])
    ends = {value: ours for value, ours in ends.items() if ours in ENDS}
    if not named or not ends:
        return None
    sides, _ = translated("direction", facts.values(named.column))
    value = {"kind": "code", "column": named.name, "map": {**dict.fromkeys(sides, "answered"), **ends}}
    shown_sides = " and ".join(map(repr, sides))
    question = f"Were all contacts whose {named.name!r} is {shown_sides} answered?"
    return Line("disposition", value, "by the type of call", question)


def _constant(key: str, value: str | bool, reason: str, question: str = "") -> Line:
    return Line(key, {"kind": "constant", "value": value}, reason, question)


def outcome(facts: Facts) -> Named | None:
    """The column that tells how contacts ended; not one that only tells whether a ticket is open."""
    for named in facts.roles.all("disposition"):
        known, _ = translated("disposition", facts.values(named.column))
        if any(ours != "message" for ours in known.values()) and not is_ticket_status(named, facts):
            return named
    return None


def is_ticket_status(named: Named, facts: Facts) -> bool:
    """Whether a status says open or closed, and nothing of how a call went."""
    values = facts.values(named.column)
    if any(meaning("disposition", value) in ("abandoned", "voicemail", "callback", "answered") for value in values):
        return False
    return 2 * len(translated("truth", values)[0]) >= len(values)


def _is_ticket(facts: Facts) -> bool:
    has_status = any(is_ticket_status(named, facts) for named in facts.roles.all("disposition"))
    return has_status or bool(facts.roles.all("subject", "resolved_at"))


def disposition(facts: Facts, channel: Line) -> Line:
    """The outcome: recorded, by a yes or no, by the times, or a constant."""
    named = outcome(facts)
    is_call = channel.value.get("value") == "phone"
    if named and not (is_call and _is_unclear(named, facts) and facts.roles.all("answered", "abandoned")):
        return code_line("disposition", "disposition", named, facts, ("message",) if is_call else ())
    for role, is_true, is_false in (("answered", "answered", "abandoned"), ("abandoned", "abandoned", "answered")):
        flag = facts.roles.one(role)
        if flag:
            value = {"kind": "code", "column": flag.name, "map": truths(flag.column, facts, is_true, is_false)}
            return Line("disposition", value, flag.reason)
    by_type = _type_of_call(facts)
    if by_type:
        return by_type
    is_written = channel.value.get("value") not in (None, "phone") or not is_spoken(facts)
    if is_written or (_is_ticket(facts) and not facts.roles.all(*SPOKEN)):
        return _constant("disposition", "message", "written contacts are neither answered nor abandoned calls")
    return _derived(facts)


def _is_unclear(named: Named, facts: Facts) -> bool:
    """Whether not every value says how a call went: that it was resolved does not say that somebody answered."""
    known, unknown = translated("disposition", facts.values(named.column))
    return bool(unknown) or "message" in known.values()


def _derived(facts: Facts) -> Line:
    """The outcome of calls without one: by an answer's time, or by time spent talking."""
    for named in facts.roles.all("answered_at", "talk", "duration"):
        column = named.column
        is_time = named.role == "answered_at"
        spoken = is_filled(column) if is_time or column.looks("clock") else f"{number(column)} > 0"
        if column.looks("clock") and not is_time:
            spoken += f" AND regexp_matches(\"{column.name.replace(chr(34), chr(34) * 2)}\", '[1-9]')"
        if 0 < facts.share(spoken) < 1:
            expression = f"CASE WHEN {spoken} THEN 'answered' ELSE 'abandoned' END"
            value: dict[str, Any] = {"kind": "sql", "columns": [column.name], "expression": expression}
            question = (
                f"No column tells the outcome: did the customer abandon each call without a value in {column.name!r}?"
            )
            return Line("disposition", value, f"by {column.name!r}", question)
    question = "No column tells the outcome: were all these calls answered?"
    return _constant("disposition", "answered", "no column tells", question)


def _queued(facts: Facts, channel: Line, direction: Line, ended: Line) -> list[Line]:
    """Whether it entered a queue: an inbound call; where the queue's name is sometimes missing, one that has it."""
    value, queue = channel.value, facts.roles.one("queue")
    if value.get("value") in ("task", "email", "social") or ended.value.get("value") == "message":
        return []
    conditions, columns = [], []
    if "map" in direction.value:
        inbound = [word for word, ours in direction.value["map"].items() if ours == "inbound"]
        conditions.append(among(facts.roles.all("direction")[0].column, inbound))
        columns.append(direction.value["column"])
    if "map" in value:
        queued = [word for word, ours in value["map"].items() if ours in ("phone", "chat")]
        conditions.append(among(facts.roles.all("channel")[0].column, queued))
        columns.append(value["column"])
    if queue and not queue.column.is_full:
        conditions.append(is_filled(queue.column))
        columns.append(queue.name)
    if not conditions:
        return [_constant("is_queued", True, "inbound calls count as offered when answered or abandoned")]
    expression = f"coalesce({' AND '.join(conditions)}, FALSE)"
    return [
        Line(
            "is_queued", {"kind": "sql", "columns": columns, "expression": expression}, "inbound ones count as offered"
        )
    ]


def _resolved(facts: Facts) -> list[Line]:
    named = facts.roles.one("resolved")
    if named:
        return [flag_line("is_resolved", named, facts)]
    status = next((found for found in facts.roles.all("disposition") if is_ticket_status(found, facts)), None)
    if status:
        return [flag_line("is_resolved", status, facts)]
    closed = facts.roles.one("resolved_at")
    if closed and not closed.column.is_full:
        value = {"kind": "sql", "columns": [closed.name], "expression": is_filled(closed.column)}
        return [Line("is_resolved", value, "resolved where it has a time")]
    return []


def _answered_at(facts: Facts) -> list[Line]:
    read = time_of("answered_at", facts)
    named = facts.roles.one("answered_at")
    if not read or not named or named.column.blanks:
        return []
    return [Line("answered_at", time_field(read[1], read[0], facts.day_first, facts.zone), named.reason)]


def _durations(facts: Facts) -> tuple[list[Line], list[str]]:
    lines, parts = [], []
    wait = facts.roles.one("wait", "ring")  # who waits in a queue waits until the telephone of an agent rings, too
    if wait:
        lines.append(seconds_line("wait_seconds", wait, facts))
    for role, field in PARTS.items():
        named = facts.roles.one(role)
        if named:
            lines.append(seconds_line(field, named, facts))
            parts.append(field)
    between = between_times(facts) if facts.roles.all(*SPOKEN) or outcome(facts) or facts.roles.all("direction") else {}
    if "wait_seconds" in between and not wait:
        lines.append(between["wait_seconds"])
    if "talk_seconds" not in parts:
        talk = between.get("talk_seconds") or _whole(facts) or between.get("whole")
        lines += [talk] if talk else []
        parts += ["talk_seconds"] if talk else []
    return lines, parts


def _whole(facts: Facts) -> Line | None:
    """The only duration of a contact, as the time spent talking until somebody knows better."""
    whole = facts.roles.one("handle", "duration")
    if not whole:
        return None
    line = seconds_line("talk_seconds", whole, facts, "the only duration of the contact")
    question = f"Is {whole.name!r} the time spent talking alone, or does it hold waiting, hold or wrap-up, too?"
    return Line(line.key, line.value, line.reason, f"{line.question} {question}".strip())


def words_line(facts: Facts) -> list[Line]:
    """The customer's words: the longest text of the record."""
    found = sorted(facts.roles.all("verbatim", "subject"), key=lambda named: -named.column.mean_words)
    texts = [named for named in found if named.role == "verbatim"] or found
    if not texts:
        return []
    return [Line("verbatim", {"kind": "verbatim", "column": texts[0].name}, texts[0].reason)]
