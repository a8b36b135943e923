"""Genesys Cloud conversation detail: one JSON document a conversation, one record for each leg of it.

A leg is a session of an agent who answered, or a wait in a queue that the customer gave up; a conversation without
either is one record. An agent who let it ring has wrap-up and handle time all the same: such sessions add nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from etl.sources.base import Field, Source, Target
from etl.vocabulary import IdentityKind

Session = Mapping[str, Any]
OUR_PURPOSES = ("agent", "user")
CHANNELS = {"voice": "phone", "callback": "phone", "chat": "chat", "message": "chat", "email": "email"}
SOCIAL_MESSAGES = {"facebook", "instagram", "twitter", "apple"}
TRANSFERS = ("transfer", "consultTransfer", "conferenceTransfer", "transferForward", "transferConference")
TRANSFER_COUNTS = ("nTransferred", "nBlindTransferred", "nConsultTransferred")
SHORT_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?=T)")


def legs(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The legs of one conversation, in time order; a document that is no conversation stays itself."""
    people = _objects(document.get("participants"))
    if "conversationId" not in document or not people:
        yield {**document, "legId": document.get("conversationId")}
        return
    conversation = _conversation(document, people)
    answered = [(person, session) for person, session in _sessions(people, OUR_PURPOSES) if _is_answered(session)]
    given_up = [(person, session) for person, session in _sessions(people, ("acd",)) if _has(session, "tAbandon")]
    found = [_answered_leg(person, session, people) for person, session in answered]
    found += [_abandoned_leg(person, session) for person, session in given_up]
    if not found:
        yield {**conversation, **_unanswered(document, people), "legId": document["conversationId"]}
        return
    found.sort(key=lambda leg: (leg["startedAt"] or "", str(leg["legId"])))
    found[0]["startedAt"] = None
    for number, leg in enumerate(found):
        own = {name: value for name, value in leg.items() if value is not None}
        own["legId"] = f"{document['conversationId']}/{leg['legId'] or number}"
        yield {**conversation, **own}


def _conversation(document: Mapping[str, Any], people: list[Session]) -> dict[str, Any]:
    """What all legs of a conversation share."""
    customers = [session for _, session in _sessions(people, ("customer", "external"))]
    every = customers + [session for _, session in _sessions(people)]
    directions = [document.get("originatingDirection"), *(session.get("direction") for session in every)]
    direction = next((told for told in directions if told), "inbound")
    names = ("dnis", "addressTo") if direction == "outbound" else ("ani", "addressFrom")
    addresses = [session.get(name) for session in every for name in (*names, "addressOther")]
    return {
        "conversationId": document["conversationId"],
        "startedAt": _instant(document.get("conversationStart")),
        "direction": direction,
        "channel": next((_channel(session) for session in every if session.get("mediaType")), None),
        "customer": next((_address(text) for text in addresses if text), None),
        "externalContactId": next((p["externalContactId"] for p in people if p.get("externalContactId")), None),
        "isQueued": any(person.get("purpose") == "acd" for person in people),
    }


def _answered_leg(person: Session, session: Session, people: list[Session]) -> dict[str, Any]:
    segments = _objects(session.get("segments"))
    waits = [_sum(other, "tAcd") for _, other in _queue_sessions(people, session)]
    return {
        "legId": session.get("sessionId"),
        "startedAt": _first_start(segments),
        "answeredAt": _answered_at(session, segments),
        "channel": _channel(session),
        "disposition": "callback" if session.get("mediaType") == "callback" else "answered",
        "agentId": person.get("userId") or session.get("selectedAgentId"),
        "team": person.get("teamId"),
        "queue": _queue(people, session),
        "wrapUpCode": next((s["wrapUpCode"] for s in reversed(segments) if s.get("wrapUpCode")), None),
        "isTransferred": _is_transferred(session, segments),
        "waitMs": _sum(session, "tAnswered") if _has(session, "tAnswered") else next(iter(waits), None),
        "talkMs": _part(session, segments, "tTalk", "interact"),
        "heldMs": _part(session, segments, "tHeld", "hold") or 0,
        "acwMs": _part(session, segments, "tAcw", "wrapup") or 0,
    }


def _abandoned_leg(person: Session, session: Session) -> dict[str, Any]:
    return {
        "legId": session.get("sessionId"),
        "startedAt": _first_start(_objects(session.get("segments"))),
        "channel": _channel(session),
        "disposition": "abandoned",
        "queue": person.get("participantName") or _queue_id(session),
        "waitMs": _sum(session, "tAbandon"),
        "isQueued": True,
    }


def _unanswered(document: Mapping[str, Any], people: list[Session]) -> dict[str, Any]:
    """The outcome of a conversation that no agent took and of which no queue noted a give-up."""
    queues = _sessions(people, ("acd",))
    told: dict[str, Any] = {"isTransferred": False}
    if any(session.get("mediaType") == "callback" for _, session in _sessions(people)):
        told["disposition"] = "callback"
    elif any(person.get("purpose") == "voicemail" for person in people):
        told["disposition"] = "voicemail"
    elif any(_has(session, "tFlowOut") for _, session in queues):
        told["disposition"] = "flow_out"
    elif queues or document.get("originatingDirection") == "outbound":
        told["disposition"] = "abandoned"
    else:
        told["disposition"] = "contained"
    if queues:
        person, session = queues[-1]
        told["queue"] = person.get("participantName") or _queue_id(session)
        told["waitMs"] = _sum(session, "tAcd") if _has(session, "tAcd") else None
    return told


