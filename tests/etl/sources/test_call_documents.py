"""Calls as JSON documents: what becomes one leg, what adds no seconds, and that odd shapes are no error."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from etl.sources.freeswitch_json import leg as freeswitch_leg
from etl.sources.genesys_cloud import legs as genesys_legs
from etl.sources.ringcentral import call as ringcentral_call
from etl.sources.telephony.ringcentral_results import OUTCOMES
from etl.sources.zendesk_talk import record as zendesk_record

Flatten = Callable[[Mapping[str, Any]], Iterable[Mapping[str, Any]]]
QUEUE = "q-1"


def metrics(**values: float) -> list[dict[str, Any]]:
    return [{"name": name, "value": value, "emitDate": "2024-03-04T09:00:30.000Z"} for name, value in values.items()]


def session(media: str = "voice", kinds: tuple[str, ...] = ("interact",), **parts: Any) -> dict[str, Any]:
    segments = [
        {
            "segmentType": kind,
            "segmentStart": f"2024-03-04T09:0{minute}:00.000Z",
            "segmentEnd": f"2024-03-04T09:0{minute + 1}:00.000Z",
            "queueId": QUEUE,
        }
        for minute, kind in enumerate(kinds)
    ]
    return {"sessionId": f"s-{media}-{len(parts)}", "mediaType": media, "segments": segments, **parts}


def person(purpose: str, *sessions: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"purpose": purpose, "sessions": list(sessions), **parts}


def conversation(*people: dict[str, Any], **parts: Any) -> list[Mapping[str, Any]]:
    document = {"conversationId": "c-1", "conversationStart": "2024-03-4T09:00:00.000Z", "participants": list(people)}
    return list(genesys_legs({**document, "originatingDirection": "inbound", **parts}))


CUSTOMER = person("customer", session(ani="tel:+12125550100"))
ACD = person("acd", session(metrics=metrics(nOffered=1, tAcd=30_000)), participantName="Support")
IGNORING = person(
    "agent", session(kinds=("alert",), metrics=metrics(tAlert=9_000, tNotResponding=9_000, tAcw=57_000, tHandle=57_000))
)


def test_an_agent_who_did_not_answer_adds_nothing() -> None:
    agent = person("agent", session(metrics=metrics(tAnswered=30_000, tTalk=60_000, tAcw=15_000)), userId="u-1")
    (leg,) = conversation(CUSTOMER, ACD, IGNORING, agent)
    assert [leg[part] for part in ("waitMs", "talkMs", "heldMs", "acwMs")] == [30_000, 60_000, 0, 15_000]
    assert (leg["agentId"], leg["queue"], leg["customer"]) == ("u-1", "Support", "+12125550100")
    assert leg["startedAt"] == "2024-03-04T09:00:00.000Z"
    (alone,) = conversation(CUSTOMER, ACD, IGNORING)
    assert (alone["disposition"], alone["waitMs"], alone.get("talkMs")) == ("abandoned", 30_000, None)


def test_parts_come_once_a_stretch_and_once_as_a_sum() -> None:
    stretches = [*metrics(tAnswered=1, tTalk=10), *metrics(tTalk=20, tTalkComplete=30), *metrics(tHeldComplete=7)]
    (leg,) = conversation(CUSTOMER, person("agent", session(metrics=stretches)))
    assert (leg["talkMs"], leg["heldMs"]) == (30, 7)


def test_without_metrics_the_segments_tell() -> None:
    (leg,) = conversation(CUSTOMER, ACD, person("agent", session(kinds=("alert", "interact", "hold", "wrapup"))))
    assert (leg["talkMs"], leg["heldMs"], leg["acwMs"], leg["waitMs"]) == (60_000, 60_000, 60_000, 30_000)
    assert leg["answeredAt"] == "2024-03-04T09:01:00.000Z"


def test_given_up_after_a_transfer_is_a_leg_of_its_own() -> None:
    agent = person("agent", session(metrics=metrics(tAnswered=5, tTalk=9, nTransferred=1)))
    second = person("acd", session(metrics=metrics(tAcd=40_000, tAbandon=40_000)), participantName="Experts")
    first, last = sorted(conversation(CUSTOMER, ACD, agent, second), key=lambda leg: str(leg["disposition"]))[::-1]
    assert (first["disposition"], first["isTransferred"]) == ("answered", True)
    assert (last["disposition"], last["queue"], last["waitMs"]) == ("abandoned", "Experts", 40_000)
    assert first["conversationId"] == last["conversationId"] == "c-1"


@pytest.mark.parametrize(
    ("people", "outcome"),
    [
        ([person("ivr", session(metrics=metrics(tIvr=9)))], "contained"),
        ([person("ivr", session()), person("voicemail", session())], "voicemail"),
        ([ACD, person("acd", session("callback"))], "callback"),
        ([person("acd", session(metrics=metrics(tFlowOut=9)))], "flow_out"),
        ([ACD], "abandoned"),
    ],
)
def test_outcomes_without_an_agent(people: list[dict[str, Any]], outcome: str) -> None:
    (leg,) = conversation(CUSTOMER, *people)
    assert (leg["disposition"], leg["legId"]) == (outcome, "c-1")


@pytest.mark.parametrize(
    ("media", "channel"),
    [("voice", "phone"), ("callback", "phone"), ("chat", "chat"), ("message", "chat"), ("email", "email"), ("x", "x")],
)
def test_media(media: str, channel: str) -> None:
    (leg,) = conversation(person("agent", session(media, metrics=metrics(tTalk=9))))
    assert leg["channel"] == channel


def test_social_messages_and_calls_that_we_make() -> None:
    (leg,) = conversation(person("agent", session("message", messageType="facebook", metrics=metrics(tTalk=9))))
    assert leg["channel"] == "social"
    dialled = session(metrics=metrics(tTalk=9), dnis="tel:+12125550117;ext=1", ani="tel:+12125550199")
    (made,) = conversation(person("agent", dialled), originatingDirection="outbound")
    assert (made["direction"], made["customer"]) == ("outbound", "+12125550117")


def ringcentral(**parts: Any) -> Mapping[str, Any]:
    document = {"id": "1", "sessionId": "s", "startTime": "2024-03-04T09:00:00Z", "direction": "Inbound"}
    (record,) = ringcentral_call({**document, "duration": 60, "result": "Accepted", **parts})
    return record


def test_ringcentral_counts_a_call_once() -> None:
    legs = [{"duration": 60, "result": "Accepted"}, {"duration": 55, "result": "Accepted", "extension": {"id": "7"}}]
    assert (ringcentral()["talkSeconds"], ringcentral()["waitSeconds"]) == ("60", None)
    assert (ringcentral(legs=legs)["talkSeconds"], ringcentral(legs=legs)["agent"]) == ("60", "7")
    missed = ringcentral(result="Missed", duration=None, durationMs=12_500)
    assert (missed["talkSeconds"], missed["waitSeconds"]) == (None, "12.5")


def test_ringcentral_joins_calls_by_either_session() -> None:
    assert ringcentral(sessionId=None, telephonySessionId="s-1")["sessionId"] == "s-1"
    assert ringcentral(sessionId="4", telephonySessionId="s-1")["sessionId"] == "4"


@pytest.mark.parametrize(("result", "outcome"), [("Missed Call", "abandoned"), ("Call Declined", "flow_out")])
def test_ringcentral_results_of_the_newer_log(result: str, outcome: str) -> None:
    assert OUTCOMES[result] == outcome
    missed = ringcentral(result=result, duration=21)
    assert (missed["waitSeconds"], missed["talkSeconds"]) == ("21", None)


def test_ringcentral_names_the_customer() -> None:
    numbers = {"from": {"phoneNumber": "+1"}, "to": {"phoneNumber": "+2"}}
    assert ringcentral(**numbers)["customer"] == "+1"
    assert ringcentral(**numbers, direction="Outbound")["customer"] == "+2"
    inside = ringcentral(**{"from": {"extensionNumber": "101"}, "to": {"extensionId": "9"}})
    assert (inside["direction"], inside["customer"]) == ("internal", None)


def test_seconds_of_zendesk_talk_are_those_of_the_call() -> None:
    call = {"id": 5, "created_at": "2024-03-04T09:00:00Z", "talk_time": 100, "hold_time": 5, "wrap_up_time": 7}
    (record,) = zendesk_record({**call, "wait_time": 20, "direction": "inbound"})
    assert (record["record"], record["call"], record["call_talk_time"], record["wait_time"]) == ("5", "5", "100", "20")
    (leg,) = zendesk_record({**call, "id": 9, "call_id": 5, "agent_id": 0, "type": "customer"})
    assert (leg["record"], leg["call"], leg["direction"], leg["agent_id"]) == ("leg 9", "5", "internal", None)
    assert leg.keys().isdisjoint({"call_talk_time", "hold_time", "wrap_up_time", "wait_time"})
    (asked,) = zendesk_record({**call, "talk_time": 0, "callback": True})
    assert (asked["call_talk_time"], asked["hold_time"], asked["wrap_up_time"]) == (None, None, None)


def test_freeswitch_takes_numbers_from_the_profile() -> None:
    profile = {"caller_id_number": "100", "destination_number": "200", "context": "default"}
    (record,) = freeswitch_leg({"variables": {"uuid": "u"}, "callflow": [{}, {"caller_profile": profile}]})
    assert (record["caller_id_number"], record["destination_number"], record["conversation"]) == ("100", "200", "u")
    (coded,) = freeswitch_leg({"variables": {"uuid": "u", "caller_id_number": "%2B49", "call_uuid": "c"}})
    assert (coded["caller_id_number"], coded["conversation"]) == ("+49", "c")


ODD: list[dict[str, Any]] = [
    {},
    {"conversationId": None, "participants": None},
    {"conversationId": 7, "participants": [None, 3, "x", {}, {"sessions": {}}, {"purpose": ["a"], "sessions": [None]}]},
    {
        "conversationId": "c",
        "participants": [{"purpose": "agent", "sessions": [{"segments": [{}], "metrics": [{}, 4]}]}],
    },
    {
        "conversationId": "c",
        "participants": [
            {"purpose": "agent", "sessions": [{"mediaType": {}, "segments": [{"segmentType": "interact"}]}]},
            {"purpose": "acd", "sessions": [{"metrics": [{"name": "tAbandon", "value": "9"}], "segments": "none"}]},
            {"purpose": "agent", "sessions": [{"metrics": [{"name": "tTalk", "value": 5, "emitDate": 3}]}]},
        ],
    },
    {"id": None, "from": "me", "to": [], "legs": {"a": 1}, "duration": {}, "durationMs": "x", "extension": 5},
    {"id": {}, "legs": [None, {"result": 4, "extension": "e"}], "direction": 9, "result": []},
    {"id": 1, "call_id": {}, "agent_id": [], "callback": "true", "talk_time": None},
    {"variables": [], "callflow": {}},
    {"variables": {"uuid": 4, "start_epoch": "%"}, "callflow": [3, {"caller_profile": None}]},
]


@pytest.mark.parametrize("flatten", [genesys_legs, ringcentral_call, zendesk_record, freeswitch_leg])
@pytest.mark.parametrize("document", ODD)
def test_odd_shapes_make_a_record_and_no_error(flatten: Flatten, document: dict[str, Any]) -> None:
    assert len(list(flatten(document))) >= 1
