"""Asterisk's queue log: several event lines make one wait in a queue, which is one record.

Read are the log itself (`epoch|callid|queue|agent|event|…`) and tables of it as CSV with a header: `queue_log` of the
database (time, callid, queuename, agent, event, data1…) and PBXware's (date_time, callid, queue_name, type, event, …).
Lines may be repeated; lines that are about agents and not about calls make no record.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from etl.sources.base import Field, Source, Target
from etl.sources.telephony.queue_events import Event, events
from etl.vocabulary import IdentityKind

ENTERED, CONNECTED = "ENTERQUEUE", "CONNECT"
ENDED = ("COMPLETECALLER", "COMPLETEAGENT")
HANDED_ON = ("TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER")
GIVEN_UP = ("ABANDON", "AGENTDUMP")
LEFT = (
    "EXITWITHTIMEOUT", "EXITEMPTY", "EXITWITHKEY", "JOINEMPTY", "JOINUNAVAIL", "FULL", "CLOSED", "LEAVEEMPTY",
    "DIVERT_CA_RATIO", "DIVERT_HOLDTIME",
)  # fmt: skip
OF_AGENTS = (
    "RINGNOANSWER", "RINGCANCELED", "DID", "INFO", "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "PAUSEALL",
    "UNPAUSEALL", "PAUSEREASON", "AGENTLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGIN", "AGENTCALLBACKLOGOFF",
    "CONFIGRELOAD", "QUEUESTART", "SYSCOMPAT", "CALLSTATUS", "CALLOUTBOUND", "PENALTY", "HOLD", "UNHOLD",
)  # fmt: skip
OF_CALLS = {ENTERED, CONNECTED, *ENDED, *HANDED_ON, *GIVEN_UP, *LEFT}
TABLE_HEADER = r"\"?(time|date_time|timestamp|id|partition|created)\"?[,;\t].*\bcallid\b.*\bevent\b"
TIME = r"(\d{9,10}(\.\d+)?|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d(:?\d\d)?|Z)?)"
EVENTS = "|".join([*sorted(OF_CALLS), *OF_AGENTS])
ROW = rf"[\"']?([^,;\t]*[,;\t]){{0,3}}[\"']?{TIME}[\"']?[,;\t](.*[,;\t])?[\"']?({EVENTS})([\"']?[,;\t]|[\"']?$)"
LINE = rf"(?i)\s*({TIME}\|[^|]*\|[^|]*\|[^|]*\|[A-Z_]+|{TABLE_HEADER}|{ROW})"

Wait = dict[str, Any]


def fold(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The waits of a log in the order in which they begin; a line that is none of a log stays itself."""
    current: dict[tuple[str, str], Wait] = {}
    seen: set[Event] = set()
    waits: list[Wait] = []
    for event in events(lines):
        if isinstance(event, str):
            yield {"line": event}
        elif event.name in OF_CALLS and not event.is_of_call:
            yield {"event": event.name, "entered": event.second}
        elif event.name in OF_CALLS and event not in seen:
            seen.add(event)
            place = (event.callid, event.queue)
            wait = current.get(place)
            if wait is None or (event.name == ENTERED and "outcome" in wait):
                wait = {"callid": event.callid, "queue": event.queue, "number": wait["number"] + 1 if wait else 1}
                current[place] = wait
                waits.append(wait)
            _tell(wait, event)
    yield from (_record(wait) for wait in waits)


def _tell(wait: Wait, event: Event) -> None:
    """Add to a wait what one event says of it; the first outcome and the first lengths hold."""
    wait["newest"] = max(event.second, wait.get("newest", event.second))
    if event.name == ENTERED:
        wait.setdefault("entered", event.second)
        wait["caller"] = event.parameter(1)
        return
    outcome = "abandoned" if event.name in GIVEN_UP else "flow_out" if event.name in LEFT else "answered"
    if wait.setdefault("outcome", outcome) != outcome:
        return
    waited, talked = _lengths(event)
    for name, value in (("waited", waited), ("talked", talked), ("agent", event.agent)):
        if value is not None:
            wait.setdefault(name, value)
    wait["is_handed_on"] = wait.get("is_handed_on", False) or event.name in HANDED_ON
    if outcome == "answered":
        wait.setdefault("answered", event.second - (talked or 0))
    wait.setdefault("entered", event.second - (talked or 0) - (waited or 0))


def _lengths(event: Event) -> tuple[float | None, float | None]:
    """Seconds waited and talked, by the parameters of each event; a table may have columns for them."""
    told: tuple[float | None, float | None]
    match event.name:
        case "CONNECT":
            told = event.seconds(0), None
        case "COMPLETECALLER" | "COMPLETEAGENT":
            told = event.seconds(0), event.seconds(1)
        case "TRANSFER" if event.count == 4:
            told = event.seconds(2), event.seconds(3)
        case "TRANSFER" | "BLINDTRANSFER" | "ATTENDEDTRANSFER":
            told = event.seconds(-3), event.seconds(-2)
        case "EXITWITHKEY":
            told = event.seconds(3), None
        case _:
            told = event.seconds(2), None
    if event.name in ENDED or event.name in HANDED_ON:
        return _either(event.waited, told[0]), _either(event.talked, told[1])
    return _either(event.waited, told[0]), told[1]


def _either(noted: float | None, told: float | None) -> float | None:
    return told if noted is None else noted


def _record(wait: Wait) -> dict[str, Any]:
    again = f"|{wait['number']}" if wait["number"] > 1 else ""
    return {
        "wait": f"{wait['callid']}|{wait['queue']}{again}",
        "callid": wait["callid"],
        "queue": wait["queue"],
        "entered": wait.get("entered"),
        "newest": wait["newest"],
        "caller": wait.get("caller"),
        "agent": wait.get("agent"),
        # Whoever still waits when the log ends has no outcome yet; the next log brings it.
        "outcome": wait.get("outcome", "flow_out"),
        "answered": wait.get("answered"),
        "is_handed_on": wait.get("is_handed_on", False),
        "waited": wait.get("waited"),
        "talked": wait.get("talked") if wait.get("outcome") == "answered" else None,
    }


SOURCE = Source(
    name="asterisk_queue_log",
    title="Asterisk queue log",
    form="lines",
    required=(),
    line_shape=LINE,
    key=("wait",),
    version=Field("when", ("newest",), epoch="s"),
    event=Field("when", ("entered",), epoch="s"),
    conversation=("callid",),
    handle_parts=("talk_seconds",),
    fold=fold,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("constant", value="phone"),
                "direction": Field("constant", value="inbound"),
                "is_queued": Field("constant", value=True),
                "customer_identifier": Field("identity", ("caller",), identity=IdentityKind.PHONE),
                "agent_id": Field("identity", ("agent",), identity=IdentityKind.ID, scope="agent"),
                "queue": Field("text", ("queue",)),
                "disposition": Field(
                    "code",
                    ("outcome",),
                    map={"answered": "answered", "abandoned": "abandoned", "flow_out": "flow_out"},
                ),
                "is_transferred": Field("flag", ("is_handed_on",), true=("true",), false=("false",)),
                "answered_at": Field("when", ("answered",), epoch="s"),
                "wait_seconds": Field("seconds", ("waited",)),
                "talk_seconds": Field("seconds", ("talked",)),
            },
        ),
    ),
)