def _objects(value: object) -> list[Session]:
    """The objects of a list; nothing where the document holds something else."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _sessions(people: Iterable[Session], purposes: tuple[str, ...] | None = None) -> list[tuple[Session, Session]]:
    return [
        (person, session)
        for person in people
        if purposes is None or person.get("purpose") in purposes
        for session in _objects(person.get("sessions"))
    ]


def _values(session: Session, name: str) -> list[float]:
    found = [metric.get("value") for metric in _objects(session.get("metrics")) if metric.get("name") == name]
    return [value for value in found if isinstance(value, int | float)]


def _has(session: Session, *names: str) -> bool:
    return any(_values(session, name) for name in names)


def _sum(session: Session, name: str) -> float:
    return sum(_values(session, name))


def _is_answered(session: Session) -> bool:
    """Whether somebody talked: a session without metrics is judged by its segments."""
    if _objects(session.get("metrics")):
        return _has(session, "tAnswered", "tTalk", "tTalkComplete")
    return any(segment.get("segmentType") == "interact" for segment in _objects(session.get("segments")))


def _part(session: Session, segments: list[Session], metric: str, kind: str) -> float | None:
    """Milliseconds of one part: each time it was noted, else its total, else its segments where nothing is measured.

    tTalk and tHeld come once a stretch; tTalkComplete and tHeldComplete repeat their sum.
    """
    if _has(session, metric):
        return _sum(session, metric)
    if _has(session, f"{metric}Complete"):
        return _sum(session, f"{metric}Complete")
    if _objects(session.get("metrics")):
        return None
    stretches = [_milliseconds(segment) for segment in segments if segment.get("segmentType") == kind]
    return sum(stretches) if stretches else None


def _milliseconds(segment: Session) -> float:
    start, end = _instant(segment.get("segmentStart")), _instant(segment.get("segmentEnd"))
    try:
        length = datetime.fromisoformat(str(end)) - datetime.fromisoformat(str(start))
    except (ValueError, TypeError):
        return 0
    return length.total_seconds() * 1000


def _answered_at(session: Session, segments: list[Session]) -> str | None:
    emitted = [m.get("emitDate") for m in _objects(session.get("metrics")) if m.get("name") == "tAnswered"]
    starts = [segment.get("segmentStart") for segment in segments if segment.get("segmentType") == "interact"]
    return next((_instant(text) for text in [*emitted, *starts] if text), None)


def _first_start(segments: list[Session]) -> str | None:
    return min((start for s in segments if (start := _instant(s.get("segmentStart")))), default=None)


def _is_transferred(session: Session, segments: list[Session]) -> bool:
    return _has(session, *TRANSFER_COUNTS) or any(s.get("disconnectType") in TRANSFERS for s in segments)


def _queue_id(session: Session) -> str | None:
    return next((s["queueId"] for s in _objects(session.get("segments")) if s.get("queueId")), None)


def _queue_sessions(people: list[Session], session: Session) -> list[tuple[Session, Session]]:
    wanted = _queue_id(session)
    return [(person, other) for person, other in _sessions(people, ("acd",)) if wanted and _queue_id(other) == wanted]


def _queue(people: list[Session], session: Session) -> str | None:
    names = [person.get("participantName") for person, _ in _queue_sessions(people, session)]
    return next((name for name in names if name), _queue_id(session))


def _channel(session: Session) -> str | None:
    """The channel of a session; a medium that is not known stays as it is named, and is refused."""
    media = session.get("mediaType")
    if media == "message" and str(session.get("messageType", "")).lower() in SOCIAL_MESSAGES:
        return "social"
    return CHANNELS.get(str(media), media)


def _address(text: object) -> str:
    """A telephone number or e-mail address without its scheme: tel:+55…, sip:…@…."""
    return re.sub(r"^(tel|sip|mailto):", "", str(text)).partition(";")[0]


def _instant(text: object) -> str | None:
    """A time with its day padded: the vendor's own sample has 2021-04-2T15:30:51.418Z."""
    if not isinstance(text, str):
        return None
    return SHORT_DAY.sub(lambda found: f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", text)


def _own(*words: str) -> dict[str, str]:
    return {word: word for word in words}


SOURCE = Source(
    name="genesys_cloud",
    title="Genesys Cloud conversations",
    form="json",
    required=("conversationId", "conversationStart", "participants"),
    key=("legId",),
    event=Field("when", ("startedAt",), states_zone=True),
    conversation=("conversationId",),
    handle_parts=("talk_seconds", "hold_seconds", "wrap_up_seconds"),
    flatten=legs,
    targets=(
        Target(
            "interactions",
            {
                "channel": Field("code", ("channel",), map=_own("phone", "chat", "email", "social")),
                "direction": Field("code", ("direction",), map=_own("inbound", "outbound")),
                "customer_identifier": Field("identity", ("customer",), identity=IdentityKind.PHONE),
                "other_customer": Field("identity", ("externalContactId",), identity=IdentityKind.ID),
                "agent_id": Field("identity", ("agentId",), identity=IdentityKind.ID, scope="agent"),
                "team": Field("text", ("team",)),
                "queue": Field("text", ("queue",)),
                "wrap_up_code": Field("text", ("wrapUpCode",)),
                "is_queued": Field("flag", ("isQueued",), true=("true",), false=("false",)),
                "is_transferred": Field("flag", ("isTransferred",), true=("true",), false=("false",)),
                "disposition": Field(
                    "code",
                    ("disposition",),
                    map=_own("answered", "abandoned", "callback", "voicemail", "flow_out", "contained"),
                ),
                "answered_at": Field("when", ("answeredAt",), states_zone=True),
                "wait_seconds": Field("seconds", ("waitMs",), unit="ms"),
                "talk_seconds": Field("seconds", ("talkMs",), unit="ms"),
                "hold_seconds": Field("seconds", ("heldMs",), unit="ms"),
                "wrap_up_seconds": Field("seconds", ("acwMs",), unit="ms"),
            },
        ),
    ),
)
